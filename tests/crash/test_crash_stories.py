"""The real terminal is killed at every durable boundary of every story, and recovers.

Talks to real processes: backend, platforms, virtual devices, the terminal's own machine. What a
reader would get wrong: the list of boundaries comes from the journeys' source, so a new Act that
no story reaches fails the last test.
"""

from __future__ import annotations

import pytest

from tests.crash import page
from tests.crash.boundaries import all_boundaries
from tests.crash.cases import MOMENTS, Cases, generated
from tests.crash.stories import STORIES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.parametrize("name", STORIES)
def test_killed_anywhere_the_story_ends_in_order(cases: Cases, name: str) -> None:
    cases.play(STORIES[name])


def test_every_boundary_of_the_source_was_killed_at_each_moment(cases: Cases) -> None:
    durable = all_boundaries()
    kills = cases.score.killed | cases.score.killed_in_recovery
    for moment in MOMENTS:
        there = [kill.boundary for kill in kills if kill.moment == moment]
        done = frozenset[str]().union(*(generated(name, durable) for name in there))
        assert durable - done == frozenset(), f"never killed {moment} these"


def test_no_case_changed_what_an_earlier_patient_was_left_with(cases: Cases) -> None:
    cases.verdict.judge_all_balances()


def test_page_about_recovery_has_a_row_for_each_boundary() -> None:
    assert set(page.rows()) == all_boundaries()


def test_a_person_is_needed_only_where_the_page_says_so(cases: Cases) -> None:
    told = {name for name, suspense in page.rows().items() if suspense}
    assert cases.score.suspense <= told
    assert cases.score.suspense == told or len(MOMENTS) == 1  # the short form kills half as often
