"""Technicians and supervisors: all terminals, enrolment, settings, tickets, idle screens."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing, Reason
from settlement_backend.gate import Key, ServiceDep, TerminalDep, role
from settlement_backend.service import Service
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals import enrolment, fleet, requests, upkeep
from settlement_backend.terminals.shapes import (
    ContentShape,
    Enrolments,
    EnrolmentShape,
    NewCode,
    Revocation,
    Revocations,
    SettingsShape,
    Terminals,
    TerminalShape,
    Tickets,
    TicketShape,
    content_shape,
    enrolment_shape,
    settings_shape,
    terminal_shape,
    ticket_shape,
)
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

TechnicianDep = Annotated[Operator, role("technician")]
KeeperDep = Annotated[Operator, role("technician", "supervisor")]
SupervisorDep = Annotated[Operator, role("supervisor")]
LookerDep = Annotated[Operator, role("technician", "supervisor", "auditor")]


def _note(
    session: Session, service: Service, at: Terminal, by: Operator, event: str, of: str
) -> None:
    audit.note(session, service.clock, at.id, by.number, event, of=of)


@router.get("/terminals", response_model=Terminals)
def terminals(service: ServiceDep, by: LookerDep) -> Terminals:
    """All of them with their alarms (H01, S47, S48)."""
    now, rules = service.clock.now(), service.policy.terminal
    with service.db.read() as session:
        return Terminals(
            terminals=tuple(
                terminal_shape(session, rules, row, now) for row in fleet.listed(session)
            )
        )


@router.post("/terminals", response_model=TerminalShape, status_code=201)
def create(
    body: requests.NewTerminal, key: Key, service: ServiceDep, by: TechnicianDep, at: TerminalDep
) -> Response:
    """A terminal that nobody can be before it is enrolled."""

    def handler(session: Session) -> TerminalShape:
        made = fleet.create(session, body)
        _note(session, service, at, by, "terminal_created", made.id)
        return terminal_shape(session, service.policy.terminal, made, service.clock.now())

    return respond(service.keys.once(key, text_of("terminals", body), handler, 201))


@router.post("/terminals/{terminal_id}/place", response_model=TerminalShape)
def change(
    terminal_id: str,
    body: requests.Place,
    key: Key,
    service: ServiceDep,
    by: TechnicianDep,
    at: TerminalDep,
) -> Response:
    """Where it stands, what it offers, and its site's facts (S48, L16)."""

    def handler(session: Session) -> TerminalShape:
        terminal = enrolment.terminal_of(session, terminal_id)
        fleet.change(terminal, body)
        _note(session, service, at, by, "terminal_changed", terminal.id)
        return terminal_shape(session, service.policy.terminal, terminal, service.clock.now())

    return respond(service.keys.once(key, text_of(f"terminals/{terminal_id}/place", body), handler))


@router.post("/terminals/{terminal_id}/enrolment-codes", response_model=NewCode)
def new_code(terminal_id: str, service: ServiceDep, by: TechnicianDep, at: TerminalDep) -> NewCode:
    """A one-time code, told once and kept as its hash only; the one before it is void."""
    with service.db.write() as session:
        code, expires_at = enrolment.new_code(
            session, service.policy.terminal, terminal_id, by.number, service.clock.now()
        )
        _note(session, service, at, by, "enrolment_code_made", terminal_id)
    return NewCode(terminal_id=terminal_id, code=code, expires_at=expires_at)


@router.get("/enrolments", response_model=Enrolments)
def enrolments(service: ServiceDep, by: KeeperDep) -> Enrolments:
    """Who waits to be compared with the fingerprint on its own screen."""
    with service.db.read() as session:
        return Enrolments(enrolments=tuple(map(enrolment_shape, enrolment.waiting(session))))


@router.post("/enrolments/{enrolment_id}/approve", response_model=EnrolmentShape)
def approve(
    enrolment_id: str,
    body: requests.Fingerprint,
    key: Key,
    service: ServiceDep,
    by: KeeperDep,
    at: TerminalDep,
) -> Response:
    """It becomes the terminal; certificates that terminal had before are revoked."""

    def handler(session: Session) -> EnrolmentShape:
        return _decide(session, service, enrolment_id, body.fingerprint, by, at)

    asked = text_of(f"enrolments/{enrolment_id}/approve", body)
    return respond(service.keys.once(key, asked, handler))


@router.post("/enrolments/{enrolment_id}/reject", response_model=EnrolmentShape)
def reject(
    enrolment_id: str,
    body: Reason,
    key: Key,
    service: ServiceDep,
    by: KeeperDep,
    at: TerminalDep,
) -> Response:
    """It stays a machine without a name; its code is spent."""

    def handler(session: Session) -> EnrolmentShape:
        return _decide(session, service, enrolment_id, "", by, at)

    asked = text_of(f"enrolments/{enrolment_id}/reject", body)
    return respond(service.keys.once(key, asked, handler))


def _decide(
    session: Session,
    service: Service,
    enrolment_id: str,
    fingerprint: str,
    by: Operator,
    at: Terminal,
) -> EnrolmentShape:
    decided = enrolment.decide(
        session,
        service.authority,
        service.policy.terminal,
        enrolment_id,
        fingerprint,
        by.number,
        service.clock.now(),
    )
    event = "enrolment_approved" if fingerprint else "enrolment_rejected"
    audit.note(
        session, service.clock, at.id, by.number, event, of=decided.terminal_id, id=decided.id
    )
    return enrolment_shape(decided)


@router.post("/terminals/{terminal_id}/revoke", response_model=TerminalShape)
def revoke(
    terminal_id: str,
    body: Reason,
    key: Key,
    service: ServiceDep,
    by: KeeperDep,
    at: TerminalDep,
) -> Response:
    """Its certificates are worth nothing any more, and it is out of use until enrolled anew."""

    def handler(session: Session) -> TerminalShape:
        now = service.clock.now()
        terminal = enrolment.terminal_of(session, terminal_id)
        terminal.enabled = False
        enrolment.revoke(session, terminal_id, body.reason, now)
        _note(session, service, at, by, "terminal_revoked", terminal_id)
        return terminal_shape(session, service.policy.terminal, terminal, now)

    asked = text_of(f"terminals/{terminal_id}/revoke", body)
    return respond(service.keys.once(key, asked, handler))


@router.get("/revocations", response_model=Revocations)
def revocations(service: ServiceDep, by: LookerDep) -> Revocations:
    """Every revoked certificate, and the same as an X.509 list for other servers."""
    with service.db.read() as session:
        rows = enrolment.revoked(session)
    crl = service.authority.revocation_list_pem(
        [(row.serial, datetime.fromisoformat(row.revoked_at)) for row in rows], service.clock.now()
    )
    return Revocations(
        revoked=tuple(
            Revocation(
                serial=row.serial, terminal_id=row.terminal_id, at=row.revoked_at, reason=row.reason
            )
            for row in rows
        ),
        crl=crl,
    )


@router.post("/terminals/{terminal_id}/new-journal", response_model=TerminalShape)
def new_journal(
    terminal_id: str,
    body: Reason,
    key: Key,
    service: ServiceDep,
    by: SupervisorDep,
    at: TerminalDep,
) -> Response:
    """Its disk was replaced: the high-water mark of the lost journal is given up by a person."""

    def handler(session: Session) -> TerminalShape:
        terminal = fleet.forget_journal(session, terminal_id)
        _note(session, service, at, by, "journal_given_up", terminal_id)
        return terminal_shape(session, service.policy.terminal, terminal, service.clock.now())

    asked = text_of(f"terminals/{terminal_id}/new-journal", body)
    return respond(service.keys.once(key, asked, handler))


@router.post("/terminals/{terminal_id}/settings", response_model=SettingsShape, status_code=201)
def set_settings(
    terminal_id: str,
    body: requests.NewSettings,
    key: Key,
    service: ServiceDep,
    by: TechnicianDep,
    at: TerminalDep,
) -> Response:
    """The next version of what a terminal is to be set to; it comes with its next heartbeat."""

    def handler(session: Session) -> SettingsShape:
        now = service.clock.now()
        made = upkeep.set_settings(
            session, service.authority, terminal_id, body.values, by.number, now
        )
        _note(session, service, at, by, "settings_made", f"{terminal_id}/{made.version}")
        return settings_shape(made)

    asked = text_of(f"terminals/{terminal_id}/settings", body)
    return respond(service.keys.once(key, asked, handler, 201))


@router.post("/terminals/{terminal_id}/tasks", response_model=TicketShape, status_code=201)
def new_task(
    terminal_id: str,
    body: requests.NewTask,
    key: Key,
    service: ServiceDep,
    by: KeeperDep,
) -> Response:
    """Something to be done at a terminal; it is told with its heartbeat."""

    def handler(session: Session) -> TicketShape:
        now = service.clock.now()
        task = upkeep.open_ticket(
            session, "TASK", terminal_id, body.subject, body.text, "", by.number, now
        )
        return ticket_shape(task)

    asked = text_of(f"terminals/{terminal_id}/tasks", body)
    return respond(service.keys.once(key, asked, handler, 201))


@router.get("/trouble-tickets", response_model=Tickets)
def tickets(service: ServiceDep, by: LookerDep) -> Tickets:
    """Problems and tasks that are open."""
    with service.db.read() as session:
        return Tickets(tickets=tuple(map(ticket_shape, upkeep.open_tickets(session))))


@router.post("/trouble-tickets/{ticket_id}/close", response_model=TicketShape)
def close_ticket(
    ticket_id: str,
    body: requests.TicketAnswer,
    key: Key,
    service: ServiceDep,
    by: TechnicianDep,
    at: TerminalDep,
) -> Response:
    """Done, with what was done."""

    def handler(session: Session) -> TicketShape:
        now = service.clock.now()
        ticket = upkeep.close_ticket(session, ticket_id, body.answer, by.number, now)
        _note(session, service, at, by, "ticket_closed", ticket_id)
        return ticket_shape(ticket)

    asked = text_of(f"trouble-tickets/{ticket_id}/close", body)
    return respond(service.keys.once(key, asked, handler))


@router.post("/idle-content", response_model=ContentShape, status_code=201)
def add_content(
    body: requests.NewContent, key: Key, service: ServiceDep, by: SupervisorDep, at: TerminalDep
) -> Response:
    """Something for idle screens, for one campus or all (H41)."""

    def handler(session: Session) -> ContentShape:
        made = upkeep.add_content(session, body, by.number)
        _note(session, service, at, by, "content_added", made.id)
        return content_shape(made)

    return respond(service.keys.once(key, text_of("idle-content", body), handler, 201))


@router.post("/idle-content/{content_id}/withdraw", response_model=ContentShape)
def withdraw_content(
    content_id: str,
    body: Nothing,
    key: Key,
    service: ServiceDep,
    by: SupervisorDep,
    at: TerminalDep,
) -> Response:
    """Shown no more."""

    def handler(session: Session) -> ContentShape:
        gone = upkeep.withdraw_content(session, content_id, by.number)
        _note(session, service, at, by, "content_withdrawn", gone.id)
        return content_shape(gone)

    return respond(service.keys.once(key, f"idle-content/{content_id}/withdraw", handler))
