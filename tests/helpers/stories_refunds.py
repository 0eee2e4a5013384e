"""Journeys of refund requests as good stories."""

from __future__ import annotations

from tests.helpers.explore import Story
from tests.helpers.stories_later import told

REFUND_BILL = told("ask for a refund", "refund_bill", "send")
NAME_CONTACT = told("name a minor's contact", "my_refunds", "name_contact")

STORIES: tuple[Story, ...] = (REFUND_BILL, NAME_CONTACT)
