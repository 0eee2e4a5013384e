"""Who waits for a window: referrals of today whose bills are open, and refunds to be reviewed."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend.base.shapes import Shape
from settlement_backend.bills.tables import Bill
from settlement_backend.documents.tables import Slip
from settlement_backend.people.tables import Person
from settlement_backend.refunds.tables import Refund, RefundPart
from settlement_backend.settling.tables import Settlement


class QueueEntry(Shape):
    """Somebody who was sent to a window. `reference`: a slip's or a refund's id."""

    number: str
    display_name: str
    summary: str
    amount_fen: int
    kind: str
    patient_id: str
    reference: str


class Queue(Shape):
    """In the order they came."""

    entries: tuple[QueueEntry, ...]


def queue_of(session: Session, day: str) -> Queue:
    """Numbered from A0001."""
    found = [*_referrals(session, day), *_refunds(session)]
    return Queue(
        entries=tuple(
            QueueEntry(
                number=f"A{number:04d}",
                display_name=mask_name(session.get_one(Person, person_id).name, Audience.KIOSK),
                summary=reference,
                amount_fen=amount_fen,
                kind=kind,
                patient_id=person_id,
                reference=reference,
            )
            for number, (kind, person_id, amount_fen, reference) in enumerate(found, 1)
        )
    )


def _referrals(session: Session, day: str) -> list[tuple[str, str, int, str]]:
    found = []
    slips = select(Slip).where(Slip.kind == "R", Slip.at.startswith(day)).order_by(Slip.at)
    for slip in session.scalars(slips):
        still_open = select(Bill.total_fen).where(
            Bill.id.in_(slip.bill_ids.split(",")), Bill.state == "OPEN"
        )
        amounts = list(session.scalars(still_open))
        if amounts:
            found.append(("REFERRAL", slip.person_id, sum(amounts), slip.id))
    return found


def _refunds(session: Session) -> list[tuple[str, str, int, str]]:
    found = []
    for refund in session.scalars(
        select(Refund).where(Refund.state == "ACCEPTED").order_by(Refund.at)
    ):
        total = select(func.coalesce(func.sum(RefundPart.amount_fen), 0)).where(
            RefundPart.refund_id == refund.id
        )
        person_id = session.get_one(Settlement, refund.settlement_id).person_id
        found.append(("REFUND", person_id, int(session.scalar(total) or 0), refund.id))
    return found
