"""Which terminal asks: by certificate and signature, or by token on the backend's own machine.

Talks to the database. What a reader would get wrong: a token is an identity only for a terminal
that was never enrolled, and only while the backend listens on loopback without TLS; and a request
without a time must carry a higher number than every such request before it.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.database import Database
from settlement_backend.base.errors import NotAllowed
from settlement_backend.terminals import signatures
from settlement_backend.terminals.signatures import BadSignature, Claim, Request
from settlement_backend.terminals.tables import Certificate, Terminal

log = logging.getLogger(__name__)

WINDOW_S = 300


def digest(token: str) -> str:
    """Tokens are stored as hashes."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(db: Database, authorization: str) -> Terminal:
    """A terminal that never enrolled. Raises NotAllowed."""
    scheme, _, token = authorization.partition(" ")
    with db.read() as session:
        terminal = session.scalar(select(Terminal).where(Terminal.token_hash == digest(token)))
    if scheme != "Bearer" or terminal is None or terminal.enrolled or not terminal.enabled:
        raise NotAllowed
    return terminal


def by_signature(db: Database, request: Request, peer: bytes | None, now: datetime) -> Terminal:
    """An enrolled terminal. `peer`: the certificate of the TLS connection (DER), which must be the
    one that signed; None where there is no TLS. Raises NotAllowed."""
    try:
        claim = signatures.claim_of(request)
        if peer is not None and hashlib.sha256(peer).hexdigest() != claim.key_id:
            raise BadSignature("signed by another certificate than the connection's")
        with db.read() as session:
            terminal, key = _holder(session, claim.key_id, now)
        signatures.check(request, key)
        _check_fresh(db, terminal, claim, now)
    except BadSignature as error:
        log.info("a signed request is refused: %s", error)
        raise NotAllowed from None
    return terminal


def _holder(session: Session, key_id: str, now: datetime) -> tuple[Terminal, Ed25519PublicKey]:
    row = session.scalar(select(Certificate).where(Certificate.digest == key_id))
    if row is None or row.state != "VALID" or row.not_after <= stamp(now):
        raise BadSignature("no valid certificate of ours")
    terminal = session.get_one(Terminal, row.terminal_id)
    if not terminal.enabled:
        raise BadSignature("the terminal is out of use")
    key = x509.load_der_x509_certificate(row.content).public_key()
    assert isinstance(key, Ed25519PublicKey), "our authority certifies no other keys"
    return terminal, key


def _check_fresh(db: Database, terminal: Terminal, claim: Claim, now: datetime) -> None:
    if claim.created is not None:
        if abs(int(now.timestamp()) - claim.created) > WINDOW_S:
            raise BadSignature("from another time")
        return
    with db.write() as session:
        newer = session.execute(
            update(Terminal)
            .where(Terminal.id == terminal.id, Terminal.request_seq < claim.seq)
            .values(request_seq=claim.seq)
        )
    if newer.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise BadSignature("without a time, and its number is not new")
