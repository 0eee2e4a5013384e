"""Invoices and their paper made into the shapes that go out. Talks to the database for looking."""

from __future__ import annotations

from sqlalchemy import literal_column, select, union_all
from sqlalchemy.orm import Session

from settlement_backend.base.steps import steps_of
from settlement_backend.documents.content import InvoiceContent
from settlement_backend.documents.invoices import standing
from settlement_backend.documents.paper import counting
from settlement_backend.documents.rules import may_flush
from settlement_backend.documents.shapes import (
    InvoiceShape,
    OfficialPaper,
    PrintedItem,
    SheetShape,
    SlipListed,
    SlipShape,
)
from settlement_backend.documents.slips import KINDS, slip_json
from settlement_backend.documents.tables import Invoice, InvoiceSheet, Slip
from settlement_backend.people.tables import Person
from settlement_backend.settling.tables import Settlement

_MOST_LISTED = 100


def invoice_shape(session: Session, row: Invoice) -> InvoiceShape:
    """As it stands."""
    sheet = counting(session, row.id)
    kind = InvoiceContent.model_validate_json(row.content).kind if row.content else ""
    return InvoiceShape(
        invoice_id=row.id,
        settlement_id=row.settlement_id,
        state=row.state,
        kind=kind,
        total_fen=row.total_fen,
        bill_batch_code=row.bill_batch_code,
        bill_no=row.bill_no,
        check_code=row.check_code,
        issued_at=row.issued_at,
        qr_text=row.bill_qr,
        scarlet_no=row.scarlet_no,
        paper=sheet_shape(sheet) if sheet else None,
        needs=_needs(row),
        steps=steps_of(session, row.id),
    )


def _needs(row: Invoice) -> tuple[str, ...]:
    if row.flush_for:
        return may_flush(standing(row)).needs
    return ("RECALL_OF_DAMAGED_SHEET",) if row.state == "PRINT_UNCERTAIN" else ()


def sheet_shape(sheet: InvoiceSheet) -> SheetShape:
    """A sheet as it stands."""
    return SheetShape(
        paper_batch_code=sheet.paper_batch_code,
        paper_no=sheet.paper_no,
        place_code=sheet.place_code,
        terminal_id=sheet.terminal_id,
        state=sheet.state,
        reason=sheet.reason,
        operator=sheet.operator,
        at=sheet.at,
        printed_at=sheet.printed_at,
    )


def official_paper(session: Session, sheet: InvoiceSheet) -> OfficialPaper:
    """Everything a terminal needs to print the sheet it has the token of."""
    row = session.get_one(Invoice, sheet.invoice_id)
    person_id = session.get_one(Settlement, row.settlement_id).person_id
    content = InvoiceContent.model_validate_json(row.content)
    return OfficialPaper(
        token=sheet.id,
        invoice=invoice_shape(session, row),
        paper_batch_code=sheet.paper_batch_code,
        paper_no=sheet.paper_no,
        expires_at=sheet.expires_at,
        payer_name=session.get_one(Person, person_id).name,
        fund_fen=content.fund_fen,
        account_fen=content.account_fen,
        own_fen=content.own_fen,
        items=tuple(PrintedItem(name=i.name, amount_fen=i.amount_fen) for i in content.items),
        channels=tuple(PrintedItem(name=c.code, amount_fen=c.amount_fen) for c in content.channels),
    )


def invoices_of_person(session: Session, person_id: str) -> tuple[InvoiceShape, ...]:
    """The newest first, without those that were never needed."""
    wanted = (
        select(Invoice)
        .join(Settlement, Settlement.id == Invoice.settlement_id)
        .where(Settlement.person_id == person_id, Invoice.state != "NOT_NEEDED")
        .order_by(Invoice.at.desc(), Invoice.place.desc())
    )
    found = session.scalars(wanted.limit(_MOST_LISTED))
    return tuple(invoice_shape(session, row) for row in found)


def invoices_to_settle(session: Session) -> tuple[InvoiceShape, ...]:
    """What only a window can settle: uncertain prints, and sheets to be called back."""
    uncertain = select(InvoiceSheet.invoice_id).where(InvoiceSheet.state == "UNCERTAIN")
    flushing = Invoice.flush_for != literal_column("''")
    for_refunds = select(Invoice.id).where(flushing, Invoice.state == "PRINTED")
    waiting = select(Invoice).where(Invoice.id.in_(union_all(uncertain, for_refunds)))
    found = session.scalars(waiting.order_by(Invoice.at).limit(_MOST_LISTED))
    return tuple(invoice_shape(session, row) for row in found)


def slips_of_person(
    session: Session, person_id: str, key: bytes, since: str
) -> tuple[SlipListed, ...]:
    """The newest first; `since`: a stamp, "" for all."""
    own = select(Slip).where(Slip.person_id == person_id, Slip.at >= since)
    wanted = own.order_by(Slip.at.desc(), Slip.id)
    return tuple(
        SlipListed(
            slip=SlipShape(**slip_json(slip, key)),
            kind=slip.kind,
            title=KINDS[slip.kind],
            at=slip.at,
            prints=slip.prints,
        )
        for slip in session.scalars(wanted.limit(_MOST_LISTED))
        if slip.kind in KINDS
    )
