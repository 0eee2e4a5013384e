"""Virtual bank card terminal, ZVT over TCP and over a serial line (protocol page section 5.1).

Talks to the till by ZVT; cards, acquirer and books are the desk's. The result is in the journal
before it is told, so a repetition of the receipt always knows it. Both wires lead to one terminal:
while it works for one till the other one is refused as busy.
"""

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from sandbox.units.faults import Fault
from sandbox.units.json_files import Json
from sandbox.units.pos_books import AMOUNT_TOO_HIGH, NOT_POSSIBLE, Charge, PosEntry
from sandbox.units.pos_card import Progress
from sandbox.units.pos_desk import Order, Outcome, PosDesk
from sandbox.units.pos_host import PosHost
from sandbox.units.pos_messages import (
    CURRENCY,
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
from sandbox.units.request import Request
from sandbox.units.unit import Unit
from sandbox.units.zvt_frames import BUSY, UNKNOWN_COMMAND, Apdu, Fields, read_fields
from sandbox.units.zvt_lines import ZvtSerial, ZvtTcp

NOT_REGISTERED, WRONG_CURRENCY = 0x6B, 0x6F
INSERT_CARD, WAITING_FOR_HOST = 0x0A, 0x04
EVERY_HOLD = "FFFF"
PASSWORD_BYTES = 3
NAMES = {
    0x0600: "registration",
    0x0501: "status_enquiry",
    0x0601: "sale",
    0x0622: "reservation",
    0x0623: "partial_reversal",
    0x0624: "book_total",
    0x0625: "preauth_reversal",
    0x0630: "void",
    0x0631: "refund",
    0x0620: "repeat_receipt",
    0x0650: "end_of_day",
}
CHARGES: dict[str, Charge] = {"sale": "sale", "reservation": "reservation", "refund": "refund"}
WITH_PASSWORD = frozenset({"void", "refund"})
WITHOUT_FIELDS = frozenset({"registration", "status_enquiry", "repeat_receipt", "end_of_day"})


class Pos(Unit):
    """Control: ``present_card(pan, bank, expiry, outcome, code)``, ``echoes_reference(on)``,
    ``serial(text)``."""

    name: ClassVar[str] = "pos"
    table: ClassVar[str] = "pos"
    polls: ClassVar[frozenset[str]] = frozenset({"status_enquiry", "registration"})
    own_faults: ClassVar[tuple[str, ...]] = ("decline",)

    def __init__(self, run_dir: Path, host_url: str | None, card_wait_s: float) -> None:
        super().__init__(run_dir)
        before = self.load()
        self._desk = PosDesk(PosHost(host_url), before, card_wait_s, self.changed)
        self._port = int(str(before["port"])) if before else 0
        self._registered = False
        self._network = PosSession(self._begin, self._desk.cards.stop)
        self._tcp = ZvtTcp(self._network.on_bytes, self._network.on_host)
        self._network.attach(self._tcp)
        self._cable = PosSession(self._begin, self._desk.cards.stop)
        self._serial = ZvtSerial(run_dir / "pos.tty", self._cable.on_bytes)
        self._cable.attach(self._serial)
        self._in_step: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self._tcp.open(self._port)
        self._port = self._tcp.port
        self._serial.open()
        self._in_step = asyncio.get_running_loop().create_task(self._desk.keep_in_step())

    def stop(self) -> None:
        self._network.stop()
        self._cable.stop()
        if self._in_step is not None:
            self._in_step.cancel()

    def paths(self) -> Json:
        return {"path": self._tcp.path, "serial": self._serial.path}

    def state(self) -> Json:
        return {**self._desk.state(), "registered": self._registered}

    def books(self) -> Json:
        return self._desk.books.to_json()

    def saved(self) -> Json:
        return {**self._desk.saved(), "port": self._port}

    def perform(self, request: Request) -> Json:
        if not self._desk.perform(request):
            raise self.unknown(request)
        return {}

    def _begin(self, session: PosSession, unit: Apdu) -> Coroutine[None, None, None] | bytes | None:
        if self._network.busy or self._cable.busy:
            return BUSY
        name = NAMES.get(unit.code, "unknown")
        fault = self.faults.take(name)
        if self.stopped_before(fault, session.wire):
            return None
        if name == "unknown":
            return UNKNOWN_COMMAND
        return self._carry_out(session, name, unit, fault)

    async def _carry_out(
        self, session: PosSession, name: str, unit: Apdu, fault: Fault | None
    ) -> None:
        start = PASSWORD_BYTES if name in WITH_PASSWORD else 0
        fields = read_fields(b"" if name in WITHOUT_FIELDS else unit.data[start:])
        result = await self._service(name)
        if result is None:
            result = await self._transaction(session, name, fields, fault)
        self.changed()
        if fault is not None and fault.kind == "power_off":
            self.switch_off()
            return
        await session.finish(fault, result)

    async def _service(self, name: str) -> list[bytes] | None:
        """Commands that are no transaction; None for the others."""
        match name:
            case "registration":
                self._registered = True
                return [registered()]
            case "status_enquiry":
                return [status_of_terminal(self._desk.serial)]
            case "repeat_receipt":
                last = self._desk.books.last()
                return [aborted(NOT_POSSIBLE)] if last is None else [*self._told(last)]
            case "end_of_day":
                totals = await self._desk.end_day()
                return [end_of_day_information(totals, datetime.now()), completed()]
            case _:
                return None

    async def _transaction(
        self, session: PosSession, name: str, fields: Fields, fault: Fault | None
    ) -> list[bytes]:
        if not self._registered:
            return [aborted(NOT_REGISTERED)]
        if name == "partial_reversal" and fields.receipt == EVERY_HOLD:
            await self._desk.follow_acquirer()
            return [open_hold_answer(self._desk.books)]
        if name not in CHARGES:
            return self._answer(await self._follow_up(name, fields))
        if fields.currency != CURRENCY:
            return [aborted(WRONG_CURRENCY)]

        async def tell(progress: Progress) -> bool:
            return await _tell(session, progress)

        decline = fault.code if fault is not None and fault.kind == "decline" else None
        order = _order(fields, fields.amount_fen or 0)
        return self._answer(await self._desk.charge(CHARGES[name], order, tell, decline))

    async def _follow_up(self, name: str, fields: Fields) -> Outcome:
        receipt, amount_fen = fields.receipt or "", fields.amount_fen or 0
        hold = self._desk.books.hold(receipt)
        match name:
            case "void":
                return await self._desk.void(self._desk.books.sale(receipt), _order(fields, 0))
            case "preauth_reversal":
                return await self._desk.release(hold, _order(fields, 0))
            case "partial_reversal" if hold is not None:
                if amount_fen > hold.amount_fen:
                    return Outcome(AMOUNT_TOO_HIGH)
                rest = _order(fields, hold.amount_fen - amount_fen)
                return await self._desk.complete("partial_reversal", hold, rest)
            case _:
                return await self._desk.complete("book_total", hold, _order(fields, amount_fen))

    def _answer(self, outcome: Outcome) -> list[bytes]:
        if outcome.entry is None:
            return [aborted(outcome.code)]
        if outcome.code:
            return [*self._told(outcome.entry)[:1], aborted(outcome.code)]
        return self._told(outcome.entry)

    def _told(self, entry: PosEntry) -> list[bytes]:
        return [information(entry, self._desk.echoes_reference), completed()]


def _order(fields: Fields, amount_fen: int) -> Order:
    return Order(amount_fen, fields.reference, fields.container.hex())


async def _tell(session: PosSession, progress: Progress) -> bool:
    match progress:
        case Progress.INSERT_CARD:
            return await session.tell(intermediate(INSERT_CARD))
        case Progress.WAITING_FOR_HOST:
            return await session.tell(intermediate(WAITING_FOR_HOST))
        case Progress.CARD_UNREADABLE:
            return False
