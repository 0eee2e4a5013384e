"""What becomes of an operation that was open when the power went (reliability.md 5.3).

A journey without questions: the same Acts, driven by `terminal/recovery.py` at start and again
while something is open. Only evidence ends a doubt; time never does. Where the other side is
silent the operation stays open and is asked about again.
"""

from __future__ import annotations

from typing import assert_never

from core.billing import Refund, Settlement
from core.journal.operations import Operation
from core.journeys.buy_goods import tell as tell_sale
from core.journeys.clean_out import confirm_clean_out
from core.journeys.doubt import HandedOver, InDoubt, leave_in_doubt
from core.journeys.hold import HoldPlaced, register_hold, release
from core.journeys.issue_at_desk import AT_DESK, recover_at_desk
from core.journeys.issue_card import activate, void, withdraw, withdraw_presented
from core.journeys.paid_slips import cash_in_hand_slip, slips_of
from core.journeys.print_invoice import tell as tell_sheet
from core.journeys.print_slip import owe_slip, print_slip
from core.journeys.reauthorise import end_old, release_old
from core.journeys.receipts import receipt_in
from core.journeys.refund import confirm, refund_slip
from core.journeys.release import end_hold
from core.journeys.settle_end import Course, NotSettled, follow, give_up
from core.journeys.take_notes import CashInside, NoteInDoubt, find_note
from core.journeys.top_up import (
    NotRaised,
    Raised,
    book_notes,
    book_sale,
    top_up_slip,
    void_sale,
    wish_in,
)
from core.journeys.top_up_by_hand import BY_HAND, book_by_hand, notes_in
from core.operation import OperationEvent, OperationKind, OperationState
from core.ports import (
    DeviceTrouble,
    HoldApproved,
    NoSuchTransaction,
    NoteLost,
    NotSent,
    Refused,
    SaleApproved,
    Unknown,
)
from core.prepay import CASH, ToppedUp
from core.slips import DoubtSlip
from core.steps import (
    AskPosForLast,
    CardReserved,
    CaseOpened,
    FindDispenserCard,
    JournalBroken,
    Record,
    ReportSuspense,
    ReserveCard,
)
from core.steps.paying import PosWord
from core.steps.sale import AskPosForSale

_FOLLOW_S = 20
# These owe somebody something before their first own step: a number, a paid article, a hold that
# a larger one replaced.
_BEGUN_BEFORE = frozenset({OperationKind.CARD_ISSUE, OperationKind.GOODS, OperationKind.RELEASE})


async def recover(operation: Operation) -> None:
    """Bring one open operation to its end, or leave it open with the doubt written down."""
    if operation.kind is OperationKind.DOCUMENT:
        await _note(operation, OperationEvent.OWE, "interrupted")
        return
    if operation.state is OperationState.INTENDED and not _begun_before(operation):
        await _note(operation, OperationEvent.RETURN, "interrupted")
        return
    match operation.kind:
        case OperationKind.CARD_ISSUE:
            end = await _card(operation)
        case OperationKind.HOLD:
            end = await _hold(operation)
            if isinstance(end, HoldPlaced) and operation.text("replaces"):
                await end_old(operation.operation_id)
        case OperationKind.RELEASE:
            end = await _release(operation)
        case OperationKind.SETTLE:
            end = await _settlement(operation)
        case OperationKind.REFUND:
            end = await _refund(operation)
        case OperationKind.TOP_UP:
            end = await _top_up(operation)
        case OperationKind.INVOICE:
            end = await _invoice(operation)
        case OperationKind.GOODS:
            end = await _goods(operation)
        case other:
            assert_never(other)
    match end:
        case InDoubt() if operation.state is not OperationState.UNKNOWN:
            await _hand_slip(operation, end)
        case HandedOver(reason) if operation.state is OperationState.UNKNOWN:
            await _note(operation, OperationEvent.SUSPEND, reason)
        case HandedOver():
            await _hand_slip(operation, end)


def _begun_before(operation: Operation) -> bool:
    """A hold that its patient ends owes nobody anything until its release begins."""
    return operation.kind in _BEGUN_BEFORE and not operation.text("hold_id")


async def _release(operation: Operation) -> object:
    operation_id, receipt = operation.operation_id, operation.text("receipt")
    hold_id = operation.text("hold_id")
    if hold_id:
        return await end_hold(operation_id, hold_id, receipt, asked_before=True)
    if await _begin(operation):
        await release_old(operation_id, operation.text("reauthorisation_id"), receipt)
    return None


async def _card(operation: Operation) -> object:
    if operation.number(AT_DESK):
        return await recover_at_desk(operation)
    operation_id, number = operation.operation_id, operation.text("card_number")
    if operation.state is OperationState.INTENDED:
        match await ReserveCard(operation_id, operation.text("patient_id")):
            case CardReserved(number):
                facts = {"card_number": number}
                await Record(operation_id, operation.kind, OperationEvent.START, facts)
                return await void(operation_id, number, "interrupted")
            case Refused(reason):
                await _note(operation, OperationEvent.REFUSE, reason)
                return None
            case NotSent(reason) | Unknown(reason):
                await _note(operation, OperationEvent.RETURN, reason)
                return None
    uid = operation.text("uid")
    if "taken" in operation.phases:
        return await activate(operation_id, number, uid)
    if "capturing" in operation.phases:
        return await _captured(operation, number)
    if "presenting" in operation.phases:
        return await withdraw_presented(operation_id, number, uid, "interrupted")
    return await withdraw(operation_id, number, "interrupted")


async def _captured(operation: Operation, number: str) -> object:
    """A capture began at the gate: a card still inside proves where it is, an empty path not."""
    path = await FindDispenserCard()
    if isinstance(path, DeviceTrouble):
        return InDoubt(path.reason)
    if path.position == "none":
        return await _hand_over(operation, "card_lost_track")
    return await withdraw(operation.operation_id, number, "card_not_taken")


async def _hold(operation: Operation) -> object:
    operation_id, patient_id = operation.operation_id, operation.text("patient_id")
    if "releasing" in operation.phases:
        return await release(operation_id, operation.text("receipt"), operation.text("reason"))
    if "approved" in operation.phases:
        approved = receipt_in(HoldApproved, operation)
        return await register_hold(operation_id, patient_id, approved, told_before=True)
    match await AskPosForLast(operation_id):
        case HoldApproved() as approved:
            return await register_hold(operation_id, patient_id, approved, told_before=True)
        case NoSuchTransaction():
            await _note(operation, OperationEvent.RETURN, "interrupted")
            return None
        case NotSent(reason):
            return InDoubt(reason)
        case Unknown(reason):
            return await _hand_over(operation, reason)
        case other:
            assert_never(other)


async def _settlement(operation: Operation) -> object:
    """Notes first: what is inside is owed to the patient unless the bill is paid with it."""
    inside = await find_note(operation)
    match inside:
        case NoteInDoubt(reason):
            return InDoubt(reason)
        case NoteLost():
            return await _hand_over(operation, "note_lost")
    said = operation.text("word")
    word = PosWord(said) if said else None
    asked = operation.text("tender_id")
    in_hand_fen = operation.number("in_hand_fen")
    course = Course(operation.operation_id, inside.amount_fen, asked, word, in_hand_fen)
    if "paying" not in operation.phases:
        return await give_up(course, "interrupted", _FOLLOW_S)
    end = await follow(course, _FOLLOW_S)
    if isinstance(end, Settlement):
        for slip in slips_of(end):
            await owe_slip(slip, "interrupted")
    if in_hand_fen and isinstance(end, Settlement | NotSettled):
        booked = isinstance(end, Settlement)
        if isinstance(end, Settlement) and end.cash is not None:
            in_hand_fen = end.cash.to_take_fen
        await print_slip(cash_in_hand_slip(operation.operation_id, in_hand_fen, booked=booked))
    return end


async def _top_up(operation: Operation) -> object:
    if operation.text("method") == CASH:
        return await _notes(operation)
    if operation.text("method") == BY_HAND:
        return await _by_hand(operation)
    operation_id, wish = operation.operation_id, wish_in(operation)
    if "voiding" in operation.phases:
        return await void_sale(operation_id, operation.text("receipt"), operation.text("reason"))
    if "approved" in operation.phases:
        sold = receipt_in(SaleApproved, operation)
        return await _owed(await book_sale(operation_id, wish, sold, told_before=True))
    match await AskPosForSale(operation_id):
        case SaleApproved() as sold:
            return await _owed(await book_sale(operation_id, wish, sold, told_before=True))
        case NoSuchTransaction():
            await _note(operation, OperationEvent.RETURN, "interrupted")
            return None
        case NotSent(reason):
            return InDoubt(reason)
        case Unknown(reason):
            return await _hand_over(operation, reason)
        case other:
            assert_never(other)


async def _notes(operation: Operation) -> object:
    """Notes of a top-up: the one in question first, then all that are inside are booked."""
    match await find_note(operation):
        case NoteInDoubt(reason):
            return InDoubt(reason)
        case NoteLost():
            return await _hand_over(operation, "note_unknown")
        case CashInside(()):
            await _note(operation, OperationEvent.RETURN, "interrupted")
            return None
        case CashInside() as inside:
            pass
    end = await book_notes(operation.operation_id, wish_in(operation), inside)
    match end:
        case ToppedUp():
            return await _owed(Raised(end))
        case HandedOver(reason):
            return await _hand_over(operation, reason)
        case InDoubt():
            return end


async def _by_hand(operation: Operation) -> object:
    wish, notes = wish_in(operation), notes_in(operation)
    return await _owed(await book_by_hand(operation.operation_id, wish, notes, told_before=True))


async def _owed(end: Raised | NotRaised | InDoubt) -> object:
    """The slip of a top-up that nobody waited for."""
    if isinstance(end, Raised):
        await owe_slip(top_up_slip(end.top_up, ""), "interrupted")
    return end


async def _refund(operation: Operation) -> object:
    clean_out_id = operation.text("clean_out_id")
    if clean_out_id:
        return await confirm_clean_out(operation.operation_id, clean_out_id)
    end = await confirm(operation.operation_id, operation.text("refund_id"), told_before=True)
    if isinstance(end, Refund):
        await owe_slip(refund_slip(end), "interrupted")
    return end


async def _invoice(operation: Operation) -> object:
    """Never printed again: without its token the backend itself calls the sheet uncertain."""
    token = operation.text("token")
    if not token:
        await _note(operation, OperationEvent.OWE, "interrupted")
        return None
    printed = "printed" in operation.phases
    await tell_sheet(operation.operation_id, operation.text("invoice_id"), token, printed=printed)
    return None


async def _goods(operation: Operation) -> object:
    """Never vended again: what was not seen to come out is a case about its money."""
    operation_id, vended = operation.operation_id, "vended" in operation.phases
    if not await _begin(operation):
        return None
    end = await tell_sale(operation_id, operation.text("sale_id"), handed_out=vended)
    if vended and isinstance(end, InDoubt):  # the patient has it: no slip, only the word is owed
        if operation.state is not OperationState.UNKNOWN:
            await _note(operation, OperationEvent.DOUBT, end.reason)
        return None
    return end


async def _begin(operation: Operation) -> bool:
    """What was only intended is done all the same; False when that cannot be written down."""
    if operation.state is not OperationState.INTENDED:
        return True
    facts = {"reason": "interrupted"}
    begun = await Record(operation.operation_id, operation.kind, OperationEvent.START, facts)
    return not isinstance(begun, JournalBroken)


async def _hand_over(operation: Operation, reason: str) -> object:
    """The other side answered and still nobody can know: a person owns it now."""
    amount_fen = _at_stake_fen(operation)
    reported = await ReportSuspense(operation.operation_id, operation.kind, amount_fen, reason)
    match reported:
        case CaseOpened(case_id, owner):
            facts = {"case_id": case_id, "owner": owner, "reason": reason}
            await Record(operation.operation_id, operation.kind, OperationEvent.SUSPEND, facts)
            if operation.state is not OperationState.UNKNOWN:
                await print_slip(DoubtSlip(operation.operation_id, operation.kind, amount_fen))
            return None
        case Refused(why) | NotSent(why) | Unknown(why):
            return InDoubt(why)
        case other:
            assert_never(other)


async def _hand_slip(operation: Operation, doubt: InDoubt | HandedOver) -> None:
    """The first word of this doubt: written, and told by a slip. Later rounds print no more."""
    amount_fen = _at_stake_fen(operation)
    await leave_in_doubt(operation.operation_id, operation.kind, amount_fen, doubt)


def _at_stake_fen(operation: Operation) -> int:
    """Notes that are or may be in the box, else the operation's amount."""
    return operation.number("cash_fen") or operation.number("amount_fen")


async def _note(operation: Operation, event: OperationEvent, reason: str) -> None:
    await Record(operation.operation_id, operation.kind, event, {"reason": reason})
