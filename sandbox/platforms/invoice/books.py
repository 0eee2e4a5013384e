"""E-invoices: issued, exchanged for paper, written off by scarlet ones (domain B.6, S25).

Talks to nothing; the e-invoice routes call it. What a reader would get wrong: a scarlet e-invoice
is an e-invoice of its own with a number of its own; both name each other.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.platforms.desk import Refused
from sandbox.platforms.invoice.paper import PAPER_BATCH_CODE, PaperBooks, Sheet
from sandbox.platforms.invoice.wire import InvoiceState, Issue, Item, Turn, WriteOff
from sandbox.platforms.shapes import digest_of
from sandbox.platforms.yuan import yuan_of

PARTS_DIFFER, CHANNELS_DIFFER = "E1001", "E1002"
BUSINESS_NO_USED, NO_INVOICE = "E2001", "E2002"
PAPER_STANDS, WRITTEN_OFF, OTHER_SHEET = "E3001", "E3002", "E3003"
_PROVINCE = "33"
_INPATIENT_KINDS = frozenset({"01", "07"})


@dataclass(slots=True)
class Invoice:
    """One e-invoice; ``other`` is the key of the scarlet one, or of what a scarlet one ended."""

    business_no: str
    digest: str
    kind: str
    bill_batch_code: str
    bill_no: str
    random: str
    payer_name: str
    total_fen: int
    items: list[Item]
    issued_at: datetime
    scarlet: bool = False
    paper_no: str = ""
    other: str = ""

    @property
    def key(self) -> str:
        """Its number with its batch code."""
        return self.bill_batch_code + self.bill_no

    @property
    def state(self) -> InvoiceState:
        """What counts now."""
        if self.scarlet:
            return "SCARLET"
        if self.other:
            return "RED_FLIPPED"
        return "PAPER_ISSUED" if self.paper_no else "ISSUED"

    @property
    def create_time(self) -> str:
        """When it was made: yyyyMMddHHmmssSSS."""
        return self.issued_at.strftime("%Y%m%d%H%M%S%f")[:17]

    @property
    def bill_qr(self) -> str:
        """What its QR code says."""
        named = f"EINV,{self.bill_batch_code},{self.bill_no},{self.random}"
        return f"{named},{yuan_of(self.total_fen)},{self.create_time[:8]}"

    @property
    def picture_url(self) -> str:
        """Where its picture is, below the platform's address."""
        return f"/invoice/picture/{self.bill_batch_code}/{self.bill_no}/{self.random}.pdf"


@dataclass(slots=True)
class InvoiceBooks:
    """What survives a restart: e-invoices by key, and how many each batch code has."""

    invoices: dict[str, Invoice] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    paper: PaperBooks = field(default_factory=PaperBooks)

    def issue(self, asked: Issue, now: datetime) -> Invoice:
        """Issue an e-invoice, once for its business_no."""
        known = self._known(asked.business_no, digest_of(asked))
        if known is not None:
            return known
        if not asked.parts_sum():
            raise Refused(PARTS_DIFFER)
        if not asked.channels_sum():
            raise Refused(CHANNELS_DIFFER)
        return self._add(
            business_no=asked.business_no,
            digest=digest_of(asked),
            kind=asked.kind,
            payer_name=asked.payer_name,
            items=asked.items,
            sign=1,
            now=now,
        )

    def write_off(self, asked: WriteOff, now: datetime) -> Invoice:
        """The scarlet e-invoice that ends another, once; Refused while a sheet of it counts."""
        original = self.by_number(asked.bill_batch_code, asked.bill_no)
        known = self._known(asked.business_no, digest_of(asked))
        if known is not None:
            return known
        if original.other:
            raise Refused(WRITTEN_OFF)
        if original.paper_no:
            raise Refused(PAPER_STANDS)
        scarlet = self._add(
            business_no=asked.business_no,
            digest=digest_of(asked),
            kind=original.kind,
            payer_name=original.payer_name,
            items=original.items,
            sign=-1,
            now=now,
        )
        scarlet.other, original.other = original.key, scarlet.key
        return scarlet

    def turn(self, asked: Turn) -> None:
        """Exchange an e-invoice for a sheet, once."""
        invoice = self.by_number(asked.bill_batch_code, asked.bill_no)
        if invoice.other:
            raise Refused(WRITTEN_OFF)
        if invoice.paper_no:
            if (PAPER_BATCH_CODE, invoice.paper_no) != (asked.paper_batch_code, asked.paper_no):
                raise Refused(OTHER_SHEET)
            return
        sheet = Sheet(asked.place_code, asked.paper_no, invoice.key, "ISSUED")
        self.paper.use(sheet, asked.paper_batch_code)
        invoice.paper_no = asked.paper_no

    def call_back(self, invoice: Invoice, paper_batch_code: str, paper_no: str, why: str) -> None:
        """Void the sheet of an e-invoice, which then counts again itself."""
        self.paper.call_back(paper_batch_code, paper_no, invoice.key, why)
        if invoice.paper_no == paper_no:
            invoice.paper_no = ""

    def by_number(self, bill_batch_code: str, bill_no: str) -> Invoice:
        """An e-invoice by its number; Refused when there is none."""
        invoice = self.invoices.get(bill_batch_code + bill_no)
        if invoice is None:
            raise Refused(NO_INVOICE)
        return invoice

    def by_business_no(self, business_no: str) -> Invoice:
        """An e-invoice by the hospital's own number; Refused when there is none."""
        key = self.keys.get(business_no)
        if key is None:
            raise Refused(NO_INVOICE)
        return self.invoices[key]

    def _known(self, business_no: str, digest: str) -> Invoice | None:
        key = self.keys.get(business_no)
        if key is None:
            return None
        if self.invoices[key].digest != digest:
            raise Refused(BUSINESS_NO_USED)
        return self.invoices[key]

    def _add(
        self,
        business_no: str,
        digest: str,
        kind: str,
        payer_name: str,
        items: list[Item],
        sign: int,
        now: datetime,
    ) -> Invoice:
        ward = "0602" if kind in _INPATIENT_KINDS else "0601"
        batch_code = f"{_PROVINCE}{ward}{now:%y}"
        self.counts[batch_code] = self.counts.get(batch_code, 0) + 1
        bill_no = f"{self.counts[batch_code]:010d}"
        check = hashlib.sha256(f"{batch_code}{bill_no}{business_no}".encode()).digest()
        invoice = Invoice(
            business_no=business_no,
            digest=digest,
            kind=kind,
            bill_batch_code=batch_code,
            bill_no=bill_no,
            random=f"{int.from_bytes(check[:4], 'big') % 1_000_000:06d}",
            payer_name=payer_name,
            total_fen=sign * sum(item.amount_fen for item in items),
            items=items,
            issued_at=now,
            scarlet=sign < 0,
        )
        self.invoices[invoice.key] = invoice
        self.keys[business_no] = invoice.key
        return invoice
