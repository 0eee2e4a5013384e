"""Where somebody's money is, for the patient and for a window."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.errors import Refused
from settlement_backend.base.responses import ANSWERS
from settlement_backend.base.shapes import audience_of
from settlement_backend.cases import requests
from settlement_backend.cases.cases import case_of
from settlement_backend.cases.money import Trail
from settlement_backend.cases.money_shapes import FoundPatients, MoneyTrail
from settlement_backend.cases.tables import Case
from settlement_backend.documents import slips
from settlement_backend.gate import ServiceDep, kinds, role
from settlement_backend.people import people
from settlement_backend.people.shapes import patient_shape
from settlement_backend.people.tables import Person
from settlement_backend.service import Service
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

WindowDep = Annotated[Terminal, kinds("window")]
PatientsDep = Annotated[Terminal, kinds("kiosk", "window", "mobile")]
SearcherDep = Annotated[Operator, role("cashier", "supervisor", "finance")]
_MOST = 20


@router.get("/patients/{person_id}/money", response_model=MoneyTrail)
def where_is_my_money(person_id: str, service: ServiceDep, terminal: PatientsDep) -> MoneyTrail:
    """Every step of every movement with its proof, and what happens next."""
    with service.db.read() as session:
        person = people.person_of(session, person_id)
        audience, today = audience_of(terminal.kind), service.clock.now().date()
        masked = terminal.kind != "window"
        return MoneyTrail(
            patient=patient_shape(session, person, audience, today),
            items=Trail(session, person_id, masked=masked).items(),
        )


@router.post("/money/find", response_model=FoundPatients)
def find(
    body: requests.MoneySearch, service: ServiceDep, terminal: WindowDep, operator: SearcherDep
) -> FoundPatients:
    """Whose money it is, by a slip's text, a case's number, or phone tail and name."""
    with service.db.write() as session:
        found = _found(session, service, body)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "money_searched",
            found=len(found),
        )
        today = service.clock.now().date()
        audience = audience_of(terminal.kind)
        return FoundPatients(
            patients=tuple(patient_shape(session, each, audience, today) for each in found)
        )


def _found(session: Session, service: Service, body: requests.MoneySearch) -> list[Person]:
    if body.slip:
        return _of(session, _by_slip(session, service, body.slip))
    if body.case_id:
        return _of(session, case_of(session, body.case_id).person_id)
    if body.amount_fen and body.day:
        return _by_amount(session, body.amount_fen, body.day)
    if not body.phone_tail or not body.name:
        raise Refused("search_too_wide")
    alike = select(Person).where(
        Person.name == body.name,
        Person.phone.endswith(body.phone_tail),
        Person.merged_into == "",
    )
    return list(session.scalars(alike.order_by(Person.id).limit(_MOST)))


def _by_amount(session: Session, amount_fen: int, day: str) -> list[Person]:
    """Who paid, or may have paid, so much on this day: a whole bill, or one part of it."""
    part = select(Tender.settlement_id).where(Tender.amount_fen == amount_fen)
    whole = or_(Settlement.total_fen == amount_fen, Settlement.id.in_(part))
    paid = select(Settlement.person_id).where(Settlement.created_at.startswith(day), whole)
    wanted = select(Person).where(Person.id.in_(paid), Person.merged_into == "")
    return list(session.scalars(wanted.order_by(Person.id).limit(_MOST)))


def _by_slip(session: Session, service: Service, text: str) -> str:
    """The person of a genuine slip, "" when the slip names nobody. Raises Refused."""

    def key_of(terminal_id: str) -> bytes | None:
        made_by = session.get(Terminal, terminal_id)
        return bytes.fromhex(made_by.slip_key) if made_by else None

    found = slips.resolve(session, service.slip_key, key_of, text)
    if found.slip is not None:
        return found.slip.person_id
    case = session.get(Case, found.case_id)
    return case.person_id if case is not None else ""


def _of(session: Session, person_id: str) -> list[Person]:
    person = session.get(Person, person_id) if person_id else None
    if person is not None and person.merged_into:
        person = session.get(Person, person.merged_into)
    return [person] if person is not None else []
