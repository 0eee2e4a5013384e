"""What a patient can have done about cards and media."""

from __future__ import annotations

from core.operation import OperationKind
from core.phrase import said
from kiosk.journeys.cards.get_card import get_card
from kiosk.journeys.cards.own_face import own_face
from kiosk.journeys.cards.permissions import permissions
from kiosk.journeys.cards.register_medium import register_medium
from kiosk.journeys.cards.relatives import relatives
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
    Service(
        "register_medium",
        Group.CARD,
        said("First visit: register my card or code"),
        "user-plus",
        register_medium,
    ),
    Service(
        "permissions",
        Group.CARD,
        said("My cards and what I agreed to"),
        "shield-check",
        permissions,
    ),
    Service(
        "face",
        Group.CARD,
        said("Find me by my face"),
        "face-id",
        own_face,
        needs=(("camera",),),
    ),
    Service("relatives", Group.CARD, said("Relatives who act for me"), "users", relatives),
)
