"""What a doctor's room does: orders, and the end of the visit (S50, H14).

Talks to the database only. What a reader would get wrong: the facts of the visit are in
`liability.py`; what is ordered takes over what excludes the visit from pay-later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.bills import bills
from settlement_backend.bills.bills import Origin
from settlement_backend.bills.tables import Bill
from settlement_backend.notices import outbox
from settlement_backend.people.tables import Person
from settlement_backend.visits import liability
from settlement_backend.visits.tables import Department, Registration, Schedule


@dataclass(frozen=True, slots=True)
class Order:
    """One item of a group."""

    code: str
    quantity_e4: int


@dataclass(frozen=True, slots=True)
class Group:
    """What one department orders: one bill. `exclusion`: why it may not be paid later, or ""."""

    department_code: str
    items: tuple[Order, ...]
    exclusion: str = ""


def order(
    session: Session, registration_id: str, groups: Sequence[Group], now: datetime
) -> list[Bill]:
    """A consultation's orders: one bill per group; the patient is told (H14)."""
    registration = confirmed(session, registration_id)
    made = [_bill(session, registration, group, now) for group in groups]
    total_fen = sum(bill.total_fen for bill in made)
    outbox.tell(
        session,
        now,
        registration.person_id,
        "ordered",
        made[0].id,
        total_fen=total_fen,
        bills=len(made),
    )
    return made


def _bill(session: Session, registration: Registration, group: Group, now: datetime) -> Bill:
    department = session.get(Department, group.department_code)
    if department is None or not group.items:
        raise Refused("unknown_item")
    doctor = session.scalars(
        select(Schedule).where(Schedule.department_code == department.code).order_by(Schedule.id)
    ).first()
    origin = Origin(
        person_id=registration.person_id,
        kind="OUTPATIENT",
        department=department,
        doctor_zh=doctor.doctor_zh if doctor else "",
        doctor_en=doctor.doctor_en if doctor else "",
        registration_id=registration.id,
        exclusion=group.exclusion or liability.exclusion_of(session, registration),
    )
    bill = bills.open_bill(session, origin, now)
    wanted = [bills.wanted(session, item.code, item.quantity_e4) for item in group.items]
    bills.add(session, bill, wanted)
    return bill


def end(session: Session, registration_id: str, now: datetime) -> Registration:
    """The doctor ended the visit: the clock of paying later starts (N13). Once."""
    registration = confirmed(session, registration_id)
    session.execute(
        update(Registration)
        .where(Registration.id == registration_id, Registration.ended_at == "")
        .values(ended_at=stamp(now))
    )
    session.refresh(registration)
    outbox.tell(session, now, registration.person_id, "visit_ended", registration.id)
    return registration


def confirmed(session: Session, registration_id: str) -> Registration:
    """Raises Refused `not_registered`."""
    registration = session.get(Registration, registration_id)
    if registration is None or registration.state != "CONFIRMED":
        raise Refused("not_registered")
    return registration


def of_day(session: Session, day: str) -> list[tuple[Registration, Person, Schedule]]:
    """Confirmed ones of a day, newest last."""
    rows = session.execute(
        select(Registration, Person, Schedule)
        .join(Person, Person.id == Registration.person_id)
        .join(Schedule, Schedule.id == Registration.schedule_id)
        .where(Registration.state == "CONFIRMED", Schedule.day == day)
        .order_by(Registration.confirmed_at, Registration.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]
