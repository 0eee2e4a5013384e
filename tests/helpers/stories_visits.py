"""Journeys about visits as good stories: the patient takes the first thing that is offered."""

from __future__ import annotations

from kiosk.steps.pages import Pressed, Show
from tests.helpers.explore import Story
from tests.helpers.journey_stories import service

BOOK = service("book", {Show: Pressed("book")})
COLLECT_BOOKING = service("collect_booking")
CHECK_IN = service("check_in")
BOOK_EXAM = service("book_exam", {Show: Pressed("book")})
WHERE_NEXT = service("where_next")
SURVEY = service("survey")

STORIES: tuple[Story, ...] = (BOOK, COLLECT_BOOKING, CHECK_IN, WHERE_NEXT, BOOK_EXAM, SURVEY)
