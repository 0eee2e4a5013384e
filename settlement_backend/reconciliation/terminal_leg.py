"""What terminals say they took, beside what our ledger says of them: journals, boxes, drawers.

Talks to the database only. What a reader would get wrong: a terminal's journal is the only witness
of notes that never reached the ledger (I1), so a total that only they have is a case at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.cases import cases
from settlement_backend.policy.profile import Doubt
from settlement_backend.reconciliation.shapes import BoxClose, TerminalClose
from settlement_backend.reconciliation.tables import TerminalTotal
from settlement_backend.staff.tables import CashBox, Shift
from settlement_backend.staff.takings import Taking, takings


@dataclass(frozen=True, slots=True)
class Total:
    """Of one kind, by a terminal's journal."""

    kind: str
    taken_fen: int
    given_fen: int


def keep(
    session: Session,
    terminal_id: str,
    day: date,
    totals: Iterable[Total],
    rules: Doubt,
    now: datetime,
) -> tuple[TerminalClose, ...]:
    """A terminal's totals of a day; told again they replace the first. Differences get a case."""
    for total in totals:
        session.merge(
            TerminalTotal(
                day=day.isoformat(),
                terminal_id=terminal_id,
                kind=total.kind,
                taken_fen=total.taken_fen,
                given_fen=total.given_fen,
                at=stamp(now),
            )
        )
    session.flush()
    compared = tuple(of_terminal(session, terminal_id, day))
    for each in compared:
        if each.verdict != "MATCHED":
            _open(session, each, day, rules, now)
    return compared


def _open(session: Session, each: TerminalClose, day: date, rules: Doubt, now: datetime) -> None:
    apart_fen = (each.journal_taken_fen - each.journal_given_fen) - (
        each.ledger_taken_fen - each.ledger_given_fen
    )
    cases.open_case(
        session,
        rules,
        now,
        operation_kind="terminal_total",
        operation_id=f"{each.terminal_id}/{day.isoformat()}/{each.kind}",
        amount_fen=abs(apart_fen),
        evidence=f"{each.verdict} {each.kind}: journal and ledger of the terminal",
        person_id="",
    )


def of_day(session: Session, day: date) -> tuple[TerminalClose, ...]:
    """Every terminal that told its totals."""
    told = select(TerminalTotal.terminal_id).where(TerminalTotal.day == day.isoformat())
    terminals = session.scalars(told.distinct().order_by(TerminalTotal.terminal_id)).all()
    return tuple(each for one in terminals for each in of_terminal(session, one, day))


def of_terminal(session: Session, terminal_id: str, day: date) -> Iterator[TerminalClose]:
    """By kind; a kind that either side has."""
    rows = session.scalars(
        select(TerminalTotal).where(
            TerminalTotal.day == day.isoformat(), TerminalTotal.terminal_id == terminal_id
        )
    )
    theirs = {row.kind: row for row in rows}
    ours = {each.kind: each for each in taken_on(session, terminal_id, day)}
    for kind in sorted({*theirs, *ours}):
        row, booked = theirs.get(kind), ours.get(kind)
        told = (row.taken_fen, row.given_fen) if row is not None else (0, 0)
        kept = (booked.taken_fen, booked.given_fen) if booked is not None else (0, 0)
        yield TerminalClose(
            terminal_id=terminal_id,
            kind=kind,
            journal_taken_fen=told[0],
            journal_given_fen=told[1],
            ledger_taken_fen=kept[0],
            ledger_given_fen=kept[1],
            verdict=_verdict(row is not None, booked is not None, told == kept),
        )


def taken_on(session: Session, terminal_id: str, day: date) -> tuple[Taking, ...]:
    """By the ledger, of one day."""
    following = day + timedelta(days=1)
    return takings(session, terminal_id, day.isoformat(), following.isoformat())


def _verdict(there: bool, here: bool, same: bool) -> str:
    if same:
        return "MATCHED"
    if not here:
        return "ONLY_THERE"
    return "AMOUNT_DIFF" if there else "ONLY_HERE"


def counted(session: Session, day: date) -> tuple[BoxClose, ...]:
    """Boxes that were emptied and drawers that were closed that day, as they were counted."""
    begin, end = day.isoformat(), (day + timedelta(days=1)).isoformat()
    boxes = select(CashBox).where(CashBox.at >= begin, CashBox.at < end).order_by(CashBox.at)
    drawers = select(Shift).where(Shift.closed_at >= begin, Shift.closed_at < end)
    return (
        *(
            _box("CASH_BOX", box.terminal_id, box.at, box.counted_fen, box.booked_fen, box)
            for box in session.scalars(boxes)
        ),
        *(
            _box(
                *("DRAWER", shift.terminal_id, shift.closed_at),
                shift.counted_fen - shift.float_fen,
                shift.expected_fen - shift.float_fen,
                shift,
            )
            for shift in session.scalars(drawers.order_by(Shift.closed_at))
        ),
    )


def _box(
    kind: str,
    terminal_id: str,
    at: str,
    counted_fen: int,
    expected_fen: int,
    row: CashBox | Shift,
) -> BoxClose:
    return BoxClose(
        kind=kind,
        terminal_id=terminal_id,
        at=at,
        counted_fen=counted_fen,
        expected_fen=expected_fen,
        verdict="MATCHED" if counted_fen == expected_fen else "AMOUNT_DIFF",
        explanation=row.explanation,
    )
