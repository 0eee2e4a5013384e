"""What a patient can have done about cards and media."""

from __future__ import annotations

from core.operation import OperationKind
from core.phrase import said
from kiosk.journeys.cards.get_card import get_card
from kiosk.journeys.service import Service
from kiosk.steps import Group

SERVICES: tuple[Service, ...] = (
    Service(
        "card",
        Group.CARD,
        said("Get a health card"),
        "id",
        get_card,
        needs=(("id_card",), ("card_dispenser",)),
        blocked_by=OperationKind.CARD_ISSUE,
    ),
)
