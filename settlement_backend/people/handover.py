"""All that is one person's becomes another's: green-channel accounts and double registrations.

Talks to the database only, in one transaction. What a reader would get wrong: it is not a list of
tables: whatever names a person does so in a column `person_id`, in every package, and all of these
columns follow; the ledger follows by a posting, because entries never change. While a settlement
holds a bill nothing moves, and a prepaid balance is returned first, not moved.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Table, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.tables import Base
from settlement_backend.bills.tables import Bill
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.ledger.tables import LedgerEntry
from settlement_backend.people import cards, relatives, rules
from settlement_backend.people.special import Desk, learn
from settlement_backend.people.tables import Handover, Person, Relation
from settlement_backend.policy.decision import required
from settlement_backend.prepay.tables import PrepayAccount

_STAYS = (PrepayAccount.__tablename__,)  # empty when it comes to this; its lots follow
_OF_NO_NAME = frozenset({"ANONYMOUS", "ON_ACCOUNT"})


@dataclass(frozen=True, slots=True)
class Change:
    """From whom to whom, and why."""

    from_id: str
    to_id: str
    reason: str


def transfer(session: Session, number: str, to_id: str, reason: str, desk: Desk) -> Handover:
    """The green-channel account of a card goes to the real identity; the card is spent (S28).

    Raises Refused `card_not_active`, `real_name_needed`, `settling`, `prepaid_left`.
    """
    card = cards.find_card(session, number)
    change = Change(card.person_id, to_id, reason)
    before, after = _both(session, change)
    if card.kind != "GREEN_CHANNEL" or card.state != "OPEN":
        raise Refused("card_not_active")
    required(rules.may_take_over(after.real_name))
    cards.move(session, card, ("OPEN",), "TRANSFERRED", reason="transferred")
    return _hand_over(session, before, after, "GREEN_CHANNEL", change, desk)


def merge(session: Session, change: Change, desk: Desk) -> Handover:
    """A double registration: `from_id` is known as `to_id` from now on, by every number.

    Raises Refused `same_person`, `already_merged`, `real_name_needed`, `settling`,
    `prepaid_left`, `not_mergeable` when both have what one person has once.
    """
    before, after = _both(session, change)
    required(rules.may_take_over(after.real_name))
    card, other = cards.card_of(session, before.id), cards.card_of(session, after.id)
    if card is not None and other is not None:
        state = "VOID" if card.state == "RESERVED" else "REPLACED"
        cards.move(session, card, (card.state,), state, reason="merged")
    learn(after, before.special - _OF_NO_NAME)
    return _hand_over(session, before, after, "MERGE", change, desk)


def _both(session: Session, change: Change) -> tuple[Person, Person]:
    """Both, held alone in the order of their ids, so that two never wait for each other.

    Raises NoSuch, and Refused `same_person` and `already_merged`.
    """
    if change.from_id == change.to_id:
        raise Refused("same_person")
    held = {
        person_id: session.get(Person, person_id, with_for_update=True)
        for person_id in sorted((change.from_id, change.to_id))
    }
    before, after = held[change.from_id], held[change.to_id]
    if before is None or after is None:
        raise NoSuch("unknown_patient")
    if before.merged_into or after.merged_into:
        raise Refused("already_merged")
    return before, after


def _hand_over(
    session: Session, before: Person, after: Person, kind: str, change: Change, desk: Desk
) -> Handover:
    bills = session.scalar(
        select(func.count()).select_from(Bill).where(Bill.person_id == before.id)
    )
    done = Handover(
        from_id=before.id,
        to_id=after.id,
        kind=kind,
        reason=change.reason,
        bills=bills or 0,
        operator=desk.operator,
        terminal_id=desk.terminal_id,
        at=stamp(desk.now),
    )
    session.add(done)
    before.merged_into = after.id
    session.flush()
    session.execute(
        update(Person).where(Person.merged_into == before.id).values(merged_into=after.id)
    )
    _move_accounts(session, before.id, after.id, desk)
    _end_doubled_relations(session, before, after, desk)
    for table in Base.metadata.sorted_tables:
        if "person_id" in table.c and table.name not in _STAYS:
            _repoint(session, table, before.id, after.id)
    held = select(Bill.id).where(Bill.person_id == after.id, Bill.state == "LOCKED")
    if session.scalar(held.limit(1)) is not None:
        raise Refused("settling")
    return done


def _repoint(session: Session, table: Table, from_id: str, to_id: str) -> None:
    try:
        session.execute(update(table).where(table.c.person_id == from_id).values(person_id=to_id))
    except IntegrityError:
        raise Refused("not_mergeable", table.name) from None


def _move_accounts(session: Session, from_id: str, to_id: str, desk: Desk) -> None:
    """Accounts named after the person, such as what they owe; not prepaid money."""
    named = select(LedgerEntry.account).where(LedgerEntry.account.like(f"%:{from_id}"))
    moves = []
    for account in session.scalars(named.distinct()):
        owed_fen = ledger.balance(session, account)
        if owed_fen == 0:
            continue
        if account.startswith("prepaid:"):
            raise Refused("prepaid_left")
        other = account.removesuffix(from_id) + to_id
        debit, credit = (account, other) if owed_fen > 0 else (other, account)
        moves.append(Move(debit, credit, abs(owed_fen)))
    if moves:
        ledger.post(session, f"handover/{from_id}", stamp(desk.now), moves)


def _end_doubled_relations(session: Session, before: Person, after: Person, desk: Desk) -> None:
    """Who is bound to both stays so once, one contact stays, nobody is their own relative."""
    taken = {after.id_number, *(_role(one) for one in relatives.of_person(session, after.id))}
    for relation in relatives.of_person(session, before.id):
        if _role(relation) in taken:
            relatives.end(session, relation, desk.now)


def _role(relation: Relation) -> str:
    return "CONTACT" if relation.kind == "CONTACT" else relation.id_number
