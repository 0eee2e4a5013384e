"""Departments, registrations and bookings, what a doctor's room sends, papers and progress.

The facts of a visit have their own routes in `liability_routes.py`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend.base.errors import Refused
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import IsoDay, Nothing, Reason, Words
from settlement_backend.bills.shapes import BillList, bill_shape
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds
from settlement_backend.people import people, relatives
from settlement_backend.service import Service
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits import consultations, papers, progress, requests, schedules, visits
from settlement_backend.visits.consultations import Group, Order
from settlement_backend.visits.papers import GuideShape, SummaryShape
from settlement_backend.visits.progress import ProgressList
from settlement_backend.visits.schedules import DepartmentList
from settlement_backend.visits.shapes import (
    ClinicList,
    ClinicRegistration,
    RegistrationShape,
    RegistrationState,
    VisitList,
    registration_shape,
    visit_summary,
)
from settlement_backend.visits.tables import Department, Registration, Schedule

router = APIRouter(prefix="/v1", responses=ANSWERS)

ClinicDep = Annotated[Terminal, kinds("clinic")]
ReceptionDep = Annotated[Terminal, kinds("kiosk", "window", "mobile")]
_MOST_VISITS = 100


@router.get("/departments", response_model=DepartmentList)
def departments(
    service: ServiceDep, terminal: TerminalDep, day: IsoDay | None = None
) -> DepartmentList:
    """Today's doctors, or those of another day."""
    wanted = day or service.clock.now().date()
    with service.db.read() as session:
        return schedules.departments(session, wanted)


@router.post("/registrations", status_code=201, response_model=RegistrationShape)
def register(
    body: requests.NewRegistration, key: Key, service: ServiceDep, terminal: ReceptionDep
) -> Response:
    """A place with a doctor of today; its bill is paid within the profile's minutes."""

    def handler(session: Session) -> RegistrationShape:
        person = people.person_of(session, body.patient_id, alone=True)
        made = visits.register(session, service.context, person, body.schedule_id)
        return registration_shape(session, made, service.slip_key)

    return respond(service.keys.once(key, text_of("registrations", body), handler, 201))


@router.post("/appointments", status_code=201, response_model=RegistrationShape)
def book(
    body: requests.NewAppointment, key: Key, service: ServiceDep, terminal: ReceptionDep
) -> Response:
    """A place of a day to come, for the person or by a relative who may; paid when collected."""

    def handler(session: Session) -> RegistrationShape:
        person = people.person_of(session, body.patient_id, alone=True)
        _check_relation(session, person.id, body.relation_id)
        made = visits.book(session, service.context, person, body.schedule_id, body.relation_id)
        return registration_shape(session, made, service.slip_key)

    return respond(service.keys.once(key, text_of("appointments", body), handler, 201))


def _check_relation(session: Session, person_id: str, relation_id: str) -> None:
    """A relative must have been agreed to. Raises NoSuch and Refused `not_a_relative`."""
    if not relation_id:
        return
    relation = relatives.relation_of(session, relation_id)
    if (relation.person_id, relation.state, relation.may_see) != (person_id, "ACTIVE", True):
        raise Refused("not_a_relative")


@router.post("/appointments/{registration_id}/collect", response_model=RegistrationShape)
def collect(
    registration_id: str, body: Nothing, key: Key, service: ServiceDep, terminal: ReceptionDep
) -> Response:
    """The booked place's slip on its day; its fee is to be paid now (S31)."""

    def handler(session: Session) -> RegistrationShape:
        made = visits.collect(session, service.context, registration_id)
        return registration_shape(session, made, service.slip_key)

    return respond(service.keys.once(key, f"appointments/{registration_id}/collect", handler))


@router.get("/registrations/{registration_id}", response_model=RegistrationShape)
def registration(
    registration_id: str, service: ServiceDep, terminal: TerminalDep
) -> RegistrationShape:
    """As it stands."""
    with service.db.read() as session:
        found = visits.registration_of(session, registration_id)
        return registration_shape(session, found, service.slip_key)


@router.post("/registrations/{registration_id}/cancel", response_model=RegistrationState)
def cancel(
    registration_id: str, body: Reason, key: Key, service: ServiceDep, terminal: ReceptionDep
) -> Response:
    """Give an unpaid or a booked place back."""

    def handler(session: Session) -> RegistrationState:
        given = visits.cancel(session, registration_id)
        return RegistrationState(registration_id=given.id, state=given.state)

    return respond(service.keys.once(key, f"registrations/{registration_id}/cancel", handler))


@router.get("/patients/{person_id}/visits", response_model=VisitList)
def list_visits(person_id: str, service: ServiceDep, terminal: TerminalDep) -> VisitList:
    """Visits and booked places, newest first, with what they cost (S35)."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        found = session.scalars(
            select(Registration)
            .join(Schedule, Schedule.id == Registration.schedule_id)
            .where(Registration.person_id == person_id)
            .order_by(Schedule.day.desc(), Registration.id)
            .limit(_MOST_VISITS)
        )
        return VisitList(visits=tuple(visit_summary(session, one) for one in found))


@router.get("/patients/{person_id}/progress", response_model=ProgressList)
def follow(
    person_id: str,
    service: ServiceDep,
    terminal: ReceptionDep,
    relation_id: Annotated[str, Query(max_length=80)] = "",
) -> ProgressList:
    """The steps of today's visits, for the person or for a relative who may see them (N20)."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        _check_relation(session, person_id, relation_id)
        return progress.of_day(session, person_id, service.clock.now().date().isoformat())


@router.get("/registrations/{registration_id}/guide", response_model=GuideShape)
def guide(registration_id: str, service: ServiceDep, terminal: TerminalDep) -> GuideShape:
    """The guide slip: where to go next, in which order, what is paid (N24)."""
    with service.db.read() as session:
        found = visits.registration_of(session, registration_id)
        return papers.guide(session, found, service.slip_key)


@router.get("/registrations/{registration_id}/summary", response_model=SummaryShape)
def summary(registration_id: str, service: ServiceDep, terminal: TerminalDep) -> SummaryShape:
    """The visit summary slip (S21): what was done, what it cost, who bore it."""
    with service.db.read() as session:
        found = visits.registration_of(session, registration_id)
        return papers.summary(session, found, service.slip_key)


@router.post("/visits/{registration_id}/orders", status_code=201, response_model=BillList)
def orders(
    registration_id: str, body: requests.Orders, key: Key, service: ServiceDep, terminal: ClinicDep
) -> Response:
    """What the consultation ordered: a bill for each group."""

    def handler(session: Session) -> BillList:
        groups = [_group(service, group) for group in body.groups]
        made = consultations.order(session, registration_id, groups, service.clock.now())
        return BillList(bills=tuple(bill_shape(session, bill) for bill in made))

    request = text_of(f"visits/{registration_id}/orders", body)
    return respond(service.keys.once(key, request, handler, 201))


def _group(service: Service, group: requests.OrderGroup) -> Group:
    if group.exclusion and group.exclusion not in service.policy.deferral.exclusions:
        raise Refused("unknown_exclusion")
    items = tuple(Order(item.code, item.quantity_e4) for item in group.items)
    return Group(group.department_code, items, group.exclusion)


@router.post("/visits/{registration_id}/end", response_model=RegistrationShape)
def end_visit(
    registration_id: str, body: Nothing, key: Key, service: ServiceDep, terminal: ClinicDep
) -> Response:
    """The doctor ends the visit; the clock of paying later starts."""

    def handler(session: Session) -> RegistrationShape:
        ended = consultations.end(session, registration_id, service.clock.now())
        return registration_shape(session, ended, service.slip_key)

    return respond(service.keys.once(key, f"visits/{registration_id}/end", handler))


@router.get("/clinic/registrations", response_model=ClinicList)
def clinic_registrations(service: ServiceDep, terminal: ClinicDep) -> ClinicList:
    """Confirmed ones of today."""
    with service.db.read() as session:
        day = service.clock.now().date().isoformat()
        listed = []
        for made, person, schedule in consultations.of_day(session, day):
            department = session.get_one(Department, schedule.department_code)
            listed.append(
                ClinicRegistration(
                    registration_id=made.id,
                    display_name=mask_name(person.name, Audience.KIOSK),
                    department=Words(zh=department.name_zh, en=department.name_en),
                )
            )
        return ClinicList(registrations=tuple(listed))
