"""Virtual bank card terminal, ZVT over TCP (protocol page section 5.1).

Talks to the till by ZVT, to the acquirer through ``PosHost``, to a person by ``present_card``. The
result is in the journal before it is told, so a repetition of the receipt always knows it.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar, cast

from sandbox.units.faults import Fault
from sandbox.units.json_files import Json
from sandbox.units.pos_books import Kind, PosBooks, PosEntry, State
from sandbox.units.pos_host import PosHost, Verdict
from sandbox.units.pos_messages import (
    CURRENCY,
    TERMINAL_ID,
    aborted,
    completed,
    end_of_day_information,
    information,
    intermediate,
    open_hold_answer,
    registered,
    status_of_terminal,
)
from sandbox.units.pos_session import PosSession
from sandbox.units.request import ControlError, Request
from sandbox.units.unit import Unit
from sandbox.units.zvt_frames import UNKNOWN_COMMAND, Apdu, Fields, masked, read_fields

CARD_UNREADABLE, NOT_REGISTERED, TIMEOUT_OR_CANCEL, WRONG_CURRENCY = 0x64, 0x6B, 0x6C, 0x6F
NOT_POSSIBLE, HOST_SILENT, ALREADY_REVERSED, NO_SUCH_HOLD = 0x83, 0xA1, 0xB4, 0xB5
AMOUNT_TOO_HIGH = 0xB7
INSERT_CARD, WAITING_FOR_HOST = 0x0A, 0x04
HIGHEST_BOOKING_PERCENT = 115
LONGEST_PAN, SHORTEST_PAN = 19, 13
REVERSAL_PERIOD_S = 0.5
NAMES = {
    0x0600: "registration",
    0x0501: "status_enquiry",
    0x0622: "reservation",
    0x0623: "partial_reversal",
    0x0624: "book_total",
    0x0625: "preauth_reversal",
    0x0620: "repeat_receipt",
    0x0650: "end_of_day",
}


@dataclass(frozen=True, slots=True)
class Presented:
    """A card at the terminal, and what shall come of it."""

    pan: str
    bank: str
    expiry: str
    outcome: str
    code: str


class Pos(Unit):
    """Control: ``present_card(pan, bank, expiry, outcome, code)``, ``echoes_reference(on)``."""

    name: ClassVar[str] = "pos"
    polls: ClassVar[frozenset[str]] = frozenset({"status_enquiry", "registration"})
    own_faults: ClassVar[tuple[str, ...]] = ("decline",)

    def __init__(self, run_dir: Path, host_url: str | None, card_wait_s: float) -> None:
        super().__init__(run_dir)
        self._host = PosHost(host_url)
        self._card_wait_s = card_wait_s
        self._session = PosSession(self._begin, self._on_abort)
        before = self.load()
        self._books = PosBooks.from_json(cast(Json, before["books"])) if before else PosBooks()
        self._echoes = before is None or before["echoes_reference"] is True
        self._port = int(str(before["port"])) if before else 0
        self._registered = False
        self._card: asyncio.Future[Presented | None] | None = None
        self._reversing: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self._session.line.open(self._port)
        self._port = self._session.line.port
        self._reversing = asyncio.get_running_loop().create_task(self._reverse_what_is_owed())

    def stop(self) -> None:
        self._session.stop()
        if self._reversing is not None:
            self._reversing.cancel()

    def paths(self) -> Json:
        return {"path": self._session.line.path}

    def state(self) -> Json:
        return {
            "waiting_for_card": self._card is not None,
            "registered": self._registered,
            "echoes_reference": self._echoes,
            "open_holds": [entry.receipt for entry in self._books.open_holds()],
        }

    def books(self) -> Json:
        return self._books.to_json()

    def saved(self) -> Json:
        return {
            "books": self._books.to_json(),
            "echoes_reference": self._echoes,
            "port": self._port,
        }

    def perform(self, request: Request) -> Json:
        match request.text("do"):
            case "present_card":
                self._present(request)
            case "echoes_reference":
                self._echoes = request.flag("on", True)
                self.changed()
            case _:
                raise self.unknown(request)
        return {}

    def _present(self, request: Request) -> None:
        pan = request.text("pan")
        if not pan.isdigit() or not SHORTEST_PAN <= len(pan) <= LONGEST_PAN:
            raise ControlError("field 'pan' must have 13 to 19 digits")
        outcomes = ("approved", "declined", "unreadable", "cancel")
        card = Presented(
            pan=pan,
            bank=request.text("bank", "工商银行"),
            expiry=request.text("expiry", "2912"),
            outcome=request.choice("outcome", outcomes, "approved"),
            code=request.text("code", "51"),
        )
        if self._card is None or self._card.done():
            raise ControlError("the terminal does not wait for a card")
        self._card.set_result(card)

    def _on_abort(self) -> None:
        if self._card is not None and not self._card.done():
            self._card.set_result(None)

    def _begin(self, unit: Apdu) -> Coroutine[None, None, None] | bytes | None:
        name = NAMES.get(unit.code, "unknown")
        fault = self.faults.take(name)
        if self.stopped_before(fault, self._session.line):
            return None
        if name == "unknown":
            return UNKNOWN_COMMAND
        return self._carry_out(name, unit, fault)

    async def _carry_out(self, name: str, unit: Apdu, fault: Fault | None) -> None:
        fields = read_fields(b"" if name == "registration" else unit.data)
        match name:
            case "registration":
                self._registered = True
                result = [registered()]
            case "status_enquiry":
                result = [status_of_terminal()]
            case "repeat_receipt":
                result = self._repeat()
            case "end_of_day":
                result = self._end_of_day()
            case _ if not self._registered:
                result = [aborted(NOT_REGISTERED)]
            case "partial_reversal" if fields.receipt == "FFFF":
                result = [open_hold_answer(self._books)]
            case "reservation":
                result = await self._reserve(fields, fault)
            case "partial_reversal":
                result = await self._release_part(fields)
            case "book_total":
                result = await self._book(fields)
            case _:
                result = await self._release_all(fields)
        self.changed()
        await self._session.finish(fault, result)

    def _repeat(self) -> list[bytes]:
        if not self._books.entries:
            return [aborted(NOT_POSSIBLE)]
        return [information(self._books.entries[-1], self._echoes), completed()]

    def _end_of_day(self) -> list[bytes]:
        total_fen = self._books.booked_in_batch_fen()
        self._books.batch += 1
        return [end_of_day_information(total_fen, datetime.now()), completed()]

    async def _reserve(self, fields: Fields, fault: Fault | None) -> list[bytes]:
        if fields.currency != CURRENCY:
            return [aborted(WRONG_CURRENCY)]
        if not fields.amount_fen:
            return [aborted(AMOUNT_TOO_HIGH)]
        card = await self._wait_for_card()
        if card is None or card.outcome in ("cancel", "unreadable"):
            code = CARD_UNREADABLE if card and card.outcome == "unreadable" else TIMEOUT_OR_CANCEL
            self._enter("reservation", fields, "failed", code, None)
            return [aborted(code)]
        await self._session.tell(intermediate(WAITING_FOR_HOST))
        verdict = await self._authorise(fields, card, fault)
        if verdict is None:
            entry = self._enter("reservation", fields, "failed", HOST_SILENT, card)
            entry.reversal_owed = True
            return [aborted(HOST_SILENT)]
        if not verdict.approved:
            return self._declined("reservation", fields, card, verdict.code)
        entry = self._enter("reservation", fields, "held", 0, card)
        entry.receipt = self._books.take_receipt()
        entry.auth_code, entry.rrn = verdict.auth_code, verdict.rrn
        entry.bank = verdict.bank or card.bank
        return [information(entry, self._echoes), completed()]

    async def _wait_for_card(self) -> Presented | None:
        """A card, or None after the time limit, the cancel key or the till's abort."""
        self._card = asyncio.get_running_loop().create_future()
        self.on_changed(self)
        await self._session.tell(intermediate(INSERT_CARD))
        try:
            with suppress(TimeoutError):
                return await asyncio.wait_for(self._card, self._card_wait_s)
            return None
        finally:
            self._card = None
            self.on_changed(self)

    async def _authorise(
        self, fields: Fields, card: Presented, fault: Fault | None
    ) -> Verdict | None:
        if fault is not None and fault.kind == "decline":
            return Verdict(approved=False, code=fault.code)
        if card.outcome == "declined":
            return Verdict(approved=False, code=card.code)
        amount_fen = fields.amount_fen or 0
        return await asyncio.to_thread(
            self._host.hold, fields.reference, TERMINAL_ID, amount_fen, card.pan, card.expiry
        )

    async def _release_part(self, fields: Fields) -> list[bytes]:
        """Release ``amount_fen`` of the hold; the rest is booked and the hold is closed."""
        hold = self._open_hold(fields)
        if isinstance(hold, int):
            return [aborted(hold)]
        released_fen = fields.amount_fen or 0
        if released_fen > hold.amount_fen:
            return [aborted(AMOUNT_TOO_HIGH)]
        return await self._complete(
            "partial_reversal", hold, fields, hold.amount_fen - released_fen
        )

    async def _book(self, fields: Fields) -> list[bytes]:
        hold = self._open_hold(fields)
        if isinstance(hold, int):
            return [aborted(hold)]
        amount_fen = fields.amount_fen or 0
        if amount_fen * 100 > hold.amount_fen * HIGHEST_BOOKING_PERCENT:
            return [aborted(AMOUNT_TOO_HIGH)]
        return await self._complete("book_total", hold, fields, amount_fen)

    async def _complete(
        self, kind: Kind, hold: PosEntry, fields: Fields, taken_fen: int
    ) -> list[bytes]:
        verdict = await asyncio.to_thread(self._host.complete, hold.auth_code, taken_fen)
        return self._follow_up(kind, hold, fields, verdict, "completed", taken_fen)

    async def _release_all(self, fields: Fields) -> list[bytes]:
        hold = self._open_hold(fields)
        if isinstance(hold, int):
            return [aborted(hold)]
        verdict = await asyncio.to_thread(self._host.release, hold.auth_code)
        return self._follow_up("preauth_reversal", hold, fields, verdict, "released", 0)

    def _open_hold(self, fields: Fields) -> PosEntry | int:
        """The hold a follow-up names, or the code it is refused with."""
        hold = self._books.hold(fields.receipt or "")
        if hold is None:
            return NO_SUCH_HOLD
        return hold if hold.state == "held" else ALREADY_REVERSED

    def _follow_up(
        self,
        kind: Kind,
        hold: PosEntry,
        fields: Fields,
        verdict: Verdict | None,
        outcome: State,
        taken_fen: int,
    ) -> list[bytes]:
        """Enter what became of an open hold; without an answer the hold stays open."""
        approved = verdict is not None and verdict.approved
        code = HOST_SILENT if verdict is None else 0 if approved else _result_code(verdict.code)
        entry = self._enter(kind, fields, outcome if approved else "failed", code, None)
        entry.receipt, entry.auth_code = hold.receipt, hold.auth_code
        entry.masked_pan, entry.bank, entry.rrn = hold.masked_pan, hold.bank, hold.rrn
        entry.amount_fen = hold.amount_fen if outcome == "released" else taken_fen
        if not approved:
            return [aborted(code)]
        hold.state, hold.taken_fen = outcome, taken_fen
        return [information(entry, self._echoes), completed()]

    def _declined(self, kind: Kind, fields: Fields, card: Presented, code: str) -> list[bytes]:
        entry = self._enter(kind, fields, "failed", _result_code(code), card)
        return [information(entry, self._echoes), aborted(entry.result)]

    def _enter(
        self, kind: Kind, fields: Fields, state: State, result: int, card: Presented | None
    ) -> PosEntry:
        reached_host = card is not None or kind != "reservation"
        entry = PosEntry(
            kind=kind,
            reference=fields.reference,
            amount_fen=fields.amount_fen or 0,
            state=state,
            result=result,
            receipt="",
            trace=self._books.take_trace() if reached_host else "",
            auth_code="",
            rrn="",
            masked_pan=masked(card.pan) if card else "",
            bank=card.bank if card else "",
            taken_fen=0,
            time=datetime.now().isoformat(timespec="seconds"),
            batch=self._books.batch,
            container=fields.container.hex(),
        )
        self._books.entries.append(entry)
        return entry

    async def _reverse_what_is_owed(self) -> None:
        """Undo holds the acquirer never answered, until it says yes."""
        while True:
            for entry in self._books.entries:
                if entry.reversal_owed:
                    verdict = await asyncio.to_thread(self._host.reverse, entry.reference)
                    if verdict is not None:
                        entry.reversal_owed = False
                        self.changed()
            await asyncio.sleep(REVERSAL_PERIOD_S)


def _result_code(host_code: str) -> int:
    """The host's two-digit answer code as a binary number; 9A for one that is not digits."""
    return int(host_code) if host_code.isdigit() and len(host_code) == 2 else 0x9A
