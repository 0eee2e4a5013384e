"""Departments, registrations, open bills, and what a doctor's room sends."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend import people, requests, visits
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds
from settlement_backend.models import Bill, Department, Terminal
from settlement_backend.routes.common import ANSWERS, respond, text_of
from settlement_backend.shapes import Json, bill_json, registration_json
from settlement_backend.visits import Group, Order

router = APIRouter(prefix="/v1", responses=ANSWERS)

ClinicDep = Annotated[Terminal, kinds("clinic")]


@router.get("/departments")
def departments(service: ServiceDep, terminal: TerminalDep) -> Json:
    """Today's."""
    with service.db.read() as session:
        return visits.departments_json(session, service.clock.now().date().isoformat())


@router.post("/registrations", status_code=201)
def register(
    body: requests.NewRegistration, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """A place with a doctor."""

    def handler(session: Session) -> Json:
        person = people.person_of(session, body.patient_id)
        minutes = service.policy.registration_minutes
        made = visits.register(session, person.id, body.schedule_id, service.clock.now(), minutes)
        return registration_json(session, made)

    return respond(service.keys.once(key, text_of("registrations", body), handler, 201))


@router.get("/registrations/{registration_id}")
def registration(registration_id: str, service: ServiceDep, terminal: TerminalDep) -> Json:
    """As it stands."""
    with service.db.read() as session:
        return registration_json(session, visits.registration_of(session, registration_id))


@router.post("/registrations/{registration_id}/cancel")
def cancel(
    registration_id: str,
    body: requests.Reason,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
) -> Response:
    """Give an unpaid place back."""

    def handler(session: Session) -> Json:
        given = visits.cancel(session, registration_id)
        return {"registration_id": given.id, "state": given.state}

    return respond(service.keys.once(key, f"registrations/{registration_id}/cancel", handler))


@router.get("/patients/{person_id}/bills")
def bills(person_id: str, service: ServiceDep, terminal: TerminalDep) -> Json:
    """Open ones, oldest first; a registration fee is paid when registering."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        found = session.scalars(
            select(Bill)
            .where(Bill.person_id == person_id, Bill.state == "OPEN", Bill.kind == "OUTPATIENT")
            .order_by(Bill.issued_at, Bill.id)
        )
        return {"bills": [bill_json(session, bill) for bill in found]}


@router.post("/visits/{registration_id}/orders", status_code=201)
def orders(
    registration_id: str,
    body: requests.Orders,
    key: Key,
    service: ServiceDep,
    terminal: ClinicDep,
) -> Response:
    """What the consultation ordered."""
    groups = [
        Group(g.department_code, tuple(Order(i.code, i.quantity) for i in g.items))
        for g in body.groups
    ]

    def handler(session: Session) -> Json:
        made = visits.order(session, registration_id, groups, service.clock.now())
        return {"bills": [bill_json(session, bill) for bill in made]}

    request = text_of(f"visits/{registration_id}/orders", body)
    return respond(service.keys.once(key, request, handler, 201))


@router.get("/clinic/registrations")
def clinic_registrations(service: ServiceDep, terminal: ClinicDep) -> Json:
    """Confirmed ones of today."""
    with service.db.read() as session:
        day = service.clock.now().date().isoformat()
        return {
            "registrations": [
                {
                    "registration_id": made.id,
                    "display_name": mask_name(person.name, Audience.KIOSK),
                    "department": _department(session, schedule.department_code),
                }
                for made, person, schedule in visits.clinic_registrations(session, day)
            ]
        }


def _department(session: Session, code: str) -> Json:
    found = session.get_one(Department, code)
    return {"zh": found.name_zh, "en": found.name_en}
