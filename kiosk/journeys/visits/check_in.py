"""Check in to a queue by any code (H13, A.a6) or by the slip of a visit or exam (N23).

What a reader would get wrong: a slip names its visit, so nobody has to be identified; any other
medium names a person, whose visits and exams of today are looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.identity import MediumKind
from core.page_parts import Row, Strip, Tone
from core.phrase import Moment, Phrase, said
from core.ports import CardPresence, NotSent, Refused, Unknown
from core.steps import MediumShown
from core.steps.visits import CheckIn, FetchDay, FetchExamOrders, FetchVisits
from core.visit_slips import spoken_day
from core.visits import (
    DaySchedule,
    ExamAppointment,
    ExamOrders,
    Ticket,
    Visits,
    VisitState,
    VisitSummary,
)
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import ACCEPTED, Identified, identify, show_anything
from kiosk.journeys.service import Start
from kiosk.journeys.visits.collect import standing
from kiosk.steps.pages import Choose, Chosen, Finished, Option


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something a person may have come for. `off`: why it is not to be checked in now."""

    about: str
    words: Phrase
    icon: str
    when: Phrase
    off: Phrase = ""


async def check_in(start: Start) -> Retry | None:
    """From any code to a number in the queue."""
    shown = start.shown or await show_anything("check_in", ACCEPTED | {MediumKind.SLIP})
    if shown.medium.kind is MediumKind.SLIP:
        return await _enter(CheckIn(slip_text=shown.medium.value), None)
    return await _by_person(shown)


async def _by_person(shown: MediumShown) -> Retry | None:
    who = await identify("check_in", shown)
    if not isinstance(who, Identified):
        return who
    match await FetchDay():
        case DaySchedule(today):
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
    match await FetchVisits(who.patient.patient_id):
        case Visits(visits):
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
    match await FetchExamOrders(who.patient.patient_id):
        case ExamOrders(orders):
            exams = tuple(one.appointment for one in orders if one.appointment)
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
    return await _choose(who, arrivals(standing(visits, today), exams, today))


async def _choose(who: Identified, found: tuple[Arrival, ...]) -> Retry | None:
    """One that can be checked in needs no question."""
    free = [one for one in found if not one.off]
    if not free:
        await nothing_today_page(who, found)
        return None
    if len(free) == 1:
        return await _enter(CheckIn(about=free[0].about), who.presence)
    chosen = await arrivals_page(who, found)
    if not isinstance(chosen, Chosen):
        return None
    return await _enter(CheckIn(about=chosen.key), who.presence)


async def _enter(wish: CheckIn, presence: CardPresence | None) -> Retry | None:
    match await wish:
        case Ticket() as ticket:
            await waiting_page(ticket, presence)
            return None
        case Refused(reason):
            return await trouble(reason)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


def arrivals(
    visits: tuple[VisitSummary, ...], exams: tuple[ExamAppointment, ...], today: str
) -> tuple[Arrival, ...]:
    """Everything from today on; only a paid visit or an exam of today can be checked in."""
    found = [
        Arrival(
            one.registration_id,
            said("{department}, {doctor}", department=one.department, doctor=one.doctor),
            "stethoscope",
            said("{day}, {session}", day=spoken_day(one.day), session=one.session),
            _why_not(one, today),
        )
        for one in visits
    ]
    for exam in exams:
        at = f"{exam.session.day} {exam.session.starts_at}"
        off = "" if exam.session.day == today else said("Please come again on this day")
        found.append(Arrival(exam.appointment_id, exam.item, "report-medical", Moment(at), off))
    return tuple(found)


def _why_not(visit: VisitSummary, today: str) -> Phrase:
    if visit.day != today:
        return said("Please come again on this day")
    if visit.state is not VisitState.CONFIRMED:
        return said("Please collect the slip and pay the fee first")
    return ""


def arrivals_page(who: Identified, found: tuple[Arrival, ...]) -> Choose:
    """Several at once: which one first."""
    return Choose(
        title=said("What would you like to check in for?"),
        hint=who.patient.display_name,
        icon="user-check",
        presence=who.presence,
        options=tuple(
            Option(one.about, one.words, one.icon, note=one.when, off=one.off) for one in found
        ),
    )


def waiting_page(ticket: Ticket, presence: CardPresence | None) -> Finished:
    """Number, how many are before, where to wait."""
    called = ticket.state == "CALLED"
    return Finished(
        title=said("You have been called") if called else said("You are checked in"),
        hint=said("Please go in now") if called else said("Please wait until you are called"),
        presence=presence,
        big_label=said("Your number"),
        big_value=ticket.number,
        rows=(
            Row("map-pin", said("Where to wait"), ticket.waits_at),
            Row("users", said("People before you"), str(ticket.ahead)),
        ),
        strip=Strip(
            Tone.INFO, "map-pins", said("If this is another area, please walk there at once.")
        ),
    )


def nothing_today_page(who: Identified, found: tuple[Arrival, ...]) -> Finished:
    """Nothing can be checked in now; what there is, and what to do first."""
    return Finished(
        title=said("There is nothing to check in for now"),
        hint=who.patient.display_name,
        presence=who.presence,
        tone=Tone.INFO,
        icon="calendar-search",
        rows=tuple(Row(one.icon, one.words, one.when, note=one.off) for one in found),
        strip=Strip(
            Tone.INFO,
            "info-circle",
            said("To see a doctor today, choose “See a doctor today”, or ask at any window."),
        ),
    )
