"""Cash boxes of machines: emptied by a technician, counted, compared with journal and ledger.

Talks to the database only, inside the caller's transaction. What a reader would get wrong: the
box is compared with two others, the machine's own journal by denomination (I1) and the ledger by
amount since the box before; a difference is kept and explained, never booked away.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.staff.tables import CashBox, CashBoxNotes
from settlement_backend.staff.takings import cash_fen, takings
from settlement_backend.terminals.tables import Terminal


@dataclass(frozen=True, slots=True)
class Notes:
    """Of one denomination: how many were counted, how many the journal credited."""

    denomination_fen: int
    counted: int
    in_journal: int


def empty(
    session: Session,
    key: str,
    terminal: Terminal,
    technician: str,
    box_number: str,
    notes: tuple[Notes, ...],
    explanation: str,
    now: datetime,
) -> CashBox:
    """The report of one emptying. Raises Refused `denomination_twice`, `difference_unexplained`."""
    if len({each.denomination_fen for each in notes}) != len(notes):
        raise Refused("denomination_twice")
    counted_fen = sum(each.denomination_fen * each.counted for each in notes)
    journal_fen = sum(each.denomination_fen * each.in_journal for each in notes)
    booked_fen = cash_fen(takings(session, terminal.id, last_at(session, terminal.id), stamp(now)))
    differs = any(each.counted != each.in_journal for each in notes) or counted_fen != booked_fen
    if differs and not explanation.strip():
        raise Refused("difference_unexplained")
    box = CashBox(
        id="B" + hashlib.sha256(key.encode()).hexdigest()[:20],
        terminal_id=terminal.id,
        box_number=box_number,
        technician=technician,
        at=stamp(now),
        counted_fen=counted_fen,
        journal_fen=journal_fen,
        booked_fen=booked_fen,
        explanation=explanation,
    )
    session.add(box)
    session.flush()
    for each in notes:
        session.add(
            CashBoxNotes(
                box_id=box.id,
                denomination_fen=each.denomination_fen,
                counted=each.counted,
                in_journal=each.in_journal,
            )
        )
    session.flush()
    return box


def last_at(session: Session, terminal_id: str) -> str:
    """When the box of a terminal was emptied last; "" for never."""
    wanted = select(func.max(CashBox.at)).where(CashBox.terminal_id == terminal_id)
    return session.scalar(wanted) or ""


def boxes_of(session: Session, terminal_id: str, most: int = 100) -> list[CashBox]:
    """Newest first."""
    wanted = select(CashBox).where(CashBox.terminal_id == terminal_id)
    return list(session.scalars(wanted.order_by(CashBox.at.desc()).limit(most)))


def notes_of(session: Session, box: CashBox) -> list[CashBoxNotes]:
    """Smallest first."""
    wanted = select(CashBoxNotes).where(CashBoxNotes.box_id == box.id)
    return list(session.scalars(wanted.order_by(CashBoxNotes.denomination_fen)))
