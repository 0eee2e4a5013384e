"""What of a settlement an insurer is told, and by when it has to answer. Looks, changes nothing.

What a reader would get wrong: the insurer's "fund" is everything that the public insurance and the
hospital bear, and its "account" includes the relatives' part; what is left is the patient's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.claims.insurer import ClaimFacts, ClaimLine, InvoiceNumber
from settlement_backend.claims.tables import ClaimAuthorisation
from settlement_backend.documents.tables import Invoice
from settlement_backend.settling.tables import Settlement

_CLASSES = {"A": "01", "B": "02", "OWN": "03"}
_ISSUED = ("E_ISSUED", "PRINTING", "PRINTED", "PRINT_UNCERTAIN")
_WORKING_DAYS = 2
_SATURDAY = 5


def claim_facts(
    session: Session,
    claim_no: str,
    row: Settlement,
    authorisation: ClaimAuthorisation,
    policy_no: str,
) -> ClaimFacts:
    """A claim about what stays of a settlement; refunded lines are no part of it."""
    lines = _lines(session, row.id)
    total_fen = sum(line.amount_fen for line in lines)
    fund_fen = row.fund_fen + row.hospital_fen
    account_fen = row.account_fen + row.mutual_fen
    return ClaimFacts(
        claim_no=claim_no,
        policy_no=policy_no,
        authorisation_no=authorisation.id,
        visit_no=row.id,
        visit_kind="INPATIENT" if row.kind == "INPATIENT" else "OUTPATIENT",
        fund_fen=fund_fen,
        account_fen=account_fen,
        own_fen=total_fen - fund_fen - account_fen,
        lines=lines,
    )


def _lines(session: Session, settlement_id: str) -> tuple[ClaimLine, ...]:
    rows = session.scalars(
        select(BillLine)
        .join(Bill, Bill.id == BillLine.bill_id)
        .where(Bill.settlement_id == settlement_id, BillLine.refunded_by == "")
        .order_by(Bill.issued_at, Bill.id, BillLine.place)
    )
    return tuple(
        ClaimLine(row.name_zh, _CLASSES[row.insurance_class], row.amount_fen) for row in rows
    )


def invoices_of(session: Session, settlement_id: str) -> Sequence[InvoiceNumber]:
    """The e-invoices that count for a settlement."""
    rows = session.scalars(
        select(Invoice)
        .where(
            Invoice.settlement_id == settlement_id,
            Invoice.state.in_(_ISSUED),
            Invoice.flush_for == "",
        )
        .order_by(Invoice.place)
    )
    return [InvoiceNumber(row.bill_batch_code, row.bill_no) for row in rows]


def answered_by(applied_on: date) -> date:
    """The last day on which a fast claim is decided: the second working day after it (L09)."""
    day, left = applied_on, _WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day
