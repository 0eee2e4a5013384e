"""Hazards of recovery, one by one: the sequences that end a doubt, and those that must not."""

from __future__ import annotations

from copy import deepcopy

import pytest

from core import steps
from core.flow import Act, Reason
from core.journeys.issue_card import CardIssued
from core.journeys.recover import recover
from core.operation import OperationState
from core.ports import NotSent, Refused, Unknown
from core.steps.prefund import TopUpBalance
from core.window_steps import ConfirmRefund
from tests.helpers import journey_stories as stories
from tests.helpers.backend_model import CardState
from tests.helpers.driver import Cut, play
from tests.helpers.explore import Story
from tests.helpers.rules import when_recovered
from tests.helpers.stories_prefund import TOP_UP_BY_CARD, TOP_UP_BY_CASH
from tests.helpers.variants import SHUT, Variant
from tests.helpers.world import World

_SILENT = Variant(NotSent, "not done", "backend_silent")
_LOST = Variant(Unknown, "done", "timeout")
_NEVER = Variant(Unknown, "not done", "timeout")


def _number_of(story: Story, kind: type[object]) -> int:
    world, _ = story.run({})
    return next(n for n, act in enumerate(world.acts) if isinstance(act, kind))


def _cut_at(story: Story, kind: type[object], effect: str, state: str = "") -> World:
    """The power goes at that Act; afterwards it is back."""
    world, _ = story.run({_number_of(story, kind): Variant(Cut, effect, state)})
    world.faults = {}
    world.restart()
    return world


def _recover(world: World) -> list[str]:
    """One round over everything open; the names of its steps."""
    names: list[str] = []
    for operation in world.operations().values():
        if operation.open:
            names += play(recover(operation), world.answer).names
    return names


def _silent_round(world: World) -> list[str]:
    """The same while neither backend nor POS answers: they never get a request."""
    local = (steps.Intend, steps.Record, steps.PrintSlip, steps.FindDispenserCard)

    def answer(step: object) -> object:
        assert isinstance(step, Act)
        if isinstance(step, local):
            return world.answer(step)
        followed = isinstance(step, steps.FollowSettlement)
        return Unknown("backend_silent") if followed else NotSent("backend_silent")

    names: list[str] = []
    for operation in world.operations().values():
        if operation.open:
            names += play(recover(operation), answer).names
    return names


@pytest.mark.parametrize(
    ("story", "kind"),
    [
        (stories.PLACE_HOLD, steps.PlaceHoldAtPos),
        (stories.SETTLE, steps.CommitSettlement),
        (stories.ISSUE_CARD, steps.ActivateCard),
        (stories.REFUND, ConfirmRefund),
    ],
    ids=["hold", "settle", "card", "refund"],
)
def test_silence_for_a_hundred_rounds_prints_one_doubt_slip(
    story: Story, kind: type[object]
) -> None:
    world = _cut_at(story, kind, "done")
    (operation_id,) = world.operations()
    for _ in range(100):
        _silent_round(world)
    assert world.operations()[operation_id].state is OperationState.UNKNOWN
    assert world.doubt_slips(operation_id) == 1
    _recover(world)
    assert when_recovered(world) == []


def test_pos_answer_lost_by_a_power_cut_is_asked_for_and_never_commanded_again() -> None:
    world = _cut_at(stories.PLACE_HOLD, steps.PlaceHoldAtPos, "done")
    assert _recover(world) == [
        "AskPosForLast",
        "hold.note.approved",
        "RegisterHold",
        "hold.finish",
    ]
    assert world.pos.commands == ["op-1"]


def test_pos_that_never_saw_the_hold_returns_it() -> None:
    world = _cut_at(stories.PLACE_HOLD, steps.PlaceHoldAtPos, "not done")
    assert _recover(world) == ["AskPosForLast", "hold.return"]


def test_pos_that_cannot_say_hands_the_hold_to_a_person() -> None:
    world = _cut_at(stories.PLACE_HOLD, steps.PlaceHoldAtPos, "done")
    world.faults = {len(world.acts): _NEVER}
    assert _recover(world)[:3] == ["AskPosForLast", "ReportSuspense", "hold.suspend"]
    assert world.backend.cases == ["op-1"]
    assert world.doubt_slips("op-1") == 1


def test_backend_silent_after_it_may_know_the_hold_releases_nothing() -> None:
    plan = {_number_of(stories.PLACE_HOLD, steps.RegisterHold): _LOST}
    world, _ = stories.PLACE_HOLD.run(plan)
    assert _silent_round(world) == ["hold.note.approved", "RegisterHold"]
    assert world.pos.held_fen == 200_000
    _recover(world)
    assert when_recovered(world) == []


def test_backend_never_reached_releases_the_hold_at_the_pos_at_once() -> None:
    plan = {_number_of(stories.PLACE_HOLD, steps.RegisterHold): _SILENT}
    world, played = stories.PLACE_HOLD.run(plan)
    assert played.names[-4:] == [
        *("RegisterHold", "hold.note.releasing", "ReleaseHoldAtPos", "hold.return")
    ]
    assert world.pos.held_fen == 0


def test_quote_that_was_never_committed_is_cancelled_after_a_power_cut() -> None:
    world = _cut_at(stories.SETTLE, steps.CheckPrinter, "done")
    assert _recover(world) == ["CancelSettlement", "settle.return"]


def test_commit_before_a_power_cut_is_followed_and_its_slip_owed() -> None:
    world = _cut_at(stories.SETTLE, steps.CommitSettlement, "done")
    assert _recover(world) == [
        *("FollowSettlement", "settle.finish", "document.intend", "document.owe")
    ]
    assert world.printer.tried == []


def test_commit_that_arrives_after_the_look_is_a_doubt_until_it_is_seen() -> None:
    plan = {_number_of(stories.SETTLE, steps.CommitSettlement): Variant(Unknown, "late", "t")}
    world, played = stories.SETTLE.run(plan)
    assert played.names[-7:] == [
        *("FollowSettlement", "CancelSettlement", "settle.doubt"),
        *("document.intend", "document.start", "PrintSlip", "document.finish"),
    ]
    assert _recover(world)[:2] == ["FollowSettlement", "settle.finish"]


def test_refund_before_a_power_cut_is_confirmed_under_its_id_and_its_slip_owed() -> None:
    world = _cut_at(stories.REFUND, ConfirmRefund, "done")
    assert _recover(world) == [
        *("ConfirmRefund", "refund.finish", "document.intend", "document.owe")
    ]


@pytest.mark.parametrize("reason", [SHUT, "no_route"])
@pytest.mark.parametrize(
    ("story", "kind", "ended"),
    [
        (stories.REFUND, ConfirmRefund, "refund.finish"),
        (stories.PLACE_HOLD, steps.RegisterHold, "hold.finish"),
        (TOP_UP_BY_CARD, TopUpBalance, "top_up.finish"),
        (TOP_UP_BY_CASH, TopUpBalance, "top_up.finish"),
    ],
    ids=["refund", "hold", "top_up_by_card", "top_up_by_cash"],
)
def test_answer_about_the_asking_alone_leaves_open_what_may_be_done(
    story: Story, kind: type[Act[object]], ended: str, reason: str
) -> None:
    world = _cut_at(story, kind, "done")
    asked = _acts_until(world, kind)
    world.faults = {asked: Variant(Refused, "not done", reason)}
    (operation,) = (one for one in world.operations().values() if one.open)
    first = _recover(world)
    assert first[first.index(kind.__name__) + 1].endswith(".doubt")
    assert world.operations()[operation.operation_id].state is OperationState.UNKNOWN
    assert ended in _recover(world)
    assert when_recovered(world) == []


def _acts_until(world: World, kind: type[Act[object]]) -> int:
    """The number that this Act will have when recovery comes to it."""
    trial = deepcopy(world)
    _recover(trial)
    later = range(len(world.acts), len(trial.acts))
    return next(number for number in later if isinstance(trial.acts[number], kind))


def test_card_taken_while_the_power_was_off_becomes_active() -> None:
    world = _cut_at(stories.ISSUE_CARD, steps.PresentCard, "done", "card taken meanwhile")
    assert _recover(world) == [
        *("FindDispenserCard", "card_issue.note.taken", "ActivateCard", "card_issue.finish")
    ]
    assert world.backend.cards == {"260000000100": CardState.ACTIVE}


def test_card_still_at_the_gate_after_a_power_cut_is_captured_and_void() -> None:
    world = _cut_at(stories.ISSUE_CARD, steps.PresentCard, "done")
    assert _recover(world) == [
        *("FindDispenserCard", "card_issue.note.capturing", "CaptureCard"),
        *("VoidCard", "card_issue.return"),
    ]
    assert world.dispenser.captured == ["260000000100"]


def test_card_taken_in_the_last_moment_before_the_capture_becomes_active() -> None:
    world = World(stories.patient())

    def late_hand(step: object) -> object:
        if isinstance(step, steps.TakeCard):
            world.dispenser.pull()
            return Reason.IDLE
        assert isinstance(step, Act)
        return world.answer(step)

    played = play(stories.ISSUE_CARD.begin(), late_hand)
    assert played.end == CardIssued("260000000100")
    assert world.backend.cards == {"260000000100": CardState.ACTIVE}


def test_power_cut_during_the_capture_at_the_gate_is_looked_at_by_a_person() -> None:
    script = stories.patient({steps.TakeCard: Reason.IDLE})
    good, _ = stories.ISSUE_CARD.run({}, script)
    number = next(n for n, act in enumerate(good.acts) if isinstance(act, steps.CaptureCard))
    world, _ = stories.ISSUE_CARD.run({number: Variant(Cut, "done")}, script)
    world.faults = {}
    assert _recover(world)[:3] == ["FindDispenserCard", "ReportSuspense", "card_issue.suspend"]


def test_power_cut_before_the_motor_turned_withdraws_the_reserved_number() -> None:
    world = _cut_at(stories.ISSUE_CARD, steps.ReserveCard, "done")
    assert _recover(world) == [
        *("ReserveCard", "card_issue.start", "VoidCard", "card_issue.return")
    ]
    assert world.backend.cards == {"260000000100": CardState.VOID}


def test_power_cut_before_the_motor_turned_and_backend_silent_closes_the_operation() -> None:
    world = _cut_at(stories.ISSUE_CARD, steps.ReserveCard, "not done")
    assert _silent_round(world) == ["ReserveCard", "card_issue.return"]


@pytest.mark.parametrize("effect", ["done", "not done"])
def test_slip_in_doubt_is_owed_and_never_printed_again(effect: str) -> None:
    world = _cut_at(stories.PRINT_SLIP, steps.PrintSlip, effect)
    assert _recover(world) == ["document.owe"]
    assert _recover(world) == []
    assert len(world.printer.tried) == 1


def test_nothing_is_left_to_recover_after_a_good_story() -> None:
    for story in stories.ALL:
        world, _ = story.run({})
        assert _recover(world) == []
