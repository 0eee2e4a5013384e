"""Agreements in the database: what is signed for a patient, and what a day may still take (W03).

Talks to the database only. What a reader would get wrong: the limit of a day is used up when a
debit is accepted, before the bank is asked, and given back when nothing was taken; two bills that
are paid at once can so never pass it together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import case, or_, select, update
from sqlalchemy.orm import Session

from settlement_backend.acquirers.tables import Agreement
from settlement_backend.base.errors import NoSuch

DEBIT, CREDIT, FAMILY = "BOUND_DEBIT", "CREDIT_LINE", "FAMILY_CREDIT_LINE"
KINDS = (CREDIT, FAMILY, DEBIT)


def agreement_of(session: Session, agreement_id: str) -> Agreement:
    """Raises NoSuch."""
    found = session.get(Agreement, agreement_id)
    if found is None:
        raise NoSuch("unknown_agreement")
    return found


def agreements_of(session: Session, person_id: str) -> Sequence[Agreement]:
    """All of a patient, the oldest first."""
    wanted = select(Agreement).where(Agreement.person_id == person_id)
    return session.scalars(wanted.order_by(Agreement.asked_at, Agreement.id)).all()


def signed(session: Session, person_id: str) -> Sequence[Agreement]:
    """Those that stand, the oldest first."""
    return [each for each in agreements_of(session, person_id) if each.state == "SIGNED"]


def left_fen(agreement: Agreement, limit_fen: int, day: date) -> int:
    """What it may still take: a credit line what it has, a debit what is left of this day."""
    if agreement.kind != DEBIT:
        return agreement.limit_fen
    used_fen = agreement.used_fen if agreement.used_on == day.isoformat() else 0
    return max(0, _daily_fen(agreement.limit_fen, limit_fen) - used_fen)


def _daily_fen(own_fen: int, limit_fen: int) -> int:
    """The lower of the payer's limit (0: none) and the profile's."""
    return min(own_fen, limit_fen) if own_fen else limit_fen


def reserve(
    session: Session, agreement: Agreement, amount_fen: int, limit_fen: int, day: date
) -> bool:
    """Use up a part of this day's limit; False when it is not there any more."""
    today = day.isoformat()
    used = case((Agreement.used_on == today, Agreement.used_fen), else_=0)
    reserved = session.execute(
        update(Agreement)
        .where(
            Agreement.id == agreement.id,
            Agreement.state == "SIGNED",
            or_(
                Agreement.kind != DEBIT,
                used + amount_fen <= _daily_fen(agreement.limit_fen, limit_fen),
            ),
        )
        .values(used_fen=used + amount_fen, used_on=today)
    )
    return bool(reserved.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE


def give_back(
    session: Session, person_id: str, agreement_no: str, amount_fen: int, day: str
) -> None:
    """What was reserved on a day and not taken; another day's limit knows nothing of it."""
    session.execute(
        update(Agreement)
        .where(
            Agreement.person_id == person_id,
            Agreement.agreement_no == agreement_no,
            Agreement.used_on == day,
            Agreement.used_fen >= amount_fen,
        )
        .values(used_fen=Agreement.used_fen - amount_fen)
    )
