"""Where to go next (N24, S21): the guide of today's visit as it stands now, shown and printed."""

from __future__ import annotations

from typing import assert_never

from core.page_parts import Strip, Tone
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.steps.visits import FetchDay, FetchVisits
from core.visits import DaySchedule, Visits, VisitState, VisitSummary
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.service import Start
from kiosk.journeys.visits.guide import print_guide
from kiosk.steps.pages import Choose, Chosen, Finished, Option


async def where_next(start: Start) -> Retry | None:
    """From the tile to a fresh guide slip."""
    who = await identify("where_next", start.shown)
    if not isinstance(who, Identified):
        return who
    match await FetchDay():
        case DaySchedule(today):
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
    match await FetchVisits(who.patient.patient_id):
        case Visits(visits):
            await _show(who, of_today(visits, today))
            return None
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _show(who: Identified, visits: tuple[VisitSummary, ...]) -> None:
    """One visit needs no question."""
    if not visits:
        await no_visit_page(who)
        return
    chosen = Chosen(visits[0].registration_id)
    if len(visits) > 1:
        answer = await visits_page(who, visits)
        if not isinstance(answer, Chosen):
            return
        chosen = answer
    await (await print_guide(who, chosen.key))


def of_today(visits: tuple[VisitSummary, ...], today: str) -> tuple[VisitSummary, ...]:
    """Those that have a number."""
    return tuple(one for one in visits if one.state is VisitState.CONFIRMED and one.day == today)


def visits_page(who: Identified, visits: tuple[VisitSummary, ...]) -> Choose:
    """Several doctors on one day."""
    return Choose(
        title=said("Which visit is it about?"),
        hint=who.patient.display_name,
        icon="route",
        presence=who.presence,
        options=tuple(
            Option(
                one.registration_id,
                said("{department}, {doctor}", department=one.department, doctor=one.doctor),
                "stethoscope",
                note=one.session,
                side=one.queue_number,
            )
            for one in visits
        ),
    )


def no_visit_page(who: Identified) -> Finished:
    """Nobody is seen today; what to do first."""
    return Finished(
        title=said("You have no visit today"),
        hint=who.patient.display_name,
        presence=who.presence,
        tone=Tone.INFO,
        icon="route",
        strip=Strip(
            Tone.INFO,
            "info-circle",
            said("To see a doctor today, choose “See a doctor today”, or ask at any window."),
        ),
    )
