"""Pay what waited: all bills of one visit in one settlement (N06, W09, W11).

What a reader would get wrong: these are ordinary bills and an ordinary settlement; only the choice
of the bills is special, and a visit is never paid in parts.
"""

from __future__ import annotations

from typing import assert_never

from core.billing import Bill
from core.deferral import Decision, DeferralAccount, DeferredVisit
from core.journeys.settle import Settled
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.steps import FetchBills, Leave
from core.steps.later import MayDefer
from kiosk.journeys.ending import Retry, not_paid, trouble
from kiosk.journeys.identify import Identified
from kiosk.journeys.later import pay_later_pages as pages
from kiosk.journeys.look import Ended, look
from kiosk.journeys.paying.after import after_paying
from kiosk.journeys.paying.till import Payer, pay_here
from kiosk.steps import Back
from kiosk.steps.pages import Chosen

_MOST_ASKED = 10
"""Open bills whose reason is asked for, each with a request of its own."""


async def repay(who: Identified, account: DeferralAccount) -> Retry | None:
    """From the visit to a slip."""
    visit = await _visit(who, tuple(each for each in account.visits if each.open_fen))
    if visit is None:
        return None
    wanted = {bill.bill_id: bill.version for bill in visit.bills if bill.waits}
    bills = await _open_bills(who)
    if not isinstance(bills, tuple):
        return bills
    chosen = tuple(bill for bill in bills if bill.bill_id in wanted)
    if len(chosen) < len(wanted):
        return await trouble("bill_locked")
    if any(bill.version != wanted[bill.bill_id] for bill in chosen):
        return await trouble("bill_changed")
    payer = Payer(who.patient, who.presence)
    match await pay_here(payer, chosen):
        case Settled(settlement, printed):
            await after_paying(payer, settlement, printed)
            return None
        case ended:
            return await not_paid(ended)


async def bills_for_now(
    who: Identified, account: DeferralAccount
) -> tuple[tuple[Bill, Decision], ...] | Retry | None:
    """Open bills that may not wait, each with the rule that says so (N08)."""
    bills = await _open_bills(who)
    if not isinstance(bills, tuple):
        return bills
    waiting = {bill.bill_id for visit in account.visits for bill in visit.bills if bill.waits}
    told = []
    for bill in [bill for bill in bills if bill.bill_id not in waiting][:_MOST_ASKED]:
        match await MayDefer(bill.bill_id):
            case Decision(allow=True):
                continue
            case Decision() as decision:
                told.append((bill, decision))
            case Refused(reason, detail):
                return await trouble(reason, detail)
            case NotSent(reason) | Unknown(reason):
                return await trouble(reason)
            case other:
                assert_never(other)
    return tuple(told)


async def _visit(who: Identified, due: tuple[DeferredVisit, ...]) -> DeferredVisit | None:
    """The only one, or the chosen one."""
    if len(due) == 1:
        return due[0]
    match await pages.visits(who, due, said("Which visit would you like to pay?")):
        case Chosen(key):
            return next(visit for visit in due if visit.registration_id == key)
        case Back() | Leave():
            return None


async def _open_bills(who: Identified) -> tuple[Bill, ...] | Retry | None:
    told = await look(FetchBills(who.patient.patient_id))
    return told.end if isinstance(told, Ended) else told.bills
