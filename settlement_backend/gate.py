"""Who asks: terminals by their token, operators by theirs; and the journal's high-water mark."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import Depends, Header, Request
from sqlalchemy import select, update

from settlement_backend.errors import NotAllowed, Refused
from settlement_backend.models import Operator, Terminal
from settlement_backend.operators import session_of
from settlement_backend.service import Service

_MOST = 2**62  # what the database can keep


def digest(token: str) -> str:
    """Tokens are stored as hashes."""
    return hashlib.sha256(token.encode()).hexdigest()


def service_of(request: Request) -> Service:
    """The one service of this process."""
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(service_of)]


def terminal_of(
    service: ServiceDep,
    authorization: Annotated[str, Header()] = "",
    x_journal_seq: Annotated[int, Header(ge=0, le=_MOST)] = 0,
    x_journal_head: Annotated[str, Header(max_length=64)] = "",
) -> Terminal:
    """The terminal of this token; its journal mark only ever rises. Raises NotAllowed."""
    scheme, _, token = authorization.partition(" ")
    with service.db.read() as session:
        terminal = session.scalar(select(Terminal).where(Terminal.token_hash == digest(token)))
    if scheme != "Bearer" or terminal is None:
        raise NotAllowed
    raise_mark(service, terminal, x_journal_seq, x_journal_head)
    return terminal


def raise_mark(service: Service, terminal: Terminal, seq: int, head: str) -> None:
    """Keep the highest journal mark this terminal told; a lower one changes nothing."""
    if seq <= terminal.journal_seq:
        return
    with service.db.write() as session:
        session.execute(
            update(Terminal)
            .where(Terminal.id == terminal.id, Terminal.journal_seq < seq)
            .values(journal_seq=seq, journal_head=head)
        )


TerminalDep = Annotated[Terminal, Depends(terminal_of)]


def kinds(*allowed: str) -> object:
    """A dependency that admits only these kinds of terminals."""

    def check(terminal: TerminalDep) -> Terminal:
        if terminal.kind not in allowed:
            raise NotAllowed
        return terminal

    return Depends(check)


def operator_at(
    service: ServiceDep,
    terminal: TerminalDep,
    x_operator_token: Annotated[str, Header()] = "",
) -> Operator:
    """Who is signed in at this window. Raises NotAllowed."""
    with service.db.read() as session:
        shift = session_of(session, x_operator_token)
        if shift is None or shift.terminal_id != terminal.id:
            raise NotAllowed
        return session.get_one(Operator, shift.operator)


OperatorDep = Annotated[Operator, Depends(operator_at)]
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=120)]


def check_mark(terminal: Terminal, seq: int) -> None:
    """A journal behind its mark is an old disk: no service (reliability.md 5.1)."""
    if seq < terminal.journal_seq:
        raise Refused("journal_behind")
