"""Add to a prepaid balance, where the policy still allows it: by a card's sale, or by notes.

Order: intention on disk → the POS or the acceptor, whose word goes to disk at once → backend →
finished. A sale that the backend does not take is voided at the POS. Notes never come out again:
what the backend does not take stays a doubt, and recovery hands it to a person with the same slip.
What a reader would get wrong: what the backend is told is the same under the same key, for ever,
so consent and need are facts of the intention.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.flow import Reason
from core.journal.operations import Operation
from core.journeys.doubt import Doubtful, HandedOver, InDoubt, leave_in_doubt
from core.journeys.receipts import receipt_facts
from core.journeys.take_notes import (
    CashInside,
    CashWanted,
    NoteInDoubt,
    Page,
    Stopped,
    Taken,
    take_notes,
)
from core.operation import OperationEvent, OperationKind
from core.phrase import Yuan, said
from core.ports import Done, NotSent, Refused, SaleApproved, Unknown
from core.prepay import CASH, TRANSFER, ToppedUp
from core.slips import WrittenSlip
from core.steps import Facts, Intend, Intended, JournalBroken, Record
from core.steps.prefund import TopUpBalance
from core.steps.sale import SellAtPos, VoidSaleAtPos

_KIND = OperationKind.TOP_UP


@dataclass(frozen=True, slots=True)
class TopUpWish:
    """Whose balance. `consent`: of their own will (W24). `declared_need`: as of the terms."""

    patient_id: str
    consent: bool
    declared_need: bool


@dataclass(frozen=True, slots=True)
class Raised:
    """Booked. `left`: the patient was gone when it was."""

    top_up: ToppedUp
    left: Reason | None = None


@dataclass(frozen=True, slots=True)
class NotRaised:
    """No money is here. `returned`: it was, and went back to the card."""

    reason: str
    detail: str = ""
    returned: bool = False
    left: Reason | None = None


TopUpEnd = Raised | NotRaised | Doubtful


async def top_up_by_card(wish: TopUpWish, amount_fen: int) -> TopUpEnd:
    """From the chosen amount to a higher balance, or a truthful no."""
    operation_id = await _started(wish, TRANSFER, amount_fen)
    if operation_id is None:
        return NotRaised("journal_broken")
    end: Raised | NotRaised | InDoubt
    match await SellAtPos(operation_id, amount_fen):
        case SaleApproved() as sold:
            end = await book_sale(operation_id, wish, sold)
        case Refused(reason, detail):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": reason})
            return NotRaised(reason, detail)
        case NotSent(reason):
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return NotRaised(reason)
        case Unknown(reason):
            end = InDoubt(reason)
        case other:
            assert_never(other)
    if isinstance(end, InDoubt):
        return await leave_in_doubt(operation_id, _KIND, amount_fen, end)
    return end


async def top_up_by_cash(wish: TopUpWish, wanted: CashWanted, page: Page) -> TopUpEnd:
    """From the first note to a higher balance; notes that are inside are booked in any case."""
    operation_id = await _started(wish, CASH, 0)
    if operation_id is None:
        return NotRaised("journal_broken")
    match await take_notes(operation_id, _KIND, wanted, page):
        case Taken(inside, left):
            end = await book_notes(operation_id, wish, inside)
            if isinstance(end, ToppedUp):
                return Raised(end, left)
            reason = end.reason
            at_stake_fen = inside.amount_fen
        case Stopped(reason, left):
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return NotRaised(reason, left=left)
        case NoteInDoubt(reason, at_stake_fen):
            pass
        case other:
            assert_never(other)
    return await leave_in_doubt(operation_id, _KIND, at_stake_fen, InDoubt(reason))


async def _started(wish: TopUpWish, method: str, amount_fen: int) -> str | None:
    facts: Facts = {
        "patient_id": wish.patient_id,
        "method": method,
        "amount_fen": amount_fen,
        "consent": int(wish.consent),
        "declared_need": int(wish.declared_need),
    }
    match await Intend(_KIND, facts):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return None
    started = await Record(operation_id, _KIND, OperationEvent.START)
    return None if isinstance(started, JournalBroken) else operation_id


def wish_in(operation: Operation) -> TopUpWish:
    """As it was intended."""
    return TopUpWish(
        operation.text("patient_id"),
        bool(operation.number("consent")),
        bool(operation.number("declared_need")),
    )


async def book_notes(
    operation_id: str, wish: TopUpWish, inside: CashInside
) -> ToppedUp | HandedOver | InDoubt:
    """Tell the backend what is in the box. HandedOver: it said no, so a person must own the notes
    (recovery reports them); they are in the box either way. That this terminal may not ask says
    nothing about an earlier telling."""
    told = await TopUpBalance(
        operation_id,
        wish.patient_id,
        inside.amount_fen,
        inside.notes,
        None,
        wish.consent,
        wish.declared_need,
    )
    match told:
        case ToppedUp():
            await Record(operation_id, _KIND, OperationEvent.FINISH, {"top_up_id": told.top_up_id})
            return told
        case Refused(reason) as no if no.turned_away:
            return InDoubt(reason)
        case Refused(reason):
            return HandedOver(reason)
        case NotSent(reason) | Unknown(reason):
            return InDoubt(reason)
        case other:
            assert_never(other)


async def book_sale(
    operation_id: str, wish: TopUpWish, sold: SaleApproved, *, told_before: bool = False
) -> Raised | NotRaised | InDoubt:
    """Write the POS's word down, tell the backend; void at the POS what it will not take.

    `told_before`: an earlier telling may have arrived, so silence now proves nothing, and neither
    does an answer that nobody is signed in (recovery).
    """
    facts: Facts = {"phase": "approved", **receipt_facts(sold)}
    await Record(operation_id, _KIND, OperationEvent.NOTE, facts)
    told = await TopUpBalance(
        operation_id,
        wish.patient_id,
        sold.amount_fen,
        (),
        sold,
        wish.consent,
        wish.declared_need,
    )
    match told:
        case ToppedUp():
            await Record(operation_id, _KIND, OperationEvent.FINISH, {"top_up_id": told.top_up_id})
            return Raised(told)
        case NotSent(reason) if told_before:
            return InDoubt(reason)
        case Refused(reason) as no if told_before and no.turned_away:
            return InDoubt(reason)
        case Refused(reason) | NotSent(reason):
            return await void_sale(operation_id, sold.receipt, reason)
        case Unknown(reason):
            return InDoubt(reason)
        case other:
            assert_never(other)


async def void_sale(operation_id: str, receipt: str, reason: str) -> NotRaised | InDoubt:
    """Give the money back to the card; recovery enters here too."""
    voiding: Facts = {"phase": "voiding", "reason": reason}
    await Record(operation_id, _KIND, OperationEvent.NOTE, voiding)
    match await VoidSaleAtPos(operation_id, receipt):
        case Done():
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return NotRaised(reason, returned=True)
        case Refused(why) | NotSent(why) | Unknown(why):
            return InDoubt(why)
        case other:
            assert_never(other)


def top_up_slip(top_up: ToppedUp, display_name: str) -> WrittenSlip:
    """What was added by which rule; `display_name` is masked, "" when nobody is there."""
    return WrittenSlip(
        about=top_up.top_up_id,
        title=said("Prepaid balance topped up"),
        display_name=display_name,
        pairs=(
            (said("Added"), Yuan(top_up.amount_fen)),
            (said("Balance now"), Yuan(top_up.balance_fen)),
            (said("Rule"), top_up.rule_id),
        ),
        lines=(said("The balance pays your next bills. You can ask for it back at any time."),),
        slip=top_up.slip,
    )
