"""Members of staff: sign-in, their sessions, and the second person of four-eyes steps.

Talks to the database only. What a reader would get wrong: a wrong password is counted in a
transaction of its own, because the request it belongs to is refused and rolled back.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from settlement_backend.clock import later, stamp
from settlement_backend.database import Database
from settlement_backend.errors import Refused
from settlement_backend.models import Operator, OperatorSession

_MOST_FAILURES = 5
_LOCKED_S = 15 * 60
_SALT_BYTES = 16
_DAY_LENGTH = len("2026-03-02")


def hash_password(password: str) -> tuple[str, str]:
    """A new salt, and the password's scrypt with it, both as they are stored."""
    salt = secrets.token_hex(_SALT_BYTES)
    return salt, _scrypt(password, salt)


def _scrypt(password: str, salt: str) -> str:
    """16 MiB of work, as hexadecimal digits."""
    digest = hashlib.scrypt(password.encode(), salt=salt.encode(), n=2**14, r=8, p=1, dklen=32)
    return digest.hex()


def sign_in(
    db: Database, number: str, password: str, terminal_id: str, now: datetime
) -> tuple[Operator, str]:
    """The operator and the token of a new session; whoever was signed in there is signed out.

    The same operator on the same day goes on with their shift. Raises Refused `wrong_password`
    and `locked`.
    """
    _check_password(db, number, password, now)
    token = secrets.token_urlsafe(32)
    with db.write() as session:
        operator = session.get_one(Operator, number)
        here = OperatorSession.terminal_id == terminal_id
        since = stamp(now)
        for old in session.scalars(select(OperatorSession).where(here)):
            if old.operator == number and old.since[:_DAY_LENGTH] == since[:_DAY_LENGTH]:
                since = old.since
        session.execute(delete(OperatorSession).where(here))
        session.add(
            OperatorSession(
                token_hash=_token_hash(token),
                operator=number,
                terminal_id=terminal_id,
                since=since,
            )
        )
    return operator, token


def session_of(session: Session, token: str) -> OperatorSession | None:
    """The shift a token stands for."""
    return session.get(OperatorSession, _token_hash(token))


def operator_of(session: Session, token: str) -> Operator | None:
    """Who a token stands for."""
    shift = session_of(session, token)
    return session.get_one(Operator, shift.operator) if shift is not None else None


def check_second(
    db: Database, number: str, password: str, not_number: str, role: str, now: datetime
) -> Operator:
    """Another person with this role, proved by password.

    Raises Refused `same_person`, `wrong_password`, `locked`, `not_allowed`.
    """
    if number == not_number:
        raise Refused("same_person")
    operator = _check_password(db, number, password, now)
    if role not in operator.roles.split(","):
        raise Refused("not_allowed")
    return operator


def _check_password(db: Database, number: str, password: str, now: datetime) -> Operator:
    """Slow on purpose, so it is done outside of the write transaction."""
    with db.read() as session:
        operator = session.get(Operator, number)
    if operator is not None and operator.locked_until > stamp(now):
        raise Refused("locked")
    hashed = _scrypt(password, operator.salt if operator else "")
    right = operator is not None and hmac.compare_digest(hashed, operator.password_hash)
    if operator is None or not right:
        _count_failure(db, number, now)
        raise Refused("wrong_password")
    with db.write() as session:
        session.get_one(Operator, number).failed = 0
    return operator


def _count_failure(db: Database, number: str, now: datetime) -> None:
    with db.write() as session:
        operator = session.get(Operator, number)
        if operator is None:
            return
        operator.failed += 1
        if operator.failed >= _MOST_FAILURES:
            operator.failed, operator.locked_until = 0, later(now, _LOCKED_S)


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
