"""Every question of every journey abandoned for every reason, and answered in the unwilling way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from core import steps
from core.flow import Ask, Reason, Step
from core.operation import OperationState
from kiosk import steps as asks
from kiosk.steps.pages import Choose
from tests.helpers import journey_stories as stories
from tests.helpers.driver import Played
from tests.helpers.explore import Story, recover_all
from tests.helpers.rules import at_the_end, when_recovered
from tests.helpers.variants import Variant
from tests.helpers.world import Script, World

_UNWILLING: dict[type[Ask[Any]], tuple[object, ...]] = {
    asks.PlaceIdCard: (steps.Leave(), steps.NotUnderstood("id_card_unreadable")),
    asks.TypePhone: (steps.Leave(),),
    asks.ReadNotice: (steps.Leave(),),
    asks.ConfirmPerson: (steps.Leave(),),
    Choose: (steps.Leave(), asks.Back()),
    asks.ChooseHoldAmount: (steps.Leave(),),
    steps.Identify: (steps.NotUnderstood("wrong_medium"),),
    steps.ConfirmQuote: (steps.Leave(),),
    steps.ShowPaymentCode: (steps.Leave(), steps.NotUnderstood("foreign_code")),
}


def _differs_at(number: int, reply: object, script: Script) -> Script:
    """The story's script, but for one Ask, once."""
    seen = 0

    def answer(step: Step[Any]) -> object:
        nonlocal seen
        seen += 1
        return reply if seen - 1 == number else script(step)

    return answer


def _runs(story: Story, replies: tuple[object, ...]) -> Iterator[tuple[World, Played[Any], str]]:
    _, good = story.run({})
    for number, ask in enumerate(good.asks):
        for reply in replies or _UNWILLING.get(type(ask), ()):
            world, played = story.run({}, _differs_at(number, reply, story.script))
            yield world, played, f"{type(ask).__name__} {reply}"


_SPOKEN = [story for story in stories.ALL if story not in (stories.REFUND, stories.PRINT_SLIP)]
_SPOKEN.remove(stories.PLACE_HOLD)
_NAMES = [story.name for story in _SPOKEN]


@pytest.mark.parametrize("story", _SPOKEN, ids=_NAMES)
@pytest.mark.parametrize("reason", list(Reason))
def test_any_question_abandoned_leaves_nothing_open(story: Story, reason: Reason) -> None:
    for world, played, where in _runs(story, (reason,)):
        assert at_the_end(world, played) == [], where
        assert not [one for one in world.operations().values() if one.open], where
        recover_all(world)
        assert when_recovered(world) == [], where


@pytest.mark.parametrize("story", _SPOKEN, ids=_NAMES)
def test_any_question_answered_unwillingly_leaves_nothing_open(story: Story) -> None:
    for world, played, where in _runs(story, ()):
        assert at_the_end(world, played) == [], where
        assert not [one for one in world.operations().values() if one.open], where


@pytest.mark.parametrize("reason", list(Reason))
def test_bill_screen_abandoned_unlocks_the_bill_and_tells_the_runner(reason: Reason) -> None:
    script = stories.patient({steps.ConfirmQuote: reason, **stories.CHECKED})
    world, played = stories.PAY_BILL.run({}, script)
    assert played.abandoned is reason
    assert played.names[-3:] == ["ConfirmQuote", "CancelSettlement", "settle.return"]
    assert world.backend.taken_fen == 0


def test_registration_abandoned_at_the_bill_gives_the_place_back() -> None:
    script = stories.patient({steps.ConfirmQuote: Reason.IDLE})
    _, played = stories.REGISTER.run({}, script)
    assert played.names[-3:] == ["CancelSettlement", "settle.return", "CancelRegistration"]
    assert played.abandoned is Reason.IDLE


@pytest.mark.parametrize("reason", list(Reason))
def test_card_left_at_the_gate_is_captured_and_its_number_void(reason: Reason) -> None:
    world, played = stories.GET_CARD.run({}, stories.patient({steps.TakeCard: reason}))
    assert played.names[-7:] == [
        *("TakeCard", "FindDispenserCard", "card_issue.note.capturing", "CaptureCard"),
        *("VoidCard", "card_issue.return", "ShowTrouble"),
    ]
    assert world.dispenser.captured == ["260000000100"]
    assert world.backend.cards == {"260000000100": "VOID"}


def test_retry_begins_the_service_again_with_a_new_settlement() -> None:
    tries = iter([asks.TryAgain(), steps.Leave()])
    willing = stories.VISITS[0].script
    first = True

    def script(step: Step[Any]) -> object:
        nonlocal first
        if isinstance(step, asks.ShowTrouble):
            return next(tries)
        if isinstance(step, steps.ShowPaymentCode) and first:
            first = False
            return steps.Leave()
        return willing(step)

    plan = {5: stories.REFUSED}
    world, played = stories.VISITS[0].run(plan, script)
    states = [one.state for one in world.operations().values() if one.kind == "settle"]
    assert states == [OperationState.REFUSED, OperationState.DONE]
    assert played.names.count("Identify") == 2


def test_n18_bill_paid_meanwhile_is_looked_at_again_and_no_trouble() -> None:
    plan = {5: stories.ALREADY_PAID, 7: Variant(steps.Bills, state="none")}
    _, played = stories.PAY_BILL.run(plan)

    assert [ask for ask in played.asks if isinstance(ask, asks.ShowTrouble)] == []
    assert played.names[-2:] == ["FetchBills", "Finished"]
