"""The audit log: who did what and when, each line's hash made of the line before it.

Talks to the database only, inside the caller's transaction. What a reader would get wrong: facts
never hold names, numbers of cards or IDs, codes or tokens; ids of ours and amounts only. Lines are
noted during a transaction and join the chain at its very end (`seal`, called by the database):
the chain is then the last thing a transaction waits for, and two can never wait for each other.
"""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from settlement_backend.base.clock import Clock, stamp
from settlement_backend.base.tables import AuditLine

Fact = str | int | bool
_NOTED = "audit lines of this transaction"
_CHAIN = 730_416  # an advisory lock's number: one transaction at a time adds to the chain


def note(
    session: Session, clock: Clock, terminal_id: str, actor: str, event: str, **facts: Fact
) -> None:
    """One more line. `actor`: an operator's number, or "" for a patient or the clock."""
    line = AuditLine(
        at=stamp(clock.now()),
        terminal_id=terminal_id,
        actor=actor,
        event=event,
        facts=json.dumps(facts, ensure_ascii=False, sort_keys=True),
    )
    session.info.setdefault(_NOTED, []).append(line)


def seal(session: Session) -> None:
    """Chain what was noted in this transaction, right before it commits."""
    noted: list[AuditLine] = session.info.pop(_NOTED, [])
    if not noted:
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(:name)"), {"name": _CHAIN})
    last = session.scalar(select(AuditLine).order_by(AuditLine.seq.desc()).limit(1))
    seq, before = (last.seq, last.hash) if last else (0, "")
    for line in noted:
        seq += 1
        line.seq = seq
        line.hash = before = _hash(before, line)
    session.add_all(noted)
    session.flush()


def verify(session: Session) -> bool:
    """No line was changed, left out or put in between."""
    before = ""
    for place, line in enumerate(session.scalars(select(AuditLine).order_by(AuditLine.seq)), 1):
        if line.seq != place or line.hash != _hash(before, line):
            return False
        before = line.hash
    return True


def _hash(before: str, line: AuditLine) -> str:
    content = [before, line.seq, line.at, line.terminal_id, line.actor, line.event, line.facts]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
