"""The bank POS on ZVT as the terminal uses it; fulfils `devices.pos.service.Pos`.

What a reader would get wrong: once a command was written, only the POS's own end of the dialogue,
or its repeated receipt with our reference, says what happened; else it is Unknown.
"""

from __future__ import annotations

import threading
import time

from core.flow import Event
from core.ports import (
    DayEnded,
    DeviceHealth,
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
from devices.checks import Check, Identity
from devices.errors import DeviceError, DeviceRefused
from devices.model import Health, HealthState, trouble
from devices.pos.service import DEVICE, Receipt
from devices.pos.settings import FACTORY_DIGITS
from devices.pos.zvt import frames
from devices.pos.zvt.checks import checks_of, identity_of
from devices.pos.zvt.driver import Ended, ZvtLimits
from devices.pos.zvt.fields import StatusInformation
from devices.pos.zvt.frames import Apdu
from devices.pos.zvt.judging import Asked, judged, judged_day, judged_follow_up, receipt_of
from devices.pos.zvt.sessions import ZvtSessions
from devices.pos.zvt.status import APPROVED, health_of

CNY = "0156"
LOOK_S = 60.0
DEFAULT_BAUD = 9600


class ZvtPos:
    """All calls in one thread, but `cancelled` may be set from any."""

    def __init__(
        self,
        path: str,
        *,
        baud: int = DEFAULT_BAUD,
        password: str = FACTORY_DIGITS,
        currency: str = CNY,
        card_wait_s: float = 90,
        echoes_reference: bool = True,
        limits: ZvtLimits | None = None,
    ) -> None:
        self._password = password
        self._currency = currency
        self._echoes_reference = echoes_reference
        self._limits = limits or ZvtLimits(card_wait_s=card_wait_s)
        self._sessions = ZvtSessions(path, baud, password, currency, self._limits)
        self._health = Health(DEVICE)
        self._next_look = 0.0

    @property
    def echoes_reference(self) -> bool:
        """Whether the POS repeats our reference."""
        return self._echoes_reference

    def sale(
        self, reference: str, amount_fen: int, cancelled: threading.Event
    ) -> SaleApproved | Refused | NotSent | Unknown:
        """An authorisation 06 01; `cancelled` asks the POS to abort, and its answer counts."""
        command = frames.sale(amount_fen, self._currency, reference)
        return self._take(SaleApproved, command, reference, amount_fen, cancelled)

    def hold(
        self, reference: str, amount_fen: int, cancelled: threading.Event
    ) -> HoldApproved | Refused | NotSent | Unknown:
        """A reservation; `cancelled` asks the POS to abort, and its answer counts."""
        command = frames.reservation(amount_fen, self._currency, reference)
        return self._take(HoldApproved, command, reference, amount_fen, cancelled)

    def refund(
        self, reference: str, amount_fen: int, cancelled: threading.Event, *, receipt: str = ""
    ) -> RefundApproved | Refused | NotSent | Unknown:
        """Money back to the card shown now; the wire has no field for the sale's receipt."""
        command = frames.refund(self._password, amount_fen, self._currency, reference)
        return self._take(RefundApproved, command, reference, amount_fen, cancelled)

    def last(self, reference: str) -> HoldApproved | NoSuchTransaction | NotSent | Unknown:
        """What the POS did last, believed only with our reference. Never guesses."""
        return self.last_of(HoldApproved, reference)

    def last_of(
        self, kind: type[Receipt], reference: str
    ) -> Receipt | NoSuchTransaction | NotSent | Unknown:
        """The same for any kind of transaction."""
        if not self._echoes_reference:
            return Unknown("this POS does not echo our reference")
        information = self._sessions.ask_last()
        if not isinstance(information, StatusInformation):
            return information
        if information.reference != reference:
            return NoSuchTransaction()
        if information.result is None:
            return Unknown("the repeated receipt has no result")
        if information.result != APPROVED:
            return NoSuchTransaction()
        return receipt_of(kind, information, reference)

    def release(self, approved_receipt: str) -> Done | Refused | NotSent | Unknown:
        """Cancel the whole hold; one that is cancelled already is done too."""
        return self._follow_up(frames.reverse_reservation(approved_receipt, self._currency))

    def partial_release(
        self, receipt: str, amount_fen: int, *, reference: str = ""
    ) -> Done | Refused | NotSent | Unknown:
        """Free a part of the hold; the rest is booked. It cannot be asked twice."""
        command = frames.partial_reversal(receipt, amount_fen, self._currency, reference)
        return self._follow_up(command, reference)

    def complete(
        self, receipt: str, auth_code: str, amount_fen: int, reference: str, *, trace: str = ""
    ) -> Done | Refused | NotSent | Unknown:
        """Book the final amount of a hold; `reference` is that of the completion.

        `trace`: the hold's, for a POS that wants it.
        """
        command = frames.book_total(
            receipt, amount_fen, self._currency, trace, auth_code, reference
        )
        return self._follow_up(command, reference)

    def void(self, receipt: str) -> Done | Refused | NotSent | Unknown:
        """Undo a sale; one that is undone already is done too."""
        return self._follow_up(frames.reversal(self._password, receipt))

    def day_end(self) -> DayEnded | Refused | NotSent | Unknown:
        """Close the batch. A lost answer is Unknown: a second end would tell another batch."""
        ended = self._sessions.act(lambda pos: pos.end_of_day(self._password))
        return judged_day(ended) if isinstance(ended, Ended) else ended

    def open_holds(self) -> HoldsOpen | NotSent | Unknown:
        """The newest open hold, if there is one: a POS with several names no other."""
        try:
            with self._sessions.opened() as pos:
                receipt = pos.open_hold()
        except DeviceRefused as error:
            return Unknown(str(error))
        except DeviceError:
            return NotSent("offline")
        return HoldsOpen(() if receipt is None else (receipt,))

    def status(self) -> DeviceHealth:
        """Ask the POS how it is."""
        try:
            with self._sessions.opened() as pos:
                state = health_of(pos.state().code)
        except DeviceRefused as error:
            state = HealthState.OK if error.code == frames.BUSY else HealthState.OFFLINE
        except DeviceError:
            state = HealthState.OFFLINE
        return DeviceHealth(DEVICE, state.value)

    def poll(self) -> list[Event]:
        """A look each LOOK_S (the POS wants to be asked once a minute); health changes."""
        if time.monotonic() < self._next_look:
            return []
        state = HealthState(self.status().state)
        pause_s = LOOK_S if state is HealthState.OK else self._limits.answer_s
        self._next_look = time.monotonic() + pause_s
        return self._health.now(state)

    def identity(self) -> Identity | DeviceTrouble:
        """Name and terminal id, software version, serial number."""
        try:
            with self._sessions.opened() as pos:
                return identity_of(pos.state())
        except DeviceError as error:
            return trouble(DEVICE, error)

    def checks(self) -> tuple[Check, ...]:
        """Line, last transaction, open holds, readiness."""
        return checks_of(self._sessions, self._echoes_reference)

    def close(self) -> None:
        """Nothing stays open between operations; a broken one ends here."""
        self._sessions.close()

    def _take(
        self,
        kind: type[Receipt],
        command: Apdu,
        reference: str,
        amount_fen: int,
        cancelled: threading.Event,
    ) -> Receipt | Refused | NotSent | Unknown:
        """Send a command that moves money, and judge; a doubt is settled by the last receipt."""
        asked = Asked(reference if self._echoes_reference else "", amount_fen, self._currency)
        ended = self._sessions.transact(command, cancelled)
        answer = judged(ended, asked) if isinstance(ended, Ended) else ended
        if isinstance(answer, Unknown):
            answer = self._in_doubt(answer, asked)
        if isinstance(answer, StatusInformation):
            return receipt_of(kind, answer, reference)
        return answer

    def _in_doubt(self, doubt: Unknown, asked: Asked) -> StatusInformation | Refused | Unknown:
        """The answer was lost: the repeated receipt decides, or nobody does."""
        if not asked.reference:
            return doubt
        information = self._sessions.ask_last()
        if (
            not isinstance(information, StatusInformation)
            or information.reference != asked.reference
        ):
            return doubt
        answer = judged(Ended(information, None, b""), asked)
        return doubt if isinstance(answer, Unknown) else answer

    def _follow_up(self, command: Apdu, reference: str = "") -> Done | Refused | NotSent | Unknown:
        """Something done to an earlier transaction; with a reference a doubt can be settled."""
        ended = self._sessions.transact(command)
        if isinstance(ended, Ended):
            return judged_follow_up(command, ended)
        if not isinstance(ended, Unknown) or not (reference and self._echoes_reference):
            return ended
        information = self._sessions.ask_last()
        if not isinstance(information, StatusInformation) or information.reference != reference:
            return ended
        if information.result is None:
            return ended
        return judged_follow_up(command, Ended(information, None, b""))
