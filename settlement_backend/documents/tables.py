"""Papers with an identity: slips with their prints, e-invoices with their sheets and steps."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base

_COUNTS = text(
    "invoice_id != '' AND state IN ('TURNING', 'PRINTING', 'PRINTED', 'UNCERTAIN', 'RETURNING')"
)
_TO_DO = text("next_at != ''")
_TO_FLUSH = text("flush_for != ''")


class Slip(Base):
    """A paper's identity. `kind`: a letter of `kinds.KINDS`; `of`: what it is about.

    `prints`: how often it was printed; from the second time on it carries the mark of a copy.
    """

    __tablename__ = "slip"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    person_id: Mapped[str] = mapped_column(index=True)
    of: Mapped[str]
    bill_ids: Mapped[str] = mapped_column(default="")
    at: Mapped[str]
    prints: Mapped[int] = mapped_column(default=0, server_default="0")


class SlipPrint(Base):
    """One print of a slip; `number` 1 is the original."""

    __tablename__ = "slip_print"
    slip_id: Mapped[str] = mapped_column(ForeignKey("slip.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    terminal_id: Mapped[str]
    operator: Mapped[str]
    at: Mapped[str] = mapped_column(index=True)


class Invoice(Base):
    """The e-invoice of a settlement, or of what stays after a refund. Its id is the business
    number at the finance bureau, for ever.

    `state`: NOT_ISSUED, E_ISSUED, PRINTING, PRINTED, PRINT_UNCERTAIN, RED_FLUSHED, or NOT_NEEDED
    when nothing stayed to be invoiced before it was issued. `place`: 0, then one more with each
    write-off. `content`: what was asked for (`content.InvoiceContent`), "" before. `flush_for`:
    the refund because of which it is written off, "" while it counts. `next_at`: when it is worked
    on again, "" for nothing to do.
    """

    __tablename__ = "invoice"
    id: Mapped[str] = mapped_column(primary_key=True)
    settlement_id: Mapped[str] = mapped_column(ForeignKey("settlement.id"))
    place: Mapped[int]
    state: Mapped[str]
    content: Mapped[str] = mapped_column(default="")
    total_fen: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[str] = mapped_column(default="")
    bill_batch_code: Mapped[str] = mapped_column(default="")
    bill_no: Mapped[str] = mapped_column(default="")
    check_code: Mapped[str] = mapped_column(default="")
    issued_at: Mapped[str] = mapped_column(default="")
    bill_qr: Mapped[str] = mapped_column(default="")
    flush_for: Mapped[str] = mapped_column(default="")
    flush_asked_at: Mapped[str] = mapped_column(default="")
    scarlet_batch_code: Mapped[str] = mapped_column(default="")
    scarlet_no: Mapped[str] = mapped_column(default="")
    next_at: Mapped[str] = mapped_column(default="")
    decide_at: Mapped[str] = mapped_column(default="")
    at: Mapped[str]
    __table_args__ = (
        Index("invoice_of_settlement", "settlement_id", "place", unique=True),
        Index("invoice_by_number", "bill_batch_code", "bill_no"),
        Index("invoice_to_do", "next_at", sqlite_where=_TO_DO, postgresql_where=_TO_DO),
        Index("invoice_to_flush", "state", sqlite_where=_TO_FLUSH, postgresql_where=_TO_FLUSH),
        CheckConstraint("total_fen >= 0"),
    )


class InvoiceSheet(Base):
    """One sheet of official paper; its id is the print token.

    TURNING (asked of the bureau) → PRINTING (the token is out) → PRINTED, or UNCERTAIN; from both
    RETURNING → VOID when a window calls it back. DROPPED: no sheet was taken. SPOILT: a blank one
    that never carried an invoice (`invoice_id` ""). Every number of a place is here once.
    """

    __tablename__ = "invoice_sheet"
    id: Mapped[str] = mapped_column(primary_key=True)
    invoice_id: Mapped[str]
    terminal_id: Mapped[str] = mapped_column(index=True)
    place_code: Mapped[str]
    paper_batch_code: Mapped[str] = mapped_column(default="")
    paper_no: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(default="")
    operator: Mapped[str] = mapped_column(default="")
    at: Mapped[str]
    expires_at: Mapped[str]
    printed_at: Mapped[str] = mapped_column(default="", index=True)
    returned_at: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        Index("sheets_of_invoice", "invoice_id"),
        Index(
            "one_sheet_counts",
            "invoice_id",
            unique=True,
            sqlite_where=_COUNTS,
            postgresql_where=_COUNTS,
        ),
    )
