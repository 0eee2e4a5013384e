"""Everything a window does beside settling and refunding: one table, and the list F9 opens.

What a reader would get wrong: a work belongs to its subject's module, which lists its own in
`WORKS`; here they only meet.
"""

from __future__ import annotations

from cashier.journeys.day import works as day
from cashier.journeys.doubts import works as doubts
from cashier.journeys.inpatient import works as inpatient
from cashier.journeys.later import works as later
from cashier.journeys.papers import works as papers
from cashier.journeys.people import works as people
from cashier.journeys.prefund import works as prefund
from cashier.journeys.refunds import works as refunds
from cashier.journeys.special import works as special
from cashier.journeys.visits import works as visits
from cashier.journeys.work import AtWork, Work
from cashier.steps import AllWorks, DoWork, WorkOffer
from cashier.steps.sheet import Action, Column, Line, Pressed, Table, Takes, WorkSheet
from core.identity import Patient
from core.phrase import said
from core.window_steps import Operator

_ALL: tuple[tuple[Work, ...], ...] = (
    visits.WORKS,
    people.WORKS,
    special.WORKS,
    inpatient.WORKS,
    later.WORKS,
    prefund.WORKS,
    day.WORKS,
    refunds.WORKS,
    papers.WORKS,
    doubts.WORKS,
)

WORKS: dict[str, Work] = {work.name: work for works in _ALL for work in works}


def offers(operator: Operator, *, for_patient: bool) -> tuple[WorkOffer, ...]:
    """What this member of staff finds at the desk, or while a patient is served."""
    fitting = (work for work in WORKS.values() if work.for_patient == for_patient)
    return tuple(work.offered(operator) for work in fitting)


async def do_work(at: AtWork, wish: DoWork | AllWorks) -> str | Patient:
    """Begin it, or choose one first. Answers as `Work.begin` does."""
    if isinstance(wish, AllWorks):
        chosen = await _choose(at)
        if chosen is None:
            return ""
        wish = chosen
    return await WORKS[wish.name].begin(at)


async def _choose(at: AtWork) -> DoWork | None:
    match await all_work_sheet(at):
        case Pressed() as pressed:
            return DoWork(pressed.row)
    return None


def all_work_sheet(at: AtWork) -> WorkSheet:
    """F9: what can be begun here; a work that is not for these roles stands there and is off."""
    lines = tuple(
        Line(offer.name, (offer.words, offer.key), off=offer.off)
        for offer in offers(at.operator, for_patient=at.patient is not None)
    )
    return WorkSheet(
        title=said("All work"),
        patient=at.patient,
        table=Table((Column(said("Work"), 4), Column(said("Key"))), lines),
        actions=(Action("begin", said("Begin"), takes=Takes.ROW),),
    )
