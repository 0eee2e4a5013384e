"""Who somebody is: identification, registration, what may be seen and decided of a person."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from core.identity import Audience
from settlement_backend.base import audit
from settlement_backend.base.errors import Refused
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import audience_of
from settlement_backend.gate import Key, ServiceDep, TerminalDep
from settlement_backend.people import (
    cards,
    consents,
    people,
    requests,
    rules,
    special,
)
from settlement_backend.people.access import CashierDep, WindowDep
from settlement_backend.people.identify import Found, Visitor
from settlement_backend.people.media import Shown
from settlement_backend.people.people import Accepted, Document, Unknown
from settlement_backend.people.privacy_notice import NOTICE_VERSION
from settlement_backend.people.shapes import (
    Identified,
    Patient,
    PatientList,
    Revealed,
    patient_shape,
)
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import Decision, noted, required
from settlement_backend.service import Service
from settlement_backend.statistics import uses
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

_MOST_BY_PHONE = 20
_IDENTITY_OF = {"HEALTH_CARD_ANON": "ANONYMOUS", "GREEN_CHANNEL": "ON_ACCOUNT"}


@router.post("/people/identify", response_model=Identified)
def identify(body: requests.Identify, service: ServiceDep, terminal: TerminalDep) -> Identified:
    """Who a medium belongs to; codes are decoded by their issuers only."""
    shown = Shown(body.medium.kind, body.medium.value)
    found = service.identities.identify(shown, body.purpose)
    return _identified(service, found, body.medium.kind, terminal)


def _identified(service: Service, found: Found, kind: str, terminal: Terminal) -> Identified:
    with service.db.write() as session:
        uses.shown(session, service.clock.now(), kind, terminal.kind)
        if found.by_relative:
            audit.note(
                session,
                service.clock,
                terminal.id,
                "",
                "identified_by_relative",
                of=found.person_id,
            )
    with service.db.read() as session:
        person = people.person_of(session, found.person_id)
        shown = patient_shape(
            session, person, audience_of(terminal.kind), service.clock.now().date()
        )
    return Identified(**shown.model_dump(), by_relative=found.by_relative)


@router.post("/people", status_code=201, response_model=Patient)
def register(
    body: requests.NewPerson, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """A person from an ID card (S03)."""
    document = Document(**body.document.model_dump())
    accepted = Accepted(**body.consent.model_dump())

    def handler(session: Session) -> Patient:
        today = service.clock.now().date()
        person = people.register(session, document, body.phone, accepted, NOTICE_VERSION, today)
        consents.give(session, person.id, "PRIVACY", accepted, terminal.id)
        audit.note(session, service.clock, terminal.id, "", "person_registered", of=person.id)
        return patient_shape(session, person, audience_of(terminal.kind), today)

    return respond(service.keys.once(key, text_of("people", body), handler, 201))


@router.post("/people/first-visit", status_code=201, response_model=Identified)
def first_visit(
    body: requests.FirstVisit, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """First-visit registration by a code or a card whose issuer names the person (H09, S06)."""
    accepted = Accepted(**body.consent.model_dump())
    permission = Accepted(**body.permission.model_dump()) if body.permission else None
    visitor = Visitor(Shown(body.medium.kind, body.medium.value), body.phone, accepted)

    def handler() -> Identified:
        today = service.clock.now().date()
        found = service.identities.enrol(visitor, body.purpose, NOTICE_VERSION, today)
        with service.db.write() as session:
            consents.give(session, found.person_id, "PRIVACY", accepted, terminal.id)
            if permission:
                consents.give(session, found.person_id, "E_CERTIFICATE", permission, terminal.id)
            audit.note(session, service.clock, terminal.id, "", "first_visit", of=found.person_id)
        return _identified(service, found, body.medium.kind, terminal)

    request = text_of("people/first-visit", body)
    return respond(service.keys.once_outside(key, request, handler, 201))


@router.post("/people/unknown", status_code=201, response_model=Patient)
def add_unknown(
    body: requests.UnknownPerson,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """Somebody without a name, for an anonymous or a green-channel card (S05, S28)."""
    somebody = Unknown(_IDENTITY_OF[body.card], body.called, body.sex, body.birth_date)
    allowed = rules.may_issue(service.policy.identity, body.card, terminal.kind, 0)

    def handler(session: Session) -> Patient:
        required(allowed)
        person = people.add_unknown(session, somebody)
        audit.note(
            session, service.clock, terminal.id, operator.number, "unknown_person", of=person.id
        )
        today = service.clock.now().date()
        return patient_shape(session, person, audience_of(terminal.kind), today)

    return respond(service.keys.once(key, text_of("people/unknown", body), handler, 201))


@router.post("/people/find", response_model=Patient)
def find(
    body: requests.NameAndNumber, service: ServiceDep, terminal: WindowDep, operator: CashierDep
) -> Patient:
    """By name and number, for somebody with neither card nor phone (N19)."""
    with service.db.write() as session:
        person = people.known_by(session, body.id_number)
        if person is None or person.name != body.name:
            raise Refused("not_found")
        audit.note(
            session, service.clock, terminal.id, operator.number, "found_by_name", of=person.id
        )
        today = service.clock.now().date()
        return patient_shape(session, person, audience_of(terminal.kind), today)


@router.post("/people/find-by-phone", response_model=PatientList)
def find_by_phone(
    body: requests.PhoneNumber, service: ServiceDep, terminal: WindowDep, operator: CashierDep
) -> PatientList:
    """Masked, because several may share a number and the one who asks is not proven."""
    with service.db.write() as session:
        found = people.known_by_phone(session, body.phone, _MOST_BY_PHONE)
        for person in found:
            audit.note(
                session, service.clock, terminal.id, operator.number, "found_by_phone", of=person.id
            )
        today = service.clock.now().date()
        return PatientList(
            patients=[patient_shape(session, one, Audience.KIOSK, today) for one in found]
        )


@router.get("/patients/{person_id}", response_model=Patient)
def patient(person_id: str, service: ServiceDep, terminal: WindowDep) -> Patient:
    """For windows."""
    with service.db.read() as session:
        person = people.person_of(session, person_id)
        today = service.clock.now().date()
        return patient_shape(session, person, audience_of(terminal.kind), today)


@router.get("/patients/{person_id}/may/{question}", response_model=Decision)
def may(
    person_id: str, question: rules.Question, service: ServiceDep, terminal: TerminalDep
) -> Decision:
    """What the profile says about a person; a refusal names the rule and what is needed (H35)."""
    with service.db.write() as session:
        person = people.person_of(session, person_id)
        facts = special.facts_of(session, person, service.clock.now().date())
        decision = rules.QUESTIONS[question](service.policy, facts)
        asked = question.value.replace("-", "_")
        return noted(session, service.clock, terminal.id, "", asked, person.id, decision)


@router.post("/patients/{person_id}/reveal", response_model=Revealed)
def reveal(
    person_id: str,
    body: requests.Reveal,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Revealed:
    """One datum unmasked, with a reason, in the audit log (B.13)."""
    with service.db.write() as session:
        person = people.person_of(session, person_id)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "revealed",
            of=person.id,
            field=body.field,
            reason=body.reason,
        )
        return Revealed(field=body.field, value=_datum(session, person, body.field))


def _datum(session: Session, person: Person, field: str) -> str:
    """In full; the number of the card that is in use or lost, "" without one."""
    if field != "card_number":
        return str(getattr(person, field))
    card = cards.card_of(session, person.id)
    return card.number if card is not None else ""
