"""Register for today: who, department, doctor, pay the fee like any bill, slip with the number."""

from __future__ import annotations

from typing import assert_never

from core.billing import Department, Doctor, Registration
from core.flow import Abandoned
from core.journeys.doubt import Doubtful
from core.journeys.print_slip import print_slip
from core.journeys.settle import NotSettled, Settled, settle
from core.ports import NotSent, Refused, Unknown
from core.slips import RegistrationSlip
from core.steps import (
    CancelRegistration,
    Departments,
    FetchDepartments,
    FetchRegistration,
    Leave,
    RegisterVisit,
)
from kiosk.journeys.ending import Retry, doubt, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.service import Start
from kiosk.steps import Back, ChooseDepartment, ChooseDoctor, ShowRegistered


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
    doctor = await _choose(who, departments)
    if doctor is None:
        return None
    match await RegisterVisit(who.patient.patient_id, doctor.schedule_id):
        case Registration() as registration:
            return await _pay(who, registration)
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _choose(who: Identified, departments: tuple[Department, ...]) -> Doctor | None:
    while True:
        department = await ChooseDepartment(who.patient, departments, who.presence)
        if isinstance(department, Leave):
            return None
        match await ChooseDoctor(who.patient, department, who.presence):
            case Doctor() as doctor:
                return doctor
            case Leave():
                return None
            case Back():
                continue


async def _pay(who: Identified, registration: Registration) -> Retry | None:
    try:
        end = await settle(who.patient, (registration.bill,), who.presence)
    except Abandoned as abandoned:
        await CancelRegistration(registration.registration_id, "left")
        raise Abandoned(abandoned.reason) from None
    match end:
        case Settled(settlement):
            confirmed = registration
            match await FetchRegistration(registration.registration_id):
                case Registration() as confirmed:
                    pass
            printed = await print_slip(RegistrationSlip(who.patient, confirmed))
            await ShowRegistered(confirmed, settlement, printed, presence=who.presence)
            return None
        case NotSettled(reason, detail, returned):
            await CancelRegistration(registration.registration_id, reason)
            if reason == "left" and not returned:
                return None
            return await trouble(reason, detail, returned=returned)
        case Doubtful() as doubtful:
            await doubt(doubtful)
            return None
        case other:
            assert_never(other)
