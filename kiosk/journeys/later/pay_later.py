"""Pay after the visit: where the account stands, sign, repay, look, end (N01 to N15, W10).

What a reader would get wrong: the account belongs to an ID number, so any card or code of a person
opens the same one (W08); and ending it leaves what waits due (N12).
"""

from __future__ import annotations

from typing import assert_never

from core.deferral import DeferralAccount, DeferredVisit, Signature
from core.deferral_papers import ended_slip
from core.journeys.print_slip import print_slip
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.later import CancelDeferral, FetchDeferral
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.later import pay_later_pages as pages
from kiosk.journeys.later.repaying import bills_for_now, repay
from kiosk.journeys.later.signing import sign_up
from kiosk.journeys.later.signing_pages import not_for_you
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed

_WITH_BANK = "deferral.with_bank"


async def pay_later(start: Start) -> Retry | None:
    """From the tile to whatever the patient came for."""
    who = await identify("pay_later", start.shown)
    if not isinstance(who, Identified):
        return who
    account = await look(FetchDeferral(who.patient.patient_id))
    return account.end if isinstance(account, Ended) else await _account(who, account)


async def _account(who: Identified, account: DeferralAccount) -> Retry | None:
    """Looking comes back to the overview; everything else ends the service."""
    seen: object = None
    while not isinstance(seen, Leave):
        match await pages.overview(who, account):
            case Chosen("visits"):
                seen = await _look(who, account.visits)
            case Chosen("credit"):
                seen = await pages.stopped(who, account.credit)
            case Chosen("pay_now"):
                told = await bills_for_now(who, account)
                if not isinstance(told, tuple):
                    return told
                seen = await pages.pay_now(who, told)
            case Chosen("repay"):
                return await repay(who, account)
            case Chosen("cancel"):
                return await _end(who, account)
            case Chosen():
                return await _sign(who, account)
            case Back() | Leave():
                return None
    return None


async def _sign(who: Identified, account: DeferralAccount) -> Retry | None:
    decision = account.may_sign
    if decision.allow or decision.message_key == _WITH_BANK:
        return await sign_up(who)
    await not_for_you(who, decision)
    return None


async def _look(who: Identified, visits: tuple[DeferredVisit, ...]) -> Back | Leave:
    """One after another, until back."""
    while True:
        match await pages.visits(who, visits, said("Bills, due times, payments")):
            case Chosen(key):
                visit = next(each for each in visits if each.registration_id == key)
                if isinstance(await pages.visit_told(who, visit), Leave):
                    return Leave()
            case Back() | Leave() as answer:
                return answer


async def _end(who: Identified, account: DeferralAccount) -> Retry | None:
    if await pages.end_it(who, account) != Pressed("end"):
        return None
    match await CancelDeferral(who.patient.patient_id):
        case Signature() as ended:
            return await _ended(who, ended)
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason):
            return await trouble(reason)
        case Unknown(reason):
            return await _maybe_ended(who, reason)
        case other:
            assert_never(other)


async def _maybe_ended(who: Identified, reason: str) -> Retry | None:
    """Nobody said whether it was ended: the account knows."""
    match await FetchDeferral(who.patient.patient_id):
        case DeferralAccount(signature=Signature() as signed) as account if not account.stands:
            return await _ended(who, signed)
        case _:
            return await trouble(reason)


async def _ended(who: Identified, ended: Signature) -> Retry | None:
    printed = await print_slip(ended_slip(who.patient.display_name, ended))
    await pages.ended(who, ended, printed=printed)
    return None
