"""Virtual bank card terminal, BOC MIS-TLV over a pty (protocol page section 5.2).

Talks to the till by TLV frames; cards, acquirer and books are the desk's, as for the ZVT terminal.
What a reader would get wrong: our reference travels in DF69, which is our own agreement [M]; and an
unreadable card ends nothing, the terminal says 00000002 and waits for another try.
"""

import asyncio
from pathlib import Path
from typing import ClassVar

from sandbox.units.byte_collector import ByteCollector
from sandbox.units.faults import Fault
from sandbox.units.json_files import Json
from sandbox.units.mis_frames import PATIENCE_S, MisSign, Spoilt, Tlvs, first_frame
from sandbox.units.mis_messages import (
    APPROVED,
    KEEP_WAITING,
    SIGN_IN_FIRST,
    TYPES,
    UNKNOWN_FUNCTION,
    Function,
    code_of,
    confirmation,
    forward_request,
    result,
    short_result,
    terminal_data,
    totals_data,
)
from sandbox.units.pos_books import (
    AMOUNT_TOO_HIGH,
    HOST_SILENT,
    NO_SUCH_TRANSACTION,
    NOT_POSSIBLE,
    Charge,
    PosEntry,
)
from sandbox.units.pos_card import Progress
from sandbox.units.pos_desk import Order, Outcome, PosDesk
from sandbox.units.pos_host import PosHost
from sandbox.units.pty_line import PtyLine
from sandbox.units.request import Request
from sandbox.units.unit import Unit

FUNCTIONS = {code: function for function, code in TYPES.items()}
CHARGES: dict[Function, Charge] = {
    "sale": "sale",
    "qr_sale": "sale",
    "hold": "reservation",
    "refund": "refund",
    "qr_refund": "refund",
}
FREE_OF_SIGN_IN: frozenset[Function] = frozenset({"sign_in", "status"})
FORWARD_LIMIT_S = 10.0
LAST_RECEIPT = "000000"
SETTABLE: tuple[Function, ...] = (
    "sign_in",
    "sale",
    "void",
    "refund",
    "hold",
    "release",
    "complete",
    "reprint",
    "settle",
    "status",
)


class PosMis(Unit):
    """Control: ``present_card(pan, bank, expiry, outcome, code)``, ``echoes_reference(on)``,
    ``serial(text)``, ``sign_off``, ``forwards(on)``."""

    name: ClassVar[str] = "pos_mis"
    table: ClassVar[str] = "pos"
    polls: ClassVar[frozenset[str]] = frozenset({"status", "sign_in"})
    own_faults: ClassVar[tuple[str, ...]] = ("decline", "confirm_only")

    def __init__(self, run_dir: Path, host_url: str | None, card_wait_s: float) -> None:
        super().__init__(run_dir)
        before = self.load()
        self._desk = PosDesk(PosHost(host_url), before, card_wait_s, self.changed)
        self._signed_in = before is None or before["signed_in"] is True
        self._forwards = before is not None and before["forwards"] is True
        self._line = PtyLine(run_dir / "pos_mis.tty", self._on_bytes)
        self._reader = ByteCollector(first_frame, PATIENCE_S)
        self._last_frame = b""
        self._journal_at = 0
        self._work: asyncio.Task[None] | None = None
        self._in_step: asyncio.Task[None] | None = None
        self._bank_answer: asyncio.Future[None] | None = None

    async def start(self) -> None:
        self._line.open()
        self._in_step = asyncio.get_running_loop().create_task(self._desk.keep_in_step())

    def stop(self) -> None:
        self._line.close()
        for task in (self._work, self._in_step):
            if task is not None:
                task.cancel()

    def paths(self) -> Json:
        return {"path": self._line.path}

    def settings(self) -> Json:
        return {
            "path": self._line.path,
            "protocol": "mis_tlv",
            "mis_types": " ".join(f"{name}={TYPES[name]}" for name in SETTABLE),
            "mis_reference_tag": "DF69",
        }

    def state(self) -> Json:
        shown = {"signed_in": self._signed_in, "forwards": self._forwards}
        return {**self._desk.state(), **shown}

    def books(self) -> Json:
        return self._desk.books.to_json()

    def saved(self) -> Json:
        kept = {"signed_in": self._signed_in, "forwards": self._forwards}
        return {**self._desk.saved(), **kept}

    def perform(self, request: Request) -> Json:
        match request.text("do"):
            case "sign_off":
                self._signed_in = False
            case "forwards":
                self._forwards = request.flag("on", True)
            case _ if self._desk.perform(request):
                return {}
            case _:
                raise self.unknown(request)
        self.changed()
        return {}

    def _on_bytes(self, data: bytes) -> None:
        for received in self._reader.feed(data, asyncio.get_running_loop().time()):
            match received:
                case Spoilt():
                    self._sign(MisSign.NAK)
                case Tlvs():
                    self._on_frame(received)
                case MisSign.NAK if self._last_frame:
                    self._line.send(self._last_frame)
                case MisSign.EOT:
                    self._desk.cards.stop()
                case _:
                    pass

    def _on_frame(self, asked: Tlvs) -> None:
        if asked.digits("DF01") == "01" and self._bank_answer is not None:
            self._sign(MisSign.ACK)
            if not self._bank_answer.done():
                self._bank_answer.set_result(None)
            return
        if self._work is not None and not self._work.done():
            return  # at work: the till's frame is not even acknowledged
        function = FUNCTIONS.get(asked.digits("DF02"))
        fault = self.faults.take(function or "unknown")
        if self.stopped_before(fault, self._line):
            return
        self._sign(MisSign.ACK)
        self._work = asyncio.get_running_loop().create_task(self._carry_out(function, asked, fault))

    def _sign(self, sign: MisSign) -> None:
        self._line.send(bytes([sign.value]))

    async def _carry_out(self, function: Function | None, asked: Tlvs, fault: Fault | None) -> None:
        type_code, random = asked.digits("DF02"), asked.digits("DF04")
        if function is None:
            frame = short_result(type_code, random, UNKNOWN_FUNCTION)
        elif not self._signed_in and function not in FREE_OF_SIGN_IN:
            frame = short_result(type_code, random, SIGN_IN_FIRST, b"\xdf\x0c\x01\x01")
        elif self._forwards and function in CHARGES and not await self._ask_bank(random):
            frame = short_result(type_code, random, code_of(HOST_SILENT))
        else:
            frame = await self._frame_of(function, asked, fault)
        self.changed()
        last = self._desk.books.last()
        if fault is not None and fault.kind == "confirm_only" and last is not None:
            self._line.send(confirmation(last.receipt or "0"))
            return
        self._last_frame = frame
        self.deliver(fault, self._line, frame)

    async def _ask_bank(self, random: str) -> bool:
        """Have the till carry a packet to the bank; False when no answer comes back."""
        self._bank_answer = asyncio.get_running_loop().create_future()
        self._line.send(forward_request(random))
        try:
            await asyncio.wait_for(self._bank_answer, FORWARD_LIMIT_S)
        except TimeoutError:
            return False
        finally:
            self._bank_answer = None
        return True

    async def _frame_of(self, function: Function, asked: Tlvs, fault: Fault | None) -> bytes:
        type_code, random = asked.digits("DF02"), asked.digits("DF04")
        books = self._desk.books
        match function:
            case "sign_in" | "status":
                self._signed_in = self._signed_in or function == "sign_in"
                inside = terminal_data(function, books.batch)
                return short_result(type_code, random, APPROVED, inside)
            case "totals" | "settle":
                batch = books.batch
                totals = books.totals() if function == "totals" else await self._desk.end_day()
                inside = totals_data(function, batch, totals)
                return short_result(type_code, random, APPROVED, inside)
            case "reprint":
                return self._told(type_code, random, self._asked_again(asked), None)
            case "journal":
                return self._next_of_journal(type_code, random)
            case _:
                outcome = await self._transaction(function, asked, fault)
                if outcome.entry is None:
                    return short_result(type_code, random, code_of(outcome.code))
                return self._told(type_code, random, outcome.entry, None)

    async def _transaction(self, function: Function, asked: Tlvs, fault: Fault | None) -> Outcome:
        amount = asked.digits("DF03")
        order = Order(int(amount) if amount.isdecimal() else 0, asked.text("DF69"))
        auth_code = asked.text("DF16")
        match function:
            case "void":
                receipt = asked.digits("DF18")[-4:]
                return await self._desk.void(self._desk.books.sale(receipt), order)
            case "release":
                return await self._desk.release(self._desk.books.hold_of(auth_code), order)
            case "complete":
                hold = self._desk.books.hold_of(auth_code)
                return await self._desk.complete("book_total", hold, order)
            case _:
                return await self._charge(CHARGES[function], order, asked, fault)

    async def _charge(
        self, kind: Charge, order: Order, asked: Tlvs, fault: Fault | None
    ) -> Outcome:
        original = None
        if kind == "refund":
            original = self._desk.books.sale_of(asked.text("DF16"))
            if original is None or original.state != "completed":
                return Outcome(NO_SUCH_TRANSACTION)
            if original.refunded_fen + order.amount_fen > original.amount_fen:
                return Outcome(AMOUNT_TOO_HIGH)

        async def tell(progress: Progress) -> bool:
            if progress is Progress.CARD_UNREADABLE:
                again = short_result(asked.digits("DF02"), asked.digits("DF04"), KEEP_WAITING)
                return self._line.send(again)
            self._sign(MisSign.ACK)  # still at work: the till's timer starts anew
            return True

        decline = fault.code if fault is not None and fault.kind == "decline" else None
        return await self._desk.charge(kind, order, tell, decline, original)

    def _asked_again(self, asked: Tlvs) -> PosEntry | None:
        wanted = asked.digits("DF18")
        if wanted in ("", LAST_RECEIPT):
            return self._desk.books.last()
        found = [e for e in self._desk.books.entries if e.receipt and e.receipt == wanted[-4:]]
        return found[-1] if found else None

    def _next_of_journal(self, type_code: str, random: str) -> bytes:
        """One entry a packet; after the last one the journal begins anew."""
        entries = [e for e in self._desk.books.entries if e.batch == self._desk.books.batch]
        if not entries:
            return self._told(type_code, random, None, None)
        at = self._journal_at if self._journal_at < len(entries) else 0
        self._journal_at = at + 1
        return self._told(type_code, random, entries[at], len(entries) - at - 1)

    def _told(
        self, type_code: str, random: str, entry: PosEntry | None, following: int | None
    ) -> bytes:
        if entry is None:
            return short_result(type_code, random, code_of(NOT_POSSIBLE))
        return result(type_code, random, entry, self._desk.echoes_reference, following)
