"""Findings of malicious arrears: two persons' word with evidence, never the clock's (N16).

Talks to the database only; `reporting.py` tells the city. What a reader would get wrong: the flag
closes pay-later here at once (N08, 4), but suspends nothing and starts nothing by itself.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.deferral.tables import BillSet, MaliciousFlag
from settlement_backend.policy.profile import Policy

_IN_ARREARS = ("OVERDUE", "SUSPENDING")


@dataclass(frozen=True, slots=True)
class Finding:
    """Who found what: two different operators, the evidence in words. `flag_id`: ours, for ever."""

    flag_id: str
    evidence: str
    operator: str
    second: str


def flag(
    session: Session, policy: Policy, set_id: str, finding: Finding, now: datetime
) -> MaliciousFlag:
    """Of a visit whose bills are overdue; the same id again changes nothing.

    Raises NoSuch, Refused `no_arrears`, `flagged`.
    """
    known = session.get(MaliciousFlag, finding.flag_id)
    if known is not None:
        return known
    kept = session.get(BillSet, set_id, with_for_update=True)
    if kept is None:
        raise NoSuch("unknown_visit")
    if kept.state not in _IN_ARREARS:
        raise Refused("no_arrears")
    if standing_of_set(session, set_id) is not None:
        raise Refused("flagged")
    row = MaliciousFlag(
        id=finding.flag_id,
        set_id=set_id,
        person_id=kept.person_id,
        id_number=kept.id_number,
        state="FLAGGED",
        evidence=finding.evidence,
        evidence_digest=hashlib.sha256(finding.evidence.encode()).hexdigest(),
        flagged_by=finding.operator,
        second=finding.second,
        flagged_at=stamp(now),
        to_report="FLAG",
        next_at=stamp(now),
        decide_at=later(now, policy.doubt.give_up_after),
    )
    session.add(row)
    session.flush()
    return row


def flag_of(session: Session, flag_id: str) -> MaliciousFlag:
    """Raises NoSuch."""
    row = session.get(MaliciousFlag, flag_id)
    if row is None:
        raise NoSuch("unknown_flag")
    return row


def standing_of_set(session: Session, set_id: str) -> MaliciousFlag | None:
    """The flag of a visit's arrears, None when there is none or it was withdrawn."""
    wanted = select(MaliciousFlag).where(
        MaliciousFlag.set_id == set_id, MaliciousFlag.state == "FLAGGED"
    )
    return session.scalars(wanted).first()


def of_number(session: Session, id_number: str) -> list[MaliciousFlag]:
    """Also withdrawn ones, the newest first."""
    wanted = select(MaliciousFlag).where(MaliciousFlag.id_number == id_number)
    return list(session.scalars(wanted.order_by(MaliciousFlag.flagged_at.desc())))


def withdraw(
    session: Session, policy: Policy, flag_id: str, operator: str, because: str, now: datetime
) -> MaliciousFlag:
    """The finding was wrong, or is over; once. Raises NoSuch."""
    row = flag_of(session, flag_id)
    session.execute(
        update(MaliciousFlag)
        .where(MaliciousFlag.id == flag_id, MaliciousFlag.state == "FLAGGED")
        .values(
            state="WITHDRAWN",
            withdrawn_by=operator,
            withdrawn_at=stamp(now),
            withdrawn_because=because,
            to_report="WITHDRAW",
            next_at=stamp(now),
            decide_at=later(now, policy.doubt.give_up_after),
        )
    )
    session.refresh(row)
    return row


def unfinished(session: Session, now: datetime) -> list[str]:
    """Those that the city must be told of now."""
    wanted = select(MaliciousFlag.id).where(
        MaliciousFlag.to_report != "", MaliciousFlag.next_at <= stamp(now)
    )
    return list(session.scalars(wanted))


def reported(session: Session, flag_id: str, what: str) -> None:
    """The city heard this; a withdrawal that came meanwhile is still owed to it."""
    session.execute(
        update(MaliciousFlag)
        .where(MaliciousFlag.id == flag_id, MaliciousFlag.to_report == what)
        .values(to_report="")
    )
