"""People and their health cards: registration by ID card, one card per person (S03, S06, S07)."""

from __future__ import annotations

import re
import secrets
import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from stdnum import numdb
from stdnum.cn import ric

from core.identity import is_mobile_number, mask_number
from settlement_backend.errors import NoSuch, Refused
from settlement_backend.models import Card, Person

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\d{17}[\dX]")
_WITHOUT_AREA = ("9", "81", "82", "83")
_CARD_DIGITS = 12


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
class Consent:
    """Which notice was accepted, and when."""

    notice_version: str
    accepted_at: str


def person_of(session: Session, person_id: str) -> Person:
    """Raises NoSuch."""
    person = session.get(Person, person_id)
    if person is None:
        raise NoSuch("unknown_patient")
    return person


def register(
    session: Session,
    document: Document,
    phone: str,
    consent: Consent,
    notice_version: str,
    today: date,
) -> Person:
    """The person of this ID card, made or refreshed; refused when they have a card already."""
    _check(document, phone, consent, notice_version, today)
    known = session.scalar(select(Person).where(Person.id_number == document.id_number))
    if known is not None:
        card = card_of(session, known.id)
        if card is not None and card.state == "ACTIVE":
            raise Refused("has_card", mask_number(card.number))
        known.phone = phone
        known.consent_version, known.consent_at = consent.notice_version, consent.accepted_at
        return known
    person = Person(
        id=uuid.uuid4().hex,
        id_number=document.id_number,
        name=document.name,
        sex=document.sex,
        birth_date=document.birth_date,
        address=document.address,
        phone=phone,
        identities="",
        insurance=None,
        consent_version=consent.notice_version,
        consent_at=consent.accepted_at,
    )
    session.add(person)
    session.flush()
    return person


def _check(
    document: Document, phone: str, consent: Consent, notice_version: str, today: date
) -> None:
    if not _valid_number(document.id_number):
        raise Refused("bad_id_number")
    born = _day(document.birth_date)
    inside = document.id_number[6:14]
    if born is None or born > today or document.birth_date.replace("-", "") != inside:
        raise Refused("bad_birth_date")
    if document.valid_to:
        end = _day(document.valid_to)
        if end is None or end < today:
            raise Refused("id_expired")
    if not is_mobile_number(phone):
        raise Refused("bad_phone")
    if consent.notice_version != notice_version or not consent.accepted_at:
        raise Refused("consent_missing")


def _valid_number(number: str) -> bool:
    """GB 11643: form, known area, check digit.

    The area must have existed at some time, not in the year of birth: numbers were first given in
    1984, so people born earlier carry areas younger than they are (ric.validate refuses those).
    Foreigners (9…) and permits of Hong Kong, Macau and Taiwan (81, 82, 83) have no area.
    """
    if not _NUMBER.fullmatch(number) or number[-1] != ric.calc_check_digit(number):
        return False
    if number.startswith(_WITHOUT_AREA):
        return True
    return any(facts for _part, facts in numdb.get("cn/loc").info(number[:6]))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def card_of(session: Session, person_id: str) -> Card | None:
    """The one card that is not void."""
    return session.scalar(select(Card).where(Card.person_id == person_id, Card.state != "VOID"))


def reserve_card(session: Session, operation_id: str, person_id: str) -> Card:
    """A number for one card; the same operation gets the same number.

    A reservation that another operation left behind is void then: its card cannot be outside,
    because it was never activated.
    """
    person_of(session, person_id)
    mine = session.scalar(select(Card).where(Card.reserved_by == operation_id))
    if mine is not None:
        return mine
    other = card_of(session, person_id)
    if other is not None:
        if other.state == "ACTIVE":
            raise Refused("has_card", mask_number(other.number))
        other.state, other.reason = "VOID", "reserved again"
        session.flush()
    card = Card(
        number=_fresh_number(session),
        person_id=person_id,
        state="RESERVED",
        reserved_by=operation_id,
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
    changed = update(Card).where(Card.number == number, Card.state == "RESERVED")
    session.execute(changed.values(state="ACTIVE", uid=uid))
    session.refresh(card)
    if card.state != "ACTIVE":
        raise Refused("card_void")
    return card


def void_card(session: Session, number: str, reason: str) -> Card:
    """No card with this number is outside. An active card is withdrawn at a window only."""
    card = find_card(session, number)
    changed = update(Card).where(Card.number == number, Card.state == "RESERVED")
    session.execute(changed.values(state="VOID", reason=reason))
    session.refresh(card)
    if card.state != "VOID":
        raise Refused("card_active")
    return card


def find_card(session: Session, number: str) -> Card:
    """Raises NoSuch."""
    card = session.get(Card, number)
    if card is None:
        raise NoSuch("unknown_card")
    return card
