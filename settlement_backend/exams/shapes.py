"""Exam sessions, appointments, desk tasks and reports as they are told."""

from __future__ import annotations

from sqlalchemy.orm import Session

from settlement_backend.base.shapes import Shape, Words
from settlement_backend.bills.shapes import BillLineShape, line_shape
from settlement_backend.bills.tables import BillLine
from settlement_backend.documents.shapes import SlipShape, slip_shape
from settlement_backend.exams.appointments import shown
from settlement_backend.exams.desks import Task
from settlement_backend.exams.tables import ExamAppointment, ExamSession, Report
from settlement_backend.policy.decision import Decision
from settlement_backend.visits.tables import Item


class ExamSessionShape(Shape):
    """Some hours of one exam room."""

    session_id: str
    day: str
    starts_at: str
    ends_at: str
    place: Words
    remaining: int


class ExamSessionList(Shape):
    """Where an item can be done, soonest first."""

    sessions: tuple[ExamSessionShape, ...]


class AppointmentShape(Shape):
    """Time, place, and what to know before. `state`: BOOKED, DONE or CANCELLED."""

    appointment_id: str
    state: str
    line_id: str
    item: Words
    preparation: Words
    session: ExamSessionShape
    number: str
    slip: SlipShape


class ExamOrderShape(Shape):
    """An ordered item that needs a place, and the place it has."""

    line_id: str
    item: Words
    preparation: Words
    appointment: AppointmentShape | None


class ExamOrderList(Shape):
    """Newest order first."""

    orders: tuple[ExamOrderShape, ...]


class TaskShape(Shape):
    """One item for a desk, and whether it may be carried out now."""

    line: BillLineShape
    place: Words
    decision: Decision


class TaskList(Shape):
    """What a person has to get at this desk; the name is masked."""

    display_name: str
    tasks: tuple[TaskShape, ...]


class ReportSummary(Shape):
    """One report of a person. `prints`: sheets printed so far."""

    report_id: str
    title: Words
    ready_at: str
    prints: int


class ReportList(Shape):
    """Newest first."""

    reports: tuple[ReportSummary, ...]


class SheetShape(Shape):
    """One sheet to print: its pages are fetched by its number; from the second on it is a copy."""

    report_id: str
    sheet: int
    copy_mark: bool


def session_shape(one: ExamSession) -> ExamSessionShape:
    """With the places left."""
    return ExamSessionShape(
        session_id=one.id,
        day=one.day,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        place=Words(zh=one.place_zh, en=one.place_en),
        remaining=one.capacity - one.taken,
    )


def appointment_shape(
    session: Session, appointment: ExamAppointment, slip_key: bytes
) -> AppointmentShape:
    """For the screen and the slip."""
    room = session.get_one(ExamSession, appointment.session_id)
    line = session.get(BillLine, appointment.line_id)
    item = session.get(Item, line.item_code) if line else None
    return AppointmentShape(
        appointment_id=appointment.id,
        state=appointment.state,
        line_id=appointment.line_id,
        item=Words(zh=line.name_zh, en=line.name_en) if line else Words(zh="", en=""),
        preparation=Words(
            zh=item.preparation_zh if item else "", en=item.preparation_en if item else ""
        ),
        session=session_shape(room),
        number=shown(room, appointment),
        slip=slip_shape(session, appointment.slip_id, slip_key),
    )


def order_shape(
    session: Session,
    line: BillLine,
    item: Item,
    appointment: ExamAppointment | None,
    slip_key: bytes,
) -> ExamOrderShape:
    """For the kiosk's list."""
    return ExamOrderShape(
        line_id=line.id,
        item=Words(zh=line.name_zh, en=line.name_en),
        preparation=Words(zh=item.preparation_zh, en=item.preparation_en),
        appointment=appointment_shape(session, appointment, slip_key) if appointment else None,
    )


def task_shape(task: Task) -> TaskShape:
    """For the desk's screen."""
    return TaskShape(
        line=line_shape(task.line),
        place=Words(zh=task.item.place_zh, en=task.item.place_en),
        decision=task.decision,
    )


def report_summary(report: Report) -> ReportSummary:
    """Without its content."""
    return ReportSummary(
        report_id=report.id,
        title=Words(zh=report.title_zh, en=report.title_en),
        ready_at=report.ready_at,
        prints=report.prints,
    )
