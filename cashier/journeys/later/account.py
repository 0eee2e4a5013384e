"""One person's pay later: look, sign, end, what may not wait, a repaired credit (N01 to N15, W10).

What a reader would get wrong: the account belongs to an ID number, so any card or code of a person
opens the same one (W08); and ending it leaves what waits due (N12).
"""

from __future__ import annotations

from cashier.journeys.later import account_pages as pages
from cashier.journeys.later.repaying import pay_visit
from cashier.journeys.later.signing import sign_up
from cashier.journeys.paper import slip_row
from cashier.journeys.work import AtWork, fetched, refused, told
from cashier.steps.sheet import Pressed
from core.billing import Bill
from core.deferral import DeferralAccount, Signature
from core.deferral_papers import ended_slip
from core.journeys.print_slip import print_slip
from core.page_parts import Row
from core.phrase import Moment, said
from core.ports import NotSent, Refused, Unknown
from core.steps import FetchBills, Leave
from core.steps.later import CancelDeferral, FetchDeferral, MayDefer
from core.steps.questions import MediumShown
from core.steps.window_later import ConfirmRepair

_TITLE = said("Pay after the visit")
_MOST_ASKED = 20
"""Open bills whose reason is asked for, each with a request of its own."""


async def pay_later(at: AtWork) -> str:
    """The account, again after each thing that was done with it."""
    while True:
        account = await fetched(FetchDeferral(at.served.patient_id), at, _TITLE)
        if account is None:
            return ""
        match await pages.account_sheet(at, account):
            case Pressed("open") as pressed:
                await _open(at, account, pressed.row)
            case Pressed("sign"):
                await sign_up(at)
            case Pressed("end"):
                await _end(at)
            case Pressed("pay_now"):
                await _pay_now(at, account)
            case Pressed("repair"):
                await _repair(at, account)
            case Pressed() | Leave() | MediumShown():
                return ""


async def _open(at: AtWork, account: DeferralAccount, registration_id: str) -> None:
    """Its bills and payments, and the one payment of it."""
    visit = next(one for one in account.visits if one.registration_id == registration_id)
    if await pages.visit_sheet(at, visit) == Pressed("pay"):
        await pay_visit(at, visit)


async def _end(at: AtWork) -> None:
    patient_id = at.served.patient_id
    match await CancelDeferral(patient_id):
        case Signature() as ended:
            pass
        case Unknown() as no:
            known = await fetched(FetchDeferral(patient_id), at, _TITLE)
            if known is None:
                return
            if known.signature is None or known.stands:
                await refused(at, _TITLE, no)
                return
            ended = known.signature
        case Refused() | NotSent() as no:
            await refused(at, _TITLE, no)
            return
    printed = await print_slip(ended_slip(at.served.display_name, ended))
    row = Row("clock", said("Ended at"), Moment(ended.cancelled_at))
    await told(at, said("Pay-later is ended"), (row, slip_row(printed=printed)))


async def _pay_now(at: AtWork, account: DeferralAccount) -> None:
    """Open bills that may not wait, each with the rule that says so (N08)."""
    found = await fetched(FetchBills(at.served.patient_id), at, _TITLE)
    if found is None:
        return
    waiting = {bill.bill_id for visit in account.visits for bill in visit.bills if bill.waits}
    asked = [bill for bill in found.bills if bill.bill_id not in waiting][:_MOST_ASKED]
    rows: list[pages.ForNow] = []
    for bill in asked:
        row = await _for_now(at, bill)
        if row is None:
            return
        rows.append(row)
    await pages.pay_now_sheet(at, tuple(row for row in rows if not row.decision.allow))


async def _for_now(at: AtWork, bill: Bill) -> pages.ForNow | None:
    decision = await fetched(MayDefer(bill.bill_id), at, _TITLE)
    return None if decision is None else pages.ForNow(bill, decision)


async def _repair(at: AtWork, account: DeferralAccount) -> None:
    """The first that waits for a person's word (N15)."""
    waits = pages.unconfirmed(account)
    if waits is None:
        return
    confirmed = await fetched(ConfirmRepair(waits.reference), at, _TITLE)
    if confirmed is not None:
        await told(at, said("The repair is confirmed"), pages.suspension_rows(confirmed))
