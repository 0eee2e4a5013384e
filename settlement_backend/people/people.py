"""People: who is known here, and how somebody becomes known (S03, H09, S05, S28).

Talks to the database only. What a reader would get wrong: a person is made once for each ID
number, whatever medium was shown first; somebody without a number is another person every time.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.identity import is_mobile_number, mask_number
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.people.cards import card_of
from settlement_backend.people.city import Named
from settlement_backend.people.id_numbers import born_of, day_of, sex_of, valid_number
from settlement_backend.people.tables import NO_NUMBER, Person


@dataclass(frozen=True, slots=True)
class Document:
    """What the ID card said. Dates YYYY-MM-DD; `valid_to` "" for 长期."""

    name: str
    sex: str
    ethnic: str
    birth_date: str
    address: str
    id_number: str
    issuer: str
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """Which notice was accepted, and when."""

    notice_version: str
    accepted_at: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Somebody whose number nobody knows. `identity`: ANONYMOUS or ON_ACCOUNT; `called`: a name
    for the ward; `birth_date`: about, "" when nobody can tell."""

    identity: str
    called: str
    sex: str
    birth_date: str


def person_of(session: Session, person_id: str, *, alone: bool = False) -> Person:
    """`alone`: nobody else may change what is this person's until the end.

    Raises NoSuch, also for a double registration that became another person's.
    """
    # FOR NO KEY UPDATE: a row that names this person may be written meanwhile. Whoever locked that
    # row first would else wait for us, and we for them.
    lock = {"key_share": True} if alone else False
    person = session.get(Person, person_id, with_for_update=lock)
    if person is None or person.merged_into:
        raise NoSuch("unknown_patient")
    return person


def known_by(session: Session, id_number: str) -> Person | None:
    """The person of an ID number; of a double registration the one that it was merged into."""
    if not id_number or id_number.startswith(NO_NUMBER):
        return None
    person = session.scalar(select(Person).where(Person.id_number == id_number))
    if person is not None and person.merged_into:
        return session.get_one(Person, person.merged_into)
    return person


def known_by_phone(session: Session, phone: str, most: int) -> list[Person]:
    """Everybody who gave this number: a family may share one. Joined doubles are left out."""
    chosen = select(Person).where(Person.phone == phone, Person.merged_into == "")
    return list(session.scalars(chosen.order_by(Person.id).limit(most)))


def register(
    session: Session,
    document: Document,
    phone: str,
    accepted: Accepted,
    notice_version: str,
    today: date,
) -> Person:
    """The person of this ID card, made or refreshed; refused when they have a card already."""
    _check_document(document, today)
    _check(phone, accepted, notice_version)
    known = known_by(session, document.id_number)
    if known is not None:
        card = card_of(session, known.id)
        if card is not None and card.state != "RESERVED":
            raise Refused("has_card", mask_number(card.number))
        return _refreshed(known, phone, accepted)
    return _added(
        session,
        Person(
            id_number=document.id_number,
            name=document.name,
            sex=document.sex,
            birth_date=document.birth_date,
            address=document.address,
            phone=phone,
            identities="",
            insurance=None,
            consent_version=accepted.notice_version,
            consent_at=accepted.accepted_at,
        ),
    )


def enrol(
    session: Session,
    named: Named,
    phone: str,
    accepted: Accepted,
    notice_version: str,
    today: date,
) -> Person:
    """First-visit registration by a code or a card whose issuer named the person (H09, A.a3)."""
    _check(phone, accepted, notice_version)
    known = known_by(session, named.id_number)
    if known is not None:
        return _refreshed(known, phone, accepted)
    born = day_of(born_of(named.id_number)) if valid_number(named.id_number) else None
    if born is None or born > today or not named.name:
        raise Refused("bad_id_number")
    return _added(
        session,
        Person(
            id_number=named.id_number,
            name=named.name,
            sex=sex_of(named.id_number),
            birth_date=born.isoformat(),
            address="",
            phone=phone,
            identities="",
            insurance=None,
            consent_version=accepted.notice_version,
            consent_at=accepted.accepted_at,
        ),
    )


def add_unknown(session: Session, somebody: Unknown) -> Person:
    """A person without a number: for an anonymous card, or for the green channel (S05, S28)."""
    if somebody.birth_date and day_of(somebody.birth_date) is None:
        raise Refused("bad_birth_date")
    person = _added(
        session,
        Person(
            id_number=NO_NUMBER + uuid.uuid4().hex,
            name=somebody.called,
            sex=somebody.sex,
            birth_date=somebody.birth_date,
            address="",
            phone="",
            identities=somebody.identity,
            insurance=None,
            consent_version="",
            consent_at="",
        ),
    )
    session.refresh(person)
    return person


def _added(session: Session, person: Person) -> Person:
    """The one of this number, also when somebody else adds it in the same moment."""
    number, person.id = person.id_number, uuid.uuid4().hex
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError:
        known = known_by(session, number)
        if known is None:
            raise
        return known
    return person


def _refreshed(person: Person, phone: str, accepted: Accepted) -> Person:
    person.phone = phone
    person.consent_version, person.consent_at = accepted.notice_version, accepted.accepted_at
    return person


def _check_document(document: Document, today: date) -> None:
    if not valid_number(document.id_number):
        raise Refused("bad_id_number")
    born = day_of(document.birth_date)
    if born is None or born > today or document.birth_date != born_of(document.id_number):
        raise Refused("bad_birth_date")
    if document.valid_to:
        end = day_of(document.valid_to)
        if end is None or end < today:
            raise Refused("id_expired")


def _check(phone: str, accepted: Accepted, notice_version: str) -> None:
    if not is_mobile_number(phone):
        raise Refused("bad_phone")
    if accepted.notice_version != notice_version or not accepted.accepted_at:
        raise Refused("consent_missing")
