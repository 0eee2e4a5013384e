"""Cards of this hospital: a number before the motor moves, one in use per person, loss, exchange.

Talks to the database only. What a reader would get wrong: a card that is exchanged is out of use
from that moment, before the new one is outside; and a state that other hospitals should know is
only marked here (`to_publish`) and told by `publishing.py`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.identity import mask_number
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.people import rules
from settlement_backend.people.tables import Card, Medium, Person
from settlement_backend.policy.decision import Decision, required
from settlement_backend.policy.profile import IdentityRules

IN_USE = ("ACTIVE", "OPEN")
_TAKEN = ("RESERVED", *IN_USE, "LOST")
_TOLD = ("ACTIVE", "LOST", "REPLACED")
_CARD_DIGITS = 12
_OTHER_CARDS = ("SS_CARD", "HEALTH_CARD")


@dataclass(frozen=True, slots=True)
class Wish:
    """Who asks for a card: the operation, and the kind of its terminal."""

    operation_id: str
    terminal_kind: str


def card_of(session: Session, person_id: str) -> Card | None:
    """The one card that is reserved, in use or lost."""
    return session.scalar(select(Card).where(Card.person_id == person_id, Card.state.in_(_TAKEN)))


def kind_for(person: Person) -> str:
    """Which card is this person's."""
    if person.real_name:
        return "HEALTH_CARD"
    return "GREEN_CHANNEL" if "ON_ACCOUNT" in person.special else "HEALTH_CARD_ANON"


def may_issue(
    session: Session, policy: IdentityRules, person: Person, terminal_kind: str
) -> Decision:
    """Whether this terminal may make a card for this person now (S04, S05, S07)."""
    held = select(func.count()).select_from(Medium)
    others = session.scalar(
        held.where(
            Medium.person_id == person.id, Medium.state == "ACTIVE", Medium.kind.in_(_OTHER_CARDS)
        )
    )
    mine = card_of(session, person.id)
    count = (others or 0) + (mine is not None and mine.state != "RESERVED")
    return rules.may_issue(policy, kind_for(person), terminal_kind, count)


def reserve_card(session: Session, policy: IdentityRules, person: Person, wish: Wish) -> Card:
    """A number for one card; the same operation gets the same number.

    A reservation that another operation left behind is void then: its card cannot be outside,
    because it was never activated. The caller holds the person alone.
    """
    mine = session.scalar(select(Card).where(Card.reserved_by == wish.operation_id))
    if mine is not None:
        return mine
    other = card_of(session, person.id)
    decision = may_issue(session, policy, person, wish.terminal_kind)
    if decision.rule_id == "S07":
        raise Refused("has_card", mask_number(other.number) if other else "")
    required(decision)
    if other is not None:
        other.state, other.reason = "VOID", "reserved again"
        session.flush()
    return _new(session, person, wish.operation_id, "")


def _new(session: Session, person: Person, operation_id: str, replaces: str) -> Card:
    card = Card(
        number=_fresh_number(session),
        person_id=person.id,
        state="RESERVED",
        reserved_by=operation_id,
        kind=kind_for(person),
        replaces=replaces,
    )
    session.add(card)
    session.flush()
    return card


def _fresh_number(session: Session) -> str:
    while True:
        number = "26" + "".join(secrets.choice("0123456789") for _ in range(_CARD_DIGITS - 2))
        if session.get(Card, number) is None:
            return number


def activate_card(session: Session, number: str, uid: str) -> Card:
    """The patient has it. A void card stays void."""
    card = find_card(session, number)
    state = "OPEN" if card.kind == "GREEN_CHANNEL" else "ACTIVE"
    move(session, card, ("RESERVED",), state, uid=uid)
    if card.state != state:
        raise Refused("card_void")
    return card


def void_card(session: Session, number: str, reason: str) -> Card:
    """No card with this number is outside. One in use is withdrawn by loss or exchange only."""
    card = find_card(session, number)
    move(session, card, ("RESERVED", "TRANSFERRED"), "VOID", reason=reason)
    if card.state != "VOID":
        raise Refused("card_active")
    return card


def report_loss(session: Session, card: Card, document_number: str) -> Card:
    """Nobody is identified by it any more (S26)."""
    _check_document(session, card, document_number)
    move(session, card, ("ACTIVE",), "LOST", reason="loss reported")
    if card.state != "LOST":
        raise Refused("card_not_active")
    return card


def replace_card(session: Session, card: Card, document_number: str, operation_id: str) -> Card:
    """Exchange or re-issue: the old card is replaced at once, and a number is kept for the new."""
    mine = session.scalar(select(Card).where(Card.reserved_by == operation_id))
    if mine is not None:
        return mine
    person = _check_document(session, card, document_number)
    move(session, card, ("ACTIVE", "LOST"), "REPLACED", reason="replaced")
    if card.state != "REPLACED" or card_of(session, card.person_id) is not None:
        raise Refused("card_not_active")
    return _new(session, person, operation_id, card.number)


def _check_document(session: Session, card: Card, document_number: str) -> Person:
    person = session.get_one(Person, card.person_id)
    required(rules.may_report_loss(card.kind, document_number == person.id_number))
    return person


def move(
    session: Session,
    card: Card,
    before: tuple[str, ...],
    after: str,
    *,
    reason: str = "",
    uid: str = "",
) -> None:
    """From one of the states before to the next; nothing when it is in none of them.

    Other hospitals are told of real-name cards that somebody has or had in hand (S08).
    """
    told = after if card.kind == "HEALTH_CARD" and after in _TOLD else ""
    session.execute(
        update(Card)
        .where(Card.number == card.number, Card.state.in_(before))
        .values(state=after, reason=reason, to_publish=told, uid=uid or Card.uid)
    )
    session.refresh(card)


def find_card(session: Session, number: str) -> Card:
    """Raises NoSuch."""
    card = session.get(Card, number)
    if card is None:
        raise NoSuch("unknown_card")
    return card
