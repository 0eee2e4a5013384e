"""A card exchanged for another right before money: nothing is taken, nothing is frozen."""

from __future__ import annotations

import pytest

from core import steps
from core.operation import OperationState
from core.ports import CardMissing, CardSwapped, DeviceTrouble
from kiosk.steps import ShowTrouble
from tests.helpers import journey_stories as stories
from tests.helpers.explore import Story
from tests.helpers.variants import Variant

_STORIES = {"pay": (stories.PAY_BILL, "CommitSettlement"), "hold": (stories.HOLD, "PlaceHoldAtPos")}
_NOT_THE_SAME = (
    Variant(CardSwapped, state="swapped"),
    Variant(CardMissing, state="missing"),
    Variant(DeviceTrouble, "not done", "offline"),
)


@pytest.mark.parametrize("answer", _NOT_THE_SAME, ids=lambda variant: variant.reply.__name__)
@pytest.mark.parametrize(("story", "money"), _STORIES.values(), ids=list(_STORIES))
def test_exchanged_card_stops_before_money_and_says_so(
    story: Story, money: str, answer: Variant
) -> None:
    good, _ = story.run({})
    at = next(n for n, act in enumerate(good.acts) if isinstance(act, steps.ConfirmCard))
    world, played = story.run({at: answer})
    assert money not in played.names
    assert not world.pos.holds
    assert not any(account.committed for account in world.backend.accounts.values())
    assert {one.state for one in world.operations().values()} <= {OperationState.RETURNED}
    assert [ask.reason for ask in played.asks if isinstance(ask, ShowTrouble)] == ["card_changed"]
