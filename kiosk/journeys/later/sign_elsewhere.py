"""What bills are paid by and is signed on a phone: state, a code to sign by, ending a debit.

Talks to every bank through the backend (A.b1). What a reader would get wrong: a credit line ends at
its bank; only a bound debit is ended here, after the ID card was laid on the reader (W02).
"""

from __future__ import annotations

from typing import assert_never

from core.agreement_words import PRODUCTS
from core.deferral import Agreement, Agreements
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.later import CancelAgreement, FetchAgreement, FindAgreements
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.later import elsewhere_pages as pages
from kiosk.journeys.later.id_check import Proven, prove
from kiosk.journeys.later.phone import sign_on_phone
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed


async def sign_elsewhere(start: Start) -> Retry | None:
    """From the tile to a signed, an ended, or just a looked-at agreement."""
    who = await identify("sign_elsewhere", start.shown)
    if not isinstance(who, Identified):
        return who
    match await FindAgreements(who.patient.patient_id):
        case Agreements(found):
            return await _choose(who, tuple(each for each in found if each.state == "SIGNED"))
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _choose(who: Identified, signed: tuple[Agreement, ...]) -> Retry | None:
    while True:
        match await pages.overview(who, signed):
            case Chosen("certificate"):
                answer = await pages.certificate(who)
                if isinstance(answer, Leave):
                    return None
            case Chosen(key) if key in PRODUCTS:
                return await sign_on_phone(who, key)
            case Chosen(key):
                chosen = next(each for each in signed if each.agreement_id == key)
                match await pages.told(who, chosen):
                    case Pressed("end"):
                        return await _end(who, chosen)
                    case Leave():
                        return None
                    case Pressed() | Back():
                        continue
            case Back() | Leave():
                return None


async def _end(who: Identified, agreement: Agreement) -> Retry | None:
    if await pages.end_it(who, agreement) != Pressed("end"):
        return None
    proof = await prove(who)
    if not isinstance(proof, Proven):
        return proof
    match await CancelAgreement(agreement.agreement_id):
        case Agreement() as ended:
            await pages.ended(who, ended)
            return None
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason):
            return await trouble(reason)
        case Unknown(reason):
            return await _maybe_ended(who, agreement, reason)
        case other:
            assert_never(other)


async def _maybe_ended(who: Identified, agreement: Agreement, reason: str) -> Retry | None:
    """Nobody said whether it was ended: its bank knows."""
    match await FetchAgreement(agreement.agreement_id):
        case Agreement(state="CANCELLED") as ended:
            await pages.ended(who, ended)
            return None
        case _:
            return await trouble(reason)
