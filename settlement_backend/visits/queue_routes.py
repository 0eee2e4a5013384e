"""Queues: check-in at a machine or desk, calls from a room, what the calling screen shows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits import arrivals, queues, requests
from settlement_backend.visits.shapes import NextShape, QueueShape, TicketShape, ticket_shape

router = APIRouter(prefix="/v1", responses=ANSWERS)

ArrivalDep = Annotated[Terminal, kinds("kiosk", "window", "exam", "mobile")]
RoomDep = Annotated[Terminal, kinds("clinic", "exam")]


@router.post("/check-ins", status_code=201, response_model=TicketShape)
def check_in(
    body: requests.CheckIn, key: Key, service: ServiceDep, terminal: ArrivalDep
) -> Response:
    """A paid registration or an exam appointment of today enters its queue."""

    def handler(session: Session) -> TicketShape:
        about = body.about or arrivals.named_by(session, service.slip_key, body.text)
        return ticket_shape(session, arrivals.check_in(session, service.context, about))

    return respond(service.keys.once(key, text_of("check-ins", body), handler, 201))


@router.get("/queues/{queue}", response_model=QueueShape)
def queue(queue: str, service: ServiceDep, terminal: TerminalDep) -> QueueShape:
    """Who was called and who waits, with masked names. `queue`: a doctor's or an exam session."""
    with service.db.read() as session:
        found = queues.waiting(session, queue)
        return QueueShape(
            queue=queue, tickets=tuple(ticket_shape(session, ticket) for ticket in found)
        )


@router.post("/queues/{queue}/next", response_model=NextShape)
def call_next(
    queue: str, body: requests.Call, key: Key, service: ServiceDep, terminal: RoomDep
) -> Response:
    """Call the next one to a room; two rooms never call the same person."""

    def handler(session: Session) -> NextShape:
        place = body.place
        called = queues.call_next(session, queue, place.zh, place.en, service.clock.now())
        return NextShape(ticket=ticket_shape(session, called) if called else None)

    return respond(service.keys.once(key, text_of(f"queues/{queue}/next", body), handler))


@router.post("/tickets/{ticket_id}/finish", response_model=TicketShape)
def finish(
    ticket_id: str, body: requests.Seen, key: Key, service: ServiceDep, terminal: RoomDep
) -> Response:
    """The called one was seen, or did not come."""

    def handler(session: Session) -> TicketShape:
        return ticket_shape(session, queues.finish(session, ticket_id, body.outcome))

    return respond(service.keys.once(key, text_of(f"tickets/{ticket_id}/finish", body), handler))
