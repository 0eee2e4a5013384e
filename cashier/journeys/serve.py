"""One patient at the window: settle what is open, or refund something that was settled.

Both go through the journeys of core that the kiosk uses: there is no second way to move money.
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.day.opening import open_for
from cashier.journeys.till import ended, in_doubt, take
from cashier.journeys.work import AtWork
from cashier.journeys.works import do_work, offers
from cashier.steps import (
    AllWorks,
    ChooseRefundLines,
    DoWork,
    RefundOf,
    Reviewed,
    ReviewPlan,
    ServePatient,
    SettleBills,
    ShowOutcome,
    Sought,
)
from core.billing import Refund, Settlement
from core.flow import Abandoned
from core.identity import Patient
from core.journeys.doubt import Doubtful
from core.journeys.drawer import WhyOpened
from core.journeys.refund import (
    NotRefunded,
    RefundAsked,
    Refunded,
    Transferring,
    ask_for_refund,
    drop_refund,
    execute_refund,
)
from core.ports import NotSent, Refused, Unknown
from core.steps import Bills, FetchBills, Leave
from core.window_steps import (
    FetchSettlements,
    Operator,
    PatientFile,
    QueueEntry,
    ReviewRefund,
    Settlements,
)


async def serve(at: AtWork, queue: tuple[QueueEntry, ...]) -> str | Sought:
    """Until the operator goes back to the desk. Answers a message for it, "" for none; or what was
    scanned meanwhile, which is the next patient's."""
    operator, message = at.operator, ""
    while True:
        patient = at.served
        match await FetchBills(patient.patient_id):
            case Bills(bills):
                pass
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                return reason
        match await FetchSettlements(patient.patient_id):
            case Settlements(settlements):
                pass
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                return reason
        file = PatientFile(patient, bills, settlements)
        works = offers(operator, for_patient=True)
        match await ServePatient(operator, queue, file, message, works):
            case Leave():
                return ""
            case DoWork() | AllWorks() as wish:
                done = await do_work(at, wish)
                if isinstance(done, Patient):
                    at, message = AtWork(operator, done), ""
                else:
                    message = done
                continue
            case Sought() as sought:
                return sought
            case SettleBills():
                await ended(at, await take(at, bills))
            case RefundOf(settlement):
                await _refund(at, file, settlement)
            case other:
                assert_never(other)
        message = ""


async def _refund(at: AtWork, file: PatientFile, settlement: Settlement) -> None:
    operator = at.operator
    chosen = await ChooseRefundLines(operator, file, settlement)
    if isinstance(chosen, Leave):
        return
    asked = await ask_for_refund(settlement.settlement_id, chosen.line_ids, chosen.reason)
    if isinstance(asked, NotRefunded):
        await ShowOutcome(operator, file, reason=asked.reason, money="untouched")
        return
    try:
        reviewed = await _review(operator, file, asked)
    except Abandoned as abandoned:
        await drop_refund(asked, abandoned.reason.value)
        raise Abandoned(abandoned.reason) from None
    if isinstance(reviewed, NotRefunded):
        await ShowOutcome(operator, file, reason=reviewed.reason, money="untouched")
        return
    match await execute_refund(asked):
        case Refunded(refund, printed) | Transferring(refund, printed):
            if refund.cash_fen:
                await open_for(at, WhyOpened.CASH_HANDED_OUT, refund.cash_fen)
            await ShowOutcome(operator, file, refund=refund, printed=printed)
        case NotRefunded(reason):
            await ShowOutcome(operator, file, reason=reason, money="untouched")
        case Doubtful() as doubtful:
            await in_doubt(at, doubtful)
        case other:
            assert_never(other)


async def _review(
    operator: Operator, file: PatientFile, asked: RefundAsked
) -> Refund | NotRefunded:
    """A second person, asked again after a wrong password."""
    trouble, attempt = "", 0
    while True:
        word: Reviewed | Leave = await ReviewPlan(operator, file, asked.refund, trouble)
        if isinstance(word, Leave):
            return await drop_refund(asked, "left")
        attempt += 1
        match await ReviewRefund(
            asked.operation_id,
            attempt,
            asked.refund.refund_id,
            word.operator,
            word.password,
            word.approve,
        ):
            case Refund(state="REVIEWED") as refund:
                return refund
            case Refund():
                return await drop_refund(asked, "rejected")
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason
