"""What becomes of an operation that was open when the power went (reliability.md 5.3).

A journey without questions: the same Acts, driven by `terminal/recovery.py` at start and again
while something is open. Only evidence ends a doubt; time never does. Where the other side is
silent the operation stays open and is asked about again.
"""

from __future__ import annotations

from typing import assert_never

from core.billing import Refund, Settlement
from core.journal.operations import Operation
from core.journeys.doubt import HandedOver, InDoubt, leave_in_doubt
from core.journeys.hold import register_hold, release
from core.journeys.issue_card import activate, void, withdraw, withdraw_presented
from core.journeys.print_slip import owe_slip, print_slip
from core.journeys.refund import confirm
from core.journeys.settle import follow, give_up
from core.operation import OperationEvent, OperationKind, OperationState
from core.ports import DeviceTrouble, HoldApproved, NoSuchTransaction, NotSent, Refused, Unknown
from core.slips import DoubtSlip, RefundSlip, SettlementSlip
from core.steps import (
    AskPosForLast,
    CardReserved,
    CaseOpened,
    FindDispenserCard,
    Record,
    ReportSuspense,
    ReserveCard,
)

_FOLLOW_S = 20


async def recover(operation: Operation) -> None:
    """Bring one open operation to its end, or leave it open with the doubt written down."""
    if operation.kind is OperationKind.DOCUMENT:
        await _note(operation, OperationEvent.OWE, "interrupted")
        return
    if (
        operation.state is OperationState.INTENDED
        and operation.kind is not OperationKind.CARD_ISSUE
    ):
        await _note(operation, OperationEvent.RETURN, "interrupted")
        return
    match operation.kind:
        case OperationKind.CARD_ISSUE:
            end = await _card(operation)
        case OperationKind.HOLD:
            end = await _hold(operation)
        case OperationKind.SETTLE:
            end = await _settlement(operation)
        case OperationKind.REFUND:
            end = await _refund(operation)
        case other:
            assert_never(other)
    match end:
        case InDoubt() if operation.state is not OperationState.UNKNOWN:
            await _hand_slip(operation, end)
        case HandedOver(reason) if operation.state is OperationState.UNKNOWN:
            await _note(operation, OperationEvent.SUSPEND, reason)
        case HandedOver():
            await _hand_slip(operation, end)


async def _card(operation: Operation) -> object:
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
        approved = _approved(operation)
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
    operation_id = operation.operation_id
    if "paying" not in operation.phases:
        return await give_up(operation_id, "interrupted")
    end = await follow(operation_id, _FOLLOW_S)
    if isinstance(end, Settlement):
        await owe_slip(SettlementSlip(end), "interrupted")
    return end


async def _refund(operation: Operation) -> object:
    end = await confirm(operation.operation_id, operation.text("refund_id"))
    if isinstance(end, Refund):
        await owe_slip(RefundSlip(end), "interrupted")
    return end


async def _hand_over(operation: Operation, reason: str) -> object:
    """The other side answered and still nobody can know: a person owns it now."""
    amount_fen = operation.number("amount_fen")
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
    amount_fen = operation.number("amount_fen")
    await leave_in_doubt(operation.operation_id, operation.kind, amount_fen, doubt)


async def _note(operation: Operation, event: OperationEvent, reason: str) -> None:
    await Record(operation.operation_id, operation.kind, event, {"reason": reason})


def _approved(operation: Operation) -> HoldApproved:
    return HoldApproved(
        reference=operation.text("reference"),
        masked_card=operation.text("masked_card"),
        auth_code=operation.text("auth_code"),
        rrn=operation.text("rrn"),
        trace=operation.text("trace"),
        receipt=operation.text("receipt"),
        pos_terminal_id=operation.text("pos_terminal_id"),
        merchant_id=operation.text("merchant_id"),
        amount_fen=operation.number("amount_fen"),
    )
