"""Who asks: terminals by certificate and signature or by token, operators by their session; and
the journal's high-water mark.

What a reader would get wrong: a terminal that was enrolled once is known by its signature alone;
`settlement_backend/terminals/identity.py` says when a token is still an identity.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header
from sqlalchemy import update
from starlette.requests import Request

from settlement_backend.base.errors import NotAllowed, Refused
from settlement_backend.service import Service
from settlement_backend.staff.operators import in_use, roles_of
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals import identity, signatures
from settlement_backend.terminals.tables import Terminal

_MOST = 2**53 - 1  # what every reader of JSON keeps exactly
_WIRE = "latin-1"


def service_of(request: Request) -> Service:
    """The one service of this process."""
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(service_of)]


async def _signed(request: Request) -> signatures.Request:
    """The request as its signature covers it."""
    scope = request.scope
    headers = [(name.decode(_WIRE), value.decode(_WIRE)) for name, value in scope["headers"]]
    host = next((value for name, value in headers if name == "host"), "")
    query = scope["query_string"].decode(_WIRE)
    path = scope.get("raw_path") or scope["path"].encode()
    target = f"{scope['scheme']}://{host}{path.decode(_WIRE)}{'?' * bool(query)}{query}"
    return signatures.Request(request.method, target, headers, await request.body())


def terminal_of(
    request: Request,
    service: ServiceDep,
    signed: Annotated[signatures.Request, Depends(_signed)],
    authorization: Annotated[str, Header()] = "",
    x_journal_seq: Annotated[int, Header(ge=0, le=_MOST)] = 0,
    x_journal_head: Annotated[str, Header(max_length=64)] = "",
) -> Terminal:
    """The terminal that asks; its journal mark only ever rises. Raises NotAllowed."""
    peer = request.scope.get("state", {}).get("peer_certificate")
    if service.options.tls and peer is None:
        raise NotAllowed
    if peer is not None or "signature-input" in request.headers:
        terminal = identity.by_signature(service.db, signed, peer, service.clock.now())
    else:
        terminal = identity.by_token(service.db, authorization)
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
    """Who is signed in at this terminal and was not idle for too long. Raises NotAllowed."""
    rules, now = service.policy.staff, service.clock.now()
    found = in_use(service.db, rules, x_operator_token, now)
    if found is None or found.terminal_id != terminal.id:
        raise NotAllowed
    with service.db.read() as session:
        return session.get_one(Operator, found.operator)


OperatorDep = Annotated[Operator, Depends(operator_at)]


def role(*wanted: str) -> object:
    """A dependency: the operator signed in here, who has one of these roles."""

    def check(operator: OperatorDep) -> Operator:
        if not set(wanted).intersection(roles_of(operator)):
            raise NotAllowed
        return operator

    return Depends(check)


Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=120)]


def check_mark(terminal: Terminal, seq: int, head: str = "") -> None:
    """A journal behind its mark, or another one at the same number, is an old or copied disk: no
    service (reliability.md 5.1)."""
    other = head != terminal.journal_head and "" not in (head, terminal.journal_head)
    if seq < terminal.journal_seq or (seq == terminal.journal_seq and other):
        raise Refused("journal_behind")
