"""Registrations, visits and queues as they are told."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend.base.shapes import Shape, Words
from settlement_backend.bills.shapes import BillShape, bill_shape
from settlement_backend.bills.tables import Bill
from settlement_backend.documents.shapes import SlipShape, slip_shape
from settlement_backend.exams.tables import ExamSession
from settlement_backend.people.tables import Person
from settlement_backend.visits import queues, visits
from settlement_backend.visits.tables import Department, Registration, Schedule, Ticket


class TicketShape(Shape):
    """A place in a queue: WAITING, CALLED, SEEN or PASSED. `waits_at`: near the room of the doctor
    or the exam; `place`: where a called one goes."""

    ticket_id: str
    state: str
    number: str
    display_name: str
    ahead: int
    waits_at: Words
    place: Words
    checked_in_at: str
    called_at: str


class QueueShape(Shape):
    """Called ones first, then in the order of calling."""

    queue: str
    tickets: tuple[TicketShape, ...]


class NextShape(Shape):
    """Who was called; null when nobody waits."""

    ticket: TicketShape | None


class RegistrationShape(Shape):
    """A place with a doctor. `bill` is null while the place is only booked; `queue_number` comes
    with the payment, `ticket` with the check-in."""

    registration_id: str
    state: str
    day: str
    session: Words
    bill: BillShape | None
    department: Words
    place: Words
    doctor: Words
    room: Words
    queue_number: str
    scene: str
    ended_at: str
    booked_by_relative: bool
    slip: SlipShape | None
    ticket: TicketShape | None


class RegistrationState(Shape):
    """What became of a place."""

    registration_id: str
    state: str


class VisitSummary(Shape):
    """One visit in a person's list; `unpaid_fen`: of its open bills."""

    registration_id: str
    state: str
    day: str
    session: Words
    department: Words
    doctor: Words
    queue_number: str
    total_fen: int
    unpaid_fen: int


class VisitList(Shape):
    """Newest first."""

    visits: tuple[VisitSummary, ...]


class ClinicRegistration(Shape):
    """A patient of today, for the doctor's room."""

    registration_id: str
    display_name: str
    department: Words


class ClinicList(Shape):
    """Confirmed ones of today."""

    registrations: tuple[ClinicRegistration, ...]


def ticket_shape(session: Session, ticket: Ticket) -> TicketShape:
    """As the calling screen shows it: never a full name (domain.md B.13)."""
    person = session.get_one(Person, ticket.person_id)
    return TicketShape(
        ticket_id=ticket.id,
        state=ticket.state,
        number=ticket.shown,
        display_name=mask_name(person.name, Audience.KIOSK),
        ahead=queues.ahead_of(session, ticket),
        waits_at=_waits_at(session, ticket),
        place=Words(zh=ticket.place_zh, en=ticket.place_en),
        checked_in_at=ticket.checked_in_at,
        called_at=ticket.called_at,
    )


def _waits_at(session: Session, ticket: Ticket) -> Words:
    room = session.get(ExamSession, ticket.queue)
    if room is not None:
        return Words(zh=room.place_zh, en=room.place_en)
    schedule = session.get_one(Schedule, ticket.queue)
    department = session.get_one(Department, schedule.department_code)
    return Words(
        zh=f"{department.place_zh} {schedule.room_zh}",
        en=f"{department.place_en}, {schedule.room_en}",
    )


def registration_shape(
    session: Session, registration: Registration, slip_key: bytes
) -> RegistrationShape:
    """The registration with its bill, its slip and its place in the queue."""
    schedule = session.get_one(Schedule, registration.schedule_id)
    department = session.get_one(Department, schedule.department_code)
    bill = visits.fee_of(session, registration.id)
    ticket = queues.ticket_about(session, registration.id)
    slip_id = registration.slip_id
    return RegistrationShape(
        registration_id=registration.id,
        state=registration.state,
        day=schedule.day,
        session=Words(zh=schedule.session_zh, en=schedule.session_en),
        bill=bill_shape(session, bill) if bill and registration.state != "BOOKED" else None,
        department=Words(zh=department.name_zh, en=department.name_en),
        place=Words(zh=department.place_zh, en=department.place_en),
        doctor=Words(zh=schedule.doctor_zh, en=schedule.doctor_en),
        room=Words(zh=schedule.room_zh, en=schedule.room_en),
        queue_number=registration.queue_number,
        scene=registration.scene,
        ended_at=registration.ended_at,
        booked_by_relative=registration.booked_by != "",
        slip=slip_shape(session, slip_id, slip_key) if slip_id else None,
        ticket=ticket_shape(session, ticket) if ticket else None,
    )


def visit_summary(session: Session, registration: Registration) -> VisitSummary:
    """One line of a person's list (S35)."""
    schedule = session.get_one(Schedule, registration.schedule_id)
    department = session.get_one(Department, schedule.department_code)
    return VisitSummary(
        registration_id=registration.id,
        state=registration.state,
        day=schedule.day,
        session=Words(zh=schedule.session_zh, en=schedule.session_en),
        department=Words(zh=department.name_zh, en=department.name_en),
        doctor=Words(zh=schedule.doctor_zh, en=schedule.doctor_en),
        queue_number=registration.queue_number,
        total_fen=_billed_fen(session, registration.id, ("OPEN", "LOCKED", "PAID")),
        unpaid_fen=_billed_fen(session, registration.id, ("OPEN", "LOCKED")),
    )


def _billed_fen(session: Session, registration_id: str, states: tuple[str, ...]) -> int:
    total = select(func.coalesce(func.sum(Bill.total_fen), 0)).where(
        Bill.registration_id == registration_id, Bill.state.in_(states)
    )
    return int(session.scalar(total) or 0)
