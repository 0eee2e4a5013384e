"""Registrations: a place today, a place booked ahead, its fee, its end (S29-S31, W38).

Talks to the database only. A place is taken by a conditional UPDATE of the session's row. What a
reader would get wrong: a booked place keeps no bill; the fee is billed when the slip is collected
on the day, and a place that is then not paid in time is a booking again, not lost.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.bills import bills
from settlement_backend.bills.bills import Origin, Wanted
from settlement_backend.bills.pricing import E4
from settlement_backend.bills.tables import Bill
from settlement_backend.documents.slips import mint
from settlement_backend.notices import outbox
from settlement_backend.people.rules import may_register_visit
from settlement_backend.people.special import facts_of
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import required
from settlement_backend.visits import queues, rules
from settlement_backend.visits.tables import Department, Item, Registration, Schedule

KEEPS_A_PLACE = ("BOOKED", "HELD", "CONFIRMED")


def registration_of(session: Session, registration_id: str) -> Registration:
    """Raises NoSuch."""
    registration = session.get(Registration, registration_id)
    if registration is None:
        raise NoSuch("unknown_registration")
    return registration


def schedule_of(session: Session, schedule_id: str) -> Schedule:
    """Raises NoSuch."""
    schedule = session.get(Schedule, schedule_id)
    if schedule is None:
        raise NoSuch("unknown_schedule")
    return schedule


def register(session: Session, context: Context, person: Person, schedule_id: str) -> Registration:
    """Keep a place of today and bill its fee; it falls free unless the bill is settled in time.

    Whoever runs on account is seen at once, and the fee waits with everything else (S28).
    """
    schedule = schedule_of(session, schedule_id)
    _check_person(session, context, person)
    required(rules.may_register(rules.times(schedule), context.clock.now()))
    registration = _take_place(session, context, person, schedule)
    _bill_fee(session, context, registration, schedule)
    if "ON_ACCOUNT" in person.special:
        confirm(session, registration.id, context.clock.now())
    return registration


def book(
    session: Session, context: Context, person: Person, schedule_id: str, booked_by: str = ""
) -> Registration:
    """Keep a place of a day to come (S30). `booked_by`: the relation that does it (N26), or ""."""
    schedule = schedule_of(session, schedule_id)
    now, policy = context.clock.now(), context.policy.visits
    missed = _missed(session, person.id, now - timedelta(days=policy.missed_days))
    in_use = context.policy.scope.covers("booking", schedule.department_code)
    _check_person(session, context, person)
    required(rules.may_book(rules.times(schedule), now, policy, missed, in_use))
    registration = _take_place(session, context, person, schedule)
    registration.state, registration.expires_at = "BOOKED", _end_of(schedule)
    registration.booked_at, registration.booked_by = stamp(now), booked_by
    session.flush()
    outbox.tell(session, now, person.id, "appointment_booked", registration.id, day=schedule.day)
    return registration


def collect(session: Session, context: Context, registration_id: str) -> Registration:
    """The booked place's slip on its day (S31): its fee is billed now."""
    registration = registration_of(session, registration_id)
    schedule = session.get_one(Schedule, registration.schedule_id)
    if registration.state in ("HELD", "CONFIRMED"):
        return registration
    if registration.state != "BOOKED":
        raise Refused("appointment_over", registration.state)
    required(rules.may_collect_slip(rules.times(schedule), context.clock.now()))
    _move(session, registration, "BOOKED", "HELD")
    _bill_fee(session, context, registration, schedule)
    return registration


def _check_person(session: Session, context: Context, person: Person) -> None:
    """Registrations are real-name (W38). Raises Refused."""
    known = facts_of(session, person, context.clock.now().date())
    required(may_register_visit(context.policy, known))


def _take_place(
    session: Session, context: Context, person: Person, schedule: Schedule
) -> Registration:
    """A place of this session, whose number never passes its capacity."""
    mine = select(Registration).where(
        Registration.person_id == person.id,
        Registration.schedule_id == schedule.id,
        Registration.state.in_(KEEPS_A_PLACE),
    )
    for earlier in list(session.scalars(mine)):
        _replace(session, earlier)
    taken = session.execute(
        update(Schedule)
        .where(Schedule.id == schedule.id, Schedule.taken < Schedule.capacity)
        .values(taken=Schedule.taken + 1)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused("sold_out")
    session.refresh(schedule)
    registration_id, at = uuid.uuid4().hex, stamp(context.clock.now())
    registration = Registration(
        id=registration_id,
        person_id=person.id,
        schedule_id=schedule.id,
        state="HELD",
        expires_at=at,
        slip_id=mint(session, context.slip_key, "V", person.id, registration_id, [], at).id,
    )
    session.add(registration)
    session.flush()
    return registration


def _replace(session: Session, earlier: Registration) -> None:
    """A place the same person keeps and has not paid is given back; one doctor is paid once."""
    own = session.scalars(select(Bill).where(Bill.registration_id == earlier.id))
    states = {bill.state for bill in own}
    if earlier.state == "CONFIRMED" or states - {"OPEN", "CANCELLED"}:
        raise Refused("already_registered")
    cancel(session, earlier.id)


def _bill_fee(
    session: Session, context: Context, registration: Registration, schedule: Schedule
) -> None:
    now = context.clock.now()
    registration.expires_at = later(now, context.policy.registration_minutes * 60)
    fee = Item(
        code="",
        name_zh=f"{schedule.title_zh}诊查费",
        name_en=f"Consultation, {schedule.title_en}",
        insurance_class="OWN",
        unit_zh="次",
        unit_en="visit",
        price_fen=schedule.fee_fen,
        price_rest_micro=0,
    )
    origin = Origin(
        person_id=registration.person_id,
        kind="REGISTRATION",
        department=session.get_one(Department, schedule.department_code),
        doctor_zh=schedule.doctor_zh,
        doctor_en=schedule.doctor_en,
        registration_id=registration.id,
    )
    bills.add(session, bills.open_bill(session, origin, now), [Wanted(fee, E4)])


def confirm(session: Session, registration_id: str, now: datetime) -> None:
    """The fee is settled: give a queue number, once, and say where to go (H11)."""
    registration = session.get_one(Registration, registration_id)
    if not _moved(session, registration, "HELD", "CONFIRMED"):
        return
    number = session.execute(
        update(Schedule)
        .where(Schedule.id == registration.schedule_id)
        .values(numbers_given=Schedule.numbers_given + 1)
        .returning(Schedule.numbers_given, Schedule.department_code)
    ).one()
    registration.queue_number = f"{number.department_code[:1]}{number.numbers_given:03d}"
    registration.confirmed_at = stamp(now)
    session.flush()
    outbox.tell(
        session,
        now,
        registration.person_id,
        "registered",
        registration.id,
        queue_number=registration.queue_number,
    )


def cancel(session: Session, registration_id: str, state: str = "CANCELLED") -> Registration:
    """Give an unpaid or a booked place back; its bill is withdrawn with it, and whoever waits for
    the doctor on account does so no longer."""
    registration = registration_of(session, registration_id)
    if registration.state not in KEEPS_A_PLACE:
        return registration
    confirmed, fee = registration.state == "CONFIRMED", fee_of(session, registration_id)
    fee_state, begun = fee.state if fee else "", _begun(session, registration)
    required(rules.may_give_back(confirmed, fee_state, begun))
    if registration.state != "BOOKED":
        _withdraw_fee(session, registration)
    queues.leave(session, registration_id)
    _move(session, registration, registration.state, state)
    session.execute(
        update(Schedule)
        .where(Schedule.id == registration.schedule_id)
        .values(taken=Schedule.taken - 1)
    )
    return registration


def _begun(session: Session, registration: Registration) -> bool:
    """The doctor has called, ordered for or seen the patient."""
    ticket = queues.ticket_about(session, registration.id)
    ordered = select(Bill.id).where(
        Bill.registration_id == registration.id,
        Bill.kind != "REGISTRATION",
        Bill.state != "CANCELLED",
    )
    called = ticket is not None and ticket.state in ("CALLED", "SEEN")
    return called or bool(registration.ended_at) or session.scalar(ordered.limit(1)) is not None


def _withdraw_fee(session: Session, registration: Registration) -> None:
    withdrawn = session.execute(
        update(Bill)
        .where(Bill.registration_id == registration.id, Bill.state == "OPEN")
        .values(state="CANCELLED", version=Bill.version + 1)
    )
    if withdrawn.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused("bill_locked")


def expire(session: Session, now: datetime) -> None:
    """Places that were not paid in time fall free, unless a settlement holds their bill.

    A booked one stays booked until its session is over, and is missed then.
    """
    late = select(Registration).where(
        Registration.state.in_(("HELD", "BOOKED")), Registration.expires_at < stamp(now)
    )
    for registration in list(session.scalars(late)):
        with suppress(Refused):  # a settlement has the bill, or somebody was first
            if registration.state == "BOOKED":
                cancel(session, registration.id, "MISSED")
            elif registration.booked_at:
                _book_again(session, registration)
            else:
                cancel(session, registration.id, "EXPIRED")


def _book_again(session: Session, registration: Registration) -> None:
    schedule = session.get_one(Schedule, registration.schedule_id)
    _withdraw_fee(session, registration)
    _move(session, registration, "HELD", "BOOKED")
    registration.expires_at = _end_of(schedule)
    session.flush()


def fee_of(session: Session, registration_id: str) -> Bill | None:
    """The newest bill of the fee, one that stands first; None while the place is only booked."""
    return session.scalars(
        select(Bill)
        .where(Bill.registration_id == registration_id, Bill.kind == "REGISTRATION")
        .order_by(Bill.issued_at.desc(), Bill.version)
        .limit(1)
    ).first()


def _end_of(schedule: Schedule) -> str:
    """Sorts with stamps; the session's last minute is in it."""
    return f"{schedule.day}T{schedule.ends_at}"


def _missed(session: Session, person_id: str, since: datetime) -> int:
    """How many booked places this person let pass."""
    wanted = select(func.count()).where(
        Registration.person_id == person_id,
        Registration.state == "MISSED",
        Registration.booked_at > stamp(since),
    )
    return session.scalar(wanted) or 0


def _move(session: Session, registration: Registration, before: str, after: str) -> None:
    if not _moved(session, registration, before, after):
        raise Refused("registration_changed")


def _moved(session: Session, registration: Registration, before: str, after: str) -> bool:
    """One state to the next; False when somebody else was first."""
    moved = session.execute(
        update(Registration)
        .where(Registration.id == registration.id, Registration.state == before)
        .values(state=after)
    )
    session.refresh(registration)
    return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE
