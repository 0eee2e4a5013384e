"""The guide slip and the page that ends a registration: number, room, next stations (N24, H12).

What a reader would get wrong: the guide is printed as the visit stands now, so after each payment
another one may be had; the slip's code is what its holder checks in by.
"""

from __future__ import annotations

from typing import assert_never

from core.journeys.print_slip import print_slip
from core.phrase import Moment, Phrase, Yuan, said
from core.slips import WrittenSlip
from core.steps.visits import FetchGuide
from core.visits import Guide, Station, StationKind
from kiosk.journeys.identify import Identified
from kiosk.journeys.visits.visit_slip import print_visit_slip
from kiosk.steps.pages import Finished, Row, Strip, Tone

_ICONS = {
    StationKind.PAY: "receipt-yen",
    StationKind.LAB: "vaccine",
    StationKind.EXAM: "report-medical",
    StationKind.DRUG: "pill",
}


async def print_guide(who: Identified, registration_id: str) -> Finished:
    """Print it; the page that says where to go, or where the guide can be had when not here."""
    match await FetchGuide(registration_id):
        case Guide() as guide:
            slip = guide_slip(who.patient.display_name, guide)
            code = guide.registration.slip
            printed = await (print_visit_slip(slip, code.slip_id) if code else print_slip(slip))
            return registered_page(who, guide, printed)
        case _:
            return no_guide_page(who)


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
        "{order}. {what}: {place}", order=station.order, what=_what(station), place=station.place
    )
    state = said("{amount}, {state}", amount=Yuan(station.amount_fen), state=station_state(station))
    when = (
        said("Time: {when}, number {number}", when=Moment(station.when), number=station.number),
    )
    return (first, state, *(when if station.when else ()), *station.preparation)


def _what(station: Station) -> Phrase:
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


def registered_page(who: Identified, guide: Guide, printed: bool) -> Finished:
    """Number, department, doctor, room, and the next stations when there are some."""
    visit = guide.registration
    return Finished(
        title=said("You are registered"),
        hint=said("Please check in near the room, then wait until your number is called"),
        presence=who.presence,
        big_label=said("Your number"),
        big_value=visit.queue_number,
        rows=(
            Row("stethoscope", said("Department"), visit.department, note=visit.place),
            Row("user", said("Doctor"), visit.doctor),
            Row("map-pin", said("Room"), visit.room, note=visit.session),
            *(_row(station) for station in guide.stations if not station.done),
        ),
        printed=printed,
        place=3,
    )


def _row(station: Station) -> Row:
    return Row(_ICONS[station.kind], _what(station), station.place, note=station_state(station))


def no_guide_page(who: Identified) -> Finished:
    """Paid, and the number could not be asked for."""
    return Finished(
        title=said("You are registered"),
        hint=said("The fee is paid. Your number could not be shown just now."),
        presence=who.presence,
        strip=Strip(
            Tone.WARNING,
            "info-circle",
            said("Choose “Collect a booked slip” in a moment, or ask at any window."),
        ),
        printed=False,
        place=3,
    )
