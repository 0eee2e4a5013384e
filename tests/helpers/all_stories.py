"""Every journey there is as a good story: those of the house, then those of each subject."""

from __future__ import annotations

from tests.helpers import (
    journey_stories,
    stories_inpatient,
    stories_later,
    stories_papers,
    stories_paying,
    stories_people,
    stories_prefund,
    stories_refunds,
    stories_visits,
)
from tests.helpers.explore import Story

SUBJECTS: tuple[Story, ...] = (
    *stories_people.STORIES,
    *stories_visits.STORIES,
    *stories_paying.STORIES,
    *stories_prefund.STORIES,
    *stories_later.STORIES,
    *stories_refunds.STORIES,
    *stories_inpatient.STORIES,
    *stories_papers.STORIES,
)
ALL: tuple[Story, ...] = (*journey_stories.ALL, *SUBJECTS)
