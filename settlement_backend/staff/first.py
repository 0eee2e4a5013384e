"""The first account and the first terminal of an empty database.

Talks to the database only. What a reader would get wrong: this is the only way in that needs no
other person, so it works once and only where nobody is known yet; everything else is made from
there, over loopback, before the backend listens to other machines.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.staff.passwords import Passwords
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.identity import digest
from settlement_backend.terminals.tables import Terminal

_DESK = "DESK1"


@dataclass(frozen=True, slots=True)
class First:
    """Secrets that are told once."""

    terminal_id: str
    token: str
    password: str


def first_technician(session: Session, passwords: Passwords, number: str, now: datetime) -> First:
    """Somebody who may create terminals and accounts. Raises Refused `not_empty`."""
    if session.scalar(select(Operator.number).limit(1)) or session.scalar(
        select(Terminal.id).limit(1)
    ):
        raise Refused("not_empty")
    token, password = secrets.token_hex(32), f"Zf-{secrets.token_hex(6)}"
    session.add(
        Terminal(
            id=_DESK,
            token_hash=digest(token),
            kind="tech",
            name_zh="运维台",
            name_en="Service desk",
            place_zh="",
            place_en="",
            slip_key=hmac.new(token.encode(), b"slip", hashlib.sha256).hexdigest(),
        )
    )
    session.add(
        Operator(
            number=number,
            name=number,
            roles="supervisor,technician",
            password_hash=passwords.hashed(password),
            password_at=stamp(now),
            must_change=True,
        )
    )
    session.flush()
    return First(_DESK, token, password)
