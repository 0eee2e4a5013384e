"""Register for today (F3), and book a place of a day to come (S29, S30, H12).

What a reader would get wrong: booking takes no money; the fee is billed when the place is collected
on its day. An answer that got lost harms nobody: asking again replaces the same place.
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.visits.doctors import Place, choose_place, take
from cashier.journeys.visits.fee import hand_out_guide, pay_fee
from cashier.journeys.work import AtWork, fetched, refused, told
from cashier.steps.sheet import Action, Column, Line, Pressed, Table, Takes, WorkSheet
from core.billing import Registration
from core.journeys.print_slip import print_slip
from core.page_parts import Row, Tone
from core.phrase import Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.steps import FetchDepartments, RegisterVisit
from core.steps.visits import BookVisit, FetchDay
from core.visit_slips import booking_slip, days_after, spoken_day
from core.visits import Visit

_TODAY, _BOOK = said("Register for today"), said("Book a place")


async def register(at: AtWork) -> str:
    """From F3 to a queue number; on account the fee waits with everything else (S28)."""
    found = await fetched(FetchDepartments(), at, _TODAY)
    if found is None:
        return ""
    place = await choose_place(at, _TODAY, found.departments, take(said("Register")))
    if place is None:
        return ""
    match await RegisterVisit(at.served.patient_id, place.doctor.schedule_id):
        case Registration() as registration if "ON_ACCOUNT" in at.served.identities:
            await hand_out_guide(at, registration.registration_id)
        case Registration() as registration:
            await pay_fee(at, registration, booked=False)
        case Refused() | NotSent() | Unknown() as no:
            await refused(at, _TODAY, no)
        case other:
            assert_never(other)
    return ""


async def book(at: AtWork) -> str:
    """A day, a doctor, a slip; nothing is paid now."""
    today = await fetched(FetchDay(), at, _BOOK)
    if today is None:
        return ""
    answer = await days_sheet(at, days_after(today.date))
    if not isinstance(answer, Pressed):
        return ""
    day = await fetched(FetchDay(answer.row), at, _BOOK)
    if day is None:
        return ""
    place = await choose_place(at, _BOOK, day.departments, take(said("Book")))
    if place is not None:
        await _book(at, place)
    return ""


async def _book(at: AtWork, place: Place) -> None:
    match await BookVisit(at.served.patient_id, place.doctor.schedule_id):
        case Visit() as visit:
            fee_fen = place.doctor.fee_fen
            printed = await print_slip(booking_slip(at.served.display_name, visit, fee_fen))
            rows = (
                Row("calendar-check", said("Day"), spoken_day(visit.day), note=visit.session),
                Row("stethoscope", said("Department"), visit.department, note=visit.place),
                Row("user", said("Doctor"), visit.doctor, note=visit.room),
                Row("receipt-yen", said("Fee, paid on the day"), Yuan(fee_fen)),
            )
            tone = Tone.SUCCESS if printed else Tone.WARNING
            await told(at, said("The place is booked"), rows, tone=tone)
        case Refused() | NotSent() | Unknown() as no:
            await refused(at, _BOOK, no)
        case other:
            assert_never(other)


def days_sheet(at: AtWork, days: tuple[str, ...]) -> WorkSheet:
    """Which of them may be booked the backend says."""
    lines = tuple(Line(day, (spoken_day(day),)) for day in days)
    return WorkSheet(
        title=_BOOK,
        patient=at.patient,
        table=Table((Column(said("Day")),), lines),
        actions=(Action("choose", said("Choose this day"), takes=Takes.ROW),),
    )
