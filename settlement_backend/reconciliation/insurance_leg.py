"""The insurance's leg of a day: totals first (3201), lines only where they differ (3202).

Talks to the platform through `insurance.reconciling`, never inside a transaction. What a reader
would get wrong: what 2601 undid is proven by this alone (B.1.4), so a line that only they have
is money of ours that they believe they owe.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.insurance.reconciling import (
    Compared,
    Difference,
    Reconciling,
    lines_of,
    totals_of,
)
from settlement_backend.insurance.words import RefusedBy, Silent
from settlement_backend.policy.profile import Doubt
from settlement_backend.reconciliation.books import INSURANCE, drop, follow
from settlement_backend.reconciliation.tables import InsuranceDay, ReconciliationLine

_ID_DIGITS = 20


@dataclass(frozen=True, slots=True)
class Word:
    """What the insurance said of a day; `differences` only where the totals differ."""

    state: str
    trouble: str
    compared: Compared | None
    differences: tuple[Difference, ...]


def ask(reconciling: Reconciling, day: date) -> Word:
    """Totals, then lines."""
    told = reconciling.totals(day, day)
    match told:
        case RefusedBy():
            return Word("NOT_READY", "refused", None, ())
        case Silent():
            return Word("NOT_READY", "silent", None, ())
    if not told.differing:
        return Word("AGREES", "", told, ())
    match reconciling.differences(day, day):
        case RefusedBy() | Silent():
            return Word("NOT_READY", "no lines", told, ())
        case tuple() as differences:
            return Word("DIFFERS", ", ".join(told.differing), told, differences)


def keep(session: Session, day: date, word: Word, rules: Doubt, now: datetime) -> None:
    """The day's word and its differing lines; earlier ones that are over end their cases."""
    ours = totals_of(lines_of(session, day, day))
    session.merge(
        InsuranceDay(
            day=day.isoformat(),
            state=word.state,
            trouble=word.trouble,
            our_count=ours.settlements,
            our_fen=ours.total_fen,
            their_count=word.compared.theirs.settlements if word.compared else 0,
            their_fen=word.compared.theirs.total_fen if word.compared else 0,
            at=stamp(now),
        )
    )
    session.flush()
    if word.state == "NOT_READY":
        return
    seen = {_keep_line(session, day, each, rules, now) for each in word.differences}
    wanted = select(ReconciliationLine).where(
        ReconciliationLine.day == day.isoformat(),
        ReconciliationLine.channel == INSURANCE,
        ReconciliationLine.correction == "",
    )
    for row in session.scalars(wanted).all():
        if row.id not in seen:
            drop(session, row, now)
    session.flush()


def _keep_line(session: Session, day: date, each: Difference, rules: Doubt, now: datetime) -> str:
    kind = "REVOKED" if each.cancellation else "PAY"
    name = f"{INSURANCE}/{kind}/{each.setl_id}/{day.isoformat()}"
    line_id = "D" + hashlib.sha256(name.encode()).hexdigest()[:_ID_DIGITS].upper()
    row = session.get(ReconciliationLine, line_id, with_for_update=True)
    if row is None:
        row = ReconciliationLine(
            id=line_id,
            day=day.isoformat(),
            bank=INSURANCE,
            channel=INSURANCE,
            kind=kind,
            number=each.setl_id,
            verdict="",
            case_id="",
            correction="",
        )
        session.add(row)
    if not row.correction:
        row.verdict, row.reference = each.kind, each.memo
        only_here = each.kind == "ONLY_HERE"
        row.our_fen = abs(each.total_fen) if only_here else 0
        row.their_fen = 0 if only_here else abs(each.total_fen)
        follow(session, row, "", rules, now)
    return line_id
