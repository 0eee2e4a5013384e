"""Relatives, guardians and the registered contact (N17, N20, N22, W30, W32)."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Reason, audience_of
from settlement_backend.gate import Key, ServiceDep, TerminalDep
from settlement_backend.people import consents, people, relatives, requests, rules, special
from settlement_backend.people.access import MobileDep, PhoneOrDeskDep
from settlement_backend.people.people import Accepted
from settlement_backend.people.relatives import Place, Relative
from settlement_backend.people.shapes import (
    ChargeList,
    RelationList,
    RelationShape,
    charge_shape,
    relation_shape,
)
from settlement_backend.people.tables import Relation
from settlement_backend.policy.decision import noted, required
from settlement_backend.service import Service
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)


def _answer(
    service: Service, session: Session, terminal: Terminal, event: str, relation: Relation
) -> RelationShape:
    audit.note(
        session,
        service.clock,
        terminal.id,
        "",
        event,
        of=relation.person_id,
        relation=relation.id,
        kind=relation.kind,
    )
    return relation_shape(relation, audience_of(terminal.kind))


@router.get("/patients/{person_id}/relatives", response_model=RelationList)
def listed(person_id: str, service: ServiceDep, terminal: TerminalDep) -> RelationList:
    """Who acts for a person."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        found = relatives.of_person(session, person_id)
        audience = audience_of(terminal.kind)
        return RelationList(relations=[relation_shape(one, audience) for one in found])


@router.post("/patients/{person_id}/relatives", status_code=201, response_model=RelationShape)
def ask(
    person_id: str,
    body: requests.NewRelative,
    key: Key,
    service: ServiceDep,
    terminal: PhoneOrDeskDep,
) -> Response:
    """A relative asks to be bound (N17); a window records a guardian whose proof it saw (N22)."""

    def handler(session: Session) -> RelationShape:
        person = people.person_of(session, person_id, alone=True)
        place = Place(key, terminal.id, terminal.kind, service.clock.now())
        relation = relatives.ask(session, person, Relative(**body.model_dump()), place)
        return _answer(service, session, terminal, "relative_asked", relation)

    request = text_of(f"patients/{person_id}/relatives", body)
    return respond(service.keys.once(key, request, handler, 201))


@router.post("/relatives/{relation_id}/agree", response_model=RelationShape)
def agree(
    relation_id: str,
    body: requests.Agree,
    key: Key,
    service: ServiceDep,
    terminal: PhoneOrDeskDep,
) -> Response:
    """The patient agrees; for a child its guardian does."""
    accepted = Accepted(**body.consent.model_dump())

    def handler(session: Session) -> RelationShape:
        relation = relatives.relation_of(session, relation_id)
        person = people.person_of(session, relation.person_id, alone=True)
        facts = special.facts_of(session, person, service.clock.now().date())
        guardian = relatives.guardian_of(session, person.id)
        if guardian is None or guardian.id != body.guardian:
            alone = rules.may_agree_alone(service.policy, facts)
            required(
                noted(session, service.clock, terminal.id, "", "agree_alone", person.id, alone)
            )
        consents.give(session, person.id, "RELATIVE", accepted, terminal.id)
        agreed = relatives.agree(session, relation, body.guardian or "PATIENT")
        return _answer(service, session, terminal, "relative_agreed", agreed)

    request = text_of(f"relatives/{relation_id}/agree", body)
    return respond(service.keys.once(key, request, handler))


@router.post("/relatives/{relation_id}/end", response_model=RelationShape)
def end(
    relation_id: str, body: Reason, key: Key, service: ServiceDep, terminal: PhoneOrDeskDep
) -> Response:
    """From now on they may do nothing."""

    def handler(session: Session) -> RelationShape:
        relation = relatives.relation_of(session, relation_id)
        ended = relatives.end(session, relation, service.clock.now())
        return _answer(service, session, terminal, "relative_ended", ended)

    return respond(service.keys.once(key, f"relatives/{relation_id}/end", handler))


@router.post("/relatives/patients", response_model=ChargeList)
def patients(body: requests.RelativeNumber, service: ServiceDep, terminal: MobileDep) -> ChargeList:
    """For whom the person at this phone may act (N20)."""
    with service.db.read() as session:
        found = relatives.of_relative(session, body.id_number)
        return ChargeList(patients=[charge_shape(session, one) for one in found])


@router.post("/patients/{person_id}/contact", status_code=201, response_model=RelationShape)
def set_contact(
    person_id: str,
    body: requests.Contact,
    key: Key,
    service: ServiceDep,
    terminal: PhoneOrDeskDep,
) -> Response:
    """The contact registered at the visit, who is paid for a minor (W30)."""

    def handler(session: Session) -> RelationShape:
        person = people.person_of(session, person_id, alone=True)
        place = Place(key, terminal.id, terminal.kind, service.clock.now())
        contact = Relative("CONTACT", body.name, body.id_number, body.phone)
        relation = relatives.set_contact(session, person, contact, place)
        return _answer(service, session, terminal, "contact_set", relation)

    request = text_of(f"patients/{person_id}/contact", body)
    return respond(service.keys.once(key, request, handler, 201))


@router.post("/patients/{person_id}/contact/real-name", response_model=RelationShape)
def name_contact(
    person_id: str,
    body: requests.NameAndNumber,
    key: Key,
    service: ServiceDep,
    terminal: PhoneOrDeskDep,
) -> Response:
    """The second real-name submission for a contact that is not clear (W32)."""

    def handler(session: Session) -> RelationShape:
        people.person_of(session, person_id, alone=True)
        relation = relatives.name_contact(session, person_id, body.name, body.id_number)
        return _answer(service, session, terminal, "contact_named", relation)

    request = text_of(f"patients/{person_id}/contact/real-name", body)
    return respond(service.keys.once(key, request, handler))
