"""What a patient can have done about a stay in hospital."""

from __future__ import annotations

from core.phrase import said
from kiosk.journeys.inpatient.admission import admission
from kiosk.journeys.inpatient.daily_list import daily_list
from kiosk.journeys.inpatient.deposit import deposit
from kiosk.journeys.inpatient.discharge import discharge
from kiosk.journeys.service import Service
from kiosk.steps import Group

SERVICES: tuple[Service, ...] = (
    Service("admission", Group.INPATIENT, said("Register for my stay"), "bed", admission),
    Service("deposit", Group.INPATIENT, said("Pay the deposit"), "wallet", deposit),
    Service("daily_list", Group.INPATIENT, said("See my daily list"), "list", daily_list),
    Service("discharge", Group.INPATIENT, said("Settle and go home"), "door-exit", discharge),
)
