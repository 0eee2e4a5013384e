"""The table step type → handler: which worker carries an Act out, and what is said if it cannot.

`unstarted` is what is true when the work never began; `overdue` when it began and nobody waited
any longer. A device that is not fitted gets a route too, which answers `not_fitted`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core import steps
from core.catalogue import Catalogue
from core.flow import Act
from core.ports import DeviceTrouble, NotSent, Refused, Unknown
from core.routes import Lane, Route, Wish, route
from core.steps.drawer import LookAtDrawer, OpenDrawer
from core.steps.media import NoteAudit
from core.steps.window_people import WriteCardAtDesk
from terminal.backend_acts import BackendActs
from terminal.device_acts import CardActs, DispenserActs, PosActs, PrinterActs
from terminal.journal_keeper import JournalKeeper
from terminal.slips import Letterhead

Table = dict[type[Act[Any]], Route]

_SILENT, _SLOW = NotSent("backend_silent"), Unknown("backend_silent")
_BACKEND_MS = 30_000
_FOLLOW_MS = 130_000
_DRAWER_MS = 8_000


@dataclass(frozen=True, slots=True)
class Lanes:
    """The workers. `devices` holds only what is fitted."""

    journal: Lane
    backend: Lane
    devices: Mapping[str, Lane]


def journal_routes(lanes: Lanes, keeper: JournalKeeper) -> Table:
    """Intentions and outcomes."""
    broken = steps.JournalBroken()
    return dict(
        [
            route(
                steps.Intend,
                lanes.journal,
                keeper.intend,
                unstarted=broken,
                overdue=broken,
                limit_ms=10_000,
            ),
            route(
                steps.Record,
                lanes.journal,
                keeper.record,
                unstarted=broken,
                overdue=broken,
                limit_ms=10_000,
            ),
            route(
                NoteAudit,
                lanes.journal,
                keeper.note,
                unstarted=broken,
                overdue=broken,
                limit_ms=10_000,
            ),
        ]
    )


def backend_routes(lanes: Lanes, acts: BackendActs) -> Table:
    """Everything the backend is asked for; silence is NotSent before and Unknown after."""
    lane = lanes.backend
    table: Table = {
        kind: Route(lane, work, _SILENT, _SLOW, _BACKEND_MS) for kind, work in acts.works().items()
    }
    follow = route(
        steps.FollowSettlement,
        lane,
        acts.follow_settlement,
        unstarted=_SLOW,
        overdue=_SLOW,
        limit_ms=_FOLLOW_MS,
        may_leave=True,
    )
    return {**table, **dict([follow])}


def card_routes(lane: Lane, acts: CardActs) -> Table:
    """The card that must be the same; `lane` waits for the readers' own workers."""
    return dict(
        [
            route(
                steps.ConfirmCard,
                lane,
                acts.confirm,
                unstarted=DeviceTrouble("smart_card", "busy"),
                overdue=DeviceTrouble("smart_card", "timeout"),
                limit_ms=15_000,
            ),
            route(
                WriteCardAtDesk,
                lane,
                acts.write,
                unstarted=DeviceTrouble("smart_card", "busy"),
                overdue=Unknown("timeout"),
                limit_ms=15_000,
            ),
        ]
    )


def device_routes(
    lanes: Lanes,
    services: Mapping[str, Any],
    letterhead: Callable[[], Letterhead],
    journal_head: Callable[[], tuple[int, str]],
    catalogue: Callable[[], Catalogue],
) -> Table:
    """Cards, POS and paper, fitted or not."""
    table: Table = {}
    if "card_dispenser" in services:
        table.update(_dispenser(lanes, DispenserActs(services["card_dispenser"])))
    else:
        for kind in _DISPENSER_ACTS:
            table[kind] = absent(lanes, DeviceTrouble("card_dispenser", "not_fitted"))
    if "pos" in services:
        table.update(_pos(lanes, PosActs(services["pos"])))
    else:
        table[steps.PlaceHoldAtPos] = absent(lanes, Refused("not_fitted"))
        table[steps.AskPosForLast] = absent(lanes, NotSent("not_fitted"))
        table[steps.ReleaseHoldAtPos] = absent(lanes, NotSent("not_fitted"))
    if "receipt_printer" in services:
        printer = services["receipt_printer"]
        acts = PrinterActs(printer, letterhead, journal_head, catalogue)
        table.update(_printer(lanes, acts))
    else:
        for kind in (steps.CheckPrinter, steps.PrintSlip, OpenDrawer, LookAtDrawer):
            table[kind] = absent(lanes, DeviceTrouble("receipt_printer", "not_fitted"))
    return table


_DISPENSER_ACTS: tuple[type[Act[Any]], ...] = (
    steps.FindDispenserCard,
    steps.MoveCardToEncoder,
    steps.WriteCard,
    steps.PresentCard,
    steps.CaptureCard,
)


def absent(lanes: Lanes, reply: object) -> Route:
    """What a device that is not fitted answers."""
    return Route(lanes.journal, lambda _step, _wish: reply, reply, reply, 10_000)


def _dispenser(lanes: Lanes, acts: DispenserActs) -> Table:
    lane, device = lanes.devices["card_dispenser"], "card_dispenser"
    busy, silent = DeviceTrouble(device, "busy"), DeviceTrouble(device, "timeout")
    moves: list[tuple[type[Act[Any]], Callable[[Any, Wish], object]]] = [
        (steps.MoveCardToEncoder, acts.to_encoder),
        (steps.WriteCard, acts.write),
        (steps.PresentCard, acts.present),
        (steps.CaptureCard, acts.capture),
    ]
    late = Unknown("timeout")
    table = {kind: Route(lane, work, busy, late, 45_000) for kind, work in moves}
    table[steps.FindDispenserCard] = Route(lane, acts.where, busy, silent, 20_000)
    return table


def _pos(lanes: Lanes, acts: PosActs) -> Table:
    lane = lanes.devices["pos"]
    busy, late = NotSent("pos_busy"), Unknown("pos_silent")
    return dict(
        [
            route(
                steps.PlaceHoldAtPos,
                lane,
                acts.hold,
                unstarted=busy,
                overdue=late,
                limit_ms=240_000,
                may_leave=True,
            ),
            route(
                steps.AskPosForLast,
                lane,
                acts.last,
                unstarted=busy,
                overdue=busy,
                limit_ms=20_000,
            ),
            route(
                steps.ReleaseHoldAtPos,
                lane,
                acts.release,
                unstarted=busy,
                overdue=late,
                limit_ms=60_000,
            ),
        ]
    )


def _printer(lanes: Lanes, acts: PrinterActs) -> Table:
    lane, device = lanes.devices["receipt_printer"], "receipt_printer"
    busy, silent = DeviceTrouble(device, "busy"), DeviceTrouble(device, "timeout")
    return dict(
        [
            route(
                steps.CheckPrinter,
                lane,
                acts.check,
                unstarted=busy,
                overdue=silent,
                limit_ms=8_000,
            ),
            route(
                steps.PrintSlip,
                lane,
                acts.print_slip,
                unstarted=busy,
                overdue=Unknown("timeout"),
                limit_ms=30_000,
            ),
            route(
                OpenDrawer,
                lane,
                acts.open_drawer,
                unstarted=busy,
                overdue=Unknown("timeout"),
                limit_ms=_DRAWER_MS,
            ),
            route(
                LookAtDrawer,
                lane,
                acts.look_at_drawer,
                unstarted=busy,
                overdue=silent,
                limit_ms=_DRAWER_MS,
            ),
        ]
    )
