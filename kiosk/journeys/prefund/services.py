"""What a patient can have done about holds and balances."""

from __future__ import annotations

from core.operation import OperationKind
from core.phrase import said
from kiosk.journeys.prefund.hold import hold
from kiosk.journeys.service import Service
from kiosk.steps import Group

SERVICES: tuple[Service, ...] = (
    Service(
        "hold",
        Group.MONEY,
        said("Place a hold"),
        "shield-lock",
        hold,
        needs=(("pos",),),
        blocked_by=OperationKind.HOLD,
    ),
)
