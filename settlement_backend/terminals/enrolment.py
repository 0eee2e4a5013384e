"""Enrolment: a one-time code, a request with a key, a person's yes by fingerprint, a certificate.

Talks to the database and the authority, inside the caller's transaction. What a reader would get
wrong: the code only lets a machine ask; what makes it a terminal is a person who compared the
fingerprints on both screens. Whatever the machine claims to be called is ignored.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.policy.profile import TerminalRules
from settlement_backend.terminals.authority import Authority, fingerprint_of, public_key_of
from settlement_backend.terminals.identity import digest
from settlement_backend.terminals.tables import Certificate, Enrolment, EnrolmentCode, Terminal

_CODE_BYTES = 10


def terminal_of(session: Session, terminal_id: str) -> Terminal:
    """To be changed. Raises NoSuch."""
    terminal = session.get(Terminal, terminal_id, with_for_update=True)
    if terminal is None:
        raise NoSuch("unknown_terminal")
    return terminal


def new_code(
    session: Session, rules: TerminalRules, terminal_id: str, by: str, now: datetime
) -> tuple[str, str]:
    """A code for one terminal and until when it may be used; codes before it are void."""
    terminal_of(session, terminal_id)
    unused = EnrolmentCode.terminal_id == terminal_id, EnrolmentCode.used_at == ""
    session.execute(update(EnrolmentCode).where(*unused).values(used_at=stamp(now)))
    code = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()
    expires_at = later(now, rules.code_hours * 3600)
    session.add(
        EnrolmentCode(
            code_hash=digest(code), terminal_id=terminal_id, made_by=by, expires_at=expires_at
        )
    )
    session.flush()
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4)), expires_at


def ask(session: Session, key: str, code: str, csr: str, token: str, now: datetime) -> Enrolment:
    """A machine with a code asks for a certificate. `token`: one it made, of which slips' keys
    are made too. Raises Refused `code_wrong` and `bad_csr`."""
    fingerprint = fingerprint_of(public_key_of(csr))
    code_hash = digest(code.replace("-", "").upper())
    used = session.execute(
        update(EnrolmentCode)
        .where(
            EnrolmentCode.code_hash == code_hash,
            EnrolmentCode.used_at == "",
            EnrolmentCode.expires_at > stamp(now),
        )
        .values(used_at=stamp(now))
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused("code_wrong")
    enrolment = Enrolment(
        id="E" + hashlib.sha256(key.encode()).hexdigest()[:31],
        terminal_id=session.get_one(EnrolmentCode, code_hash).terminal_id,
        csr=csr,
        fingerprint=fingerprint,
        token_hash=digest(token),
        slip_key=hmac.new(token.encode(), b"slip", hashlib.sha256).hexdigest(),
        state="WAITING",
        at=stamp(now),
    )
    session.add(enrolment)
    session.flush()
    return enrolment


def enrolment_of(session: Session, enrolment_id: str) -> Enrolment:
    """Raises NoSuch."""
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None:
        raise NoSuch("unknown_enrolment")
    return enrolment


def waiting(session: Session) -> list[Enrolment]:
    """Oldest first."""
    wanted = select(Enrolment).where(Enrolment.state == "WAITING").order_by(Enrolment.at)
    return list(session.scalars(wanted))


def decide(
    session: Session,
    authority: Authority,
    rules: TerminalRules,
    enrolment_id: str,
    fingerprint: str,
    by: str,
    now: datetime,
) -> Enrolment:
    """Approve; `fingerprint` "" rejects. Certificates the terminal had before are revoked.

    Raises Refused `fingerprint_differs` and `not_waiting`.
    """
    enrolment = enrolment_of(session, enrolment_id)
    if fingerprint and not _same(fingerprint, enrolment.fingerprint):
        raise Refused("fingerprint_differs")
    decided = session.execute(
        update(Enrolment)
        .where(Enrolment.id == enrolment_id, Enrolment.state == "WAITING")
        .values(state="ISSUED" if fingerprint else "REJECTED", decided_by=by, decided_at=stamp(now))
    )
    if decided.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused("not_waiting")
    session.refresh(enrolment)
    if fingerprint:
        revoke(session, enrolment.terminal_id, "enrolled anew", now)
        terminal = terminal_of(session, enrolment.terminal_id)
        terminal.token_hash, terminal.slip_key = enrolment.token_hash, enrolment.slip_key
        terminal.enrolled = terminal.enabled = True
        made = issue(session, authority, rules, terminal.id, enrolment.csr, now)
        enrolment.serial = made.serial
    return enrolment


def _same(told: str, kept: str) -> bool:
    return "".join(told.split()).lower() == kept.replace(" ", "")


def issue(
    session: Session,
    authority: Authority,
    rules: TerminalRules,
    terminal_id: str,
    csr: str,
    now: datetime,
) -> Certificate:
    """A certificate more; those before it stay valid until their own end."""
    made = authority.issue(csr, terminal_id, rules.certificate_days, now)
    certificate = Certificate(
        serial=made.serial,
        terminal_id=terminal_id,
        digest=hashlib.sha256(made.der).hexdigest(),
        content=made.der,
        state="VALID",
        not_after=stamp(made.not_after),
        issued_at=stamp(now),
    )
    session.add(certificate)
    session.flush()
    return certificate


def revoke(session: Session, terminal_id: str, reason: str, now: datetime) -> int:
    """None of its certificates is worth anything any more; how many there were."""
    revoked = session.execute(
        update(Certificate)
        .where(Certificate.terminal_id == terminal_id, Certificate.state == "VALID")
        .values(state="REVOKED", revoked_at=stamp(now), reason=reason)
    )
    return int(revoked.rowcount)  # type: ignore[attr-defined]  # a CursorResult for UPDATE


def revoked(session: Session) -> list[Certificate]:
    """All that were revoked and are not over by themselves."""
    wanted = select(Certificate).where(Certificate.state == "REVOKED")
    return list(session.scalars(wanted.order_by(Certificate.revoked_at)))


def newest(session: Session, terminal_id: str) -> Certificate | None:
    """The valid certificate that lasts longest."""
    valid = Certificate.terminal_id == terminal_id, Certificate.state == "VALID"
    wanted = select(Certificate).where(*valid).order_by(Certificate.not_after.desc())
    return session.scalar(wanted.limit(1))


def pem_of(certificate: Certificate) -> str:
    """As a terminal keeps it."""
    made = x509.load_der_x509_certificate(certificate.content)
    return made.public_bytes(Encoding.PEM).decode()
