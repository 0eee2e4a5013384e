"""The pages and the slip of exam appointments: pure, from what the backend told."""

from __future__ import annotations

from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Phrase, Said, said
from core.visit_slips import spoken_day
from core.visits import ExamAppointment, ExamOrder, ExamSession
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, Finished, Option, Show


def hours(session: ExamSession) -> Said:
    """Day and hours."""
    return said(
        "{day}, {start} to {end}",
        day=spoken_day(session.day),
        start=session.starts_at,
        end=session.ends_at,
    )


def orders_page(who: Identified, orders: tuple[ExamOrder, ...]) -> Choose:
    """Which of the ordered exams."""
    return Choose(
        title=said("Which exam is it about?"),
        hint=who.patient.display_name,
        icon="report-medical",
        presence=who.presence,
        options=tuple(
            Option(
                order.line_id,
                order.item,
                "report-medical",
                note=hours(order.appointment.session)
                if order.appointment
                else said("No time chosen yet"),
            )
            for order in orders
        ),
    )


def sessions_page(who: Identified, order: ExamOrder, sessions: tuple[ExamSession, ...]) -> Choose:
    """When; full ones are shown as full."""
    return Choose(
        title=said("When would you like to come?"),
        hint=order.item,
        icon="calendar-time",
        presence=who.presence,
        options=tuple(
            Option(
                one.session_id,
                hours(one),
                "calendar-time",
                note=one.place,
                side=said("Places left: {count}", count=one.remaining),
                off="" if one.remaining else said("No places left"),
            )
            for one in sessions
        ),
        nothing=said("There are no times in the coming days. Please ask at the exam desk."),
    )


def confirm_page(who: Identified, order: ExamOrder, session: ExamSession) -> Show:
    """Time, place and what to know before, once more."""
    return Show(
        title=said("Is this right?"),
        hint=order.item,
        icon="calendar-check",
        presence=who.presence,
        sections=(Section("", _rows(session, order.preparation)),),
        buttons=(Button("book", said("Yes, book it"), "calendar-check"),),
    )


def appointment_page(who: Identified, appointment: ExamAppointment) -> Show:
    """It has a place: keep, move or give it back."""
    return Show(
        title=said("This exam has a time"),
        hint=appointment.item,
        icon="calendar-time",
        presence=who.presence,
        sections=(Section("", _rows(appointment.session, appointment.preparation)),),
        buttons=(
            Button("move", said("Choose another time"), "calendar-time"),
            Button("print", said("Print the slip"), "printer", main=False),
            Button("cancel", said("Give the time back"), "calendar-cancel", main=False),
        ),
    )


def give_back_page(who: Identified, appointment: ExamAppointment) -> Show:
    """Asked before a place goes to somebody else."""
    return Show(
        title=said("Give this time back?"),
        hint=appointment.item,
        icon="calendar-cancel",
        presence=who.presence,
        sections=(Section("", _rows(appointment.session, "")),),
        strip=Strip(
            Tone.INFO,
            "info-circle",
            said("The exam stays ordered. You can choose another time later."),
        ),
        buttons=(Button("cancel", said("Yes, give it back"), "calendar-cancel"),),
    )


def given_back_page(who: Identified, appointment: ExamAppointment) -> Finished:
    """The place is free, the exam still ordered."""
    return Finished(
        title=said("The time was given back"),
        hint=said("The exam stays ordered. You can choose another time later."),
        presence=who.presence,
        icon="calendar-cancel",
        tone=Tone.INFO,
        rows=(Row("report-medical", said("Exam"), appointment.item),),
    )


def booked_page(who: Identified, appointment: ExamAppointment, printed: bool) -> Finished:
    """Time, place, number, what to know before."""
    return Finished(
        title=said("Your exam has a time"),
        hint=appointment.item,
        presence=who.presence,
        big_label=said("You come on"),
        big_value=hours(appointment.session),
        rows=(
            *_rows(appointment.session, appointment.preparation)[1:],
            Row("ticket", said("Your number"), appointment.number),
        ),
        printed=printed,
    )


def no_order_page(who: Identified) -> Finished:
    """Nothing that needs a time."""
    return Finished(
        title=said("No exam needs a time"),
        hint=who.patient.display_name,
        presence=who.presence,
        tone=Tone.INFO,
        icon="calendar-search",
        strip=Strip(
            Tone.INFO,
            "info-circle",
            said("What a doctor orders appears here at once. Blood tests need no time."),
        ),
    )


def _rows(session: ExamSession, preparation: Phrase) -> tuple[Row, ...]:
    rows = (
        Row("clock", said("Time"), hours(session)),
        Row("map-pin", said("Where"), session.place),
    )
    if not preparation:
        return rows
    return (*rows, Row("alert-circle", said("Before you come"), preparation, tone=Tone.WARNING))
