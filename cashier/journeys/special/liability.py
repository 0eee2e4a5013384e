"""Who must bear the cost of a visit: what the cashier learned about a fight or an accident (N08).

What a reader would get wrong: the doctor's room has a word of its own, which stands beside these
and is not changed here; any of them closes pay-later for the visit's bills (C15).
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.work import AtWork, fetched
from cashier.steps.sheet import (
    Action,
    Column,
    Field,
    FieldKind,
    Line,
    Pressed,
    Table,
    Takes,
    WorkSheet,
)
from core.deferral_papers import EXCLUSIONS
from core.page_parts import Row, Section, Tone
from core.phrase import Day, Moment, Phrase, Said, said
from core.ports import NotSent, Refused, Unknown
from core.steps.visits import FetchVisits
from core.steps.window_specials import FetchLiability, StateLiability
from core.visits import VisitState, VisitSummary
from core.window_specials import FactWord, Liability, LiabilityFact

_TITLE = said("Liability of a visit")
_FACTS: dict[str, Said] = {
    "TRAFFIC_ACCIDENT": said("Traffic accident"),
    "MEDICAL_ACCIDENT": said("Medical accident"),
    "THIRD_PARTY": said("Somebody else must pay"),
    "FIGHT": said("Fight or brawl"),
    "POISON_TAKING": said("Poison taken on purpose"),
    "DRUGS": said("Illegal drugs"),
    "ABORTION": said("Abortion without medical need"),
    "OTHER": said("Another reason to pay at once"),
}
_ROOM = said("Doctor's room")


async def liability(at: AtWork) -> str:
    """The facts of one visit, again after each word, until it is left."""
    found = await fetched(FetchVisits(at.served.patient_id), at, _TITLE)
    visits = found.visits if found is not None else ()
    chosen = await _choose(at, tuple(v for v in visits if v.state is VisitState.CONFIRMED))
    told: Liability | None = None
    if chosen:
        told = await fetched(FetchLiability(chosen), at, _TITLE)
    trouble = ""
    while told is not None:
        answer = await liability_sheet(at, told, trouble)
        if not isinstance(answer, Pressed):
            return ""
        words = _changed(told, answer)
        if not words:
            trouble = "nothing_changed"
            continue
        match await StateLiability(told.registration_id, words, answer.value("reason")):
            case Liability() as told:
                trouble = ""
            case Refused(trouble) | NotSent(trouble) | Unknown(trouble):
                continue
            case other:
                assert_never(other)
    return ""


async def _choose(at: AtWork, visits: tuple[VisitSummary, ...]) -> str:
    """The only one at once; "" when it was left."""
    if len(visits) == 1:
        return visits[0].registration_id
    answer = await visits_sheet(at, visits)
    return answer.row if isinstance(answer, Pressed) else ""


def _changed(told: Liability, answer: Pressed) -> tuple[FactWord, ...]:
    stated = {fact.fact: answer.value(fact.fact) == "yes" for fact in told.facts}
    return tuple(
        FactWord(fact.fact, stated[fact.fact])
        for fact in told.facts
        if stated[fact.fact] != fact.stands
    )


def visits_sheet(at: AtWork, visits: tuple[VisitSummary, ...]) -> WorkSheet:
    """Which of them, the newest first."""
    lines = tuple(
        Line(visit.registration_id, (Day(visit.day), visit.department, visit.doctor))
        for visit in visits
    )
    columns = (
        Column(said("Visit of"), 2),
        Column(said("Department"), 3),
        Column(said("Doctor"), 2),
    )
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        table=Table(columns, lines, nothing=said("No visit is registered and paid")),
        actions=(Action("open", said("Open"), takes=Takes.ROW),),
    )


def liability_sheet(at: AtWork, told: Liability, trouble: str = "") -> WorkSheet:
    """Who said what, and ticks as the facts stand; why pay-later is closed, when it is."""
    closed = bool(told.excluded)
    why = tuple(
        Row("alert-triangle", said("Paid at once"), EXCLUSIONS[one], tone=Tone.WARNING)
        for one in told.excluded
    )
    ticks = tuple(
        Field(
            fact.fact,
            _FACTS.get(fact.fact, fact.fact),
            FieldKind.TICK,
            "yes" if fact.stands else "",
            needed=False,
        )
        for fact in told.facts
    )
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        chip=said("Paid at once") if closed else said("May be paid after the visit"),
        chip_tone=Tone.WARNING if closed else Tone.SUCCESS,
        trouble=trouble,
        text=said("The doctor's own word stands beside these and is not changed here."),
        sections=(Section("", why),) if why else (),
        table=_words(told),
        fields=(*ticks, Field("reason", said("From whom, or from which paper"))),
        actions=(Action("state", said("It is as ticked")),),
    )


def _words(told: Liability) -> Table:
    columns = (
        Column(said("Fact"), 3),
        Column(said("Is it so"), 1),
        Column(said("Said by"), 2),
        Column(said("Time"), 2),
        Column(said("From whom"), 3),
    )
    room: Phrase = EXCLUSIONS[told.doctor] if told.doctor else said("Nothing against it")
    yes, no = said("yes"), said("no")
    of_room = Line(
        "doctor",
        (room, yes if told.doctor else no, _ROOM, Moment(told.doctor_at), told.doctor_terminal_id),
    )
    here = (_word(fact, yes if fact.stands else no) for fact in told.facts if fact.at)
    lines = (of_room, *here) if told.doctor_at else tuple(here)
    return Table(columns, lines, nothing=said("Nobody has said anything about it"))


def _word(fact: LiabilityFact, stands: Phrase) -> Line:
    tone = Tone.WARNING if fact.stands else Tone.PLAIN
    name = _FACTS.get(fact.fact, fact.fact)
    by = f"{fact.operator} · {fact.terminal_id}"
    return Line(fact.fact, (name, stands, by, Moment(fact.at), fact.reason), tone)
