"""What a patient can have done about pay later."""

from __future__ import annotations

from core.phrase import said
from kiosk.journeys.later.pay_later import pay_later
from kiosk.journeys.later.sign_elsewhere import sign_elsewhere
from kiosk.journeys.service import Service
from kiosk.steps import Group

SERVICES: tuple[Service, ...] = (
    Service(
        "pay_later",
        Group.MONEY,
        said("Pay after your visit"),
        "calendar-time",
        pay_later,
    ),
    Service(
        "sign_elsewhere",
        Group.MONEY,
        said("Bank credit, bound account"),
        "device-mobile",
        sign_elsewhere,
    ),
)
