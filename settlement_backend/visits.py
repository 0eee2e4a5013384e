"""Schedules, same-day registration, and what a doctor's room orders (S29, W38)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.clock import later, stamp
from settlement_backend.errors import NoSuch, Refused
from settlement_backend.models import (
    Bill,
    BillLine,
    Department,
    Item,
    Person,
    Registration,
    Schedule,
)
from settlement_backend.shapes import Json, words

_MOST_OF_ONE_ITEM = 1000


@dataclass(frozen=True, slots=True)
class Order:
    """One item of a group."""

    code: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Group:
    """What one department orders: one bill."""

    department_code: str
    items: tuple[Order, ...]


def departments_json(session: Session, day: str) -> Json:
    """Departments with the doctors of a day."""
    listed = []
    for department in session.scalars(select(Department).order_by(Department.code)):
        doctors = session.scalars(
            select(Schedule)
            .where(Schedule.department_code == department.code, Schedule.day == day)
            .order_by(Schedule.id)
        )
        listed.append(
            {
                "code": department.code,
                "name": words(department.name_zh, department.name_en),
                "place": words(department.place_zh, department.place_en),
                "doctors": [_doctor_json(schedule) for schedule in doctors],
            }
        )
    return {"date": day, "departments": [entry for entry in listed if entry["doctors"]]}


def _doctor_json(schedule: Schedule) -> Json:
    return {
        "schedule_id": schedule.id,
        "name": words(schedule.doctor_zh, schedule.doctor_en),
        "title": words(schedule.title_zh, schedule.title_en),
        "session": words(schedule.session_zh, schedule.session_en),
        "room": words(schedule.room_zh, schedule.room_en),
        "fee_fen": schedule.fee_fen,
        "remaining": schedule.capacity - schedule.taken,
    }


def register(
    session: Session, person_id: str, schedule_id: str, now: datetime, minutes: int
) -> Registration:
    """Keep a place and bill its fee; the place falls free unless the bill is settled in time."""
    schedule = session.get(Schedule, schedule_id)
    if schedule is None:
        raise NoSuch("unknown_schedule")
    mine = select(Registration).where(
        Registration.person_id == person_id,
        Registration.schedule_id == schedule_id,
        Registration.state.in_(("HELD", "CONFIRMED")),
    )
    for earlier in list(session.scalars(mine)):
        _replace(session, earlier)
    taken = session.execute(
        update(Schedule)
        .where(Schedule.id == schedule_id, Schedule.taken < Schedule.capacity)
        .values(taken=Schedule.taken + 1)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused("sold_out")
    session.refresh(schedule)
    registration = Registration(
        id=uuid.uuid4().hex,
        person_id=person_id,
        schedule_id=schedule_id,
        state="HELD",
        expires_at=later(now, minutes * 60),
    )
    session.add(registration)
    session.flush()
    department = session.get_one(Department, schedule.department_code)
    fee = Item(
        code="FEE",
        name_zh=f"{schedule.title_zh}诊查费",
        name_en=f"Consultation, {schedule.title_en}",
        insurance_class="OWN",
        unit_zh="次",
        unit_en="visit",
        price_fen=schedule.fee_fen,
    )
    doctor = (schedule.doctor_zh, schedule.doctor_en)
    bill = _bill(session, registration, department, doctor, "REGISTRATION", now)
    _line(session, bill, 0, fee, 1)
    return registration


def _replace(session: Session, earlier: Registration) -> None:
    """A place the same person keeps and has not paid is given back; one doctor is paid once."""
    bills = session.scalars(select(Bill).where(Bill.registration_id == earlier.id))
    if earlier.state == "CONFIRMED" or any(bill.state != "OPEN" for bill in bills):
        raise Refused("already_registered")
    cancel(session, earlier.id)


def confirm(session: Session, registration_id: str) -> None:
    """The fee is settled: give a queue number, once."""
    registration = session.get_one(Registration, registration_id)
    if registration.state == "CONFIRMED":
        return
    schedule = session.get_one(Schedule, registration.schedule_id)
    schedule.numbers_given += 1
    registration.state = "CONFIRMED"
    registration.queue_number = f"{schedule.department_code[:1]}{schedule.numbers_given:03d}"


def cancel(session: Session, registration_id: str, state: str = "CANCELLED") -> Registration:
    """Give an unpaid place back; its bill is withdrawn with it."""
    registration = registration_of(session, registration_id)
    if registration.state == "CONFIRMED":
        raise Refused("bill_paid")
    if registration.state != "HELD":
        return registration
    withdrawn = session.execute(
        update(Bill)
        .where(Bill.registration_id == registration_id, Bill.state == "OPEN")
        .values(state="CANCELLED", version=Bill.version + 1)
    )
    if withdrawn.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused("bill_locked")
    registration.state = state
    session.execute(
        update(Schedule)
        .where(Schedule.id == registration.schedule_id)
        .values(taken=Schedule.taken - 1)
    )
    return registration


def registration_of(session: Session, registration_id: str) -> Registration:
    """Raises NoSuch."""
    registration = session.get(Registration, registration_id)
    if registration is None:
        raise NoSuch("unknown_registration")
    return registration


def expire(session: Session, now: datetime) -> None:
    """Places that were not paid in time fall free, unless a settlement holds their bill."""
    late = select(Registration).where(
        Registration.state == "HELD", Registration.expires_at < stamp(now)
    )
    for registration in list(session.scalars(late)):
        bill = session.scalars(select(Bill).where(Bill.registration_id == registration.id)).first()
        if bill is not None and bill.state == "OPEN":
            cancel(session, registration.id, "EXPIRED")


def order(
    session: Session, registration_id: str, groups: Sequence[Group], now: datetime
) -> list[Bill]:
    """A consultation's orders: one bill per group."""
    registration = session.get(Registration, registration_id)
    if registration is None or registration.state != "CONFIRMED":
        raise Refused("not_registered")
    bills = []
    for group in groups:
        department = session.get(Department, group.department_code)
        if department is None or not group.items:
            raise Refused("unknown_item")
        doctor = session.scalars(
            select(Schedule).where(Schedule.department_code == department.code)
        ).first()
        names = (doctor.doctor_zh, doctor.doctor_en) if doctor else ("", "")
        bill = _bill(session, registration, department, names, "OUTPATIENT", now)
        for place, wanted in enumerate(group.items):
            item = session.get(Item, wanted.code)
            if item is None or not 0 < wanted.quantity <= _MOST_OF_ONE_ITEM:
                raise Refused("unknown_item", wanted.code)
            _line(session, bill, place, item, wanted.quantity)
        bills.append(bill)
    return bills


def clinic_registrations(session: Session, day: str) -> list[tuple[Registration, Person, Schedule]]:
    """Confirmed ones of a day, newest last."""
    rows = session.execute(
        select(Registration, Person, Schedule)
        .join(Person, Person.id == Registration.person_id)
        .join(Schedule, Schedule.id == Registration.schedule_id)
        .where(Registration.state == "CONFIRMED", Schedule.day == day)
        .order_by(Registration.expires_at)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _bill(
    session: Session,
    registration: Registration,
    department: Department,
    doctor: tuple[str, str],
    kind: str,
    now: datetime,
) -> Bill:
    bill = Bill(
        id=uuid.uuid4().hex,
        person_id=registration.person_id,
        registration_id=registration.id,
        version=1,
        kind=kind,
        department_zh=department.name_zh,
        department_en=department.name_en,
        doctor_zh=doctor[0],
        doctor_en=doctor[1],
        issued_at=stamp(now),
        total_fen=0,
        state="OPEN",
    )
    session.add(bill)
    session.flush()
    return bill


def _line(session: Session, bill: Bill, place: int, item: Item, quantity: int) -> None:
    amount_fen = item.price_fen * quantity
    session.add(
        BillLine(
            id=uuid.uuid4().hex,
            bill_id=bill.id,
            place=place,
            name_zh=item.name_zh,
            name_en=item.name_en,
            insurance_class=item.insurance_class,
            quantity=quantity,
            unit_zh=item.unit_zh,
            unit_en=item.unit_en,
            unit_price_fen=item.price_fen,
            amount_fen=amount_fen,
        )
    )
    bill.total_fen += amount_fen
    session.flush()
