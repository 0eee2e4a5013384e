"""Top-ups one by one: spent from the oldest, because old ones lose their way back first (W27).

Talks to the database only; called by `accounts` while the account's row is locked. What a reader
would get wrong: what was spent returns to the lots it left, the newest of them first, which is
the reverse of how it was drawn; money that was paid out (`returned_fen`) never returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.prepay.tables import PrepayLot

OLD = "OLD"


@dataclass(frozen=True, slots=True)
class SetAside:
    """So much of one top-up is on its way to its owner."""

    lot_id: str
    amount_fen: int


def lots_of(session: Session, person_id: str) -> list[PrepayLot]:
    """All top-ups, oldest first."""
    wanted = select(PrepayLot).where(PrepayLot.person_id == person_id)
    return list(session.scalars(wanted.order_by(PrepayLot.day, PrepayLot.id)))


def draw(session: Session, person_id: str, amount_fen: int) -> None:
    """Spend so much, oldest first."""
    for lot in lots_of(session, person_id):
        part_fen = min(lot.left_fen, amount_fen)
        lot.left_fen -= part_fen
        amount_fen -= part_fen
    _must_be_nothing(person_id, amount_fen)
    session.flush()


def refill(session: Session, person_id: str, amount_fen: int, name: str, day: str) -> None:
    """Spent money is back, newest first; what fits into no lot becomes one of unknown origin."""
    for lot in reversed(lots_of(session, person_id)):
        part_fen = min(lot.amount_fen - lot.left_fen - lot.returned_fen, amount_fen)
        lot.left_fen += part_fen
        amount_fen -= part_fen
    if amount_fen:
        add_old(session, person_id, amount_fen, name, day)
    session.flush()


def set_aside(session: Session, person_id: str) -> list[SetAside]:
    """Everything that is left goes out by its lots."""
    aside = []
    for lot in lots_of(session, person_id):
        if lot.left_fen:
            aside.append(SetAside(lot.id, lot.left_fen))
            lot.returned_fen += lot.left_fen
            lot.left_fen = 0
    session.flush()
    return aside


def restore(session: Session, aside: Sequence[SetAside]) -> None:
    """What was set aside is left again."""
    for part in aside:
        lot = session.get_one(PrepayLot, part.lot_id)
        lot.returned_fen -= part.amount_fen
        lot.left_fen += part.amount_fen
    session.flush()


def add_old(session: Session, person_id: str, amount_fen: int, name: str, day: str) -> None:
    """Money whose way in nobody knows: it goes back by transfer."""
    session.add(
        PrepayLot(
            id=name,
            person_id=person_id,
            channel=OLD,
            amount_fen=amount_fen,
            left_fen=amount_fen,
            day=day,
        )
    )
    session.flush()


def _must_be_nothing(person_id: str, amount_fen: int) -> None:
    if amount_fen:
        raise AssertionError(f"the lots of {person_id} hold less than the balance")
