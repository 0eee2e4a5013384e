"""What is to be paid, what waits for later, and what was paid with its reimbursement (L07, W10).

What a reader would get wrong: nothing here pays; and who bore what is the backend's receipt of the
payment, never reckoned from its parts.
"""

from __future__ import annotations

from typing import assert_never

from core.billing import Bill
from core.deferral import DeferralAccount, DeferredVisit
from core.page_parts import Row, Section
from core.papers import Papers, Receipt, SlipListed
from core.phrase import Day, Moment, Yuan, said
from core.ports import CardPresence
from core.slip_copy import amount_of
from core.steps import Bills, FetchBills, Leave
from core.steps.later import FetchDeferral
from core.steps.papers import FetchPapers, FetchReceipt
from kiosk.journeys.ending import Retry
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Button, Choose, Chosen, Option, Show

_OPEN, _LATER, _PAID = "to_pay", "pay_later", "S"


async def my_payments(start: Start) -> Retry | None:
    """One list; each line opens."""
    who = await identify("my_payments", start.shown)
    if not isinstance(who, Identified):
        return who
    patient_id = who.patient.patient_id
    bills = await look(FetchBills(patient_id))
    if isinstance(bills, Ended):
        return bills.end
    account = await look(FetchDeferral(patient_id))
    if isinstance(account, Ended):
        return account.end
    papers = await look(FetchPapers(patient_id))
    if isinstance(papers, Ended):
        return papers.end
    while True:
        match await list_page(bills, account, papers, who.presence):
            case Chosen(key):
                pass
            case Back() | Leave():
                return None
            case other:
                assert_never(other)
        page = await _opened(key, bills, account, who.presence)
        if isinstance(page, Ended):
            return page.end
        if isinstance(await page, Leave):
            return None


async def _opened(
    key: str, bills: Bills, account: DeferralAccount, presence: CardPresence | None
) -> Show | Ended:
    if key == _OPEN:
        return open_page(bills.bills, presence)
    if key == _LATER:
        return later_page(account, presence)
    receipt = await look(FetchReceipt(key))
    return receipt if isinstance(receipt, Ended) else paid_page(receipt, presence)


def list_page(
    bills: Bills, account: DeferralAccount, papers: Papers, presence: CardPresence | None
) -> Choose:
    """To pay, to pay later, paid in the last thirty days."""
    options = []
    if bills.bills:
        total_fen = sum(bill.total_fen for bill in bills.bills)
        words = said("To be paid now, bills: {count}", count=len(bills.bills))
        options.append(Option(_OPEN, words, "receipt-yen", side=Yuan(total_fen)))
    if account.visits:
        words = said("To be paid after the visit")
        options.append(Option(_LATER, words, "calendar-dollar", side=Yuan(account.open_fen)))
    options.extend(_paid(slip) for slip in papers.slips if slip.kind == _PAID)
    return Choose(
        title=said("Your bills and payments"),
        hint=said("Touch one to see who paid which part."),
        icon="receipt",
        presence=presence,
        options=tuple(options),
        nothing=said("There is nothing to pay, and nothing was paid in the last 30 days."),
    )


def _paid(slip: SlipListed) -> Option:
    return Option(slip.slip.slip_id, slip.title, "circle-check", note=Moment(slip.at))


def open_page(bills: tuple[Bill, ...], presence: CardPresence | None) -> Show:
    """Each item of each open bill."""
    return Show(
        title=said("To be paid now"),
        hint=said("To pay, choose “Pay your bill” on the first page."),
        icon="receipt-yen",
        presence=presence,
        big_label=said("Total"),
        big_value=Yuan(sum(bill.total_fen for bill in bills)),
        sections=tuple(
            Section(
                bill.department,
                tuple(
                    Row(
                        "receipt",
                        said(
                            "{quantity} {unit} × {name}",
                            quantity=line.quantity,
                            unit=line.unit,
                            name=line.name,
                        ),
                        Yuan(line.amount_fen),
                    )
                    for line in bill.lines
                ),
            )
            for bill in bills
        ),
        buttons=(_BACK,),
    )


_BACK = Button("list", said("Back to the list"), "list")


def later_page(account: DeferralAccount, presence: CardPresence | None) -> Show:
    """Amount owed, when it is due, and what was repaid (W10)."""
    return Show(
        title=said("To be paid after the visit"),
        icon="calendar-dollar",
        presence=presence,
        big_label=said("Still owed"),
        big_value=Yuan(account.open_fen),
        sections=tuple(_visit(visit) for visit in account.visits),
        buttons=(_BACK,),
    )


def _visit(visit: DeferredVisit) -> Section:
    rows = [
        Row("receipt", bill.department, Yuan(bill.total_fen)) for bill in visit.bills if bill.waits
    ]
    if visit.due_at:
        rows.append(Row("clock", said("Please pay by"), Moment(visit.due_at)))
    rows.extend(
        Row(
            "circle-check",
            said("Repaid on {when}", when=Moment(one.settled_at)),
            Yuan(one.amount_fen),
        )
        for one in visit.repayments
    )
    return Section(said("Visit of {day}", day=Day(visit.day)), tuple(rows))


def paid_page(receipt: Receipt, presence: CardPresence | None) -> Show:
    """Items, who bore what, by which ways it was paid, as things stand now."""
    return Show(
        title=receipt.title,
        hint=said("As it stands now. Slip number {number}", number=receipt.slip.slip_id),
        icon="receipt",
        presence=presence,
        big_label=said("Total"),
        big_value="" if receipt.total_fen is None else Yuan(receipt.total_fen),
        sections=tuple(
            Section(
                section.title,
                tuple(Row("receipt", row.label, amount_of(row)) for row in section.rows),
            )
            for section in receipt.sections
        ),
        buttons=(_BACK,),
    )
