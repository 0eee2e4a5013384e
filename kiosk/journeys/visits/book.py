"""Book a place of a coming day (S30, W38): day, department, doctor, look, booked, slip.

What a reader would get wrong: nothing is paid now; the fee is asked for when the slip is collected
on the day. An answer that got lost harms nobody: booking again replaces the same place.
"""

from __future__ import annotations

from typing import assert_never

from core.journeys.print_slip import print_slip
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.visits import BookVisit, FetchDay
from core.visit_slips import booking_slip, days_after, spoken_day
from core.visits import DaySchedule, Visit
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.service import Start
from kiosk.journeys.visits.places import Place, choose_place, days_page
from kiosk.steps import Back
from kiosk.steps.pages import Button, Chosen, Finished, Pressed, Show


async def book(start: Start) -> Retry | None:
    """From the tile to a booked place."""
    who = await identify("book", start.shown)
    if not isinstance(who, Identified):
        return who
    match await FetchDay():
        case DaySchedule(today):
            return await _choose(who, days_after(today))
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _choose(who: Identified, days: tuple[str, ...]) -> Retry | None:
    while True:
        chosen = await days_page(who, days)
        if not isinstance(chosen, Chosen):
            return None
        match await FetchDay(chosen.key):
            case DaySchedule(day, departments):
                pass
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                return await trouble(reason)
        place = await choose_place(who, departments, spoken_day(day))
        if place is None:
            return None
        if isinstance(place, Back):
            continue
        match await confirm_page(who, day, place):
            case Pressed():
                return await _book(who, place)
            case Back():
                continue
            case Leave():
                return None


async def _book(who: Identified, place: Place) -> Retry | None:
    match await BookVisit(who.patient.patient_id, place.doctor.schedule_id):
        case Visit() as visit:
            fee_fen = place.doctor.fee_fen
            printed = await print_slip(booking_slip(who.patient.display_name, visit, fee_fen))
            await booked_page(who, visit, fee_fen, printed)
            return None
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason):
            return await trouble(reason)
        case Unknown():
            return await trouble("booking_unknown")
        case other:
            assert_never(other)


def confirm_page(who: Identified, day: str, place: Place) -> Show:
    """Everything once more before the place is taken."""
    department, doctor = place.department, place.doctor
    return Show(
        title=said("Is this right?"),
        hint=who.patient.display_name,
        icon="calendar-plus",
        presence=who.presence,
        big_label=said("You come on"),
        big_value=spoken_day(day),
        sections=(
            Section(
                "",
                (
                    Row("clock", said("When"), doctor.session),
                    Row("stethoscope", said("Department"), department.name, note=department.place),
                    Row("user", said("Doctor"), doctor.name, note=doctor.title),
                    Row("map-pin", said("Room"), doctor.room),
                    Row("receipt-yen", said("Fee, paid on the day"), Yuan(doctor.fee_fen)),
                ),
            ),
        ),
        buttons=(Button("book", said("Yes, book it"), "calendar-check"),),
        strip=Strip(Tone.INFO, "info-circle", said("Nothing is to be paid now")),
    )


def booked_page(who: Identified, visit: Visit, fee_fen: int, printed: bool) -> Finished:
    """Booked: when, where, and what is done on the day."""
    return Finished(
        title=said("Your place is booked"),
        hint=said("On the day, collect your slip at any machine and pay the fee"),
        presence=who.presence,
        big_label=said("You come on"),
        big_value=spoken_day(visit.day),
        rows=(
            Row("stethoscope", said("Department"), visit.department, note=visit.place),
            Row("user", said("Doctor"), visit.doctor, note=visit.session),
            Row("map-pin", said("Room"), visit.room),
            Row("receipt-yen", said("Fee, paid on the day"), Yuan(fee_fen)),
        ),
        printed=printed,
    )
