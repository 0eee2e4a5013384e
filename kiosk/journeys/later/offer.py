"""Offered once after a registration fee was paid: would you like to pay after your visit? (N04)

What a reader would get wrong: it is an offer, not a question that must be answered; whoever may not
sign is not bothered with it, and no trouble of it ever spoils a registration.
"""

from __future__ import annotations

from core.deferral import Decision, DeferralAccount
from core.steps.later import FetchDeferral
from kiosk.journeys.identify import Identified
from kiosk.journeys.later.signing import sign_up
from kiosk.journeys.later.signing_pages import offered
from kiosk.steps.pages import Pressed


async def offer_pay_later(who: Identified) -> None:
    """One page with a clear "no, thank you"; the signing when it is wanted."""
    match await FetchDeferral(who.patient.patient_id):
        case DeferralAccount(may_sign=Decision(allow=True)):
            pass
        case _:
            return
    if await offered(who) == Pressed("yes"):
        await sign_up(who)
