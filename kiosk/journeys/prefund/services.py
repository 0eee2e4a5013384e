"""What a patient can have done about holds and balances, in the order of offering (S09)."""

from __future__ import annotations

from core.operation import OperationKind
from core.phrase import said
from kiosk.journeys.prefund.hold import hold
from kiosk.journeys.prefund.refund_balance import refund_balance
from kiosk.journeys.prefund.top_up import top_up_cash, top_up_transfer
from kiosk.journeys.service import Service
from kiosk.steps import Group, Terms


def _may_prepay(terms: Terms) -> bool:
    """A general ban leaves the refund in their place (C01, W18)."""
    return terms.prepay_allowed


SERVICES: tuple[Service, ...] = (
    Service(
        "hold",
        Group.MONEY,
        said("Pre-authorise a card"),
        "shield-lock",
        hold,
        needs=(("pos",),),
        blocked_by=OperationKind.HOLD,
        note=said("An amount is frozen on your bank card. It is paid only when a bill is."),
    ),
    Service(
        "top_up_transfer",
        Group.MONEY,
        said("Top up by bank card"),
        "credit-card",
        top_up_transfer,
        needs=(("pos",),),
        blocked_by=OperationKind.TOP_UP,
        offered=_may_prepay,
    ),
    Service(
        "top_up_cash",
        Group.MONEY,
        said("Top up with banknotes"),
        "cash",
        top_up_cash,
        needs=(("cash",),),
        blocked_by=OperationKind.TOP_UP,
        offered=_may_prepay,
    ),
    Service(
        "refund_balance",
        Group.MONEY,
        said("Refund of my balance"),
        "wallet",
        refund_balance,
    ),
)
