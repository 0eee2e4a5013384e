"""Exam appointments at a window (H17): which exam, when and where, what to know before.

What a reader would get wrong: booking an exam that has a time moves it, and its slip stays the
same; an exam need not be paid yet.
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.work import AtWork, fetched, refused, told
from cashier.steps.sheet import Action, Column, Line, Pressed, Table, Takes, WorkSheet
from core.journeys.print_visit_slip import print_visit_slip
from core.page_parts import Row, Tone
from core.phrase import Phrase, said
from core.ports import NotSent, Refused, Unknown
from core.steps.visits import BookExam, CancelExam, FetchExamOrders, FetchExamSessions
from core.visit_slips import exam_slip, spoken_day
from core.visits import ExamAppointment, ExamOrder, ExamOrders, ExamSession, ExamSessions

_TITLE = said("Exam appointments")


async def exams(at: AtWork) -> str:
    """Until it is left."""
    while True:
        found = await fetched(FetchExamOrders(at.served.patient_id), at, _TITLE)
        if found is None:
            return ""
        answer = await orders_sheet(at, found)
        if not isinstance(answer, Pressed):
            return ""
        order = next(one for one in found.orders if one.line_id == answer.row)
        match answer.word, order.appointment:
            case "choose", _:
                await _choose(at, order)
            case _, None:
                await refused(at, _TITLE, Refused("no_exam_time"))
            case "print", ExamAppointment() as appointment:
                await _hand_out(at, appointment)
            case _, ExamAppointment() as appointment:
                await fetched(CancelExam(appointment.appointment_id), at, _TITLE)
            case other:
                assert_never(other)


async def _choose(at: AtWork, order: ExamOrder) -> None:
    found = await fetched(FetchExamSessions(order.line_id), at, _TITLE)
    if found is None:
        return
    answer = await sessions_sheet(at, order, found)
    if not isinstance(answer, Pressed):
        return
    match await BookExam(order.line_id, answer.row):
        case ExamAppointment() as appointment:
            await _hand_out(at, appointment)
        case Refused() | NotSent() | Unknown() as no:
            await refused(at, _TITLE, no)
        case other:
            assert_never(other)


async def _hand_out(at: AtWork, appointment: ExamAppointment) -> None:
    session = appointment.session
    slip = exam_slip(at.served.display_name, appointment)
    printed = await print_visit_slip(slip, appointment.slip.slip_id)
    rows = (
        Row("report-medical", said("Exam"), appointment.item),
        Row("clock", said("Time"), _hours(session)),
        Row("map-pin", said("Where"), session.place),
        Row("alert-circle", said("Before you come"), appointment.preparation),
        Row("ticket", said("Number"), appointment.number),
    )
    tone = Tone.SUCCESS if printed else Tone.WARNING
    await told(at, said("The exam has a time"), rows, tone=tone)


def _hours(session: ExamSession) -> Phrase:
    return said(
        "{day}, {start} to {end}",
        day=spoken_day(session.day),
        start=session.starts_at,
        end=session.ends_at,
    )


def orders_sheet(at: AtWork, found: ExamOrders) -> WorkSheet:
    """What was ordered, with the time it has."""
    lines = tuple(
        Line(
            one.line_id,
            (
                one.item,
                _hours(one.appointment.session) if one.appointment else said("No time chosen yet"),
                one.appointment.session.place if one.appointment else "",
            ),
        )
        for one in found.orders
    )
    columns = (Column(said("Exam"), 4), Column(said("Time"), 3), Column(said("Where"), 3))
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        table=Table(columns, lines, nothing=said("No exam needs a time")),
        actions=(
            Action("choose", said("Choose a time"), takes=Takes.ROW),
            Action("print", said("Print the slip"), key="Ctrl+P", takes=Takes.ROW),
            Action("cancel", said("Give the time back"), key="Ctrl+X", takes=Takes.ROW, twice=True),
        ),
    )


def sessions_sheet(at: AtWork, order: ExamOrder, found: ExamSessions) -> WorkSheet:
    """When; full ones are shown as full."""
    lines = tuple(
        Line(
            one.session_id,
            (_hours(one), one.place, str(one.remaining)),
            off="" if one.remaining else said("No places left"),
        )
        for one in found.sessions
    )
    columns = (
        Column(said("Time"), 3),
        Column(said("Where"), 3),
        Column(said("Places"), 1, right=True),
    )
    return WorkSheet(
        title=said("When?"),
        patient=at.patient,
        text=order.preparation,
        table=Table(columns, lines, nothing=said("There are no times in the coming days.")),
        actions=(Action("book", said("Book"), takes=Takes.ROW),),
    )
