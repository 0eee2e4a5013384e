"""Print the official invoice of a payment, once over all terminals (S25, S38, H21, H27).

Outpatient and inpatient invoices stand in one list. What was printed already is an answer with the
place and the time: a copy is not given, and nobody is sent away without knowing why.
"""

from __future__ import annotations

from typing import assert_never

from core.journeys.print_invoice import (
    InvoiceNotPrinted,
    InvoicePrinted,
    InvoiceUncertain,
    print_official,
)
from core.official_paper import sheet
from core.papers import Invoice
from core.ports import DeviceTrouble
from core.steps import CheckPrinter, Leave
from core.steps.papers import CheckPagePrinter, FetchPapers
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.papers import print_invoice_pages as pages
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed

_STANDS = frozenset({"invoice.printed", "invoice.being_printed", "invoice.uncertain"})


async def print_invoice(start: Start) -> Retry | None:
    """From the tile to the sheet, or to where it is."""
    who = await identify("print_invoice", start.shown)
    if not isinstance(who, Identified):
        return who
    patient_id = who.patient.patient_id
    while True:
        papers = await look(FetchPapers(patient_id))
        if isinstance(papers, Ended):
            return papers.end
        match await pages.choose(papers.invoices, who.presence):
            case Chosen(key):
                invoice = next(one for one in papers.invoices if one.invoice_id == key)
            case Back() | Leave():
                return None
            case other:
                assert_never(other)
        if invoice.state == "E_ISSUED":
            answer = await pages.confirm(invoice, who.presence)
        else:
            answer = await pages.stands(invoice, who.presence)
        if answer == Pressed("print"):
            end = await _print(who, invoice, papers.invoice_paper == "RECEIPT")
            if isinstance(end, Back):
                continue
            return end
        if isinstance(answer, Leave):
            return None


async def _print(who: Identified, invoice: Invoice, on_receipt: bool) -> Retry | Back | None:
    """Paper is looked for before a sheet is used up. Back: to the list."""
    match await (CheckPrinter() if on_receipt else CheckPagePrinter()):
        case DeviceTrouble(_, reason):
            return await trouble(reason)
    match await print_official(invoice, sheet, on_receipt=on_receipt):
        case InvoicePrinted(paper):
            await pages.printed(paper, who.presence)
            return None
        case InvoiceUncertain():
            await pages.uncertain(invoice, who.presence)
            return None
        case InvoiceNotPrinted(reason, detail):
            return await _refused(who, invoice, reason, detail)
        case end:
            assert_never(end)


async def _refused(
    who: Identified, invoice: Invoice, reason: str, detail: str
) -> Retry | Back | None:
    """Somebody printed it at another machine a moment ago: the list is old, the answer is not."""
    if reason not in _STANDS:
        return await trouble(reason, detail)
    papers = await look(FetchPapers(who.patient.patient_id))
    if isinstance(papers, Ended):
        return papers.end
    known = (one for one in papers.invoices if one.invoice_id == invoice.invoice_id)
    answer = await pages.stands(next(known, invoice), who.presence)
    return None if isinstance(answer, Leave) else Back()
