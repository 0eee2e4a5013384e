"""Settlements, holds and suspense."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend import people, requests
from settlement_backend.cases import open_case
from settlement_backend.clock import stamp
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds
from settlement_backend.holds import HoldFacts, hold_json, register, terms
from settlement_backend.models import Hold, Settlement, Terminal
from settlement_backend.quoting import Wish
from settlement_backend.routes.common import ANSWERS, respond, text_of
from settlement_backend.settling import settlement_json
from settlement_backend.shapes import Json

router = APIRouter(prefix="/v1", responses=ANSWERS)

WindowDep = Annotated[Terminal, kinds("window")]
_DAYS_BACK = 30


@router.post("/settlements", status_code=201)
def open_settlement(
    body: requests.NewSettlement, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """Lock and quote; the key is the settlement's id."""
    wanted = [(bill.bill_id, bill.version) for bill in body.bills]
    return respond(
        service.keys.once_outside(
            key,
            text_of("settlements", body),
            lambda: service.saga.open(key, body.patient_id, wanted, terminal),
            201,
        )
    )


@router.post("/settlements/{settlement_id}/commit")
def commit(
    settlement_id: str,
    body: requests.Commit,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
) -> Response:
    """Pay."""
    return respond(
        service.keys.once_outside(
            key,
            text_of(f"settlements/{settlement_id}/commit", body),
            lambda: service.saga.commit(
                settlement_id,
                Wish(key, body.tender, body.auth_code, body.amount_fen),
                terminal,
            ),
        )
    )


@router.get("/settlements/{settlement_id}")
def settlement(settlement_id: str, service: ServiceDep, terminal: TerminalDep) -> Json:
    """As it stands; looking moves nothing."""
    return service.saga.view(settlement_id, terminal.kind)


@router.post("/settlements/{settlement_id}/cancel")
def cancel(
    settlement_id: str,
    body: requests.Reason,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
) -> Response:
    """Undo."""
    request = f"settlements/{settlement_id}/cancel"
    return respond(
        service.keys.once_outside(
            key, request, lambda: service.saga.cancel(settlement_id, terminal.kind)
        )
    )


@router.get("/patients/{person_id}/settlements")
def settlements(person_id: str, service: ServiceDep, terminal: WindowDep) -> Json:
    """Completed ones of the last 30 days, newest first."""
    now = service.clock.now()
    with service.db.read() as session:
        people.person_of(session, person_id)
        found = session.scalars(
            select(Settlement)
            .where(
                Settlement.person_id == person_id,
                Settlement.state == "COMPLETED",
                Settlement.created_at > stamp(now - timedelta(days=_DAYS_BACK)),
            )
            .order_by(Settlement.created_at.desc())
        )
        return {
            "settlements": [
                settlement_json(session, row, terminal.kind, service.slip_key, service.policy)
                for row in found
            ]
        }


@router.get("/patients/{person_id}/hold-terms")
def hold_terms(person_id: str, service: ServiceDep, terminal: TerminalDep) -> Json:
    """May this patient place a hold (S10, S16)."""
    with service.db.read() as session:
        return terms(people.person_of(session, person_id), service.policy.hold)


@router.get("/patients/{person_id}/holds")
def holds(person_id: str, service: ServiceDep, terminal: TerminalDep) -> Json:
    """Newest first."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        found = session.scalars(
            select(Hold).where(Hold.person_id == person_id).order_by(Hold.created_at.desc())
        )
        return {"holds": [hold_json(hold) for hold in found]}


@router.post("/holds", status_code=201)
def new_hold(
    body: requests.NewHold, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """What a POS approved."""
    told = body.model_dump(exclude={"patient_id"})

    def handler() -> Json:
        return register(
            service.db,
            service.acquirer,
            service.clock,
            body.patient_id,
            HoldFacts(**told),
            service.policy.hold,
        )

    return respond(service.keys.once_outside(key, text_of("holds", body), handler, 201))


@router.post("/suspense", status_code=201)
def suspense(
    body: requests.NewSuspense, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """A doubt gets an owner."""

    def handler(session: Session) -> Json:
        case = open_case(
            session,
            service.policy.doubt,
            service.clock.now(),
            operation_kind=body.operation_kind,
            operation_id=body.operation_id,
            amount_fen=body.amount_fen,
            evidence=body.evidence,
            person_id=body.patient_id or "",
        )
        return {"case_id": case.id, "owner": case.owner, "due_at": case.due_at}

    request = f"suspense/{body.operation_id}"
    return respond(service.keys.once(key, request, handler, 201))
