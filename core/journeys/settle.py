"""Settle bills: quote, confirm, pay, slip. The same journey at kiosk and window.

The backend owns the saga and every amount; this side writes its intention first, asks under one
id for ever, and tells the patient only what the backend said. What a reader would get wrong: a
settlement that was refused or reversed is over; paying again is a new settlement with a new id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.billing import Bill, Settlement, SettlementState, TenderKind
from core.codes import PaymentCode
from core.flow import Abandoned
from core.identity import Patient
from core.journeys.doubt import Doubtful, HandedOver, InDoubt, leave_in_doubt
from core.journeys.print_slip import print_slip
from core.journeys.same_card import same_card
from core.operation import OperationEvent, OperationKind
from core.ports import DeviceTrouble, Done, HealthCardPresent, NotSent, Refused, Unknown
from core.slips import SettlementSlip
from core.steps import (
    CancelSettlement,
    CheckPrinter,
    CommitSettlement,
    ConfirmQuote,
    FollowSettlement,
    Intend,
    Intended,
    JournalBroken,
    Leave,
    NotUnderstood,
    OpenSettlement,
    PayWith,
    Record,
    ShowPaymentCode,
)

_KIND = OperationKind.SETTLE
_FOLLOW_S = 100
_STOPPED = {"left": "stopped"}  # a wish to leave while money was on its way
_ASK_AGAIN = frozenset({"code_not_payment", "needs_tender", "tender_not_allowed", "hold_unusable"})


@dataclass(frozen=True, slots=True)
class Settled:
    """Paid. `printed` False: the slip is owed and can be had at a window."""

    settlement: Settlement
    printed: bool


@dataclass(frozen=True, slots=True)
class NotSettled:
    """Nothing was taken, or everything was returned (`returned`)."""

    reason: str
    detail: str = ""
    returned: bool = False


SettleEnd = Settled | NotSettled | Doubtful
FollowEnd = Settlement | NotSettled | InDoubt | HandedOver


async def settle(
    patient: Patient, bills: tuple[Bill, ...], presence: HealthCardPresent | None
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
    match await OpenSettlement(operation_id, patient.patient_id, bills):
        case Settlement() as settlement:
            return await _confirm(operation_id, patient, settlement, presence)
        case Refused(reason, detail):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": reason})
            return NotSettled(reason, detail)
        case NotSent(reason):
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return NotSettled(reason)
        case Unknown(reason):
            return await _ended(operation_id, total_fen, await give_up(operation_id, reason))
        case other:
            assert_never(other)


async def _confirm(
    operation_id: str,
    patient: Patient,
    settlement: Settlement,
    presence: HealthCardPresent | None,
) -> SettleEnd:
    """The bill screen, again after every refused way to pay, until paid or left."""
    match await CheckPrinter():
        case Done():
            slip_possible = True
        case DeviceTrouble():
            slip_possible = False
    trouble, attempt = "", 0
    while True:
        try:
            choice = await ConfirmQuote(patient, settlement, presence, slip_possible, trouble)
        except Abandoned as abandoned:
            await give_up(operation_id, "left")
            raise Abandoned(abandoned.reason) from None
        match choice:
            case Leave():
                end = await give_up(operation_id, "left")
                return await _ended(operation_id, settlement.total_fen, end)
            case PayWith(tender):
                pass
            case other:
                assert_never(other)
        auth_code = ""
        if tender is TenderKind.SCAN:
            try:
                code = await _payment_code(settlement.due_fen, presence)
            except Abandoned as abandoned:
                await give_up(operation_id, "left")
                raise Abandoned(abandoned.reason) from None
            if code is None:
                continue
            auth_code = code.text
        if not await same_card(presence):
            end = await give_up(operation_id, "card_changed")
            return await _ended(operation_id, settlement.total_fen, end)
        attempt += 1
        paid = await _pay(operation_id, attempt, settlement, tender, auth_code)
        if isinstance(paid, Refused):
            trouble = paid.reason
            continue
        return paid


async def _payment_code(due_fen: int, presence: HealthCardPresent | None) -> PaymentCode | None:
    trouble = ""
    while True:
        match await ShowPaymentCode(due_fen, presence, trouble):
            case PaymentCode() as code:
                return code
            case NotUnderstood(reason):
                trouble = reason
            case Leave():
                return None
            case other:
                assert_never(other)


async def _pay(
    operation_id: str,
    attempt: int,
    settlement: Settlement,
    tender: TenderKind | None,
    auth_code: str,
) -> SettleEnd | Refused:
    """Refused: nothing happened and the bill may be confirmed again."""
    facts: dict[str, str | int] = {"phase": "paying", "due_fen": settlement.due_fen}
    if isinstance(await Record(operation_id, _KIND, OperationEvent.NOTE, facts), JournalBroken):
        return NotSettled("journal_broken")
    due_fen, total_fen = settlement.due_fen, settlement.total_fen
    end: FollowEnd
    match await CommitSettlement(operation_id, attempt, tender, auth_code, due_fen):
        case Settlement() as paid if paid.final:
            end = await conclude(operation_id, paid)
        case Settlement() | Unknown():
            end = await follow(operation_id, _FOLLOW_S)
        case Refused(reason) as refused if reason in _ASK_AGAIN:
            return refused
        case Refused(reason) | NotSent(reason):
            end = await give_up(operation_id, reason)
    return await _ended(operation_id, total_fen, end)


async def _ended(operation_id: str, total_fen: int, end: FollowEnd) -> SettleEnd:
    """What the patient gets: a slip for a paid one, one for a doubt, none for nothing."""
    match end:
        case Settlement():
            return Settled(end, await print_slip(SettlementSlip(end)))
        case NotSettled():
            return end
        case InDoubt() | HandedOver():
            return await leave_in_doubt(operation_id, _KIND, total_fen, end)


async def follow(operation_id: str, limit_s: int) -> Settlement | NotSettled | InDoubt | HandedOver:
    """Wait for a final word on a settlement that may have been paid; recovery enters here too.

    A quote that was never committed is cancelled: after that no late commit can be accepted.
    """
    match await FollowSettlement(operation_id, limit_s):
        case Settlement(state=SettlementState.QUOTED):
            return await _cancel_late(operation_id)
        case Settlement() as settlement if settlement.final:
            return await conclude(operation_id, settlement)
        case Settlement():
            return InDoubt("being_checked")
        case NotSent(reason):
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return NotSettled(reason)
        case Unknown(reason):
            return InDoubt(reason)
        case other:
            assert_never(other)


async def conclude(
    operation_id: str, settlement: Settlement
) -> Settlement | NotSettled | HandedOver:
    """Write a final state down. A Settlement in the answer is a paid one."""
    match settlement.state:
        case SettlementState.COMPLETED:
            paid: dict[str, str | int] = {"self_pay_fen": settlement.self_pay_fen}
            await Record(operation_id, _KIND, OperationEvent.FINISH, paid)
            return settlement
        case SettlementState.SUSPENSE:
            return HandedOver(settlement.trouble or "being_checked")
        case _:
            reason = _STOPPED.get(settlement.trouble, settlement.trouble or "stopped")
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            returned = settlement.state is SettlementState.REVERSED
            return NotSettled(reason, returned=returned)


async def _cancel_late(
    operation_id: str,
) -> Settlement | NotSettled | InDoubt | HandedOver:
    """Cancel a quote whose commit may still be on its way: only the backend's word counts."""
    match await CancelSettlement(operation_id, "left"):
        case Settlement() as settlement if settlement.final:
            return await conclude(operation_id, settlement)
        case Settlement():
            return InDoubt("being_checked")
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return InDoubt(reason)
        case other:
            assert_never(other)


async def give_up(operation_id: str, reason: str) -> FollowEnd:
    """No payment was accepted as far as we know: unlock the bill, unless the backend knows better.

    When the backend cannot be told, its lock ends by itself; nothing was taken either way.
    """
    match await CancelSettlement(operation_id, reason):
        case Refused("completed"):
            return await follow(operation_id, _FOLLOW_S)
        case Settlement(state=state) if state is not SettlementState.CANCELLED:
            return await follow(operation_id, _FOLLOW_S)
        case _:
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return NotSettled(reason)
