"""Slips of a visit and how its days are read: guide, booking, exam (N24, S30, H17, N23).

Contents only, for kiosk and window alike. What a reader would get wrong: a guide is as the visit
stands now; its code is what the holder checks in by, and stays the same for ever.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import assert_never

from core.phrase import Moment, Phrase, Said, Yuan, said
from core.slips import WrittenSlip
from core.visits import ExamAppointment, Guide, Station, StationKind, Visit

DAYS_AHEAD = 7  # what fits a page; which of them may be booked the backend says
_WEEKDAYS = (
    said("Monday"),
    said("Tuesday"),
    said("Wednesday"),
    said("Thursday"),
    said("Friday"),
    said("Saturday"),
    said("Sunday"),
)


def spoken_day(day: str) -> Said:
    """A day with its weekday."""
    weekday = _WEEKDAYS[date.fromisoformat(day).weekday()]
    return said("{day}, {weekday}", day=Moment(day), weekday=weekday)


def days_after(today: str) -> tuple[str, ...]:
    """The days that may be booked, YYYY-MM-DD."""
    first = date.fromisoformat(today)
    return tuple((first + timedelta(days=n)).isoformat() for n in range(1, DAYS_AHEAD + 1))


def guide_slip(display_name: str, guide: Guide) -> WrittenSlip:
    """Number and room in large type, then each station with place, time and amount state."""
    visit = guide.registration
    lines = [line for station in guide.stations for line in station_lines(station)]
    return WrittenSlip(
        about=visit.registration_id,
        title=said("Guide slip"),
        display_name=display_name,
        pairs=(
            (said("Department"), visit.department),
            (said("Doctor"), visit.doctor),
            (said("Where"), said("{place}, {room}", place=visit.place, room=visit.room)),
            (said("When"), said("{day}, {session}", day=Moment(visit.day), session=visit.session)),
        ),
        big=said("Your number: {number}", number=visit.queue_number),
        lines=(
            said("Check in near the room with the code below, then wait until you are called."),
            *lines,
        ),
        slip=visit.slip,
    )


def station_lines(station: Station) -> tuple[Phrase, ...]:
    """One stop in words: what, where, when, and whether it is paid."""
    first = said(
        "{order}. {what}: {place}",
        order=station.order,
        what=station_what(station),
        place=station.place,
    )
    state = said("{amount}, {state}", amount=Yuan(station.amount_fen), state=station_state(station))
    when = (
        said("Time: {when}, number {number}", when=Moment(station.when), number=station.number),
    )
    return (first, state, *(when if station.when else ()), *station.preparation)


def station_what(station: Station) -> Phrase:
    """What is done there."""
    match station.kind:
        case StationKind.PAY:
            return said("Pay at")
        case StationKind.LAB:
            return said("Laboratory")
        case StationKind.EXAM:
            return said("Examination")
        case StationKind.DRUG:
            return said("Fetch medicine")
        case other:
            assert_never(other)


def station_state(station: Station) -> Phrase:
    """Where it stands, for a slip."""
    if station.done:
        return said("done")
    return said("paid") if station.paid else said("to be paid")


def booking_slip(display_name: str, visit: Visit, fee_fen: int) -> WrittenSlip:
    """When and where to come, and what to bring; the code comes with the guide slip."""
    return WrittenSlip(
        about=visit.registration_id,
        title=said("Booking slip"),
        display_name=display_name,
        pairs=(
            (said("Department"), visit.department),
            (said("Doctor"), visit.doctor),
            (said("When"), visit.session),
            (said("Where"), said("{place}, {room}", place=visit.place, room=visit.room)),
            (said("Fee, paid on the day"), Yuan(fee_fen)),
        ),
        big=spoken_day(visit.day),
        lines=(
            said("On the day, come to any machine and choose “Collect a booked slip”."),
            said("Bring your ID card or health card."),
        ),
    )


def exam_slip(display_name: str, appointment: ExamAppointment) -> WrittenSlip:
    """Time, place, preparation; its code checks in before the room (N23)."""
    session = appointment.session
    preparation = (
        (said("Before you come: {text}", text=appointment.preparation),)
        if appointment.preparation.zh
        else ()
    )
    return WrittenSlip(
        about=appointment.appointment_id,
        title=said("Exam appointment"),
        display_name=display_name,
        pairs=(
            (said("Exam"), appointment.item),
            (said("Time"), said("{start} to {end}", start=session.starts_at, end=session.ends_at)),
            (said("Where"), session.place),
            (said("Your number"), appointment.number),
        ),
        big=Moment(session.day),
        lines=(*preparation, said("Show the code below at a machine when you arrive.")),
        slip=appointment.slip,
    )
