"""What a patient has: collect a booked place, check in, print the guide again, give it back (S31).

What a reader would get wrong: who booked does not matter (N26), and a place that was paid on a
phone meanwhile is only printed. Checking in twice keeps the same place in the queue.
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.visits.fee import hand_out_guide, pay_fee
from cashier.journeys.work import AtWork, fetched, refused, told
from cashier.steps.sheet import Action, Column, Line, Pressed, Table, Takes, WorkSheet
from core.billing import Registration
from core.page_parts import Row
from core.phrase import Said, said
from core.ports import NotSent, Refused, Unknown
from core.steps import CancelRegistration
from core.steps.visits import CheckIn, CollectBooking, FetchVisits
from core.visit_slips import spoken_day
from core.visits import Ticket, Visits, VisitState, VisitSummary

_TITLE = said("Visits and bookings")
_STATES: dict[VisitState, Said] = {
    VisitState.BOOKED: said("booked"),
    VisitState.HELD: said("fee to be paid"),
    VisitState.CONFIRMED: said("registered"),
    VisitState.CANCELLED: said("given back"),
    VisitState.EXPIRED: said("not paid in time"),
    VisitState.MISSED: said("missed"),
}
_STANDING = frozenset({VisitState.BOOKED, VisitState.HELD, VisitState.CONFIRMED})


async def bookings(at: AtWork) -> str:
    """Until it is left."""
    while True:
        found = await fetched(FetchVisits(at.served.patient_id), at, _TITLE)
        if found is None:
            return ""
        answer = await visits_sheet(at, found)
        if not isinstance(answer, Pressed):
            return ""
        match answer.word:
            case "collect":
                await _collect(at, answer.row)
            case "check_in":
                await _check_in(at, answer.row)
            case "guide":
                await hand_out_guide(at, answer.row)
            case _:
                await fetched(CancelRegistration(answer.row, "at a window"), at, _TITLE)


async def _collect(at: AtWork, registration_id: str) -> None:
    match await CollectBooking(registration_id):
        case Registration(queue_number="") as registration:
            await pay_fee(at, registration, booked=True)
        case Registration():
            await hand_out_guide(at, registration_id)
        case Refused() | NotSent() | Unknown() as no:
            await refused(at, _TITLE, no)
        case other:
            assert_never(other)


async def _check_in(at: AtWork, registration_id: str) -> None:
    match await CheckIn(about=registration_id):
        case Ticket() as ticket:
            rows = (
                Row("ticket", said("Queue number"), ticket.number),
                Row("users", said("People before"), str(ticket.ahead)),
                Row("map-pin", said("Where to wait"), ticket.waits_at),
            )
            await told(at, said("Checked in"), rows)
        case Refused() | NotSent() | Unknown() as no:
            await refused(at, _TITLE, no)
        case other:
            assert_never(other)


def visits_sheet(at: AtWork, found: Visits) -> WorkSheet:
    """Newest first; what is over stands there and cannot be taken."""
    columns = (
        Column(said("Day"), 2),
        Column(said("Session"), 2),
        Column(said("Department"), 3),
        Column(said("Doctor"), 2),
        Column(said("State"), 2),
        Column(said("Number"), 1, right=True),
    )
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        table=Table(columns, tuple(map(_line, found.visits)), nothing=said("No visits yet")),
        actions=(
            Action("collect", said("Collect and pay the fee"), takes=Takes.ROW),
            Action("check_in", said("Check in"), key="Ctrl+Y", takes=Takes.ROW),
            Action("guide", said("Print the guide slip"), key="Ctrl+P", takes=Takes.ROW),
            Action("cancel", said("Give it back"), key="Ctrl+X", takes=Takes.ROW, twice=True),
        ),
    )


def _line(visit: VisitSummary) -> Line:
    return Line(
        visit.registration_id,
        (
            spoken_day(visit.day),
            visit.session,
            visit.department,
            visit.doctor,
            _STATES[visit.state],
            visit.queue_number,
        ),
        off="" if visit.state in _STANDING else _STATES[visit.state],
    )
