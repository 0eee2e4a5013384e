"""Pay the fee of a place with a doctor, like any bill, and say where to go.

What a reader would get wrong: a place of today that is not paid is given back at once, because
somebody else may want it; a booked place is not: it stays booked until its session is over.
"""

from __future__ import annotations

from typing import assert_never

from core.billing import Registration
from core.flow import Abandoned
from core.journeys.doubt import Doubtful
from core.journeys.settle import NotSettled, Settled
from core.steps import CancelRegistration
from kiosk.journeys.ending import Retry, not_paid
from kiosk.journeys.identify import Identified
from kiosk.journeys.later.offer import offer_pay_later
from kiosk.journeys.paying.till import Payer, pay_here
from kiosk.journeys.visits.guide import print_guide


async def pay_fee(who: Identified, registration: Registration, *, booked: bool) -> Retry | None:
    """From the bill to a number. `booked`: the place stays the patient's when it is not paid."""
    try:
        end = await pay_here(Payer(who.patient, who.presence), (registration.bill,))
    except Abandoned as abandoned:
        await _give_back(registration, "left", booked)
        raise Abandoned(abandoned.reason) from None
    match end:
        case Settled():
            ending = await print_guide(who, registration.registration_id)
            await offer_pay_later(who)
            await ending
            return None
        case NotSettled(reason) as ended:
            await _give_back(registration, reason, booked)
            return await not_paid(ended)
        case Doubtful() as doubtful:
            return await not_paid(doubtful)
        case other:
            assert_never(other)


async def _give_back(registration: Registration, reason: str, booked: bool) -> None:
    if not booked:
        await CancelRegistration(registration.registration_id, reason)
