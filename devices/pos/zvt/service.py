"""The bank POS as the terminal uses it; each operation opens, registers, acts and closes.

A fresh connection each time means that a command is never written into a connection that died
unseen. What a reader would get wrong: once a command was written, only the POS's own end of the
dialogue, or its repeated receipt with our reference, says what happened; else it is Unknown.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from core.flow import Event
from core.ports import (
    DeviceHealth,
    Done,
    HoldApproved,
    NoSuchTransaction,
    NotSent,
    Refused,
    Unknown,
)
from core.settings import Kind, Setting, Settings
from devices.errors import DeviceError, DeviceRefused, Timeout
from devices.link import Link
from devices.model import Health, HealthState
from devices.pos.zvt import frames
from devices.pos.zvt.driver import Ended, ZvtConnection, ZvtLimits
from devices.pos.zvt.fields import StatusInformation
from devices.pos.zvt.frames import Apdu
from devices.pos.zvt.status import (
    ALREADY_REVERSED,
    APPROVED,
    health_of,
    not_taken,
    refusal_of,
)
from devices.transport.paths import open_line

DEVICE = "pos"
CNY = "0156"
FACTORY_DIGITS = "000000"
LOOK_S = 60.0
ASK_LAST_TRIES = 5
UNUSED_BAUD = 9600

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "pos.path",
        Kind.DEVICE_PATH,
        "Where the bank POS listens.",
        schemes=("tcp",),
    ),
    Setting(
        "pos.password",
        Kind.SECRET,
        "The POS's registration password, 6 digits.",
        default=FACTORY_DIGITS,
    ),
    Setting(
        "pos.card_wait_s",
        Kind.INTEGER,
        "How long the POS waits for a card.",
        default=90,
        low=10,
        high=180,
    ),
    Setting(
        "pos.echoes_reference",
        Kind.BOOLEAN,
        "Whether the POS repeats our reference; without it every doubt goes to a person.",
        default=True,
    ),
)


class ZvtPos:
    """All calls in one thread, but `cancelled` may be set from any."""

    def __init__(
        self,
        path: str,
        *,
        password: str = FACTORY_DIGITS,
        currency: str = CNY,
        card_wait_s: float = 90,
        echoes_reference: bool = True,
        limits: ZvtLimits | None = None,
    ) -> None:
        self._path = path
        self._password = password
        self._currency = currency
        self.echoes_reference = echoes_reference
        self._limits = limits or ZvtLimits(card_wait_s=card_wait_s)
        self._link = Link(DEVICE, self._connect)
        self._health = Health(DEVICE)
        self._next_look = 0.0

    def hold(
        self, reference: str, amount_fen: int, cancelled: threading.Event
    ) -> HoldApproved | Refused | NotSent | Unknown:
        """A reservation; `cancelled` asks the POS to abort, and its answer counts."""
        command = frames.reservation(amount_fen, self._currency, reference)
        ended = self._transact(command, cancelled)
        if isinstance(ended, Ended):
            judged = self._judge_hold(ended, reference, amount_fen)
        else:
            judged = ended
        if not isinstance(judged, Unknown):
            return judged
        return self._hold_in_doubt(judged, reference, amount_fen)

    def last(self, reference: str) -> HoldApproved | NoSuchTransaction | NotSent | Unknown:
        """What the POS did last, believed only with our reference. Never guesses."""
        if not self.echoes_reference:
            return Unknown("this POS does not echo our reference")
        information = self._ask_last()
        if not isinstance(information, StatusInformation):
            return information
        if information.reference != reference:
            return NoSuchTransaction()
        if information.result is None:
            return Unknown("the repeated receipt has no result")
        if information.result != APPROVED:
            return NoSuchTransaction()
        return _approved(information, reference)

    def release(self, approved_receipt: str) -> Done | Refused | NotSent | Unknown:
        """Cancel the whole hold; one that is cancelled already is done too."""
        return self._end_hold(frames.reverse_reservation(approved_receipt, self._currency))

    def complete(
        self, receipt: str, auth_code: str, amount_fen: int, reference: str, *, trace: str = ""
    ) -> Done | Refused | NotSent | Unknown:
        """Book the final amount of a hold; `reference` is that of the completion.

        `trace`: the hold's, for a POS that wants it.
        """
        return self._end_hold(
            frames.book_total(receipt, amount_fen, self._currency, trace, auth_code, reference)
        )

    def status(self) -> DeviceHealth:
        """Ask the POS how it is."""
        try:
            with self._session() as pos:
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

    def close(self) -> None:
        """Nothing stays open between operations; a broken one ends here."""
        self._link.close()

    def _connect(self) -> ZvtConnection:
        pos = ZvtConnection(open_line(self._path, UNUSED_BAUD), self._limits)
        try:
            pos.register(self._password, self._currency)
        except DeviceError:
            pos.close()
            raise
        return pos

    @contextmanager
    def _session(self) -> Iterator[ZvtConnection]:
        """One connection, registered, closed afterwards."""
        pos = self._link.driver(hurry=True)
        try:
            yield pos
        finally:
            self._link.close()

    def _transact(
        self, command: Apdu, cancelled: threading.Event | None
    ) -> Ended | Refused | NotSent | Unknown:
        try:
            pos = self._link.driver(hurry=True)
        except DeviceRefused as error:
            return not_taken(error.code, frames.BUSY)
        except DeviceError as error:
            return NotSent("timeout" if isinstance(error, Timeout) else "offline")
        if cancelled is not None and cancelled.is_set():
            self._link.close()
            return Refused("pos_timeout_or_cancelled")
        try:
            return pos.transact(command, cancelled)
        except DeviceRefused as error:
            return not_taken(error.code, frames.BUSY)
        except DeviceError as error:
            return Unknown(str(error))
        finally:
            self._link.close()

    def _judge_hold(
        self, ended: Ended, reference: str, amount_fen: int
    ) -> HoldApproved | Refused | NotSent | Unknown:
        """The POS ended the dialogue itself; yes only if all it said fits together."""
        information = ended.information
        if ended.abort_code is not None:
            if information is not None and information.result == APPROVED:
                return Unknown("approved and aborted")
            return refusal_of(ended.abort_code)
        if information is None or information.result is None:
            return Unknown("completed without a result")
        if self.echoes_reference and information.reference != reference:
            return Unknown("the POS answered with another reference")
        if information.result != APPROVED:
            return refusal_of(information.result)
        if information.amount_fen != amount_fen or information.currency != self._currency:
            return Unknown("the POS answered with another amount")
        return _approved(information, reference)

    def _hold_in_doubt(
        self, doubt: Unknown, reference: str, amount_fen: int
    ) -> HoldApproved | Refused | NotSent | Unknown:
        """The answer was lost: the repeated receipt decides, or nobody does."""
        if not self.echoes_reference:
            return doubt
        information = self._ask_last()
        if not isinstance(information, StatusInformation) or information.reference != reference:
            return doubt
        judged = self._judge_hold(Ended(information, None, b""), reference, amount_fen)
        return doubt if isinstance(judged, Unknown) else judged

    def _ask_last(self) -> StatusInformation | NoSuchTransaction | NotSent | Unknown:
        """Status, then repeat receipt; asked again some times while the POS is busy or away."""
        deadline = time.monotonic() + self._limits.doubt_s
        for attempt in range(ASK_LAST_TRIES):
            if attempt:
                time.sleep(self._limits.ask_again_s)
            if time.monotonic() > deadline:
                break
            try:
                with self._session() as pos:
                    pos.state()
                    ended = pos.last()
            except DeviceError:
                continue
            if ended.information is not None:
                return ended.information
            if ended.abort_code is not None:
                return NoSuchTransaction()
            return Unknown("the POS repeated nothing")
        return NotSent("offline")

    def _end_hold(self, command: Apdu) -> Done | Refused | NotSent | Unknown:
        ended = self._transact(command, None)
        if not isinstance(ended, Ended):
            return ended
        if ended.abort_code == ALREADY_REVERSED and command.code == frames.REVERSE_RESERVATION:
            return Done()
        if ended.abort_code is not None:
            return refusal_of(ended.abort_code)
        if ended.information is not None and ended.information.result not in (None, APPROVED):
            return refusal_of(ended.information.result)
        return Done()


def _approved(information: StatusInformation, reference: str) -> HoldApproved:
    return HoldApproved(
        reference=reference,
        masked_card=information.masked_card,
        auth_code=information.auth_code,
        rrn=information.rrn,
        trace=information.trace,
        receipt=information.receipt,
        pos_terminal_id=information.terminal_id,
        merchant_id=information.merchant_id,
        amount_fen=information.amount_fen or 0,
    )


def open_from(settings: Settings) -> ZvtPos:
    """The POS that the settings name; it is called at the first use."""
    return ZvtPos(
        settings.text("pos.path"),
        password=settings.text("pos.password"),
        card_wait_s=settings.integer("pos.card_wait_s"),
        echoes_reference=settings.boolean("pos.echoes_reference"),
    )
