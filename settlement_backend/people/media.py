"""Media: whom a card or a code names in our own books, and what is linked to a person (A.c2, C06).

Talks to the database only. What a reader would get wrong: cards of this hospital stand in `card`,
whatever others made in `medium`; ID numbers, e-codes and city codes need no row, because they name
an ID number by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.people import cards
from settlement_backend.people.rules import CARD_KINDS
from settlement_backend.people.tables import Card, Medium, Person


@dataclass(frozen=True, slots=True)
class Shown:
    """What a terminal read. Never logged."""

    kind: str
    value: str

    def __repr__(self) -> str:
        return f"Shown({self.kind}, …)"


@dataclass(frozen=True, slots=True)
class Kept:
    """A medium of a person as the books keep it."""

    kind: str
    value: str
    state: str


def holder(session: Session, shown: Shown) -> Person | None:
    """The person of a medium that is in our books and in use, None when it is not there.

    A health card of another hospital is never there: only that hospital knows of its loss.
    Raises Refused `card_not_active` for one that is lost, replaced, void or not yet handed out;
    a face whose consent was withdrawn is nobody's.
    """
    found: Card | Medium | None
    if shown.kind in CARD_KINDS:
        found = session.get(Card, shown.value)
    else:
        found = session.get(Medium, (shown.kind, shown.value))
    if found is None or (shown.kind == "FACE" and found.state != "ACTIVE"):
        return None
    if found.state not in cards.IN_USE:
        raise Refused("card_not_active")
    return session.get_one(Person, found.person_id)


def link(session: Session, shown: Shown, person_id: str, linked_by: str, now: datetime) -> None:
    """From now on this medium is the person's; it stays whose it is (S06, A.a2).

    `linked_by`: CITY, or HERE at a desk, where one that was given up may be taken up again.
    Raises Refused `medium_of_another` and `card_not_active`.
    """
    known = session.get(Medium, (shown.kind, shown.value), with_for_update=True)
    if known is not None:
        if known.person_id != person_id:
            raise Refused("medium_of_another")
        if known.state != "ACTIVE" and linked_by == "CITY":
            raise Refused("card_not_active")
        known.state, known.linked_by, known.reason = "ACTIVE", linked_by, ""
        return
    session.add(
        Medium(
            kind=shown.kind,
            value=shown.value,
            person_id=person_id,
            state="ACTIVE",
            linked_by=linked_by,
            at=stamp(now),
        )
    )
    session.flush()


def end(session: Session, shown: Shown, person_id: str, reason: str) -> None:
    """This hospital accepts it no more. Raises Refused `not_found`."""
    ended = session.execute(
        update(Medium)
        .where(
            Medium.kind == shown.kind,
            Medium.value == shown.value,
            Medium.person_id == person_id,
            Medium.state == "ACTIVE",
        )
        .values(state="VOID", reason=reason)
    )
    if ended.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused("not_found")


def forget_faces(session: Session, person_id: str) -> None:
    """Nobody is found by this person's face any more."""
    session.execute(
        update(Medium)
        .where(Medium.person_id == person_id, Medium.kind == "FACE", Medium.state == "ACTIVE")
        .values(state="VOID", reason="consent withdrawn")
    )


def of_person(session: Session, person_id: str) -> list[Kept]:
    """Cards of this hospital first, then what others made."""
    own = session.scalars(select(Card).where(Card.person_id == person_id).order_by(Card.number))
    kept = [Kept(card.kind, card.number, card.state) for card in own]
    others = session.scalars(
        select(Medium).where(Medium.person_id == person_id).order_by(Medium.kind, Medium.value)
    )
    return kept + [Kept(medium.kind, medium.value, medium.state) for medium in others]
