"""Papers of a patient: invoices, slips, reports, and what is printed on whole pages.

The backend counts every print and gives the token of the one official sheet; field names are those
of docs/backend_api/documents.md and exams.md. What a reader would get wrong: the payer's name on
official paper is whole, so an `OfficialPaper` is printed and never shown or logged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from core.billing import Bill, Slip, Text
from core.errors import Inconsistent
from core.phrase import Phrase
from core.slips import WrittenSlip


@dataclass(frozen=True, slots=True)
class Pdf:
    """Pages that the backend has set already."""

    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PageTable:
    """Rows under a head; every row is as long as the head."""

    head: tuple[Phrase, ...]
    rows: tuple[tuple[Phrase, ...], ...]


@dataclass(frozen=True, slots=True)
class PageSection:
    """A heading ("" for none), paragraphs, then tables."""

    heading: Phrase
    paragraphs: tuple[Phrase, ...] = ()
    tables: tuple[PageTable, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenPages:
    """Pages that are set here, in the patient's language. `about`: what they belong to, an id."""

    about: str
    title: Phrase
    sections: tuple[PageSection, ...]


PageContent: TypeAlias = Pdf | WrittenPages | WrittenSlip
"""A slip's contents may stand on a whole page, too."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of official paper: its printed number, where it was used, by whom and when.
    `reason`: why it is void."""

    paper_batch_code: str
    paper_no: str
    place_code: str
    terminal_id: str
    state: str
    printed_at: str
    at: str
    operator: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """The newest first."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Invoice:
    """An e-invoice. `state`: NOT_ISSUED, E_ISSUED, PRINTING, PRINTED, PRINT_UNCERTAIN,
    RED_FLUSHED. `kind`: 01 stay, 02 outpatient, 03 emergency, 04 special outpatient, 06
    registration. `paper`: the sheet that counts."""

    invoice_id: str
    settlement_id: str
    state: str
    kind: str
    total_fen: int
    bill_batch_code: str
    bill_no: str
    check_code: str
    issued_at: str
    qr_text: str
    paper: Sheet | None


@dataclass(frozen=True, slots=True)
class Invoices:
    """Several."""

    invoices: tuple[Invoice, ...]


@dataclass(frozen=True, slots=True)
class SlipListed:
    """One slip of a person. `prints`: how often it was printed; 0 when it is still owed."""

    slip: Slip
    kind: str
    title: Text
    at: str
    prints: int


@dataclass(frozen=True, slots=True)
class Papers:
    """What somebody who was identified may print, newest first (H21, H27). `invoice_paper`: what
    official invoices are printed on, A4 or RECEIPT."""

    invoices: tuple[Invoice, ...]
    slips: tuple[SlipListed, ...]
    invoice_paper: str


@dataclass(frozen=True, slots=True)
class PaperItem:
    """An item, or a channel, on official paper."""

    name: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """The one print token and what its sheet says. Items and payers each sum to the total."""

    token: str
    invoice: Invoice
    paper_batch_code: str
    paper_no: str
    payer_name: str
    fund_fen: int
    account_fen: int
    own_fen: int
    items: tuple[PaperItem, ...]
    channels: tuple[PaperItem, ...]

    def __post_init__(self) -> None:
        total_fen = self.invoice.total_fen
        items_fen = sum(item.amount_fen for item in self.items)
        payers_fen = self.fund_fen + self.account_fen + self.own_fen
        if items_fen != total_fen or payers_fen != total_fen:
            raise Inconsistent(f"parts of invoice {self.invoice.invoice_id} do not sum")

    def __repr__(self) -> str:
        return f"OfficialPaper({self.invoice.invoice_id})"


@dataclass(frozen=True, slots=True)
class SlipPrint:
    """A print that was counted before it is made. `mark`: None on the original."""

    slip: Slip
    number: int
    mark: Text | None
    at: str


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A label with a text or an amount."""

    label: Text
    text: str
    amount_fen: int | None


@dataclass(frozen=True, slots=True)
class ReceiptSection:
    """Rows under a heading."""

    title: Text
    rows: tuple[ReceiptRow, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a slip says as things stand now. `patient` is masked."""

    kind: str
    title: Text
    slip: Slip
    patient: str
    at: str
    sections: tuple[ReceiptSection, ...]
    total_fen: int | None
    prints: int
    footer: Text


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """A report that is ready. `prints`: sheets that were counted."""

    report_id: str
    title: Text
    ready_at: str
    prints: int


@dataclass(frozen=True, slots=True)
class Reports:
    """Of one person, newest first."""

    reports: tuple[ReportSummary, ...]


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """One more sheet, counted before it is drawn; every one after the first is a copy."""

    report_id: str
    sheet: int
    copy_mark: bool


@dataclass(frozen=True, slots=True)
class ProgressStep:
    """BOOKED, REGISTERED, WAITING, CALLED, ORDERED, PAID, DONE, REPORT or ENDED, and of what."""

    step: str
    at: str
    what: Text


@dataclass(frozen=True, slots=True)
class VisitProgress:
    """One visit of today, oldest step first."""

    registration_id: str
    day: str
    steps: tuple[ProgressStep, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """All of today's visits."""

    visits: tuple[VisitProgress, ...]


@dataclass(frozen=True, slots=True)
class SummaryVisit:
    """What a summary says of its registration."""

    registration_id: str
    day: str
    department: Text
    doctor: Text
    queue_number: str


@dataclass(frozen=True, slots=True)
class SummaryPaid:
    """One settlement of a visit."""

    settlement_id: str
    settled_at: str
    total_fen: int
    insurance_fen: int
    self_pay_fen: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a visit came to: what was ordered, paid, and is still to be paid (S21)."""

    registration: SummaryVisit
    bills: tuple[Bill, ...]
    settlements: tuple[SummaryPaid, ...]
    total_fen: int
    unpaid_fen: int
