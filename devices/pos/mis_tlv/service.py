"""The bank POS on MIS-TLV as the terminal uses it; fulfils `devices.pos.service.Pos`.

What a reader would get wrong: the wire has no field for our reference. Unless the POS was made to
repeat one (`pos.mis_reference_tag`), a lost answer stays Unknown for ever; and our `receipt` is
not the POS's number alone, but all that undoing it wants (docs/protocols/mis_tlv.md).
"""

from __future__ import annotations

import threading
import time

from core.flow import Event
from core.ports import (
    DayEnded,
    DeviceTrouble,
    Done,
    HoldApproved,
    HoldsOpen,
    NoSuchTransaction,
    NotSent,
    RefundApproved,
    Refused,
    SaleApproved,
    Unknown,
)
from devices.checks import (
    LINE,
    Check,
    Fact,
    Finding,
    Identity,
    Outcome,
    failed,
    failed_because,
    passed,
)
from devices.errors import DeviceError
from devices.model import Health, HealthState, TroubleReason, trouble
from devices.pos.mis_tlv import requests
from devices.pos.mis_tlv.driver import MisLimits, MisOptions
from devices.pos.mis_tlv.requests import Request, Till, original_of
from devices.pos.mis_tlv.sessions import MisSessions, Settled
from devices.pos.mis_tlv.status import Result, judged, receipt_of, refusal_of
from devices.pos.mis_tlv.types import Function, TypeCodes
from devices.pos.service import DEVICE, NOT_OFFERED, Receipt

LOOK_S = 60.0
DEFAULT_BAUD = 9600
_MODEL = "MIS-TLV"


class MisPos:
    """All calls in one thread, but `cancelled` may be set from any."""

    def __init__(
        self,
        path: str,
        *,
        types: TypeCodes,
        till: Till,
        baud: int = DEFAULT_BAUD,
        options: MisOptions | None = None,
        limits: MisLimits | None = None,
    ) -> None:
        self._types = types
        self._till = till
        self._options = options or MisOptions()
        self._limits = limits or MisLimits()
        self._sessions = MisSessions(path, baud, types, till, self._options, self._limits)
        self._health = Health(DEVICE)
        self._next_look = 0.0

    @property
    def echoes_reference(self) -> bool:
        """Only with a tag that the POS was made to repeat."""
        return self._options.reference_tag is not None

    def sale(
        self, reference: str, amount_fen: int, cancelled: threading.Event
    ) -> SaleApproved | Refused | NotSent | Unknown:
        """Take money from a card; `cancelled` sends EOT, and the POS's answer counts."""
        request = requests.sale(self._till, amount_fen)
        return self._take(SaleApproved, request, reference, amount_fen, cancelled)

    def hold(
        self, reference: str, amount_fen: int, cancelled: threading.Event
    ) -> HoldApproved | Refused | NotSent | Unknown:
        """Pre-authorise; as `sale`."""
        request = requests.hold(self._till, amount_fen)
        return self._take(HoldApproved, request, reference, amount_fen, cancelled)

    def refund(
        self, reference: str, amount_fen: int, cancelled: threading.Event, *, receipt: str = ""
    ) -> RefundApproved | Refused | NotSent | Unknown:
        """Money of the sale of `receipt` back; without one this wire cannot ask for it."""
        if not receipt:
            return NotSent(NOT_OFFERED)
        request = requests.refund(self._till, original_of(receipt), amount_fen)
        return self._take(RefundApproved, request, reference, amount_fen, cancelled)

    def complete(
        self, receipt: str, auth_code: str, amount_fen: int, reference: str, *, trace: str = ""
    ) -> Done | Refused | NotSent | Unknown:
        """Book a hold by its authorisation; `receipt` and `trace` are not asked for."""
        request = self._sessions.with_reference(
            requests.complete(self._till, auth_code, amount_fen), reference
        )
        settled = self._settle(request, reference, amount_fen, None)
        return Done() if isinstance(settled, Result) else settled

    def release(self, approved_receipt: str) -> Done | Refused | NotSent | Unknown:
        """Cancel a whole hold. A second time the POS says no: it knows no such hold any more."""
        return self._undo(requests.release(self._till, original_of(approved_receipt)))

    def void(self, receipt: str) -> Done | Refused | NotSent | Unknown:
        """Undo a sale of this batch."""
        return self._undo(requests.void(self._till, original_of(receipt)))

    def partial_release(
        self, receipt: str, amount_fen: int, *, reference: str = ""
    ) -> Done | Refused | NotSent | Unknown:
        """Not on this wire: a completion frees what it does not book."""
        return NotSent(NOT_OFFERED)

    def open_holds(self) -> HoldsOpen | NotSent | Unknown:
        """Not on this wire."""
        return NotSent(NOT_OFFERED)

    def day_end(self) -> DayEnded | Refused | NotSent | Unknown:
        """Settlement: closes the batch."""
        ended = self._sessions.run(requests.settle(self._till), self._limits.day_end_s)
        if not isinstance(ended, Result):
            return ended
        return DayEnded(ended.totals) if ended.is_approved else refusal_of(ended.code)

    def last(self, reference: str) -> HoldApproved | NoSuchTransaction | NotSent | Unknown:
        """The last receipt, believed only with our reference."""
        return self.last_of(HoldApproved, reference)

    def last_of(
        self, kind: type[Receipt], reference: str
    ) -> Receipt | NoSuchTransaction | NotSent | Unknown:
        """The same for any kind of transaction."""
        if not self.echoes_reference:
            return Unknown("this POS does not echo our reference")
        found = self._sessions.ask_last()
        if not isinstance(found, Result):
            return found
        if found.is_of_terminal:
            return Unknown(f"the POS repeated nothing ({found.code})")
        if not found.is_approved or found.reference != reference:
            return NoSuchTransaction()
        return receipt_of(kind, found, reference)

    def poll(self) -> list[Event]:
        """A look each LOOK_S; health changes. Without a status function nobody knows."""
        if time.monotonic() < self._next_look:
            return []
        state = self._look()
        pause_s = LOOK_S if state is HealthState.OK else self._limits.answer_s
        self._next_look = time.monotonic() + pause_s
        return self._health.now(state)

    def identity(self) -> Identity | DeviceTrouble:
        """Only the terminal id, and that from a status result: the wire says no more."""
        if Function.STATUS not in self._types:
            return Identity(model=_MODEL)
        try:
            result = self._sessions.status()
        except DeviceError as error:
            return trouble(DEVICE, error)
        return Identity(model=f"{_MODEL} {result.terminal_id}".strip())

    def checks(self) -> tuple[Check, ...]:
        """Line and last transaction."""
        return (Check(LINE, self._check_line), Check("last_transaction", self._check_last))

    def close(self) -> None:
        """Nothing stays open between operations; a broken one ends here."""
        self._sessions.close()

    def _take(
        self,
        kind: type[Receipt],
        request: Request,
        reference: str,
        amount_fen: int,
        cancelled: threading.Event,
    ) -> Receipt | Refused | NotSent | Unknown:
        """Send a request that moves money, and judge; a doubt is settled by the last receipt."""
        request = self._sessions.with_reference(request, reference)
        settled = self._settle(request, reference, amount_fen, cancelled)
        return receipt_of(kind, settled, reference) if isinstance(settled, Result) else settled

    def _settle(
        self,
        request: Request,
        reference: str,
        amount_fen: int,
        cancelled: threading.Event | None,
    ) -> Settled:
        limit_s = self._limits.card_wait_s + self._limits.host_s
        asked = reference if self.echoes_reference else ""
        ended = self._sessions.run(request, limit_s, cancelled)
        answer = judged(ended, asked, amount_fen) if isinstance(ended, Result) else ended
        if not isinstance(answer, Unknown) or not asked:
            return answer
        found = self._sessions.ask_last()
        if not isinstance(found, Result) or found.reference != asked:
            return answer
        again = judged(found, asked, amount_fen)
        return answer if isinstance(again, Unknown) else again

    def _undo(self, request: Request) -> Done | Refused | NotSent | Unknown:
        ended = self._sessions.run(request, self._limits.card_wait_s + self._limits.host_s)
        if not isinstance(ended, Result):
            return ended
        return Done() if ended.is_approved else refusal_of(ended.code)

    def _look(self) -> HealthState:
        if Function.STATUS not in self._types:
            return HealthState.UNKNOWN
        try:
            result = self._sessions.status()
        except DeviceError:
            return HealthState.OFFLINE
        return HealthState.OK if result.is_approved else HealthState.OFFLINE

    def _check_line(self) -> Finding:
        if Function.STATUS not in self._types:
            return Finding(Outcome.UNSURE, (Fact("state", "no status function"),))
        began = time.monotonic()
        try:
            result = self._sessions.status()
        except DeviceError as error:
            return failed(error)
        took_ms = round((time.monotonic() - began) * 1000)
        facts = (
            Fact("answer_ms", str(took_ms)),
            Fact("terminal_id", result.terminal_id),
            Fact("result", result.code),
        )
        return (
            passed(*facts)
            if result.is_approved
            else failed_because(TroubleReason.HARDWARE_ERROR, *facts)
        )

    def _check_last(self) -> Finding:
        found = self._sessions.ask_last()
        if not isinstance(found, Result):
            return Finding(Outcome.UNSURE, (Fact("error", found.reason),))
        facts = (
            Fact("transaction", found.receipt or "none"),
            Fact("result", found.code),
            Fact("has_reference", "yes" if found.reference else "no"),
        )
        return (
            failed_because(TroubleReason.HARDWARE_ERROR, *facts)
            if found.is_of_terminal
            else passed(*facts)
        )
