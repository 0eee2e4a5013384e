"""Every Act of every journey answered in every way its reply union allows, and with the power cut.

Two faults at a time for the journeys themselves, so that what a first fault leads to, undoing and
recovery, fails too; one at a time for whole visits, which only join them.
"""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from core import steps
from core.flow import Act
from core.ports import Refused, Unknown
from tests.helpers import journey_stories as stories
from tests.helpers.explore import Story, explore
from tests.helpers.variants import Variant, replies_of, variants_of

pytestmark = pytest.mark.slow

_ACTS = [
    kind
    for _, kind in inspect.getmembers(steps, inspect.isclass)
    if issubclass(kind, Act) and kind is not Act
]


def _no_rule_breaks(story: Story, depth: int) -> None:
    broken = list(explore(story, depth))
    assert not broken, f"{len(broken)} plans break a rule, such as {broken[0]}"


@pytest.mark.parametrize("story", stories.SHARED, ids=[story.name for story in stories.SHARED])
def test_shared_journey_under_any_two_faults_keeps_every_rule(story: Story) -> None:
    _no_rule_breaks(story, 2)


@pytest.mark.parametrize("story", stories.KIOSK, ids=[story.name for story in stories.KIOSK])
def test_kiosk_journey_under_any_two_faults_keeps_every_rule(story: Story) -> None:
    _no_rule_breaks(story, 2)


@pytest.mark.parametrize("story", stories.VISITS, ids=[story.name for story in stories.VISITS])
def test_visit_under_any_fault_keeps_every_rule(story: Story) -> None:
    _no_rule_breaks(story, 1)


@pytest.mark.parametrize("act", _ACTS, ids=[act.__name__ for act in _ACTS])
def test_every_member_of_a_reply_union_is_tried(act: type[Act[Any]]) -> None:
    assert {variant.reply for variant in variants_of(act)} == set(replies_of(act))


def test_both_sides_of_unknown_are_tried_for_money() -> None:
    effects = {v.effect for v in variants_of(steps.CommitSettlement) if v.reply is Unknown}
    assert effects == {"done", "not done", "late"}


def test_a_second_hold_command_would_be_seen() -> None:
    world, _ = stories.PLACE_HOLD.run({})
    (operation_id,) = world.operations()
    world.answer(steps.PlaceHoldAtPos(operation_id, 1))
    assert world.broken_rules == [
        "a second hold command at the POS",
        "PlaceHoldAtPos before its start was on disk",
    ]


def test_a_fault_that_could_only_be_a_lie_is_ignored() -> None:
    plan = {4: Variant(Unknown, "done", "timeout")}
    world, _ = stories.PLACE_HOLD.run(plan)
    (operation_id,) = world.backend.holds
    approved = world.pos.holds[operation_id].approved
    world.faults = {len(world.acts): Variant(Refused, "not done", "bill_paid")}
    reply = world.answer(steps.RegisterHold(operation_id, "P1", approved))
    assert reply == world.backend.holds[operation_id]
