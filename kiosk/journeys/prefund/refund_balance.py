"""Ask for the prepaid balance back (W27-W33, S15, S51): a plan, an application, its state.

Money never moves here: a window reviews and pays (C05). What a reader would get wrong: an account
has one application under way, so one whose answer was lost is found by looking, never sent twice.
"""

from __future__ import annotations

from typing import assert_never

from core.journeys.print_slip import print_slip
from core.people import FaceCheck
from core.ports import NotSent, Refused, Unknown
from core.prepay import CleanOut, CleanOutPlan, CleanOuts
from core.prepay_papers import clean_out_slip
from core.steps.prefund import (
    ApplyForCleanOut,
    FetchCleanOutPlan,
    FetchCleanOuts,
    Payee,
    ResubmitPayee,
)
from kiosk.journeys.cards.face import check_face
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.later.id_check import Proven, prove
from kiosk.journeys.prefund import refund_pages as pages
from kiosk.journeys.service import Start
from kiosk.steps import Typed
from kiosk.steps.pages import Chosen, Pressed

_OVER = frozenset({"PAID", "REJECTED"})


async def refund_balance(start: Start) -> Retry | None:
    """From the tile to a received application, or how far the one under way is."""
    who = await identify("refund_balance", start.shown)
    return await refund_of(who) if isinstance(who, Identified) else who


async def refund_of(who: Identified) -> Retry | None:
    """The same for a patient who is known already."""
    match await FetchCleanOutPlan(who.patient.patient_id):
        case CleanOutPlan() as plan:
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)
    if plan.decision.message_key == "under_way":
        return await _follow(who)
    if not plan.decision.allow:
        return await _elsewhere(who, plan)
    if not plan.balance_fen:
        await pages.nothing(who)
        return None
    if await pages.plan(who, plan) != Pressed("go_on"):
        return None
    return await _apply(who, plan)


async def _elsewhere(who: Identified, plan: CleanOutPlan) -> Retry | None:
    """A dead person's account is paid out at a window, with papers (W34)."""
    if plan.documents:
        await pages.documents(who, plan)
        return None
    reason = plan.decision.message_key
    return await trouble("clean_out_window" if reason == "window_only" else reason)


async def _apply(who: Identified, plan: CleanOutPlan) -> Retry | None:
    if plan.warning is not None and await pages.warning(who, plan) != Pressed("read"):
        return None
    payee: Payee | None = None
    if "PAYEE" in plan.needs:
        payee = await _payee(who, for_contact=pages.REGISTERED_CONTACT in plan.payee.needs)
        if payee is None:
            return None
    if await pages.confirmation(who, plan, payee) != Pressed("send"):
        return None
    face_check_id = ""
    if "FACE" in plan.needs:
        match await check_face(who.patient, who.presence):
            case FaceCheck(check_id=face_check_id):
                pass
            case ended:
                return ended
    else:
        proof = await prove(who)
        if not isinstance(proof, Proven):
            return proof
    warned = plan.warning is not None
    told = await ApplyForCleanOut(who.patient.patient_id, warned, face_check_id, payee)
    return await _told(who, told)


async def _payee(who: Identified, *, for_contact: bool) -> Payee | None:
    """Bank and number; None when the patient went back."""
    match await pages.bank(who):
        case Chosen(bank):
            pass
        case _:
            return None
    match await pages.account(who, for_contact=for_contact):
        case Typed(account_no):
            return Payee(account_no, bank)
        case _:
            return None


async def _told(who: Identified, told: CleanOut | Refused | NotSent | Unknown) -> Retry | None:
    match told:
        case CleanOut():
            printed = await print_slip(clean_out_slip(who.patient.display_name, told))
            await pages.sent(who, told, printed=printed)
            return None
        case Unknown():
            return await _follow(who)
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _follow(who: Identified) -> Retry | None:
    """How far the application is that is under way."""
    match await FetchCleanOuts(who.patient.patient_id):
        case CleanOuts(found):
            mine = next((one for one in found if one.state not in _OVER), None)
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)
    if mine is None:
        return await trouble("clean_out_unsure")
    if await pages.under_way(who, mine) != Pressed("account"):
        return None
    payee = await _payee(who, for_contact=False)
    if payee is None:
        return None
    return await _told(who, await ResubmitPayee(mine.clean_out_id, payee))
