"""What a person has to pay, and what a phone is paying at this moment.

Talks to the database for looking only. What a reader would get wrong: a bill that a machine in the
house has locked is not listed; one that a phone pays from far away is, because nobody here can see
why it may not be paid now (N18).
"""

from __future__ import annotations

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from settlement_backend.bills.shapes import ListedBills, ListedBillShape, bill_shape
from settlement_backend.bills.tables import Bill
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.visits.tables import Registration

_GOING = ("PLANNED", "PAYING", "TAKEN")


def listed(session: Session, person_id: str) -> ListedBills:
    """Outpatient bills that are open or that a phone is paying, oldest first; the fee of a
    registration only where it runs on account, because every other is paid before the visit."""
    remote = (
        select(Tender.id)
        .where(
            Tender.settlement_id == Bill.settlement_id,
            Tender.kind == "REMOTE",
            Tender.state.in_(_GOING),
        )
        .exists()
    )
    on_account = and_(
        Bill.kind == "REGISTRATION",
        Bill.registration_id.in_(select(Registration.id).where(Registration.state == "CONFIRMED")),
    )
    found = session.scalars(
        select(Bill)
        .where(
            Bill.person_id == person_id,
            or_(Bill.kind == "OUTPATIENT", on_account),
            or_(Bill.state == "OPEN", and_(Bill.state == "LOCKED", remote)),
        )
        .order_by(Bill.issued_at, Bill.id)
    )
    return ListedBills(bills=tuple(_shape(session, bill) for bill in found))


def _shape(session: Session, bill: Bill) -> ListedBillShape:
    told = dict(bill_shape(session, bill))
    if bill.state == "OPEN":
        return ListedBillShape(**told, state="OPEN", paying="")
    by_relative = session.get_one(Settlement, bill.settlement_id).relation_id
    return ListedBillShape(
        **told, state="LOCKED", paying="RELATIVE" if by_relative else "ELSEWHERE"
    )
