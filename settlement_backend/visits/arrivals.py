"""Checking in by a visit slip or by what is known of the person (H13, A.a6, N23)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.documents import slips
from settlement_backend.exams import appointments
from settlement_backend.exams.tables import ExamAppointment
from settlement_backend.people.id_numbers import age_of
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import required
from settlement_backend.visits import queues, rules
from settlement_backend.visits.tables import Registration, Schedule, Ticket


def named_by(session: Session, slip_key: bytes, text: str) -> str:
    """What a visit slip is about. Raises Refused `slip_forged`, `slip_unknown`, `other_slip`."""
    found = slips.resolve(session, slip_key, lambda _terminal_id: None, text)
    if found.slip is None or found.kind != "V":
        raise Refused("other_slip")
    return found.slip.of


def check_in(session: Session, context: Context, about: str) -> Ticket:
    """A registration or an exam appointment enters its queue. Raises NoSuch and Refused."""
    registration = session.get(Registration, about)
    if registration is not None:
        return _before_the_doctor(session, context, registration)
    if session.get(ExamAppointment, about) is not None:
        return appointments.check_in(session, context, about)
    raise NoSuch("unknown_registration")


def _before_the_doctor(session: Session, context: Context, registration: Registration) -> Ticket:
    schedule = session.get_one(Schedule, registration.schedule_id)
    person = session.get_one(Person, registration.person_id)
    now = context.clock.now()
    required(rules.may_check_in(registration.state == "CONFIRMED", rules.times(schedule), now))
    place = queues.Place(
        queue=schedule.id,
        about=registration.id,
        person_id=person.id,
        shown=registration.queue_number,
        rank=rules.rank(age_of(person.birth_date, now.date()), context.policy.visits),
    )
    return queues.check_in(session, place, now)
