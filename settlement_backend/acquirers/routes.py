"""Agreements that bills are paid by."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from settlement_backend.acquirers import requests
from settlement_backend.acquirers.shapes import AgreementList, AgreementShape
from settlement_backend.base import audit
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing, Reason
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds, role
from settlement_backend.people import people
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

SigningDep = Annotated[Terminal, kinds("kiosk", "window", "clinic", "mobile")]
FinanceDep = Annotated[Operator, role("finance", "supervisor")]


@router.post("/agreements", status_code=201, response_model=AgreementShape)
def enrol(
    body: requests.NewAgreement, key: Key, service: ServiceDep, terminal: SigningDep
) -> Response:
    """The code a payer signs by on the phone (W02, L13); the key is the agreement's id."""

    def handler() -> AgreementShape:
        asked = (key, body.patient_id, body.product, body.payer_id, terminal)
        return service.agreeing.enrol(*asked)

    return respond(service.keys.once_outside(key, text_of("agreements", body), handler, 201))


@router.get("/agreements/{agreement_id}")
def agreement(agreement_id: str, service: ServiceDep, terminal: SigningDep) -> AgreementShape:
    """As it stands at its bank."""
    return service.agreeing.refresh(agreement_id)


@router.get("/patients/{person_id}/agreements")
def agreements(person_id: str, service: ServiceDep, terminal: TerminalDep) -> AgreementList:
    """What is signed for a patient, as last heard (W02)."""
    with service.db.read() as session:
        people.person_of(session, person_id)
    return service.agreeing.all_of(person_id)


@router.post("/patients/{person_id}/agreements/find", response_model=AgreementList)
def find(
    person_id: str, body: Nothing, key: Key, service: ServiceDep, terminal: SigningDep
) -> Response:
    """Ask the banks for credit lines of this patient, a relative's included (A.b1, H28)."""
    request = f"patients/{person_id}/agreements/find"
    return respond(
        service.keys.once_outside(key, request, lambda: service.agreeing.find(person_id))
    )


@router.post("/agreements/{agreement_id}/cancel", response_model=AgreementShape)
def cancel(
    agreement_id: str, body: Reason, key: Key, service: ServiceDep, terminal: SigningDep
) -> Response:
    """End a debit agreement; the terminal has identified the patient before (W02)."""
    request = text_of(f"agreements/{agreement_id}/cancel", body)
    return respond(
        service.keys.once_outside(key, request, lambda: service.agreeing.cancel(agreement_id))
    )


@router.post("/agreements/{agreement_id}/abuse", response_model=AgreementShape)
def abuse(
    agreement_id: str,
    body: Reason,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
    operator: FinanceDep,
) -> Response:
    """A person reports that a credit line is misused (H32); never done by a machine."""

    def handler() -> AgreementShape:
        told = service.agreeing.report_abuse(key, agreement_id, body.reason)
        with service.db.write() as session:
            audit.note(
                session,
                service.clock,
                terminal.id,
                operator.number,
                "credit_abuse_reported",
                agreement=agreement_id,
            )
        return told

    request = text_of(f"agreements/{agreement_id}/abuse", body)
    return respond(service.keys.once_outside(key, request, handler))
