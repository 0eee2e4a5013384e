"""The works around stays in hospital, in the order of the list."""

from __future__ import annotations

from cashier.journeys.inpatient.deposit import deposit
from cashier.journeys.inpatient.stays import stays
from cashier.journeys.work import ANYBODY, Work
from core.phrase import said

WORKS: tuple[Work, ...] = (
    Work("deposit", said("Inpatient deposit"), deposit, ANYBODY, for_patient=True, key="Ctrl+I"),
    Work("stays", said("Stays in hospital"), stays, ANYBODY, for_patient=True),
)
