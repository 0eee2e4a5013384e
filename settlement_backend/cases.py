"""Doubts that a person owns: one case for one operation, whoever reports it first.

Talks to the database only. What a reader would get wrong: a case's id is made from the whole id of
its operation, because operations of one terminal and one day may begin alike.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.clock import later
from settlement_backend.models import Case
from settlement_backend.policy import DoubtRules

_ID_DIGITS = 12


def open_case(
    session: Session,
    rules: DoubtRules,
    now: datetime,
    *,
    operation_kind: str,
    operation_id: str,
    amount_fen: int,
    evidence: str,
    person_id: str,
) -> Case:
    """The case of this operation, made unless it is there."""
    known = session.scalar(select(Case).where(Case.operation_id == operation_id))
    if known is not None:
        return known
    case = Case(
        id="C" + hashlib.sha256(operation_id.encode()).hexdigest()[:_ID_DIGITS].upper(),
        operation_kind=operation_kind,
        operation_id=operation_id,
        amount_fen=amount_fen,
        evidence=evidence,
        person_id=person_id,
        owner=rules.owner,
        due_at=later(now, rules.due_hours * 3600),
        state="OPEN",
    )
    session.add(case)
    session.flush()
    return case
