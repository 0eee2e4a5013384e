"""What a patient can have done about bills."""

from __future__ import annotations

from core.phrase import said
from kiosk.journeys.paying.pay_bill import pay_bill
from kiosk.journeys.service import Service
from kiosk.steps import Group

SERVICES: tuple[Service, ...] = (
    Service("pay", Group.PAY, said("Pay your bill"), "receipt-yen", pay_bill),
)
