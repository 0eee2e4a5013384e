"""Notes into the machine: what is on disk when, and what becomes of each note, two faults deep."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.flow import Reason, Step
from core.journeys.doubt import Doubtful
from core.journeys.take_notes import CashInside, NoteCount, NotesSoFar
from core.journeys.top_up import NotRaised, Raised
from core.operation import OperationState
from core.ports import NoteLost, Unknown
from core.steps import Leave
from core.steps.cash import AllowNotes
from core.steps.prefund import TopUpBalance
from kiosk.steps.cash import InsertNotes
from tests.helpers.driver import Cut
from tests.helpers.explore import Story, broken, explore
from tests.helpers.stories_prefund import (
    MONEY,
    TOP_UP_BY_CASH,
    offered,
    page,
)
from tests.helpers.variants import Variant
from tests.helpers.world import World


def numbered(world: World, name: str, which: int = 0) -> int:
    """Which Act of the world it was."""
    found = [n for n, act in enumerate(world.acts) if act.boundary == name]
    return found[which]


@pytest.mark.parametrize("story", MONEY, ids=lambda story: story.name)
def test_s13_s14_no_money_is_lost_or_doubled_two_faults_deep(story: Story) -> None:
    assert list(explore(story, 2)) == []


def test_each_note_is_on_disk_before_it_is_taken_and_before_the_next_may_come() -> None:
    world, played = TOP_UP_BY_CASH.run({})
    note = ["InsertNotes", "top_up.note.note_offered", "TakeNote", "top_up.note.note_taken"]
    assert played.names[2:11] == ["AllowNotes", *note, "AllowNotes", *note[:3]]
    (booking,) = [act for act in world.acts if isinstance(act, TopUpBalance)]
    assert booking.notes == (NoteCount(5_000, 1), NoteCount(10_000, 1))
    assert (booking.amount_fen, world.acceptor.boxed_fen) == (15_000, 15_000)


def test_the_first_note_alone_reaches_the_least_and_what_is_left_bounds_the_next() -> None:
    world, _ = TOP_UP_BY_CASH.run({})
    allowed = [act for act in world.acts if isinstance(act, AllowNotes)]
    assert allowed == [AllowNotes(20_000, 5_000), AllowNotes(10_000), AllowNotes(5_000)]


def test_a_patient_who_leaves_before_a_note_leaves_nothing() -> None:
    story = replace(TOP_UP_BY_CASH, script=lambda _: Reason.IDLE)
    world, played = story.run({})
    assert played.end == NotRaised("stopped", left=Reason.IDLE)
    assert world.acts[-1].boundary == "top_up.return"


def test_a_patient_who_leaves_after_a_note_gets_it_booked() -> None:
    def script(step: Step[Any]) -> object:
        assert isinstance(step, InsertNotes)
        return Reason.LEFT if step.inside_fen else offered(1)

    world, played = replace(TOP_UP_BY_CASH, script=script).run({})
    assert isinstance(played.end, Raised)
    assert (played.end.left, played.end.top_up.amount_fen) == (Reason.LEFT, 10_000)
    assert world.acceptor.boxed_fen == 10_000


def test_a_note_that_is_not_wished_is_returned_and_the_page_says_so() -> None:
    def script(step: Step[Any]) -> object:
        assert isinstance(step, InsertNotes)
        return Leave() if step.trouble == "note_not_allowed" else offered(1, 2_000)

    world, played = replace(TOP_UP_BY_CASH, script=script).run({})
    assert played.end == NotRaised("stopped")
    assert "ReturnNote" in played.names
    assert world.acceptor.boxed_fen == 0


def test_a_note_whose_end_nobody_saw_is_a_doubt_with_its_slip_and_a_person_gets_it() -> None:
    world, _ = TOP_UP_BY_CASH.run({})
    take = numbered(world, "TakeNote")
    plan = {
        take: Variant(Unknown, "done", "timeout"),
        take + 1: Variant(NoteLost, "not done", "lost"),
    }
    world, played = TOP_UP_BY_CASH.run(plan)
    assert isinstance(played.end, Doubtful)
    (operation,) = [one for one in world.operations().values() if one.kind == "top_up"]
    assert operation.state is OperationState.UNKNOWN
    assert world.doubt_slips(operation.operation_id) == 1
    assert broken(TOP_UP_BY_CASH, plan)[1] == []


def test_a_power_cut_while_the_note_is_stacked_credits_it_once() -> None:
    world, _ = TOP_UP_BY_CASH.run({})
    world, rules = broken(TOP_UP_BY_CASH, {numbered(world, "TakeNote"): Variant(Cut, "done")})
    assert rules == []
    assert [one.amount_fen for one in world.backend.top_ups.values()] == [10_000]


def test_a_power_cut_before_the_note_is_stacked_credits_nothing() -> None:
    world, _ = TOP_UP_BY_CASH.run({})
    world, rules = broken(TOP_UP_BY_CASH, {numbered(world, "TakeNote"): Variant(Cut, "not done")})
    assert rules == []
    assert world.backend.top_ups == {}


def test_the_offer_that_was_dealt_with_is_not_heard_again() -> None:
    ask = page(NotesSoFar(CashInside(), (), offered(1)))
    assert ask.heard(offered(1)) is None
    assert ask.heard(offered(2)) == offered(2)
