"""A card terminal behind its wire: cards, amounts, the acquirer and the books.

Talks to the acquirer through ``PosHost`` and to a person through ``CardWait``; the protocols (ZVT,
MIS-TLV) only translate. What a reader would get wrong: a charge stands in the books as owed to be
reversed *before* the acquirer is asked, so a terminal that loses its power in between undoes it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sandbox.units.json_files import Json
from sandbox.units.pos_books import (
    ALREADY_REVERSED,
    AMOUNT_TOO_HIGH,
    HOST_SILENT,
    NO_SUCH_TRANSACTION,
    PROTOCOL_ERROR,
    BatchTotals,
    Charge,
    Kind,
    PosBooks,
    PosEntry,
    State,
)
from sandbox.units.pos_card import CardWait, Presented, Progress, Tell, masked
from sandbox.units.pos_host import CardCharge, PosHost, Verdict
from sandbox.units.request import ControlError, Request

TERMINAL_ID = "00004271"
MERCHANT_ID = "898310012340001"
SERIAL = "0020250007"
HIGHEST_BOOKING_PERCENT = 115
REVERSAL_PERIOD_S, FOLLOW_EVERY, FOLLOWED_HOLDS = 0.5, 6, 16


@dataclass(frozen=True, slots=True)
class Order:
    """What the till wants; ``container`` is its TLV container as hex."""

    amount_fen: int
    reference: str = ""
    container: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``code`` 0 is done. ``entry`` is there when the till is told the transaction itself."""

    code: int
    entry: PosEntry | None = None


class PosDesk:
    """``changed`` is called after each change that must outlive the power."""

    def __init__(
        self, host: PosHost, saved: Json | None, card_wait_s: float, changed: Callable[[], None]
    ) -> None:
        before = saved or {}
        self.books = PosBooks.from_json(cast(Json, before["books"])) if before else PosBooks()
        self.echoes_reference = before.get("echoes_reference", True) is True
        self.serial = str(before.get("serial", SERIAL))
        self._host = host
        self._changed = changed
        self.cards = CardWait(card_wait_s, changed)
        self._asking: PosEntry | None = None

    def state(self) -> Json:
        """What people see of it."""
        return {
            "waiting_for_card": self.cards.is_waiting,
            "echoes_reference": self.echoes_reference,
            "open_holds": [entry.receipt for entry in self.books.open_holds()],
            "serial": self.serial,
        }

    def saved(self) -> Json:
        """What survives without power."""
        return {
            "books": self.books.to_json(),
            "echoes_reference": self.echoes_reference,
            "serial": self.serial,
        }

    def perform(self, request: Request) -> bool:
        """The controls of every card terminal; False when it is none of them."""
        match request.text("do"):
            case "present_card":
                self.cards.present(request)
            case "echoes_reference":
                self.echoes_reference = request.flag("on", True)
                self._changed()
            case "serial":
                self._exchange(request.text("text"))
            case _:
                return False
        return True

    async def charge(
        self,
        kind: Charge,
        order: Order,
        tell: Tell,
        decline: str | None,
        original: PosEntry | None = None,
    ) -> Outcome:
        """Hold, sell or refund with a card; ``decline`` is the code of an ordered refusal."""
        if not order.amount_fen:
            return Outcome(AMOUNT_TOO_HIGH)
        card = await self.cards.wait(tell)
        if isinstance(card, int):
            self._enter(kind, order, "failed", card, None)
            return Outcome(card)
        entry = self._enter(kind, order, "failed", HOST_SILENT, card)
        self._asking, entry.reversal_owed = entry, True
        self._changed()
        await tell(Progress.WAITING_FOR_HOST)
        auth_code = original.auth_code if original else ""
        verdict = await self._authorise(kind, order, card, decline, auth_code)
        self._asking = None
        if verdict is None:
            return Outcome(HOST_SILENT)
        entry.reversal_owed = False
        if not verdict.approved:
            entry.result = _result_code(verdict.code)
            return Outcome(entry.result, entry)
        entry.result, entry.state = 0, "held" if kind == "reservation" else "completed"
        entry.receipt = self.books.take_receipt()
        entry.auth_code, entry.rrn = verdict.auth_code, verdict.rrn
        entry.bank = verdict.bank or card.bank
        if original is not None:
            original.refunded_fen += order.amount_fen
        return Outcome(0, entry)

    async def complete(self, kind: Kind, hold: PosEntry | None, order: Order) -> Outcome:
        """Take ``order.amount_fen`` of a hold, at most 115 %; the rest falls free."""
        if hold is None or hold.state != "held":
            return _closed(hold)
        if order.amount_fen * 100 > hold.amount_fen * HIGHEST_BOOKING_PERCENT:
            return Outcome(AMOUNT_TOO_HIGH)
        verdict = await asyncio.to_thread(self._host.complete, hold.auth_code, order.amount_fen)
        return self._follow_up(kind, hold, order, verdict, "completed")

    async def release(self, hold: PosEntry | None, order: Order) -> Outcome:
        """Give a whole hold back."""
        if hold is None or hold.state != "held":
            return _closed(hold)
        verdict = await asyncio.to_thread(self._host.release, hold.auth_code)
        return self._follow_up("preauth_reversal", hold, order, verdict, "released")

    async def void(self, sale: PosEntry | None, order: Order) -> Outcome:
        """Undo a sale of this batch as a whole."""
        if sale is None or sale.batch != self.books.batch:
            return Outcome(NO_SUCH_TRANSACTION)
        if sale.state != "completed" or sale.refunded_fen:
            return Outcome(ALREADY_REVERSED)
        verdict = await asyncio.to_thread(self._host.void, sale.auth_code)
        return self._follow_up("void", sale, order, verdict, "voided")

    async def end_day(self) -> BatchTotals:
        """Totals of the batch, which is closed by it."""
        await self.follow_acquirer()
        totals = self.books.totals()
        self.books.close_batch()
        return totals

    async def follow_acquirer(self) -> None:
        """Ask what became of holds elsewhere: completed, released, or standing again."""
        known = [hold for hold in self.books.entries if _may_change_elsewhere(hold)]
        await asyncio.gather(*(self._follow(hold) for hold in known[-FOLLOWED_HOLDS:]))

    async def _follow(self, hold: PosEntry) -> None:
        there = await asyncio.to_thread(self._host.hold_state, hold.auth_code, hold.rrn)
        if there is None or not _may_change_elsewhere(hold):
            return  # nobody knows, or closed here while the question was on its way
        states: dict[str, State] = {"HELD": "held", "COMPLETED": "completed"}
        state = states.get(there.state, "released")
        if state != hold.state:
            hold.state, hold.taken_fen = state, there.taken_fen
            hold.by_acquirer = state != "held"
            self._changed()

    async def keep_in_step(self) -> None:
        """For ever: undo charges the acquirer never answered, follow what it did with holds."""
        turn = 0
        while True:
            await self._reverse_what_is_owed()
            turn = (turn + 1) % FOLLOW_EVERY
            if turn == 0 and self.books.open_holds():
                await self.follow_acquirer()
            await asyncio.sleep(REVERSAL_PERIOD_S)

    async def _reverse_what_is_owed(self) -> None:
        for entry in list(self.books.entries):
            if entry.reversal_owed and entry is not self._asking:
                kind = cast(Charge, entry.kind)
                if await asyncio.to_thread(self._host.reverse, kind, entry.reference) is not None:
                    entry.reversal_owed = False
                    self._changed()

    def _exchange(self, serial: str) -> None:
        if not serial.isdigit() or len(serial) % 2 or len(serial) > 20:
            raise ControlError("field 'text' must be an even number of digits, at most 20")
        self.serial = serial
        self._changed()

    async def _authorise(
        self, kind: Charge, order: Order, card: Presented, decline: str | None, original: str
    ) -> Verdict | None:
        if decline is not None:
            return Verdict(approved=False, code=decline)
        if card.outcome == "declined":
            return Verdict(approved=False, code=card.code)
        asked = CardCharge(
            kind, order.reference, TERMINAL_ID, order.amount_fen, card.pan, card.expiry, original
        )
        return await asyncio.to_thread(self._host.charge, asked)

    def _follow_up(
        self, kind: Kind, first: PosEntry, order: Order, verdict: Verdict | None, becomes: State
    ) -> Outcome:
        """Enter what became of an earlier charge; without an answer it stays as it was."""
        approved = verdict is not None and verdict.approved
        code = HOST_SILENT if verdict is None else 0 if approved else _result_code(verdict.code)
        done: State = "completed" if becomes == "voided" else becomes
        entry = self._enter(kind, order, done if approved else "failed", code, None)
        entry.receipt, entry.auth_code = first.receipt, first.auth_code
        entry.masked_pan, entry.bank, entry.rrn = first.masked_pan, first.bank, first.rrn
        entry.amount_fen = order.amount_fen if becomes == "completed" else first.amount_fen
        if not approved:
            return Outcome(code)
        first.state = becomes
        first.taken_fen = order.amount_fen if becomes == "completed" else 0
        return Outcome(0, entry)

    def _enter(
        self, kind: Kind, order: Order, state: State, result: int, card: Presented | None
    ) -> PosEntry:
        reached_host = card is not None or kind not in ("sale", "reservation", "refund")
        entry = PosEntry(
            kind=kind,
            reference=order.reference,
            amount_fen=order.amount_fen,
            state=state,
            result=result,
            receipt="",
            trace=self.books.take_trace() if reached_host else "",
            auth_code="",
            rrn="",
            masked_pan=masked(card.pan) if card else "",
            bank=card.bank if card else "",
            taken_fen=0,
            time=datetime.now().isoformat(timespec="seconds"),
            batch=self.books.batch,
            container=order.container,
        )
        self.books.entries.append(entry)
        return entry


def _may_change_elsewhere(hold: PosEntry) -> bool:
    return hold.kind == "reservation" and (hold.state == "held" or hold.by_acquirer)


def _closed(hold: PosEntry | None) -> Outcome:
    return Outcome(NO_SUCH_TRANSACTION if hold is None else ALREADY_REVERSED)


def _result_code(host_code: str) -> int:
    """The host's two-digit answer code as a binary number; 9A for one that is not digits."""
    return int(host_code) if host_code.isdigit() and len(host_code) == 2 else PROTOCOL_ERROR
