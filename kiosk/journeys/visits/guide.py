"""The guide slip and the page that ends a registration: number, room, next stations (N24, H12).

What a reader would get wrong: the guide is printed as the visit stands now, so after each payment
another one may be had; the slip's code is what its holder checks in by.
"""

from __future__ import annotations

from core.journeys.print_slip import print_slip
from core.journeys.print_visit_slip import print_visit_slip
from core.page_parts import Row, Strip, Tone
from core.phrase import said
from core.steps.visits import FetchGuide
from core.visit_slips import guide_slip, station_state, station_what
from core.visits import Guide, Station, StationKind
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Finished

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
    return Row(
        _ICONS[station.kind], station_what(station), station.place, note=station_state(station)
    )


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
