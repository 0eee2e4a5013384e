"""Acts of a window on official paper: find an invoice, call its sheet back, void a blank one.

What a reader would get wrong: none of them prints. An official sheet is printed by
`core/journeys/print_invoice.py` alone, which writes its intention first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Act
from core.papers import Invoice, Invoices, Sheet, Sheets
from core.ports import NotSent, Refused, Unknown
from core.signing import KeptSignature


@dataclass(frozen=True, slots=True)
class FindInvoice(Act[Invoice | Refused | NotSent | Unknown]):
    """By the QR of its e-invoice."""

    durable: ClassVar[bool] = False
    text: str


@dataclass(frozen=True, slots=True)
class FetchInvoice(Act[Invoice | Refused | NotSent | Unknown]):
    """As it stands now."""

    durable: ClassVar[bool] = False
    invoice_id: str


@dataclass(frozen=True, slots=True)
class FetchInvoicesToSettle(Act[Invoices | Refused | NotSent | Unknown]):
    """Uncertain prints, and sheets that a refund calls back."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class RecallSheet(Act[Invoice | Refused | NotSent | Unknown]):
    """The sheet came back or is lost for good: void; the invoice may be printed again, or is
    written off when a refund waits. Done once: without a sheet it is refused."""

    durable: ClassVar[bool] = False
    invoice_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class SeeSheet(Act[Invoice | Refused | NotSent | Unknown]):
    """Somebody holds the sheet of an uncertain print in the hand: it is PRINTED."""

    durable: ClassVar[bool] = False
    invoice_id: str


@dataclass(frozen=True, slots=True)
class SpoilSheet(Act[Sheet | Refused | NotSent | Unknown]):
    """The next blank sheet of this place is void: torn, wet, misfed. The bureau voids a number
    once."""

    durable: ClassVar[bool] = False
    paper_batch_code: str
    paper_no: str
    reason: str


@dataclass(frozen=True, slots=True)
class FetchSheets(Act[Sheets | Refused | NotSent | Unknown]):
    """Used numbers and what became of each; `place` "" for all."""

    durable: ClassVar[bool] = False
    place: str


@dataclass(frozen=True, slots=True)
class FetchSignature(Act[KeptSignature | Refused | NotSent | Unknown]):
    """What was drawn under a settlement's sheet or an agreement; each look is on the record."""

    durable: ClassVar[bool] = False
    document_id: str
