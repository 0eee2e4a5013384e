"""Doubts with an owner, and how they end; where problems go that are not the hospital's."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.outside import Json
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.cases import cases, deciding, requests
from settlement_backend.cases.places import places
from settlement_backend.cases.rules import Verdict
from settlement_backend.cases.shapes import (
    CaseList,
    CaseOpened,
    CaseShape,
    Places,
    case_shape,
)
from settlement_backend.cases.tables import Case
from settlement_backend.documents.slips import slip_json
from settlement_backend.documents.tables import Slip
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds, role
from settlement_backend.refunds.actors import second_person
from settlement_backend.service import Service
from settlement_backend.staff.acting import actor_at
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

HandlerDep = Annotated[Operator, role("cashier", "supervisor", "finance")]
WindowDep = Annotated[Terminal, kinds("window")]
ReaderDep = Annotated[Operator, role("cashier", "supervisor", "finance", "auditor")]
StateText = Annotated[str, Query(pattern=r"^(OPEN|RESOLVED)?$")]
PersonText = Annotated[str, Query(max_length=80)]
_SECOND = ("supervisor", "finance")


@router.post("/suspense", status_code=201, response_model=CaseOpened)
def suspense(
    body: requests.NewSuspense, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """A doubt gets an owner."""

    def handler(session: Session) -> CaseOpened:
        case = cases.open_case(
            session,
            service.policy.doubt,
            service.clock.now(),
            operation_kind=body.operation_kind,
            operation_id=body.operation_id,
            amount_fen=body.amount_fen,
            evidence=body.evidence,
            person_id=body.patient_id or "",
        )
        return CaseOpened(case_id=case.id, owner=case.owner, due_at=case.due_at)

    request = f"suspense/{body.operation_id}"
    return respond(service.keys.once(key, request, handler, 201))


@router.get("/cases", response_model=CaseList)
def listed(
    service: ServiceDep,
    terminal: TerminalDep,
    operator: ReaderDep,
    state: StateText = "OPEN",
    patient_id: PersonText = "",
) -> CaseList:
    """Those that are due first; `state` empty for all."""
    with service.db.read() as session:
        found = cases.cases(session, state, patient_id)
        return CaseList(cases=tuple(_shown(session, service, terminal, each) for each in found))


@router.get("/cases/{case_id}", response_model=CaseShape)
def case(
    case_id: str, service: ServiceDep, terminal: TerminalDep, operator: ReaderDep
) -> CaseShape:
    """With its evidence and history."""
    with service.db.read() as session:
        return _shown(session, service, terminal, cases.case_of(session, case_id))


@router.post("/cases/{case_id}/evidence", response_model=CaseShape)
def add_evidence(
    case_id: str,
    body: requests.Evidence,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
    operator: HandlerDep,
) -> Response:
    """One more thing that is known."""

    def handler(session: Session) -> CaseShape:
        actor, now = actor_at(terminal, operator), service.clock.now()
        changed = cases.add_evidence(session, case_id, body.text, actor, now)
        return _shown(session, service, terminal, changed)

    return respond(service.keys.once(key, text_of(f"cases/{case_id}/evidence", body), handler))


@router.post("/cases/{case_id}/owner", response_model=CaseShape)
def give(
    case_id: str,
    body: requests.NewOwner,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
    operator: HandlerDep,
) -> Response:
    """Somebody else owns it from now on."""

    def handler(session: Session) -> CaseShape:
        actor, now = actor_at(terminal, operator), service.clock.now()
        changed = cases.give(session, case_id, body.owner, body.reason, actor, now)
        return _shown(session, service, terminal, changed)

    return respond(service.keys.once(key, text_of(f"cases/{case_id}/owner", body), handler))


@router.post("/cases/{case_id}/resolve", response_model=CaseShape)
def resolve(
    case_id: str,
    body: requests.Resolution,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
    operator: HandlerDep,
) -> Response:
    """What became of the money, by a named person; above the profile's amount by two."""
    second = second_of(service, terminal, body, operator)
    above_fen = service.policy.cases.second_person_above_fen

    def handler(session: Session) -> CaseShape:
        actor, now = actor_at(terminal, operator), service.clock.now()
        deciding.may_just_end(session, case_id)
        ended = cases.resolve(
            session, above_fen, case_id, body.outcome, body.reason, actor, second, now
        )
        facts = {"of": case_id, "outcome": body.outcome, "second": second}
        audit.note(session, service.clock, terminal.id, operator.number, "case_resolved", **facts)
        return _shown(session, service, terminal, ended)

    request = f"cases/{case_id}/resolve\n{body.told()}"
    return respond(service.keys.once(key, request, handler))


@router.post("/cases/{case_id}/decide", response_model=CaseShape)
def decide(
    case_id: str,
    body: requests.Judgement,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: HandlerDep,
) -> Response:
    """What is in SUSPENSE goes on by the evidence in hand, and its case ends with it."""
    second = second_of(service, terminal, body, operator)
    verdict = Verdict(body.decision, body.tender_id or body.part_id, body.proof)

    def handler(session: Session) -> CaseShape:
        actor, context = actor_at(terminal, operator), service.context
        ended = deciding.decide(session, context, case_id, verdict, body.reason, actor, second)
        facts = {"of": case_id, "decision": body.decision, "about": verdict.about}
        facts |= {"outcome": ended.outcome, "second": second}
        audit.note(session, service.clock, terminal.id, operator.number, "case_decided", **facts)
        return _shown(session, service, terminal, ended)

    request = f"cases/{case_id}/decide\n{body.told()}"
    return respond(service.keys.once(key, request, handler))


@router.get("/guidance/places", response_model=Places)
def outside(terminal: TerminalDep) -> Places:
    """Where problems go that the hospital cannot solve (H36)."""
    return places()


def second_of(
    service: Service, terminal: Terminal, body: requests.Vouched, operator: Operator
) -> str:
    """The second person's number, proved by password; "" when nobody is named. Raises Refused."""
    if not body.second_operator:
        return ""
    named = (body.second_operator, body.second_password, operator.number)
    return second_person(service, terminal, *named, _SECOND).operator


def _shown(session: Session, service: Service, terminal: Terminal, case: Case) -> CaseShape:
    return case_shape(session, case, service.clock.now(), qr_of(terminal, case))


def qr_of(terminal: Terminal, case: Case) -> str:
    """The text of a slip of kind U for this case, as the terminal itself would make it."""
    if not terminal.slip_key:
        return ""
    slip = Slip(kind="U", id=f"{terminal.id}-{case.id}-{case.amount_fen}")
    told: Json = slip_json(slip, bytes.fromhex(terminal.slip_key))
    return str(told["qr_text"])
