"""What a patient can have done about refunds."""

from __future__ import annotations

from core.phrase import said
from kiosk.journeys.refunds.my_refunds import my_refunds
from kiosk.journeys.refunds.refund_bill import refund_bill
from kiosk.journeys.service import Service
from kiosk.steps import Group

SERVICES: tuple[Service, ...] = (
    Service(
        "refund_bill",
        Group.MORE,
        said("Ask for a refund"),
        "receipt-refund",
        refund_bill,
        needs=(("id_card",),),
    ),
    Service("my_refunds", Group.MORE, said("My refund requests"), "history", my_refunds),
)
