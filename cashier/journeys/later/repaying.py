"""Pay what waited: all bills of one visit in one settlement (N06, N07, W09, W11).

What a reader would get wrong: these are ordinary bills and an ordinary settlement; only the choice
of the bills is special, and a visit is never paid in parts.
"""

from __future__ import annotations

from cashier.journeys.later.account_pages import visits_sheet
from cashier.journeys.till import ended, take
from cashier.journeys.work import AtWork, fetched, refused, told
from cashier.steps.sheet import Pressed
from core.deferral import DeferredVisit
from core.page_parts import Tone
from core.phrase import said
from core.ports import Refused
from core.steps import FetchBills
from core.steps.later import FetchDeferral

_TITLE = said("Pay what waited after a visit")


async def repay(at: AtWork) -> str:
    """The only visit at once, or a chosen one."""
    account = await fetched(FetchDeferral(at.served.patient_id), at, _TITLE)
    if account is None:
        return ""
    match tuple(visit for visit in account.visits if visit.open_fen):
        case ():
            await told(at, said("Nothing waits to be paid"), tone=Tone.INFO)
        case (only,):
            await pay_visit(at, only)
        case due:
            chosen = await visits_sheet(at, due)
            if isinstance(chosen, Pressed):
                await pay_visit(at, _visit(due, chosen.row))
    return ""


def _visit(visits: tuple[DeferredVisit, ...], registration_id: str) -> DeferredVisit:
    return next(one for one in visits if one.registration_id == registration_id)


async def pay_visit(at: AtWork, visit: DeferredVisit) -> None:
    """As its bills stand now; one that changed or is being paid elsewhere stops it."""
    found = await fetched(FetchBills(at.served.patient_id), at, _TITLE)
    if found is None:
        return
    wanted = {bill.bill_id: bill.version for bill in visit.bills if bill.waits}
    chosen = tuple(bill for bill in found.bills if bill.bill_id in wanted)
    if len(chosen) < len(wanted):
        await refused(at, _TITLE, Refused("bill_locked"))
    elif any(bill.version != wanted[bill.bill_id] for bill in chosen):
        await refused(at, _TITLE, Refused("bill_changed"))
    else:
        await ended(at, await take(at, chosen))
