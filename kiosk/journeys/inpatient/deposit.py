"""Pay a deposit that a doctor asked for (H23, H24, S39, A.a9).

The request is a bill of exactly its amount, and the settling journey pays it by every way that the
profile lists for deposits. What a reader would get wrong: it is no prepayment of an outpatient, so
the ban of those does not close it (C14); whether it is open here is the backend's `pay_deposit`.
"""

from __future__ import annotations

from typing import assert_never

from core.billing import Bill
from core.inpatient import Admission
from core.journeys.settle import Settled
from core.steps import Leave
from kiosk.journeys.ending import Retry, not_paid, trouble
from kiosk.journeys.identify import Identified
from kiosk.journeys.inpatient import deposit_pages as pages
from kiosk.journeys.inpatient.stays import (
    Stays,
    deposit_left_fen,
    find_stays,
    no_stay,
)
from kiosk.journeys.paying.till import Payer, pay_here
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed


async def deposit(start: Start) -> Retry | None:
    """From the tile to the deposit's slip."""
    stays = await find_stays("deposit", start)
    if not isinstance(stays, Stays):
        return stays
    stay = stays.found.newest("REQUESTED", "ADMITTED", "NOTICED")
    if stay is None:
        await no_stay(stays.who)
        return None
    return await pay_deposit(stays.who, stay)


async def pay_deposit(who: Identified, stay: Admission) -> Retry | None:
    """One of the requests of this stay; admission comes here too."""
    if not stay.pay_deposit.allow:
        return await trouble(stay.pay_deposit.message_key)
    match stay.deposits_asked:
        case ():
            await pages.nothing_page(who, stay)
            return None
        case (only,):
            bill: Bill | None = only
        case _:
            bill = await _which(who, stay)
    if bill is None or not isinstance(await pages.asked_page(who, stay, bill), Pressed):
        return None
    return await _settle(who, stay, bill)


async def _which(who: Identified, stay: Admission) -> Bill | None:
    match await pages.which_page(who, stay):
        case Chosen(key):
            return next(bill for bill in stay.deposits_asked if bill.bill_id == key)
        case Back() | Leave():
            return None
        case other:
            assert_never(other)


async def _settle(who: Identified, stay: Admission, bill: Bill) -> Retry | None:
    match await pay_here(Payer(who.patient, who.presence), (bill,)):
        case Settled(settlement, printed):
            left_fen = await deposit_left_fen(who, stay)
            await pages.paid_page(who, settlement, left_fen, printed)
            return None
        case ended:
            return await not_paid(ended)
