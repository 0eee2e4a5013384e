"""Print the one official sheet of an invoice (S25): once over all terminals, never twice.

From `TakeSheet` on the sheet counts, printed or not. What did not provably come out is uncertain,
and only a window settles it, by recall. What a reader would get wrong: "owed" here is the window's
business, not something that this machine prints later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from core.operation import OperationEvent, OperationKind
from core.papers import Invoice, OfficialPaper
from core.ports import DeviceTrouble, NotSent, Printed, Refused, Unknown
from core.slips import WrittenSlip
from core.steps import Intend, Intended, JournalBroken, PrintSlip, Record
from core.steps.papers import PrintPages, TakeSheet, TellSheet

_KIND = OperationKind.INVOICE
_TELLINGS = 3

PaperAct = PrintPages | PrintSlip
OnPaper = Callable[[OfficialPaper], WrittenSlip]


@dataclass(frozen=True, slots=True)
class InvoicePrinted:
    """The sheet provably came out."""

    paper: OfficialPaper


@dataclass(frozen=True, slots=True)
class InvoiceUncertain:
    """A sheet is used up and nobody knows what it carries: the window settles it."""


@dataclass(frozen=True, slots=True)
class InvoiceNotPrinted:
    """No sheet was used."""

    reason: str
    detail: str = ""


InvoiceEnd = InvoicePrinted | InvoiceUncertain | InvoiceNotPrinted


async def print_official(invoice: Invoice, on_paper: OnPaper, *, on_receipt: bool) -> InvoiceEnd:
    """From a chosen invoice to its sheet. `on_receipt`: this machine has no page printer."""
    invoice_id = invoice.invoice_id
    match await Intend(_KIND, {"invoice_id": invoice_id}):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return InvoiceNotPrinted("journal_broken")
    if isinstance(await Record(operation_id, _KIND, OperationEvent.START), JournalBroken):
        return InvoiceNotPrinted("journal_broken")
    match await TakeSheet(operation_id, invoice_id):
        case OfficialPaper() as paper:
            return await _print(operation_id, paper, on_paper(paper), on_receipt)
        case Refused(reason, detail):
            await Record(operation_id, _KIND, OperationEvent.REFUSE, {"reason": reason})
            return InvoiceNotPrinted(reason, detail)
        case NotSent(reason):
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return InvoiceNotPrinted(reason)
        case Unknown(reason):
            await Record(operation_id, _KIND, OperationEvent.OWE, {"reason": reason})
            return InvoiceUncertain()
        case other:
            assert_never(other)


async def _print(
    operation_id: str, paper: OfficialPaper, content: WrittenSlip, on_receipt: bool
) -> InvoiceEnd:
    facts: dict[str, str | int] = {"phase": "sheet", "token": paper.token}
    if isinstance(await Record(operation_id, _KIND, OperationEvent.NOTE, facts), JournalBroken):
        printed = False
    else:
        act: PaperAct = (
            PrintSlip(content) if on_receipt else PrintPages(paper.invoice.invoice_id, content)
        )
        match await act:
            case Printed():
                printed = True
                noted = {"phase": "printed"}
                await Record(operation_id, _KIND, OperationEvent.NOTE, noted)
            case DeviceTrouble() | Unknown():
                printed = False
    await tell(operation_id, paper.invoice.invoice_id, paper.token, printed=printed)
    return InvoicePrinted(paper) if printed else InvoiceUncertain()


async def tell(operation_id: str, invoice_id: str, token: str, *, printed: bool) -> None:
    """The sheet's outcome to the backend, which without a word calls it uncertain by itself.

    Recovery enters here too. A word that does not arrive is not waited for: the window knows.
    """
    reason = "not_printed"
    for _ in range(_TELLINGS):
        match await TellSheet(operation_id, invoice_id, token, printed):
            case Invoice() if printed:
                await Record(operation_id, _KIND, OperationEvent.FINISH)
                return
            case Invoice():
                break
            case Refused(reason):
                break
            case NotSent(reason) | Unknown(reason):
                continue
    await Record(operation_id, _KIND, OperationEvent.OWE, {"reason": reason})
