"""What only a window does with people: identities, a death, accounts that join (S20, S28)."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import audience_of
from settlement_backend.gate import Key, ServiceDep
from settlement_backend.people import handover, people, requests, rules, special
from settlement_backend.people.access import CashierDep, SupervisorDep, WindowDep
from settlement_backend.people.handover import Change
from settlement_backend.people.shapes import (
    Deceased,
    HandoverShape,
    Patient,
    handover_shape,
    patient_shape,
)
from settlement_backend.people.special import DECEASED, Desk
from settlement_backend.policy.decision import required

router = APIRouter(prefix="/v1", responses=ANSWERS)


@router.post("/patients/{person_id}/identities", response_model=Patient)
def set_identities(
    person_id: str,
    body: requests.Identities,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """Exactly these special identities from now on (S20)."""

    def handler(session: Session) -> Patient:
        person = people.person_of(session, person_id, alone=True)
        before = person.identities
        special.set_identities(person, body.identities, service.policy.identity.window_only)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "identities_set",
            of=person_id,
            before=before,
            after=person.identities,
        )
        today = service.clock.now().date()
        return patient_shape(session, person, audience_of(terminal.kind), today)

    request = text_of(f"patients/{person_id}/identities", body)
    return respond(service.keys.once(key, request, handler))


@router.post("/patients/{person_id}/death", response_model=Deceased)
def report_death(
    person_id: str,
    body: requests.Death,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """A death with its proof; the rest of the list may follow later (W34)."""
    wanted = service.policy.refund.deceased_documents

    def handler(session: Session) -> Deceased:
        person = people.person_of(session, person_id, alone=True)
        desk = Desk(operator.number, terminal.id, service.clock.now())
        known = frozenset(body.documents).intersection(wanted)
        special.see(session, person_id, DECEASED, known, desk)
        seen = special.seen(session, person_id, DECEASED)
        refund = required(rules.deceased_documents(wanted, seen))
        special.report_death(session, person, body.died_on, desk)
        audit.note(
            session, service.clock, terminal.id, operator.number, "death_reported", of=person_id
        )
        return Deceased(
            patient_id=person_id, died_on=body.died_on, documents=sorted(seen), refund=refund
        )

    request = text_of(f"patients/{person_id}/death", body)
    return respond(service.keys.once(key, request, handler))


@router.post("/cards/{number}/transfer", response_model=HandoverShape)
def transfer(
    number: str,
    body: requests.Transfer,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """A green-channel card's account goes to the real identity; the card is spent (S28)."""

    def handler(session: Session) -> HandoverShape:
        desk = Desk(operator.number, terminal.id, service.clock.now())
        done = handover.transfer(session, number, body.patient_id, body.reason, desk)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "green_account_transferred",
            of=done.from_id,
            to=done.to_id,
            bills=done.bills,
        )
        return handover_shape(done)

    return respond(service.keys.once(key, text_of(f"cards/{number}/transfer", body), handler))


@router.post("/people/merge", response_model=HandoverShape)
def merge(
    body: requests.Merge,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: SupervisorDep,
) -> Response:
    """A double registration ends; a supervisor decides, nothing does it by itself."""

    def handler(session: Session) -> HandoverShape:
        desk = Desk(operator.number, terminal.id, service.clock.now())
        change = Change(body.from_id, body.patient_id, body.reason)
        done = handover.merge(session, change, desk)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "people_merged",
            of=done.from_id,
            to=done.to_id,
            bills=done.bills,
        )
        return handover_shape(done)

    return respond(service.keys.once(key, text_of("people/merge", body), handler))
