"""Take a deposit that a doctor asked for (H23, H24, S39, A.a9, A.a15).

What a reader would get wrong: the request is a bill of exactly its amount, settled as every other;
without a request nothing is taken. It is no prepayment of an outpatient, so the ban of those does
not close it (C14).
"""

from __future__ import annotations

from cashier.journeys.inpatient import stay_pages as pages
from cashier.journeys.till import ended, take
from cashier.journeys.work import AtWork, fetched, refused, told
from cashier.steps.sheet import Pressed
from core.billing import Bill
from core.inpatient import Admission
from core.page_parts import Tone
from core.phrase import said
from core.ports import Refused
from core.steps.inpatient import FetchAdmissions

_TITLE = said("Inpatient deposit")


async def deposit(at: AtWork) -> str:
    """Of the stay that is open: the only request at once, or a chosen one."""
    found = await fetched(FetchAdmissions(at.served.patient_id), at, _TITLE)
    if found is None:
        return ""
    stay = found.newest(*pages.OPEN)
    if stay is None:
        await told(at, said("No stay in hospital is open"), tone=Tone.INFO)
    else:
        await take_deposit(at, stay)
    return ""


async def take_deposit(at: AtWork, stay: Admission) -> None:
    """One of the requests of this stay."""
    if not stay.pay_deposit.allow:
        await refused(at, _TITLE, Refused(stay.pay_deposit.message_key))
        return
    bill = await _which(at, stay)
    if bill is not None:
        await ended(at, await take(at, (bill,)))


async def _which(at: AtWork, stay: Admission) -> Bill | None:
    match stay.deposits_asked:
        case ():
            words = said("A deposit is only taken when the doctor asked for it.")
            await told(at, said("No deposit is to be paid now"), tone=Tone.INFO, words=words)
            return None
        case (only,):
            return only
        case asked:
            answer = await pages.deposits_sheet(at, stay)
            if not isinstance(answer, Pressed):
                return None
            return next(bill for bill in asked if bill.bill_id == answer.row)
