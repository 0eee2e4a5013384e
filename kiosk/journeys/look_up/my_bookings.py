"""Places with doctors and exams that are booked; each may be given back (S35).

What a reader would get wrong: a paid place is not cancelled here; that is a refund, and the page
says so instead of a bare refusal.
"""

from __future__ import annotations

from typing import assert_never

from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Phrase, said
from core.ports import CardPresence
from core.steps import CancelRegistration, Leave
from core.steps.visits import CancelExam, FetchExamOrders, FetchVisits
from core.visits import ExamAppointment, ExamOrders, Visits, VisitState, VisitSummary
from kiosk.journeys.ending import Retry
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Button, Choose, Chosen, Finished, Option, Pressed, Show

_COMING = (VisitState.BOOKED, VisitState.HELD, VisitState.CONFIRMED)
_EXAM_STANDS = "BOOKED"
Booking = VisitSummary | ExamAppointment


async def my_bookings(start: Start) -> Retry | None:
    """A list, one of them, perhaps given back."""
    who = await identify("my_bookings", start.shown)
    if not isinstance(who, Identified):
        return who
    visits = await look(FetchVisits(who.patient.patient_id))
    if isinstance(visits, Ended):
        return visits.end
    exams = await look(FetchExamOrders(who.patient.patient_id))
    if isinstance(exams, Ended):
        return exams.end
    bookings = bookings_of(visits, exams)
    while True:
        match await list_page(bookings, who.presence):
            case Chosen(key):
                booking = next(one for one in bookings if key_of(one) == key)
            case Back() | Leave():
                return None
            case other:
                assert_never(other)
        match await booking_page(booking, who.presence):
            case Pressed("cancel"):
                return await _cancel(who, booking)
            case Pressed() | Back():
                continue
            case Leave():
                return None


async def _cancel(who: Identified, booking: Booking) -> Retry | None:
    """Asked once more: somebody else may take the place at once."""
    if not isinstance(await confirm_page(booking, who.presence), Pressed):
        return None
    refused = await _given_back(booking)
    if refused is not None:
        return refused.end
    await cancelled_page(booking, who.presence)
    return None


async def _given_back(booking: Booking) -> Ended | None:
    match booking:
        case VisitSummary(registration_id=registration_id):
            place = await look(CancelRegistration(registration_id, "patient"))
            return place if isinstance(place, Ended) else None
        case ExamAppointment(appointment_id=appointment_id):
            exam = await look(CancelExam(appointment_id))
            return exam if isinstance(exam, Ended) else None


def bookings_of(visits: Visits, exams: ExamOrders) -> tuple[Booking, ...]:
    """What is still to come, or to be paid."""
    places = (one for one in visits.visits if one.state in _COMING)
    slots = (order.appointment for order in exams.orders if order.appointment is not None)
    return (*places, *(slot for slot in slots if slot.state == _EXAM_STANDS))


def key_of(booking: Booking) -> str:
    """The id of the place."""
    match booking:
        case VisitSummary(registration_id=registration_id):
            return registration_id
        case ExamAppointment(appointment_id=appointment_id):
            return appointment_id


def list_page(bookings: tuple[Booking, ...], presence: CardPresence | None) -> Choose:
    """Day and what for."""
    return Choose(
        title=said("Your bookings"),
        icon="calendar-check",
        presence=presence,
        options=tuple(_option(one) for one in bookings),
        nothing=said("You have no booking. To make one, choose “See a doctor” on the first page."),
    )


def _option(booking: Booking) -> Option:
    match booking:
        case VisitSummary():
            icon, note, day = "stethoscope", booking.doctor, booking.day
        case ExamAppointment():
            icon, note, day = "report-medical", booking.session.place, booking.session.day
    return Option(key_of(booking), title_of(booking), icon, note=note, side=Day(day))


def title_of(booking: Booking) -> Phrase:
    """Department or examination."""
    return booking.department if isinstance(booking, VisitSummary) else booking.item


def booking_page(booking: Booking, presence: CardPresence | None) -> Show:
    """Everything of one, and whether it may be given back."""
    free = not isinstance(booking, VisitSummary) or booking.state is VisitState.BOOKED
    cancel = Button("cancel", said("Give this place back"), "calendar-cancel", main=False)
    paid = said("This place is paid or being paid. To give it back, please ask for a refund.")
    return Show(
        title=said("Your booking"),
        icon="calendar-check",
        presence=presence,
        big_label=title_of(booking),
        big_value=Day(_day(booking)),
        sections=(Section("", _facts(booking)),),
        buttons=(Button("list", said("Back to the list"), "list"), *((cancel,) if free else ())),
        strip=None if free else Strip(Tone.INFO, "info-circle", paid),
    )


def _day(booking: Booking) -> str:
    return booking.day if isinstance(booking, VisitSummary) else booking.session.day


def _facts(booking: Booking) -> tuple[Row, ...]:
    match booking:
        case VisitSummary():
            number = Row("ticket", said("Your number"), booking.queue_number)
            return (
                Row("stethoscope", said("Doctor"), booking.doctor),
                Row("clock", said("When"), booking.session),
                *((number,) if booking.queue_number else ()),
            )
        case ExamAppointment(session=session):
            times = f"{session.starts_at}-{session.ends_at}"
            return (
                Row("clock", said("When"), times),
                Row("map-pin", said("Where"), session.place),
                Row("ticket", said("Your number"), booking.number),
                Row("info-circle", said("Before you come"), booking.preparation),
            )


def confirm_page(booking: Booking, presence: CardPresence | None) -> Show:
    """Really?"""
    return Show(
        title=said("Give this place back?"),
        hint=said("Somebody else may take it at once. Nothing was paid for it here."),
        icon="calendar-cancel",
        presence=presence,
        big_label=title_of(booking),
        big_value=Day(_day(booking)),
        buttons=(Button("yes", said("Yes, give it back"), "calendar-cancel"),),
    )


def cancelled_page(booking: Booking, presence: CardPresence | None) -> Finished:
    """Done."""
    return Finished(
        title=said("The place is given back"),
        icon="calendar-cancel",
        presence=presence,
        big_label=title_of(booking),
        big_value=Day(_day(booking)),
    )
