"""A visit's liability at a window: exact steps; only what was changed is said (N08, C15)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cashier.journeys.special.liability import liability
from cashier.journeys.work import AtWork
from cashier.steps.sheet import Pressed, WorkSheet
from core.billing import Text
from core.flow import Step
from core.ports import Refused
from core.steps import Leave
from core.steps.visits import FetchVisits
from core.steps.window_specials import FetchLiability, StateLiability
from core.visits import Visits, VisitState, VisitSummary
from core.window_specials import FactWord, Liability, LiabilityFact
from tests.helpers import people
from tests.helpers.driver import play
from tests.helpers.told.told_window_refunds import OPERATOR

AT = AtWork(OPERATOR, people.PATIENT)
_NOBODY = ("", "", "", "")
FIGHT = LiabilityFact("FIGHT", "ILLEGAL_ACT", False, *_NOBODY)
OTHER = LiabilityFact("OTHER", "OTHER_UNSUITABLE", True, "", "W07", "2107", "2026-11-22T10:00")
TOLD = Liability("v-1", "", "", "", (FIGHT, OTHER), ("OTHER_UNSUITABLE",))
_WORDS = Text("", "")
VISIT = VisitSummary("v-1", VisitState.CONFIRMED, "2026-11-22", _WORDS, _WORDS, _WORDS, "C001")


def ticked(reason: str, **facts: bool) -> Pressed:
    stated = tuple((fact, "yes" if stands else "") for fact, stands in facts.items())
    return Pressed("state", (), (*stated, ("reason", reason)))


def desk(visits: tuple[VisitSummary, ...], *said: object) -> Callable[[Step[Any]], object]:
    """A backend that knows these visits; the page is answered with each of `said`, then left."""
    answers = iter(said)

    def answer(step: Step[Any]) -> object:
        match step:
            case FetchVisits():
                return Visits(visits)
            case FetchLiability():
                return TOLD
            case StateLiability(words=(FactWord("FIGHT"),)):
                return replace(TOLD, facts=(replace(FIGHT, stands=True), OTHER))
            case StateLiability():
                return Refused("not_registered")
            case _:
                return next(answers, Leave())

    return answer


def test_n08_only_what_was_changed_is_said_and_the_page_comes_again() -> None:
    played = play(liability(AT), desk((VISIT,), ticked("police", FIGHT=True, OTHER=True)))

    assert played.names == [
        *("FetchVisits", "FetchLiability", "WorkSheet", "StateLiability", "WorkSheet")
    ]
    assert StateLiability("v-1", (FactWord("FIGHT", True),), "police") in played.steps
    assert played.end == ""


def test_n08_ticks_as_they_were_say_nothing_to_the_backend() -> None:
    played = play(liability(AT), desk((VISIT,), ticked("police", FIGHT=False, OTHER=True)))

    assert "StateLiability" not in played.names
    assert _troubles(played.steps) == ["", "nothing_changed"]


def test_n08_refusal_is_told_on_the_page_which_keeps_the_facts() -> None:
    played = play(liability(AT), desk((VISIT,), ticked("police", FIGHT=False, OTHER=False)))

    assert StateLiability("v-1", (FactWord("OTHER", False),), "police") in played.steps
    assert _troubles(played.steps) == ["", "not_registered"]


def test_n08_unpaid_visits_are_not_offered_and_of_several_one_is_chosen() -> None:
    held = replace(VISIT, registration_id="v-2", state=VisitState.HELD)
    earlier = replace(VISIT, registration_id="v-3")

    alone = play(liability(AT), desk((VISIT, held)))
    several = play(liability(AT), desk((VISIT, earlier, held), Pressed("open", ("v-3",))))

    assert alone.names == ["FetchVisits", "FetchLiability", "WorkSheet"]
    assert several.names == ["FetchVisits", "WorkSheet", "FetchLiability", "WorkSheet"]
    assert FetchLiability("v-3") in several.steps


def _troubles(steps: tuple[Step[Any], ...]) -> list[str]:
    return [step.trouble for step in steps if isinstance(step, WorkSheet)]
