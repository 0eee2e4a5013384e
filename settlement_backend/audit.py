"""The audit log: who did what and when, each line's hash made of the line before it.

Talks to the database only, inside the caller's transaction. What a reader would get wrong: facts
never hold names, numbers of cards or IDs, codes or tokens; ids of ours and amounts only.
"""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.clock import Clock, stamp
from settlement_backend.models import AuditLine

Fact = str | int | bool


def note(
    session: Session, clock: Clock, terminal_id: str, actor: str, event: str, **facts: Fact
) -> AuditLine:
    """One more line. `actor`: an operator's number, or "" for a patient or the clock."""
    last = session.scalar(select(AuditLine).order_by(AuditLine.seq.desc()).limit(1))
    line = AuditLine(
        seq=last.seq + 1 if last else 1,
        at=stamp(clock.now()),
        terminal_id=terminal_id,
        actor=actor,
        event=event,
        facts=json.dumps(facts, ensure_ascii=False, sort_keys=True),
    )
    line.hash = _hash(last.hash if last else "", line)
    session.add(line)
    session.flush()
    return line


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
