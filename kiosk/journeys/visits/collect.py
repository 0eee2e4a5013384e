"""Collect the slip of a booked place on its day (S31, N26): which one, pay its fee, guide slip.

What a reader would get wrong: who booked does not matter; a relative books online and the patient
collects here. A place that was paid on a phone meanwhile is only printed.
"""

from __future__ import annotations

from typing import assert_never

from core.billing import Registration
from core.page_parts import Strip, Tone
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.steps.visits import CollectBooking, FetchDay, FetchVisits
from core.visit_slips import spoken_day
from core.visits import DaySchedule, Visits, VisitState, VisitSummary
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.service import Start
from kiosk.journeys.visits.fee import pay_fee
from kiosk.journeys.visits.guide import print_guide
from kiosk.steps.pages import Choose, Chosen, Finished, Option

_STANDING = frozenset({VisitState.BOOKED, VisitState.HELD, VisitState.CONFIRMED})


async def collect_booking(start: Start) -> Retry | None:
    """From the tile to the guide slip."""
    who = await identify("collect_booking", start.shown)
    if not isinstance(who, Identified):
        return who
    match await FetchDay():
        case DaySchedule(today):
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
    match await FetchVisits(who.patient.patient_id):
        case Visits(visits):
            return await _choose(who, standing(visits, today), today)
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _choose(who: Identified, visits: tuple[VisitSummary, ...], today: str) -> Retry | None:
    if not visits:
        await no_booking_page(who)
        return None
    chosen = await bookings_page(who, visits, today)
    if not isinstance(chosen, Chosen):
        return None
    match await CollectBooking(chosen.key):
        case Registration(queue_number="") as registration:
            return await pay_fee(who, registration, booked=True)
        case Registration() as registration:
            await (await print_guide(who, registration.registration_id))
            return None
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


def standing(visits: tuple[VisitSummary, ...], today: str) -> tuple[VisitSummary, ...]:
    """Places of today and of the days to come, soonest first."""
    found = (one for one in visits if one.state in _STANDING and one.day >= today)
    return tuple(sorted(found, key=lambda one: one.day))


def bookings_page(who: Identified, visits: tuple[VisitSummary, ...], today: str) -> Choose:
    """Those of today can be collected; the others say when."""
    return Choose(
        title=said("Which booking do you come for?"),
        hint=who.patient.display_name,
        icon="calendar-check",
        presence=who.presence,
        options=tuple(_option(one, today) for one in visits),
    )


def _option(visit: VisitSummary, today: str) -> Option:
    return Option(
        visit.registration_id,
        said("{department}, {doctor}", department=visit.department, doctor=visit.doctor),
        "stethoscope",
        note=said("{day}, {session}", day=spoken_day(visit.day), session=visit.session),
        off="" if visit.day == today else said("Please come again on this day"),
    )


def no_booking_page(who: Identified) -> Finished:
    """Nothing is booked, and what to do instead."""
    return Finished(
        title=said("No place is booked for you"),
        hint=who.patient.display_name,
        presence=who.presence,
        tone=Tone.INFO,
        icon="calendar-search",
        strip=Strip(
            Tone.INFO,
            "info-circle",
            said("To see a doctor today, choose “See a doctor today”, or ask at any window."),
        ),
    )
