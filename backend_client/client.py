"""The settlement backend as the terminal's backend worker uses it: Acts in, replies out.

All calls in one thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TypeVar, cast

from backend_client import shapes
from backend_client.exchange import Exchange, Told
from backend_client.requests import REQUESTS
from backend_client.requests.settling import look_at_settlement
from backend_client.requests.window import look_at_refund
from backend_client.shapes import SignedOn
from backend_client.wire import Wire
from core.billing import Refund, Settlement
from core.clock import Clock
from core.flow import Act
from core.ports import NotSent, Unknown
from core.steps.window_day import SignOutOperator
from core.upkeep.heartbeat import ConsumableTold, DeviceTold, Heard

Reply = TypeVar("Reply")


class BackendClient:
    """`mark`: the journal's newest sequence number and its hash, told along with each request."""

    def __init__(self, wire: Wire, mark: Callable[[], tuple[int, str]], clock: Clock) -> None:
        self._exchange = Exchange(wire, mark, clock)

    def close(self) -> None:
        """Give the connection back."""
        self._exchange.close()

    def ask(self, step: Act[Reply]) -> Reply:
        """Carry out an Act that is one request. KeyError for an Act that is none."""
        return cast(Reply, REQUESTS[type(step)](self._exchange, step))

    def sign_on(self, journal_seq: int, journal_head: str, software: str) -> Told[SignedOn]:
        """Say who and how far; `journal_behind` when the backend has seen a later journal."""
        body = {"journal_seq": journal_seq, "journal_head": journal_head, "software": software}
        return self._exchange.post(shapes.signed_on, "/v1/terminals/sign-on", body=body)

    def heartbeat(
        self,
        journal_seq: int,
        journal_head: str,
        devices: tuple[DeviceTold, ...],
        consumables: tuple[ConsumableTold, ...],
        software: str,
    ) -> Told[Heard]:
        """How this machine is; what waits for it comes back. No settings were ever taken here."""
        body = {
            "journal_seq": journal_seq,
            "journal_head": journal_head,
            "devices": [asdict(device) for device in devices],
            "consumables": [asdict(consumable) for consumable in consumables],
            "versions": [{"name": "software", "version": software}],
            "settings_version": 0,
        }
        return self._exchange.post(shapes.reader(Heard), "/v1/terminals/heartbeat", body=body)

    def sign_out_operator(self) -> None:
        """End the session at the backend, and forget its token whatever becomes of that."""
        self.ask(SignOutOperator())

    def settlement(self, operation_id: str) -> Settlement | NotSent | Unknown:
        """Look once, for FollowSettlement."""
        return look_at_settlement(self._exchange, operation_id)

    def refund(self, refund_id: str) -> Told[Refund]:
        """A refund as it stands."""
        return look_at_refund(self._exchange, refund_id)
