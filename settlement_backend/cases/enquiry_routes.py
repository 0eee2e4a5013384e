"""Enquiries and complaints at a window: taken down, followed up, answered (H33, H38)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.cases import enquiries, requests
from settlement_backend.cases.enquiries import Asked
from settlement_backend.cases.shapes import EnquiryList, EnquiryShape, enquiry_shape
from settlement_backend.gate import Key, ServiceDep, kinds, role
from settlement_backend.staff.acting import actor_at
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

WindowDep = Annotated[Terminal, kinds("window")]
HandlerDep = Annotated[Operator, role("cashier", "supervisor", "finance")]
StateText = Annotated[str, Query(pattern=r"^(OPEN|ANSWERED)?$")]
KindText = Annotated[str, Query(pattern=r"^(ENQUIRY|COMPLAINT)?$")]


@router.post("/enquiries", status_code=201, response_model=EnquiryShape)
def take_down(
    body: requests.NewEnquiry,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: HandlerDep,
) -> Response:
    """Who asks what and how to reach them, when nobody can answer on the spot."""

    def handler(session: Session) -> EnquiryShape:
        actor, now = actor_at(terminal, operator), service.clock.now()
        asked = Asked(body.kind, body.name, body.contact, body.content, body.patient_id)
        row = enquiries.take_down(session, service.policy.cases, key, asked, actor, now)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "enquiry_taken_down",
            of=row.id,
            kind=row.kind,
        )
        return enquiry_shape(session, row, now)

    return respond(service.keys.once(key, text_of("enquiries", body), handler, 201))


@router.get("/enquiries", response_model=EnquiryList)
def listed(
    service: ServiceDep,
    terminal: WindowDep,
    operator: HandlerDep,
    state: StateText = "OPEN",
    kind: KindText = "",
) -> EnquiryList:
    """Those that are due first; empty for every state or kind."""
    with service.db.read() as session:
        now = service.clock.now()
        found = enquiries.enquiries(session, state, kind)
        return EnquiryList(enquiries=tuple(enquiry_shape(session, row, now) for row in found))


@router.post("/enquiries/{enquiry_id}/steps", response_model=EnquiryShape)
def handle(
    enquiry_id: str,
    body: requests.Handling,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: HandlerDep,
) -> Response:
    """What was done about it."""

    def handler(session: Session) -> EnquiryShape:
        actor, now = actor_at(terminal, operator), service.clock.now()
        row = enquiries.handle(session, enquiry_id, body.text, actor, now)
        return enquiry_shape(session, row, now)

    request = text_of(f"enquiries/{enquiry_id}/steps", body)
    return respond(service.keys.once(key, request, handler))


@router.post("/enquiries/{enquiry_id}/answer", response_model=EnquiryShape)
def reply(
    enquiry_id: str,
    body: requests.Reply,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: HandlerDep,
) -> Response:
    """The answer that was given; the record is kept."""

    def handler(session: Session) -> EnquiryShape:
        actor, now = actor_at(terminal, operator), service.clock.now()
        row = enquiries.reply(session, enquiry_id, body.answer, actor, now)
        return enquiry_shape(session, row, now)

    request = text_of(f"enquiries/{enquiry_id}/answer", body)
    return respond(service.keys.once(key, request, handler))
