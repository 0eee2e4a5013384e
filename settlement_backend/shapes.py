"""Rows as the JSON shapes of docs/backend_api.md; masks for the kind of terminal that asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import Audience, mask_id_number, mask_name, mask_number, mask_phone
from settlement_backend.models import Bill, BillLine, Card, Person, Registration, Schedule

Json = dict[str, Any]


def words(zh: str, en: str) -> Json:
    """A name in both languages."""
    return {"zh": zh, "en": en}


def audience_of(terminal_kind: str) -> Audience:
    """Windows see more than kiosks; everybody else sees what a kiosk sees."""
    return Audience.WINDOW if terminal_kind == "window" else Audience.KIOSK


def patient_json(session: Session, person: Person, audience: Audience, today: date) -> Json:
    """The Patient shape."""
    card = session.scalar(select(Card).where(Card.person_id == person.id, Card.state == "ACTIVE"))
    return {
        "patient_id": person.id,
        "display_name": mask_name(person.name, audience),
        "display_id": mask_id_number(person.id_number, audience),
        "display_phone": mask_phone(person.phone),
        "sex": person.sex,
        "age": age_of(person.birth_date, today),
        "identities": [word for word in person.identities.split(",") if word],
        "insurance": person.insurance,
        "card_number": mask_number(card.number) if card else None,
    }


def age_of(birth_date: str, today: date) -> int:
    """Full years."""
    born = date.fromisoformat(birth_date)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def lines_of(session: Session, bill_id: str) -> list[BillLine]:
    """In the order of the bill."""
    return list(
        session.scalars(
            select(BillLine).where(BillLine.bill_id == bill_id).order_by(BillLine.place)
        )
    )


def bill_json(session: Session, bill: Bill) -> Json:
    """The Bill shape."""
    return {
        "bill_id": bill.id,
        "version": bill.version,
        "kind": bill.kind,
        "department": words(bill.department_zh, bill.department_en),
        "doctor": words(bill.doctor_zh, bill.doctor_en),
        "issued_at": bill.issued_at,
        "lines": [
            {
                "line_id": line.id,
                "name": words(line.name_zh, line.name_en),
                "insurance_class": line.insurance_class,
                "quantity": str(line.quantity),
                "unit": words(line.unit_zh, line.unit_en),
                "unit_price_fen": line.unit_price_fen,
                "amount_fen": line.amount_fen,
            }
            for line in lines_of(session, bill.id)
        ],
        "total_fen": bill.total_fen,
    }


def registration_json(session: Session, registration: Registration) -> Json:
    """The registration with its bill."""
    schedule = session.get_one(Schedule, registration.schedule_id)
    bill = session.scalars(
        select(Bill).where(Bill.registration_id == registration.id, Bill.kind == "REGISTRATION")
    ).one()
    return {
        "registration_id": registration.id,
        "bill": bill_json(session, bill),
        "department": words(bill.department_zh, bill.department_en),
        "doctor": words(schedule.doctor_zh, schedule.doctor_en),
        "room": words(schedule.room_zh, schedule.room_en),
        "queue_number": registration.queue_number,
    }
