"""Print the summary slip of a visit, or its guide slip once more (S21, N24).

What a reader would get wrong: neither is an invoice; both may be printed as often as somebody asks
and show the visit as it stands now.
"""

from __future__ import annotations

from typing import assert_never

from core.journeys.print_slip import print_slip
from core.page_parts import Row, Section
from core.papers import Summary
from core.phrase import Day, Moment, Phrase, Yuan, said
from core.ports import CardPresence
from core.slips import WrittenSlip
from core.steps import Leave
from core.steps.papers import FetchSummary
from core.steps.visits import FetchGuide, FetchVisits
from core.visit_slips import guide_slip
from core.visits import Visits, VisitState
from kiosk.journeys.ending import Retry
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Button, Choose, Chosen, Finished, Option, Pressed, Show


async def print_summary(start: Start) -> Retry | None:
    """From the tile to the slip."""
    who = await identify("print_summary", start.shown)
    if not isinstance(who, Identified):
        return who
    visits = await look(FetchVisits(who.patient.patient_id))
    if isinstance(visits, Ended):
        return visits.end
    while True:
        match await choose_visit(visits, who.presence):
            case Chosen(registration_id):
                pass
            case Back() | Leave():
                return None
            case other:
                assert_never(other)
        summary = await look(FetchSummary(registration_id))
        if isinstance(summary, Ended):
            return summary.end
        match await show_summary(summary, who.presence):
            case Pressed("guide"):
                return await _guide(who, summary)
            case Pressed():
                printed = await print_slip(summary_slip(who.patient.display_name, summary))
                await summary_printed(printed, who.presence)
                return None
            case Back():
                continue
            case Leave():
                return None


async def _guide(who: Identified, summary: Summary) -> Retry | None:
    guide = await look(FetchGuide(summary.registration.registration_id))
    if isinstance(guide, Ended):
        return guide.end
    printed = await print_slip(guide_slip(who.patient.display_name, guide))
    await summary_printed(printed, who.presence)
    return None


def choose_visit(visits: Visits, presence: CardPresence | None) -> Choose:
    """Visits that took place or take place today, newest first."""
    return Choose(
        title=said("Which visit?"),
        icon="notes",
        presence=presence,
        options=tuple(
            Option(
                one.registration_id,
                one.department,
                "stethoscope",
                note=one.doctor,
                side=Day(one.day),
            )
            for one in visits.visits
            if one.state is VisitState.CONFIRMED
        ),
        nothing=said("There is no visit for you yet."),
    )


def show_summary(summary: Summary, presence: CardPresence | None) -> Show:
    """What was ordered and what was paid, and two papers to print."""
    visit = summary.registration
    return Show(
        title=said("Your visit"),
        icon="notes",
        presence=presence,
        big_label=said("Everything together"),
        big_value=Yuan(summary.total_fen),
        sections=(
            Section(
                visit.department,
                (
                    Row("calendar-check", said("Date"), Day(visit.day)),
                    Row("stethoscope", said("Doctor"), visit.doctor),
                    Row("coins", said("Still to be paid"), Yuan(summary.unpaid_fen)),
                ),
            ),
            Section(
                said("Ordered"),
                tuple(
                    Row("receipt", line.name, Yuan(line.amount_fen))
                    for bill in summary.bills
                    for line in bill.lines
                ),
            ),
        ),
        buttons=(
            Button("summary", said("Print the summary"), "printer"),
            Button("guide", said("Print where to go next"), "map-pin", main=False),
        ),
    )


def summary_slip(display_name: str, summary: Summary) -> WrittenSlip:
    """Date, doctor, items, who bore what; not an invoice."""
    visit = summary.registration
    pairs: list[tuple[Phrase, Phrase]] = [
        (said("Date"), Day(visit.day)),
        (said("Department"), visit.department),
        (said("Doctor"), visit.doctor),
    ]
    for bill in summary.bills:
        pairs.append((bill.department, Yuan(bill.total_fen)))
        pairs.extend((line.name, Yuan(line.amount_fen)) for line in bill.lines)
    for paid in summary.settlements:
        pairs.append((said("Paid on"), Moment(paid.settled_at)))
        pairs.append((said("By the insurance"), Yuan(paid.insurance_fen)))
        pairs.append((said("By yourself"), Yuan(paid.self_pay_fen)))
    pairs.append((said("Everything together"), Yuan(summary.total_fen)))
    pairs.append((said("Still to be paid"), Yuan(summary.unpaid_fen)))
    return WrittenSlip(
        about=visit.registration_id,
        title=said("Visit summary"),
        display_name=display_name,
        pairs=tuple(pairs),
        lines=(said("This is not an invoice."),),
    )


def summary_printed(printed: bool, presence: CardPresence | None) -> Finished:
    """Where the slip is."""
    return Finished(
        title=said("Your slip is printed") if printed else said("The slip could not be printed"),
        icon="printer",
        presence=presence,
        printed=printed,
    )
