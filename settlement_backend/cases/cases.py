"""Doubts that a person owns: one case for one operation, whoever reports it first.

Talks to the database only. What a reader would get wrong: a case's id is made from the whole id of
its operation, because operations of one terminal and one day may begin alike; and resolving a
case moves no money: it says what was found out, and by whom. `deciding` moves it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.steps import CLOCK, Actor, record
from settlement_backend.cases.rules import may_resolve
from settlement_backend.cases.tables import Case
from settlement_backend.notices import outbox
from settlement_backend.policy.decision import required
from settlement_backend.policy.profile import Doubt

_ID_DIGITS = 12
_MOST = 500
ASKED_AGAIN = "ASKED_AGAIN"  # nothing that a patient could be told


def open_case(
    session: Session,
    rules: Doubt,
    now: datetime,
    *,
    operation_kind: str,
    operation_id: str,
    amount_fen: int,
    evidence: str,
    person_id: str,
    anew: bool = False,
) -> Case:
    """The case of this operation, made unless it is there. `anew`: the doubt came back, so one
    that was resolved is open again, with a new deadline."""
    known = session.scalar(select(Case).where(Case.operation_id == operation_id))
    if known is not None:
        if anew and known.state == "RESOLVED":
            _open_again(session, rules, known, evidence, now)
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
        opened_at=stamp(now),
    )
    session.add(case)
    session.flush()
    record(session, case.id, "OPENED", CLOCK, now, evidence)
    return case


def case_of(session: Session, case_id: str, *, alone: bool = False) -> Case:
    """`alone`: nobody else changes it until this transaction ends. Raises NoSuch."""
    case = session.get(Case, case_id, with_for_update=alone, populate_existing=alone)
    if case is None:
        raise NoSuch("unknown_case")
    return case


def cases(session: Session, state: str = "", person_id: str = "") -> Sequence[Case]:
    """Those that are due first come first."""
    wanted = select(Case).order_by(Case.due_at, Case.id).limit(_MOST)
    if state:
        wanted = wanted.where(Case.state == state)
    if person_id:
        wanted = wanted.where(Case.person_id == person_id)
    return session.scalars(wanted).all()


def add_evidence(session: Session, case_id: str, text: str, actor: Actor, now: datetime) -> Case:
    """One more thing that is known. Raises NoSuch, and Refused `case_resolved`."""
    case = still_open(session, case_id)
    record(session, case.id, "EVIDENCE", actor, now, text)
    return case


def give(
    session: Session, case_id: str, owner: str, reason: str, actor: Actor, now: datetime
) -> Case:
    """Somebody else owns it from now on. Raises NoSuch, and Refused `case_resolved`."""
    case = still_open(session, case_id)
    record(session, case.id, "GIVEN", actor, now, f"{case.owner} -> {owner}: {reason}")
    case.owner = owner
    session.flush()
    return case


def resolve(
    session: Session,
    above_fen: int,
    case_id: str,
    outcome: str,
    reason: str,
    actor: Actor,
    second_by: str,
    now: datetime,
    at_stake_fen: int = 0,
) -> Case:
    """It is known what became of the money. `at_stake_fen`: where that is more than it says.

    Raises NoSuch, and Refused `case_resolved` and what `may_resolve` says.
    """
    case = still_open(session, case_id)
    amount_fen = max(case.amount_fen, at_stake_fen)
    required(may_resolve(above_fen, amount_fen, actor.operator, second_by))
    return _end(session, case, outcome, reason, actor, second_by, now)


def settle_itself(session: Session, case_id: str, reason: str, now: datetime) -> None:
    """What was doubted agrees by now, and nobody had to do anything; a resolved one stays so."""
    case = case_of(session, case_id, alone=True)
    if case.state == "OPEN":
        _end(session, case, "AGREES", reason, CLOCK, "", now)


def still_open(session: Session, case_id: str) -> Case:
    """Nobody else changes it meanwhile. Raises NoSuch, and Refused `case_resolved`."""
    case = case_of(session, case_id, alone=True)
    if case.state != "OPEN":
        raise Refused("case_resolved", case.resolved_at[:16])
    return case


def _open_again(session: Session, rules: Doubt, case: Case, evidence: str, now: datetime) -> None:
    case.state, case.outcome, case.resolved_at = "OPEN", "", ""
    case.resolved_by = case.second_by = ""
    case.due_at = later(now, rules.due_hours * 3600)
    record(session, case.id, "OPENED", CLOCK, now, evidence)


def _end(
    session: Session,
    case: Case,
    outcome: str,
    reason: str,
    actor: Actor,
    second_by: str,
    now: datetime,
) -> Case:
    ended = session.execute(
        update(Case)
        .where(Case.id == case.id, Case.state == "OPEN")
        .values(
            state="RESOLVED",
            outcome=outcome,
            resolved_at=stamp(now),
            resolved_by=actor.operator,
            second_by=second_by,
        )
    )
    session.refresh(case)
    if ended.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused("case_resolved", case.resolved_at[:16])
    record(session, case.id, "RESOLVED", actor, now, f"{outcome}: {reason}")
    if case.person_id and outcome != ASKED_AGAIN:
        outbox.tell(
            session,
            now,
            case.person_id,
            "case_resolved",
            case.id,
            amount_fen=case.amount_fen,
            case_id=case.id,
        )
    return case
