"""Operators: sign-in and sign-out, their accounts, and what waits for a window."""

from __future__ import annotations

import hashlib
import hmac
from typing import Annotated

from fastapi import APIRouter, Header, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.clock import stamp
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.gate import Key, OperatorDep, ServiceDep, TerminalDep, kinds, role
from settlement_backend.refunds.tables import Refund
from settlement_backend.service import Service
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.staff import accounts, operators, requests, shifts
from settlement_backend.staff.queue import Queue, queue_of
from settlement_backend.staff.shapes import (
    DaySums,
    Operators,
    OperatorShape,
    SignedIn,
    SignedOut,
    operator_shape,
)
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

WindowDep = Annotated[Terminal, kinds("window")]
StaffedDep = Annotated[Terminal, kinds("window", "ward", "kiosk", "tech", "audit")]
SupervisorDep = Annotated[Operator, role("supervisor")]
OverseerDep = Annotated[Operator, role("supervisor", "auditor")]


@router.post("/operators/sign-in", response_model=SignedIn)
def sign_in(body: requests.SignIn, service: ServiceDep, terminal: StaffedDep) -> SignedIn:
    """Number and password; five wrong ones lock for 15 minutes."""
    now = service.clock.now()
    operator, token = operators.sign_in(
        service.db, service.policy.staff, body.operator, body.password, terminal, now
    )
    with service.db.write() as session:
        audit.note(session, service.clock, terminal.id, operator.number, "operator_signed_in")
        told = _signed_in(session, operator, terminal, token, stamp(now))
        return told.model_copy(update={"token": token})


@router.post("/operators/sign-out", response_model=SignedOut)
def sign_out(
    service: ServiceDep,
    terminal: StaffedDep,
    operator: OperatorDep,
    x_operator_token: Annotated[str, Header()] = "",
) -> SignedOut:
    """The session is over; an open shift stays open."""
    with service.db.write() as session:
        operators.sign_out(session, x_operator_token)
        audit.note(session, service.clock, terminal.id, operator.number, "operator_signed_out")
    return SignedOut(signed_out=True)


@router.get("/operators/me", response_model=SignedIn)
def operator_now(
    service: ServiceDep,
    terminal: StaffedDep,
    operator: OperatorDep,
    x_operator_token: Annotated[str, Header()] = "",
) -> SignedIn:
    """Who is signed in here, with the day's sums now."""
    now = stamp(service.clock.now())
    with service.db.read() as session:
        return _signed_in(session, operator, terminal, x_operator_token, now)


def _signed_in(
    session: Session, operator: Operator, terminal: Terminal, token: str, now: str
) -> SignedIn:
    """The token itself is told once only, by sign-in."""
    found = operators.session_of(session, token)
    shift = shifts.open_at(session, terminal.id)
    return SignedIn(
        operator=operator.number,
        name=operator.name,
        roles=operators.roles_of(operator),
        token="",
        shift=_sums(session, terminal.id, found.since if found else now, now[:10]),
        shift_id=shift.id if shift else "",
    )


def _sums(session: Session, terminal_id: str, since: str, day: str) -> DaySums:
    """What this window took today."""
    done = (
        Settlement.terminal_id == terminal_id,
        Settlement.state == "COMPLETED",
        Settlement.settled_at.startswith(day),
    )
    count = session.scalar(select(func.count()).select_from(Settlement).where(*done))
    taken = session.scalar(
        select(func.coalesce(func.sum(Tender.amount_fen), 0))
        .join(Settlement, Settlement.id == Tender.settlement_id)
        .where(*done, Tender.state == "TAKEN")
    )
    paid_back = Refund.state == "PAID", Refund.at.startswith(day)
    refunds = session.scalar(select(func.count()).select_from(Refund).where(*paid_back))
    return DaySums(
        since=since, taken_fen=int(taken or 0), count=int(count or 0), refunds=int(refunds or 0)
    )


@router.post("/operators/password", response_model=OperatorShape)
def change_password(
    body: requests.ChangePassword, key: Key, service: ServiceDep, terminal: StaffedDep
) -> Response:
    """An own password, by the old one; nobody has to be signed in, because it may be too old."""

    def handler() -> OperatorShape:
        operator = accounts.change_password(
            service.db,
            service.policy.staff,
            service.options.passwords,
            body.operator,
            body.password,
            body.new_password,
            service.clock.now(),
        )
        with service.db.write() as session:
            audit.note(session, service.clock, terminal.id, operator.number, "password_changed")
        return operator_shape(operator)

    asked = f"operators/password\n{body.told()}{_sealed(service, body.new_password)}"
    return respond(service.keys.once_outside(key, asked, handler))


def _sealed(service: Service, secret: str) -> str:
    """Tells two secrets apart without keeping anything one could try passwords on."""
    return hmac.new(service.slip_key, secret.encode(), hashlib.sha256).hexdigest()


@router.get("/operators", response_model=Operators)
def list_operators(service: ServiceDep, operator: OverseerDep) -> Operators:
    """All accounts."""
    with service.db.read() as session:
        return Operators(operators=tuple(map(operator_shape, accounts.listed(session))))


@router.post("/operators", response_model=OperatorShape, status_code=201)
def create(
    body: requests.NewOperator, key: Key, service: ServiceDep, by: SupervisorDep, at: TerminalDep
) -> Response:
    """A new account; its password must be changed at the first sign-in."""
    accounts.check_new(body.password, body.operator, service.policy.staff)
    hashed = service.options.passwords.hashed(body.password)

    def handler(session: Session) -> OperatorShape:
        now = service.clock.now()
        made = accounts.create(session, body.operator, body.name, body.roles, hashed, now)
        _note(session, service, at, by, "operator_created", made)
        return operator_shape(made)

    asked = f"operators\n{body.told()}{_sealed(service, body.password)}"
    return respond(service.keys.once(key, asked, handler, 201))


@router.post("/operators/{number}/roles", response_model=OperatorShape)
def change_roles(
    number: str,
    body: requests.NewRoles,
    key: Key,
    service: ServiceDep,
    by: SupervisorDep,
    at: TerminalDep,
) -> Response:
    """Other roles; nobody changes their own."""

    def handler(session: Session) -> OperatorShape:
        changed = accounts.change_roles(session, number, body.roles, by.number)
        _note(session, service, at, by, "operator_roles_changed", changed)
        return operator_shape(changed)

    return respond(service.keys.once(key, text_of(f"operators/{number}/roles", body), handler))


@router.post("/operators/{number}/disable", response_model=OperatorShape)
def disable(
    number: str,
    body: requests.Disable,
    key: Key,
    service: ServiceDep,
    by: SupervisorDep,
    at: TerminalDep,
) -> Response:
    """Out of use, or back in use; open sessions end."""

    def handler(session: Session) -> OperatorShape:
        changed = accounts.disable(session, number, body.disabled, by.number)
        event = "operator_disabled" if body.disabled else "operator_enabled"
        _note(session, service, at, by, event, changed)
        return operator_shape(changed)

    return respond(service.keys.once(key, text_of(f"operators/{number}/disable", body), handler))


@router.post("/operators/{number}/reset", response_model=OperatorShape)
def reset(
    number: str,
    body: requests.Reset,
    key: Key,
    service: ServiceDep,
    by: SupervisorDep,
    at: TerminalDep,
) -> Response:
    """A first password for somebody who forgot theirs, and no lock any more."""
    accounts.check_new(body.password, number, service.policy.staff)
    hashed = service.options.passwords.hashed(body.password)

    def handler(session: Session) -> OperatorShape:
        changed = accounts.reset(session, number, hashed, by.number, service.clock.now())
        _note(session, service, at, by, "password_reset", changed)
        return operator_shape(changed)

    asked = f"operators/{number}/reset\n{_sealed(service, body.password)}"
    return respond(service.keys.once(key, asked, handler))


def _note(
    session: Session, service: Service, at: Terminal, by: Operator, event: str, whose: Operator
) -> None:
    audit.note(session, service.clock, at.id, by.number, event, of=whose.number, roles=whose.roles)


@router.get("/queue", response_model=Queue)
def queue(service: ServiceDep, terminal: WindowDep) -> Queue:
    """Referrals of today whose bills are still open, and refunds that wait."""
    with service.db.read() as session:
        return queue_of(session, service.clock.now().date().isoformat())
