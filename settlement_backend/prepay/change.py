"""Change a machine owes: cash beyond the bill becomes a slip that a window pays once (C12).

Talks to the database only, inside the caller's transaction. What a reader would get wrong: this
is no prepayment, which the ban forbids; the slip is cash we hold for somebody until he collects it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.documents.slips import mint
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.prepay.tables import ChangeDue


def collect_change(
    session: Session,
    slip_key: bytes,
    person_id: str,
    settlement_id: str,
    amount_fen: int,
    terminal_id: str,
    now: datetime,
) -> ChangeDue:
    """Owe so much cash of one settlement, with a slip of kind C; again: the same debt."""
    known = session.get(ChangeDue, settlement_id)
    if known is not None:
        return known
    move = Move("outside:cash", f"change:{settlement_id}", amount_fen)
    ledger.post(session, f"change/{settlement_id}", stamp(now), [move])
    slip = mint(session, slip_key, "C", person_id, settlement_id, [], stamp(now))
    due = ChangeDue(
        settlement_id=settlement_id,
        person_id=person_id,
        terminal_id=terminal_id,
        amount_fen=amount_fen,
        slip_id=slip.id,
        state="DUE",
        at=stamp(now),
    )
    session.add(due)
    session.flush()
    return due


def change_of(session: Session, slip_id: str) -> ChangeDue:
    """The debt of a slip. Raises NoSuch."""
    due = session.scalar(select(ChangeDue).where(ChangeDue.slip_id == slip_id))
    if due is None:
        raise NoSuch("unknown_change")
    return due


def pay_change(
    session: Session, slip_id: str, operator: str, terminal_id: str, now: datetime
) -> ChangeDue:
    """A window hands the cash out. Raises NoSuch, and Refused `change_paid` the second time."""
    due = change_of(session, slip_id)
    paid = session.execute(
        update(ChangeDue)
        .where(ChangeDue.settlement_id == due.settlement_id, ChangeDue.state == "DUE")
        .values(state="PAID", paid_at=stamp(now), paid_by=operator, paid_terminal_id=terminal_id)
    )
    session.refresh(due)
    if paid.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused("change_paid", due.paid_at[:16])
    move = Move(f"change:{due.settlement_id}", "outside:cash", due.amount_fen)
    ledger.post(session, f"unchange/{due.settlement_id}", stamp(now), [move])
    return due
