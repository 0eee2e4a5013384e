"""The steps of a visit as they happened, for the patient and for a relative who may see them
(N20, A.c3).

Reads the database only. What a reader would get wrong: no step is written for this feed; each is
read from the very row that it changed, so feed and books cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.shapes import Shape, Words
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.exams.tables import ExamAppointment, Report
from settlement_backend.settling.tables import Settlement
from settlement_backend.visits.tables import Registration, Schedule, Ticket


class StepShape(Shape):
    """BOOKED, REGISTERED, WAITING, CALLED, ORDERED, PAID, DONE, REPORT or ENDED."""

    step: str
    at: str
    what: Words
    amount_fen: int


class ProgressShape(Shape):
    """Oldest first."""

    registration_id: str
    day: str
    steps: tuple[StepShape, ...]


class ProgressList(Shape):
    """A person's visits of one day."""

    visits: tuple[ProgressShape, ...]


def of_day(session: Session, person_id: str, day: str) -> ProgressList:
    """All visits of a day that were not given back."""
    found = session.scalars(
        select(Registration)
        .join(Schedule, Schedule.id == Registration.schedule_id)
        .where(
            Registration.person_id == person_id,
            Schedule.day == day,
            Registration.state.in_(("BOOKED", "HELD", "CONFIRMED")),
        )
        .order_by(Registration.id)
    )
    return ProgressList(
        visits=tuple(
            ProgressShape(registration_id=one.id, day=day, steps=steps(session, one))
            for one in found
        )
    )


def steps(session: Session, registration: Registration) -> tuple[StepShape, ...]:
    """Oldest first; what has no time yet has not happened."""
    happened = [step for step in _all(session, registration) if step.at]
    return tuple(sorted(happened, key=lambda step: step.at))


def _all(session: Session, registration: Registration) -> Iterator[StepShape]:
    schedule = session.get_one(Schedule, registration.schedule_id)
    doctor = Words(zh=schedule.doctor_zh, en=schedule.doctor_en)
    yield _step("BOOKED", registration.booked_at, doctor)
    yield _step("REGISTERED", registration.confirmed_at, doctor)
    yield from _orders(session, registration.id)
    lines = _lines(session, registration.id)
    for line in lines:
        yield _step("DONE", line.executed_at, Words(zh=line.name_zh, en=line.name_en))
    line_ids = [line.id for line in lines]
    yield from _waiting(session, registration.id, line_ids)
    for report in session.scalars(select(Report).where(Report.line_id.in_(line_ids))):
        title = Words(zh=report.title_zh, en=report.title_en)
        yield _step("REPORT", report.ready_at, title)
    yield _step("ENDED", registration.ended_at, doctor)


def _orders(session: Session, registration_id: str) -> Iterator[StepShape]:
    bills = session.execute(
        select(Bill, Settlement.settled_at)
        .outerjoin(Settlement, Settlement.id == Bill.settlement_id)
        .where(Bill.registration_id == registration_id, Bill.state != "CANCELLED")
    )
    for bill, settled_at in bills:
        what = Words(zh=bill.department_zh, en=bill.department_en)
        if bill.kind != "REGISTRATION":
            yield _step("ORDERED", bill.issued_at, what, bill.total_fen)
        yield _step("PAID", settled_at or "", what, bill.total_fen)


def _lines(session: Session, registration_id: str) -> list[BillLine]:
    return list(
        session.scalars(
            select(BillLine)
            .join(Bill, Bill.id == BillLine.bill_id)
            .where(Bill.registration_id == registration_id, Bill.state != "CANCELLED")
            .order_by(Bill.id, BillLine.place)
        )
    )


def _waiting(session: Session, registration_id: str, line_ids: list[str]) -> Iterator[StepShape]:
    exams = select(ExamAppointment.id).where(ExamAppointment.line_id.in_(line_ids))
    about = [registration_id, *session.scalars(exams)]
    for ticket in session.scalars(select(Ticket).where(Ticket.about.in_(about))):
        number = Words(zh=ticket.shown, en=ticket.shown)
        yield _step("WAITING", ticket.checked_in_at, number)
        yield _step("CALLED", ticket.called_at, Words(zh=ticket.place_zh, en=ticket.place_en))


def _step(step: str, at: str, what: Words, amount_fen: int = 0) -> StepShape:
    return StepShape(step=step, at=at, what=what, amount_fen=amount_fen)
