"""Register for today (S29): who, department, doctor, pay the fee like any bill, guide slip."""

from __future__ import annotations

from typing import assert_never

from core.billing import Registration
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.steps import Departments, FetchDepartments, RegisterVisit
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.service import Start
from kiosk.journeys.visits.fee import pay_fee
from kiosk.journeys.visits.places import Place, choose_place


async def register(start: Start) -> Retry | None:
    """From the tile to a queue number."""
    who = await identify("register", start.shown)
    if not isinstance(who, Identified):
        return who
    match await FetchDepartments():
        case Departments(departments):
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
    place = await choose_place(who, departments, said("today"))
    if not isinstance(place, Place):
        return None
    match await RegisterVisit(who.patient.patient_id, place.doctor.schedule_id):
        case Registration() as registration:
            return await pay_fee(who, registration, booked=False)
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)
