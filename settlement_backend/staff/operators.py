"""Members of staff: sign-in, their sessions, and the second person of four-eyes steps.

Talks to the database only. What a reader would get wrong: a wrong password is counted in a
transaction of its own, because the request it belongs to is refused and rolled back.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.database import Database
from settlement_backend.base.errors import Refused
from settlement_backend.policy.decision import required
from settlement_backend.policy.profile import StaffRules
from settlement_backend.staff import passwords
from settlement_backend.staff.duties import may_sign_in
from settlement_backend.staff.tables import Operator, OperatorSession
from settlement_backend.terminals.tables import Terminal

_MOST_FAILURES = 5
_LOCKED_S = 15 * 60
_DAY_LENGTH = len("2026-03-02")
_TOUCH_S = 60
_DAY_S = 24 * 3600


def sign_in(
    db: Database,
    rules: StaffRules,
    number: str,
    password: str,
    terminal: Terminal,
    now: datetime,
) -> tuple[Operator, str]:
    """The operator and the token of a new session; whoever was signed in there is signed out.

    The same operator on the same day goes on since then. Raises Refused `wrong_password`,
    `locked`, `password_expired` and `not_here`.
    """
    operator = check_password(db, number, password, now)
    required(may_sign_in(rules, terminal.kind, roles_of(operator)))
    if operator.must_change or _too_old(operator, rules, now):
        raise Refused("password_expired")
    token = secrets.token_urlsafe(32)
    with db.write() as session:
        here = OperatorSession.terminal_id == terminal.id
        since = stamp(now)
        for old in session.scalars(select(OperatorSession).where(here)):
            if old.operator == number and old.since[:_DAY_LENGTH] == since[:_DAY_LENGTH]:
                since = old.since
        session.execute(delete(OperatorSession).where(here))
        session.add(
            OperatorSession(
                token_hash=_token_hash(token),
                operator=number,
                terminal_id=terminal.id,
                since=since,
                last_at=stamp(now),
            )
        )
    return operator, token


def _too_old(operator: Operator, rules: StaffRules, now: datetime) -> bool:
    oldest = later(now, -rules.password_days * _DAY_S)
    return operator.password_at != "" and operator.password_at < oldest


def sign_out(session: Session, token: str) -> None:
    """The session is over; one that is over already stays so."""
    session.execute(delete(OperatorSession).where(OperatorSession.token_hash == _token_hash(token)))


def sign_out_everywhere(session: Session, number: str) -> None:
    """All sessions of somebody are over."""
    session.execute(delete(OperatorSession).where(OperatorSession.operator == number))


def roles_of(operator: Operator) -> tuple[str, ...]:
    """As words."""
    return tuple(word for word in operator.roles.split(",") if word)


def session_of(session: Session, token: str) -> OperatorSession | None:
    """The session a token stands for."""
    return session.get(OperatorSession, _token_hash(token))


def operator_of(session: Session, token: str) -> Operator | None:
    """Who a token stands for."""
    found = session_of(session, token)
    return session.get_one(Operator, found.operator) if found is not None else None


def in_use(db: Database, rules: StaffRules, token: str, now: datetime) -> OperatorSession | None:
    """The session of a request, kept alive by it; None when it was idle for too long (B.11)."""
    with db.read() as session:
        found = session_of(session, token)
    if found is None or (found.last_at or found.since) < later(now, -rules.idle_minutes * 60):
        return None
    if found.last_at < later(now, -_TOUCH_S):
        with db.write() as session:
            session.execute(
                update(OperatorSession)
                .where(OperatorSession.token_hash == found.token_hash)
                .values(last_at=stamp(now))
            )
    return found


def check_second(
    db: Database, number: str, password: str, not_number: str, role: str, now: datetime
) -> Operator:
    """Another person with this role, proved by password.

    Raises Refused `same_person`, `wrong_password`, `locked`, `not_allowed`.
    """
    if number == not_number:
        raise Refused("same_person")
    operator = check_password(db, number, password, now)
    if role not in roles_of(operator):
        raise Refused("not_allowed")
    return operator


def check_password(db: Database, number: str, password: str, now: datetime) -> Operator:
    """Who this is. Slow on purpose, so it is done outside of the write transaction.

    Raises Refused `wrong_password`, also for a disabled account, and `locked`.
    """
    with db.read() as session:
        operator = session.get(Operator, number)
    if operator is not None and operator.locked_until > stamp(now):
        raise Refused("locked")
    right = passwords.matches(operator.password_hash if operator else None, password)
    if operator is None or not right or operator.disabled:
        _count_failure(db, number, now)
        raise Refused("wrong_password")
    if operator.failed:
        with db.write() as session:
            session.execute(update(Operator).where(Operator.number == number).values(failed=0))
    return operator


def _count_failure(db: Database, number: str, now: datetime) -> None:
    """Counted by one UPDATE: of many at once each counts."""
    counted = Operator.failed + 1
    with db.write() as session:
        whose = Operator.number == number
        session.execute(update(Operator).where(whose).values(failed=counted))
        session.execute(
            update(Operator)
            .where(whose, Operator.failed >= _MOST_FAILURES)
            .values(failed=0, locked_until=later(now, _LOCKED_S))
        )


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
