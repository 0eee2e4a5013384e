"""Settle a stay after the doctor's notice (H25, A.a10, A.a16): list, insurer, payment, signature.

The settling journey moves the money; deposit and direct claim are tenders that the backend plans
(L10). What a reader would get wrong: the sheet is signed after it is paid, so a patient who walks
away has settled all the same; the rest of a deposit is a refund like any other (H26).
"""

from __future__ import annotations

from cashier.journeys.inpatient import discharge_pages as pages
from cashier.journeys.refunds.review import open_refund
from cashier.journeys.signed_sheet import sign_settlement
from cashier.journeys.special.claims import authorise
from cashier.journeys.till import ended, take
from cashier.journeys.work import AtWork, fetched, refused
from cashier.steps.sheet import Pressed
from core.billing import Bill
from core.claims import ClaimMode
from core.inpatient import Admission
from core.journeys.settle import Settled
from core.phrase import said
from core.ports import Refused
from core.steps import Leave
from core.steps.inpatient import AskRestBack, FetchStayList
from core.steps.questions import MediumShown
from core.window_steps import FetchSettlements

_TITLE = said("Settle the stay")


async def discharge(at: AtWork, stay: Admission) -> None:
    """From the final list to a signed sheet."""
    charged = await fetched(FetchStayList(stay.admission_id), at, _TITLE)
    if charged is None:
        return
    if charged.bill is None:
        await refused(at, _TITLE, Refused("no_discharge_notice"))
        return
    insurer = ""
    while True:
        match await pages.final_sheet(at, charged, insurer):
            case Pressed("insurer"):
                insured = await authorise(at, ClaimMode.DIRECT)
                insurer = insured.policy.insurer if insured is not None else ""
            case Pressed():
                await _settle(at, charged.bill)
                return
            case Leave() | MediumShown():
                return


async def _settle(at: AtWork, bill: Bill) -> None:
    end = await take(at, (bill,))
    await ended(at, end)
    if isinstance(end, Settled):
        await sign_settlement(at, end.settlement)


async def sign_sheet_of(at: AtWork, stay: Admission) -> None:
    """Of a stay that was settled before."""
    found = await fetched(FetchSettlements(at.served.patient_id), at, _TITLE)
    if found is None:
        return
    bill_id = stay.bill.bill_id if stay.bill else ""
    for settlement in found.settlements:
        if any(bill.bill_id == bill_id for bill in settlement.bills):
            await sign_settlement(at, settlement)
            return
    await refused(at, _TITLE, Refused("not_settled"))


async def give_rest_back(at: AtWork, stay: Admission) -> None:
    """A refund for each deposit; a second person reviews each before money moves (H26)."""
    asked = await fetched(AskRestBack(stay.admission_id), at, said("Rest of the deposit"))
    for refund in asked.refunds if asked is not None else ():
        await open_refund(at, refund.refund_id)
