"""POS or backend silent at the restart: the home screen opens, only what is in doubt is blocked.

Talks to the same real processes as the kills. What a reader would get wrong: recovery gives its
word within the limit although nobody answers it; the doubt is then resolved by a later round.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.operation import OperationKind, OperationState
from tests.crash.cases import Cases
from tests.crash.life import START_LIMIT_S, Kill, Order, Recovered
from tests.crash.stories import STORIES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def _left_open(cases: Cases, story: str, boundary: str) -> Order:
    """A terminal killed right after `boundary`; what starts it again."""
    guest = STORIES[story].make_ready(cases.town)
    order = cases.order(STORIES[story])
    kill = Kill(boundary, "after")
    told = cases.lives.run(replace(order, story=story, guest=guest, kill=kill))
    assert told.killed
    return order


def _restarted_in_silence(cases: Cases, order: Order) -> Recovered:
    told = cases.lives.run(replace(order, settle_s=0.0, looks_at_health=True))
    assert told.recovered is not None
    assert told.recovered.after_s < START_LIMIT_S
    return told.recovered


def test_pos_silent_at_restart_blocks_holds_alone_until_it_answers(cases: Cases) -> None:
    order = _left_open(cases, "hold", "PlaceHoldAtPos")
    with cases.town.units() as units:
        units.ask("pos", "fault", kind="silent", on="any", count=1000)
        recovered = _restarted_in_silence(cases, order)
        units.ask("pos", "clear_faults")
    assert recovered.missing == {"pay": "", "register": "", "hold": "starting"}
    assert recovered.open_kinds == {"hold"}
    _resolved(cases, order)


def test_backend_silent_at_restart_is_said_and_settled_when_it_is_back(cases: Cases) -> None:
    order = _left_open(cases, "bill", "CommitSettlement")
    cases.town.silence_backend()
    recovered = _restarted_in_silence(cases, order)
    cases.town.wake_backend()
    assert set(recovered.missing.values()) == {"backend_silent"}
    assert recovered.open_kinds == {"settle"}
    _resolved(cases, order)


def test_backend_silent_at_restart_leaves_an_approved_hold_open(cases: Cases) -> None:
    order = _left_open(cases, "hold", "hold.note.approved")
    cases.town.silence_backend()
    recovered = _restarted_in_silence(cases, order)
    cases.town.wake_backend()
    assert recovered.missing["hold"] == "starting"
    assert recovered.open_kinds == {"hold"}
    _resolved(cases, order)


def test_card_presented_after_the_death_is_found_by_a_later_round(cases: Cases) -> None:
    story = STORIES["hold"]
    guest = replace(story.make_ready(cases.town), plug_pulled_at_pos=True)
    order = cases.order(story)
    assert cases.lives.run(replace(order, story=story.name, guest=guest)).killed
    recovered = _restarted_in_silence(cases, order)
    assert recovered.missing["hold"] == "starting"
    assert recovered.open_kinds == {"hold"}
    with cases.town.units() as units:
        units.ask("pos", "present_card", pan="6222021203001234567")
    _resolved(cases, order)
    holds = [o for o in cases.town.operations().values() if o.kind is OperationKind.HOLD]
    assert holds[-1].state is OperationState.DONE


def _resolved(cases: Cases, order: Order) -> None:
    """The next start finds everybody well; nobody has to look."""
    told = cases.lives.run(order)
    assert told.recovered is not None
    assert not cases.verdict.judge("after the silence")
