"""Who acts for a person: relatives, guardians, the contact registered at a visit (N17, N22, W30).

Talks to the database only. What a reader would get wrong: a relation is about seeing and paying,
never about whose insurance or whose bill it is; and the relative need not be a patient here, so a
real name and an ID number are kept with the relation itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.notices.outbox import tell
from settlement_backend.people import rules
from settlement_backend.people.id_numbers import valid_number
from settlement_backend.people.tables import Person, Relation
from settlement_backend.policy.decision import required


@dataclass(frozen=True, slots=True)
class Relative:
    """Who wants to act. `proof`: what a window saw of the relation, "" on a phone."""

    kind: str
    name: str
    id_number: str
    phone: str
    proof: str = ""
    may_see: bool = False
    may_pay: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when it is asked, under which number of its own."""

    own_id: str
    terminal_id: str
    terminal_kind: str
    now: datetime


def ask(session: Session, person: Person, relative: Relative, place: Place) -> Relation:
    """A binding, ASKED until the patient agrees; a guardian with proof is ACTIVE at once (N22).

    Raises Refused `anonymous`, `proof_needed`, `bad_id_number`, `same_person`, `already_bound`.
    """
    decision = rules.may_bind(relative.kind, place.terminal_kind, relative.proof, person.real_name)
    required(decision)
    if not valid_number(relative.id_number):
        raise Refused("bad_id_number")
    if relative.id_number == person.id_number:
        raise Refused("same_person")
    standing = select(Relation.id).where(
        Relation.person_id == person.id,
        Relation.id_number == relative.id_number,
        Relation.state != "ENDED",
        Relation.kind != "CONTACT",
    )
    if session.scalar(standing) is not None:
        raise Refused("already_bound")
    is_guardian = relative.kind == "GUARDIAN"
    relation = _added(session, person.id, relative, place, "ACTIVE" if is_guardian else "ASKED")
    if is_guardian:
        relation.agreed_by = "WINDOW"
    else:
        tell(session, place.now, person.id, "relative_asked", relation.id)
    return relation


def _added(
    session: Session, person_id: str, relative: Relative, place: Place, state: str
) -> Relation:
    relation = Relation(
        id=place.own_id,
        person_id=person_id,
        kind=relative.kind,
        name=relative.name,
        id_number=relative.id_number,
        phone=relative.phone,
        proof=relative.proof,
        may_see=relative.may_see,
        may_pay=relative.may_pay,
        state=state,
        since=stamp(place.now),
        terminal_id=place.terminal_id,
    )
    session.add(relation)
    session.flush()
    return relation


def agree(session: Session, relation: Relation, agreed_by: str) -> Relation:
    """The patient said yes, or the guardian of one who may not alone (`agreed_by` their number)."""
    session.execute(
        update(Relation)
        .where(Relation.id == relation.id, Relation.state == "ASKED")
        .values(state="ACTIVE", agreed_by=agreed_by)
    )
    session.refresh(relation)
    if relation.state != "ACTIVE":
        raise Refused("relation_ended")
    return relation


def end(session: Session, relation: Relation, now: datetime) -> Relation:
    """From now on they may do nothing; what they did stays done."""
    session.execute(
        update(Relation)
        .where(Relation.id == relation.id, Relation.state != "ENDED")
        .values(state="ENDED", ended_at=stamp(now))
    )
    session.refresh(relation)
    return relation


def set_contact(session: Session, person: Person, contact: Relative, place: Place) -> Relation:
    """Who is called, and paid for a minor (W30); the one before is ended.

    The number may be missing: a second real-name submission brings it (W32).
    """
    if contact.id_number and not valid_number(contact.id_number):
        raise Refused("bad_id_number")
    before = contact_of(session, person.id)
    if before is not None:
        end(session, before, place.now)
    return _added(session, person.id, contact, place, "ACTIVE")


def name_contact(session: Session, person_id: str, name: str, id_number: str) -> Relation:
    """The second real-name submission (W32): once, for a contact without a number.

    Raises Refused `contact_needed`, `bad_id_number`, `contact_clear`.
    """
    contact = contact_of(session, person_id)
    if contact is None:
        raise Refused("contact_needed")
    if not valid_number(id_number):
        raise Refused("bad_id_number")
    session.execute(
        update(Relation)
        .where(Relation.id == contact.id, Relation.id_number == "")
        .values(name=name, id_number=id_number)
    )
    session.refresh(contact)
    if contact.id_number != id_number:
        raise Refused("contact_clear")
    return contact


def contact_of(session: Session, person_id: str) -> Relation | None:
    """The contact registered at the visit."""
    return session.scalar(
        select(Relation).where(
            Relation.person_id == person_id,
            Relation.kind == "CONTACT",
            Relation.state == "ACTIVE",
        )
    )


def guardian_of(session: Session, person_id: str) -> Relation | None:
    """One who signs for a child, the longest-standing first."""
    return session.scalars(
        select(Relation)
        .where(
            Relation.person_id == person_id,
            Relation.kind == "GUARDIAN",
            Relation.state == "ACTIVE",
        )
        .order_by(Relation.since)
    ).first()


def relation_of(session: Session, relation_id: str) -> Relation:
    """Raises NoSuch."""
    relation = session.get(Relation, relation_id)
    if relation is None:
        raise NoSuch("unknown_relation")
    return relation


def of_person(session: Session, person_id: str) -> list[Relation]:
    """Those that did not end, oldest first."""
    return list(
        session.scalars(
            select(Relation)
            .where(Relation.person_id == person_id, Relation.state != "ENDED")
            .order_by(Relation.since, Relation.id)
        )
    )


def of_relative(session: Session, id_number: str) -> list[Relation]:
    """For whom somebody may act: N20's list of patients whose feed they see."""
    if not id_number:
        return []
    return list(
        session.scalars(
            select(Relation)
            .where(
                Relation.id_number == id_number,
                Relation.state == "ACTIVE",
                Relation.kind != "CONTACT",
            )
            .order_by(Relation.since, Relation.id)
        )
    )


def may_see(session: Session, person_id: str, relative_number: str) -> bool:
    """Whether this relative may follow the person's visits (N20)."""
    return any(
        relation.person_id == person_id and relation.may_see
        for relation in of_relative(session, relative_number)
    )


def may_pay(session: Session, person_id: str, relative_number: str) -> bool:
    """Whether this relative may pay for the person (N17, N18)."""
    return any(
        relation.person_id == person_id and relation.may_pay
        for relation in of_relative(session, relative_number)
    )
