"""Official invoices at a window: print once, settle an uncertain print, account for every sheet.

What a reader would get wrong: an uncertain print is settled by looking at the sheet, or by calling
it back; nothing is ever printed a second time over it (S25, B.6).
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.papers import invoice_pages as pages
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Pressed
from core.journeys.print_invoice import (
    InvoiceNotPrinted,
    InvoicePrinted,
    InvoiceUncertain,
    print_official,
)
from core.official_paper import sheet
from core.page_parts import Row, Tone
from core.papers import Invoice
from core.papers import Sheet as OfficialSheet
from core.phrase import Said, said
from core.ports import DeviceTrouble, NotSent, Refused, Unknown
from core.steps import CheckPrinter, Leave
from core.steps.papers import CheckPagePrinter, FetchPapers
from core.steps.questions import MediumShown
from core.steps.window_papers import (
    FetchInvoice,
    FetchInvoicesToSettle,
    FetchSheets,
    FindInvoice,
    RecallSheet,
    SeeSheet,
    SpoilSheet,
)

_INVOICES = said("Official invoices")
_TO_SETTLE = said("Invoices to settle")


async def invoices(at: AtWork) -> str:
    """Of the patient who is served."""
    while True:
        papers = await fetched(FetchPapers(at.served.patient_id), at, _INVOICES)
        if papers is None or not await _chosen(at, _INVOICES, papers.invoices):
            return ""


async def invoices_to_settle(at: AtWork) -> str:
    """Uncertain prints of every terminal, and sheets that a refund waits for."""
    while True:
        found = await fetched(FetchInvoicesToSettle(), at, _TO_SETTLE)
        if found is None or not await _chosen(at, _TO_SETTLE, found.invoices):
            return ""


async def find_invoice(at: AtWork) -> str:
    """By its QR; again after a code that no invoice has."""
    trouble = ""
    while True:
        match await pages.find_sheet(at, trouble):
            case Pressed() as pressed:
                pass
            case Leave() | MediumShown():
                return ""
        match await FindInvoice(pressed.value("text")):
            case Invoice() as invoice:
                await _open(at, invoice.invoice_id)
                return ""
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


async def _chosen(at: AtWork, title: Said, found: tuple[Invoice, ...]) -> bool:
    match await pages.list_sheet(at, title, found):
        case Pressed() as pressed:
            await _open(at, pressed.row)
            return True
        case Leave() | MediumShown():
            return False


async def _open(at: AtWork, invoice_id: str) -> None:
    """One, in each of its states, until it is left."""
    trouble = ""
    while True:
        invoice = await fetched(FetchInvoice(invoice_id), at, _INVOICES)
        if invoice is None:
            return
        match await pages.invoice_sheet(at, invoice, trouble):
            case Pressed("print"):
                trouble = await _print(at, invoice)
            case Pressed("seen"):
                trouble = _why(await SeeSheet(invoice_id))
            case Pressed("recall"):
                trouble = await _recall(at, invoice)
            case Pressed() | Leave() | MediumShown():
                return


async def _print(at: AtWork, invoice: Invoice) -> str:
    """Paper is looked for before a sheet is used up. What was wrong, or ""."""
    papers = await fetched(FetchPapers(at.served.patient_id), at, _INVOICES)
    if papers is None:
        return ""
    on_receipt = papers.invoice_paper == "RECEIPT"
    match await (CheckPrinter() if on_receipt else CheckPagePrinter()):
        case DeviceTrouble(_, reason):
            return reason
    match await print_official(invoice, sheet, on_receipt=on_receipt):
        case InvoicePrinted(paper):
            await told(at, said("The invoice is printed"), pages.printed_rows(paper))
            return ""
        case InvoiceUncertain():
            title = said("The invoice may not have come out whole")
            words = said("Look at the sheet, then say here whether it is good or call it back.")
            await told(at, title, tone=Tone.WARNING, words=words)
            return ""
        case InvoiceNotPrinted(reason):
            return reason
        case other:
            assert_never(other)


async def _recall(at: AtWork, invoice: Invoice) -> str:
    trouble = ""
    while True:
        match await pages.recall_sheet(at, invoice, trouble):
            case Pressed() as pressed:
                trouble = _why(await RecallSheet(invoice.invoice_id, pressed.value("reason")))
                if not trouble:
                    return ""
            case Leave() | MediumShown():
                return ""


def _why(word: Invoice | Refused | NotSent | Unknown) -> str:
    return "" if isinstance(word, Invoice) else word.reason


async def spoilt(at: AtWork) -> str:
    """A torn or wet blank sheet."""
    trouble = ""
    while True:
        match await pages.spoilt_sheet(at, trouble):
            case Pressed() as pressed:
                pass
            case Leave() | MediumShown():
                return ""
        batch, number = pressed.value("batch"), pressed.value("number")
        match await SpoilSheet(batch, number, pressed.value("reason")):
            case OfficialSheet():
                words = said("Number of the paper")
                row = Row("file-invoice", words, f"{batch} {number}")
                await told(at, said("The sheet is void"), (row,))
                return ""
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


async def used_sheets(at: AtWork) -> str:
    """For finance and auditors."""
    found = await fetched(FetchSheets(""), at, said("Used sheets of official paper"))
    if found is not None:
        await pages.sheets_sheet(at, found.sheets)
    return ""
