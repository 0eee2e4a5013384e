"""What both files of SSP hazards begin with: a quick acceptor and a note in escrow.

What a reader would get wrong: `heard` polls, so what it returns is told to nobody else.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from cash_peers import SspPeer
from peer import PtyWire, wait_until

from core.flow import Event
from core.ports import NoteOffered
from devices.cash.service import BanknoteAcceptor, CashLimits
from devices.cash.settings import ssp_at
from devices.cash.ssp.driver import SspLimits

DUE_FEN = 10_000
Told = TypeVar("Told", bound=Event)
QUICK = CashLimits(look_s=0.01, keep_s=0.05, stack_s=1.0, disable_s=1.0, test_note_s=2.0)


def acceptor(path: str, *, escrow_s: int = 10, overpay_fen: int = 0) -> BanknoteAcceptor:
    """Quick enough for a script."""
    connect = ssp_at(path, 9600, SspLimits(answer_s=0.3, start_look_s=0.0))
    return BanknoteAcceptor(connect, escrow_s=escrow_s, overpay_fen=overpay_fen, limits=QUICK)


def kinds(events: list[Event]) -> list[str]:
    """The names of their types."""
    return [type(event).__name__ for event in events]


def heard(service: BanknoteAcceptor, kind: type[Event]) -> list[Event]:
    """Everything told up to and with the first event of a kind."""
    told: list[Event] = []

    def came() -> bool:
        told.extend(service.poll())
        return any(isinstance(event, kind) for event in told)

    wait_until(came)
    return told


def first(service: BanknoteAcceptor, kind: type[Told]) -> Told:
    """The first event of a kind."""
    return next(event for event in heard(service, kind) if isinstance(event, kind))


def offered(service: BanknoteAcceptor) -> NoteOffered:
    """The note that stands in escrow."""
    return first(service, NoteOffered)


def poll_until(service: BanknoteAcceptor, reached: threading.Event) -> list[Event]:
    """What was told until the script came to that point."""
    told: list[Event] = []

    def is_there() -> bool:
        told.extend(service.poll())
        return reached.is_set()

    wait_until(is_there)
    return told


def with_offer(then: Callable[[SspPeer], None]) -> Callable[[PtyWire], None]:
    """A far end whose channel 3 note (10 yuan) stands in escrow, and what follows."""

    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.start()
        peer.enable()
        peer.offer()
        then(peer)

    return script
