"""What a patient can have done about visits."""

from __future__ import annotations

from core.phrase import said
from kiosk.journeys.service import Service
from kiosk.journeys.visits.register import register
from kiosk.steps import Group

SERVICES: tuple[Service, ...] = (
    Service("register", Group.VISIT, said("See a doctor today"), "calendar-plus", register),
)
