"""What a window does with refunds beside the quick way of `cashier/journeys/serve.py`."""

from __future__ import annotations

from cashier.journeys.refunds.review import refund_requests, refunds_of_patient
from cashier.journeys.work import ANYBODY, Work
from core.phrase import said

WORKS: tuple[Work, ...] = (
    Work("refund_requests", said("Refund requests"), refund_requests, ANYBODY, for_patient=False),
    Work("refunds", said("Refunds of this patient"), refunds_of_patient, ANYBODY, for_patient=True),
)
