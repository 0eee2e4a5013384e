"""Papers as they go over the wire: docs/backend_api/documents.md."""

from __future__ import annotations

from typing import Literal

from sqlalchemy.orm import Session

from settlement_backend.base.shapes import Shape, Words
from settlement_backend.base.steps import StepShape
from settlement_backend.documents.slips import slip_json
from settlement_backend.documents.tables import Slip
from settlement_backend.people.shapes import Patient


class SlipShape(Shape):
    """A paper's identity: its number and the text of its QR (docs/backend_api.md)."""

    slip_id: str
    qr_text: str


class ResolvedSlip(Shape):
    """What a genuine slip is about. `case_id` names the case of a slip of kind U."""

    kind: str
    slip_id: str
    patient: Patient | None
    bill_ids: tuple[str, ...]
    settlement_id: str
    case_id: str


class VerifiedSlip(Shape):
    """Whether a paper is ours, for anybody: no person and no amount. `genuine`: its MAC is right;
    `known`: it is in the books."""

    genuine: bool
    known: bool
    kind: str
    title: Words | None
    at: str
    prints: int


class ReferralShape(Shape):
    """A slip for a window."""

    slip: SlipShape
    window: Words


class SlipPrintShape(Shape):
    """A print that was counted. `mark`: "" on the original, then the words of a copy."""

    slip: SlipShape
    number: int
    mark: Words | None
    at: str


class SlipListed(Shape):
    """One slip of a person."""

    slip: SlipShape
    kind: str
    title: Words
    at: str
    prints: int


class SheetShape(Shape):
    """A sheet of official paper. `state`: TURNING, PRINTING, PRINTED, UNCERTAIN, RETURNING, VOID,
    DROPPED or SPOILT."""

    paper_batch_code: str
    paper_no: str
    place_code: str
    terminal_id: str
    state: str
    reason: str
    operator: str
    at: str
    printed_at: str


class SheetList(Shape):
    """The used numbers of a place, the newest first."""

    sheets: tuple[SheetShape, ...]


class InvoiceShape(Shape):
    """An e-invoice. `state`: NOT_ISSUED, E_ISSUED, PRINTING, PRINTED, PRINT_UNCERTAIN,
    RED_FLUSHED or NOT_NEEDED; `needs`: RECALL_OF_PAPER, RECALL_OF_DAMAGED_SHEET."""

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
    scarlet_no: str
    paper: SheetShape | None
    needs: tuple[str, ...]
    steps: tuple[StepShape, ...]


class InvoiceList(Shape):
    """Several, the newest first."""

    invoices: tuple[InvoiceShape, ...]


class PersonPapers(Shape):
    """What somebody may print at any terminal (H21, H27), and what invoices are printed on."""

    invoices: tuple[InvoiceShape, ...]
    slips: tuple[SlipListed, ...]
    invoice_paper: Literal["A4", "RECEIPT"]


class PrintedItem(Shape):
    """An item or a channel on the official paper."""

    name: str
    amount_fen: int


class OfficialPaper(Shape):
    """The one print token and what its sheet says; the payer's name is whole, as on every
    invoice. After `expires_at` only a window goes on."""

    token: str
    invoice: InvoiceShape
    paper_batch_code: str
    paper_no: str
    expires_at: str
    payer_name: str
    fund_fen: int
    account_fen: int
    own_fen: int
    items: tuple[PrintedItem, ...]
    channels: tuple[PrintedItem, ...]


def slip_shape(session: Session, slip_id: str, key: bytes) -> SlipShape:
    """A slip of ours by its number."""
    return SlipShape(**slip_json(session.get_one(Slip, slip_id), key))
