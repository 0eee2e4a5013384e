"""Settle bills: quote, confirm, pay, slip. The same journey at kiosk and window.

The backend owns the saga and every amount; this side writes its intention first, asks under one
id for ever, and tells the patient only what the backend said. What a reader would get wrong: a
settlement that was refused or reversed is over; paying again is a new settlement with a new id.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from core.billing import Bill, Settlement, TenderKind
from core.flow import Abandoned
from core.identity import Patient
from core.journeys.at_pos import serve_pos
from core.journeys.desk import CashInHand, Counted, Desk, PartInCash, Quote
from core.journeys.doubt import Doubtful, HandedOver, InDoubt, leave_in_doubt
from core.journeys.paid_slips import slips_of
from core.journeys.print_slip import print_slip
from core.journeys.same_card import same_card
from core.journeys.settle_end import (
    Course,
    FollowEnd,
    NotSettled,
    conclude,
    follow,
    give_up,
)
from core.journeys.take_notes import CashWanted, NoteInDoubt, Stopped, Taken, take_notes
from core.journeys.take_notes import Page as NotesPage
from core.operation import OperationEvent, OperationKind
from core.ports import CardPresence, DeviceTrouble, Done, NotSent, Refused, Unknown
from core.steps import (
    CheckPrinter,
    CommitSettlement,
    Intend,
    Intended,
    JournalBroken,
    Leave,
    OpenSettlement,
    PayWith,
    Record,
)
from core.steps.paying import CheckPos

__all__ = ["NotSettled", "SettleEnd", "Settled", "settle"]

_KIND = OperationKind.SETTLE
_FOLLOW_S = 100
_CODES = frozenset({TenderKind.SCAN, TenderKind.ONE_CODE})
_ASK_AGAIN = frozenset(
    {
        *("code_not_payment", "needs_tender", "tender_not_allowed", "hold_unusable"),
        *("daily_limit", "code_expired", "not_found", "one_code_not_signed", "one_code_silent"),
        *("part_cash_too_much", "part_cash_coins"),
    }
)


@dataclass(frozen=True, slots=True)
class Settled:
    """Paid. `printed` False: the slip is owed and can be had at a window."""

    settlement: Settlement
    printed: bool


SettleEnd = Settled | NotSettled | Doubtful


async def settle(
    patient: Patient,
    bills: tuple[Bill, ...],
    presence: CardPresence | None,
    desk: Desk,
) -> SettleEnd:
    """From open bills to a slip, or a truthful no."""
    total_fen = sum(bill.total_fen for bill in bills)
    facts: dict[str, str | int] = {"patient_id": patient.patient_id, "amount_fen": total_fen}
    match await Intend(_KIND, facts):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return NotSettled("journal_broken")
    if isinstance(await Record(operation_id, _KIND, OperationEvent.START), JournalBroken):
        return NotSettled("journal_broken")
    with_pos = isinstance(await CheckPos(), Done)
    match await OpenSettlement(operation_id, patient.patient_id, bills, with_pos):
        case Settlement() as settlement:
            offered = _offered(settlement, desk.drives, with_pos)
            return await _confirm(Quote(operation_id, patient, offered, presence, with_pos), desk)
        case Refused(reason, detail):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": reason})
            return NotSettled(reason, detail)
        case NotSent(reason):
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return NotSettled(reason)
        case Unknown(reason):
            course = Course(operation_id)
            end = await give_up(course, reason, _FOLLOW_S)
            return await _ended(course, total_fen, end)
        case other:
            assert_never(other)


def _offered(settlement: Settlement, drives: frozenset[TenderKind], with_pos: bool) -> Settlement:
    """Of the ways to pay those that this mode drives; a card terminal must be there for its own."""
    options = tuple(
        replace(option, allowed=False, reason="pos_not_ready")
        if option.kind is TenderKind.BANK_CARD and option.allowed and not with_pos
        else option
        for option in settlement.options
        if option.kind in drives
    )
    return replace(settlement, options=options)


async def _confirm(quote: Quote, desk: Desk) -> SettleEnd:
    """The bill screen, again after every refused way to pay, until paid or left."""
    match await CheckPrinter():
        case Done():
            pass
        case DeviceTrouble():
            quote = replace(quote, slip_possible=False)
    attempt = 0
    while True:
        try:
            wished = await desk.choose(quote)
            way = await _way(wished, quote, desk) if isinstance(wished, PayWith) else None
        except Abandoned as abandoned:
            await give_up(Course(quote.operation_id), "left", _FOLLOW_S)
            if quote.part_fen:
                raise CashInHand(abandoned.reason, quote) from None
            raise Abandoned(abandoned.reason) from None
        if isinstance(wished, Leave):
            return await _left(quote, "left")
        if isinstance(wished, PartInCash):
            quote = replace(quote, part_fen=wished.amount_fen, trouble="")
        if way is None:
            continue
        if not await same_card(quote.presence):
            return await _left(quote, "card_changed")
        attempt += 1
        way = replace(way, attempt=attempt)
        paid = await (_pay_notes(quote, way, way.page) if way.page else _pay(quote, way))
        if isinstance(paid, Refused):
            quote = replace(quote, trouble=paid.reason)
            continue
        return paid


@dataclass(frozen=True, slots=True)
class _Way:
    """What was chosen. `attempt` counts the tries of this settlement; `cash_fen`: notes inside,
    `page`: where they go in; `counted`: cash in the hand of a person, who can give it back."""

    tender: TenderKind | None
    code: str = ""
    attempt: int = 0
    cash_fen: int = 0
    page: NotesPage | None = None
    counted: Counted | None = None

    def __repr__(self) -> str:
        return f"_Way({self.tender})"


async def _way(chosen: PayWith, quote: Quote, desk: Desk) -> _Way | None:
    """How it is paid, with the code or the cash where that is needed. None: back to the bill."""
    match chosen:
        case PayWith(tender, shown) if shown:
            return _Way(tender, shown)
        case PayWith(tender) if tender in _CODES:
            code = await desk.code(tender, quote)
            return None if code is None else _Way(tender, code)
        case PayWith(TenderKind.CASH as tender):
            match await desk.cash(quote):
                case None:
                    return None
                case Counted() as counted:
                    return _Way(tender, counted=counted)
                case page:
                    return _Way(tender, page=page)
        case PayWith(tender):
            return _Way(tender)


async def _left(quote: Quote, reason: str) -> SettleEnd:
    course = Course(quote.operation_id, in_hand_fen=quote.part_fen)
    end = await give_up(course, reason, _FOLLOW_S)
    return await _ended(course, quote.settlement.total_fen, end)


async def _pay_notes(quote: Quote, way: _Way, page: NotesPage) -> SettleEnd | Refused:
    """Notes for what is due; what they exceed it by is change that a window pays (C12)."""
    due_fen = quote.settlement.cash_fen
    match await take_notes(quote.operation_id, _KIND, CashWanted(due_fen, exact=False), page):
        case Taken(inside) if inside.amount_fen >= due_fen:
            return await _pay(quote, replace(way, cash_fen=inside.amount_fen))
        case Taken(inside):
            course = Course(quote.operation_id, inside.amount_fen)
            end = await give_up(course, "left", _FOLLOW_S)
            return await _ended(course, inside.amount_fen, end)
        case Stopped("journal_broken" as reason, None):
            return await _left(quote, reason)
        case Stopped(reason, None):
            return Refused("" if reason == "stopped" else reason)
        case Stopped(_, left):
            assert left is not None
            await give_up(Course(quote.operation_id), "left", _FOLLOW_S)
            raise Abandoned(left)
        case NoteInDoubt(reason, amount_fen):
            return await leave_in_doubt(quote.operation_id, _KIND, amount_fen, InDoubt(reason))
        case other:
            assert_never(other)


async def _pay(quote: Quote, way: _Way) -> SettleEnd | Refused:
    """Refused: nothing happened and the bill may be confirmed again."""
    operation_id, settlement = quote.operation_id, quote.settlement
    in_hand_fen = way.counted.handed_fen if way.counted else quote.part_fen
    course = Course(operation_id, way.cash_fen, in_hand_fen=in_hand_fen)
    facts: dict[str, str | int] = {
        "phase": "paying",
        "due_fen": settlement.due_fen,
        "in_hand_fen": in_hand_fen,
    }
    end: FollowEnd
    if isinstance(await Record(operation_id, _KIND, OperationEvent.NOTE, facts), JournalBroken):
        if not way.cash_fen:
            return NotSettled("journal_broken", in_hand_fen=in_hand_fen)
        end = await give_up(course, "journal_broken", _FOLLOW_S)
        return await _ended(course, way.cash_fen, end)
    counted = way.counted or Counted(way.cash_fen, 0)
    match await CommitSettlement(
        operation_id,
        way.attempt,
        way.tender,
        way.code,
        settlement.due_fen,
        counted.handed_fen,
        counted.change_fen,
        quote.part_fen,
    ):
        case Settlement(pos=None) as paid if paid.final:
            end = await conclude(course, paid)
        case Settlement(pos=None) | Unknown():
            end = await follow(course, _FOLLOW_S)
        case Settlement() as asking:
            end = await serve_pos(course, asking, _FOLLOW_S)
        case Refused(reason) as refused if reason in _ASK_AGAIN and not way.cash_fen:
            return refused
        case Refused(reason) | NotSent(reason):
            end = await give_up(course, reason, _FOLLOW_S)
    return await _ended(course, way.cash_fen or settlement.total_fen, end)


async def _ended(course: Course, at_stake_fen: int, end: FollowEnd) -> SettleEnd:
    """What the patient gets: a slip for a paid one, one for a doubt, none for nothing."""
    match end:
        case Settlement():
            printed = [await print_slip(slip) for slip in slips_of(end)]
            return Settled(end, all(printed))
        case NotSettled():
            return end
        case InDoubt() | HandedOver():
            doubtful = await leave_in_doubt(course.operation_id, _KIND, at_stake_fen, end)
            return replace(doubtful, in_hand_fen=course.in_hand_fen)
