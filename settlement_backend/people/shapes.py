"""People as they are shown, masked for the kind of terminal that asks (domain.md B.13)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import Audience, mask_id_number, mask_name, mask_number, mask_phone
from settlement_backend.base.shapes import Shape
from settlement_backend.people import cards, media
from settlement_backend.people.id_numbers import age_of
from settlement_backend.people.privacy_notice import ConsentText
from settlement_backend.people.tables import (
    Assistance,
    Card,
    Consent,
    FaceCheck,
    Handover,
    Person,
    Relation,
)
from settlement_backend.policy.decision import Decision


class Patient(Shape):
    """A person. `age` 0 also when nobody knows it; `insurance` 310, 390 or null."""

    patient_id: str
    display_name: str
    display_id: str
    display_phone: str
    sex: str
    age: int
    identities: list[str]
    insurance: str | None
    card_number: str | None


class PatientList(Shape):
    """Whom a shared number may mean."""

    patients: list[Patient]


class Identified(Patient):
    """Who a medium belongs to. `by_relative`: a relative's phone showed it (H28)."""

    by_relative: bool


class CardShape(Shape):
    """A card of this hospital."""

    card_number: str
    state: str


class MediumShape(Shape):
    """A medium of a person; its number is masked."""

    kind: str
    display_value: str
    state: str


class MediaList(Shape):
    """All media of a person."""

    media: list[MediumShape]


class ConsentShape(Shape):
    """What a person agreed to; `withdrawn_at` "" while it stands."""

    kind: str
    version: str
    accepted_at: str
    withdrawn_at: str


class ConsentList(Shape):
    """All consents of a person."""

    consents: list[ConsentShape]


class ConsentTexts(Shape):
    """The texts of today."""

    texts: list[ConsentText]


class RelationShape(Shape):
    """Who acts for a person; what the person sees of them is masked."""

    relation_id: str
    kind: str
    state: str
    display_name: str
    display_id: str
    display_phone: str
    may_see: bool
    may_pay: bool
    since: str


class RelationList(Shape):
    """Those that did not end."""

    relations: list[RelationShape]


class Charge(Shape):
    """A patient whom a relative acts for."""

    relation_id: str
    patient_id: str
    display_name: str
    kind: str
    may_see: bool
    may_pay: bool


class ChargeList(Shape):
    """All whom a relative acts for."""

    patients: list[Charge]


class FaceCheckShape(Shape):
    """A check of a face; its number is what a refund application names."""

    check_id: str
    passed: bool
    at: str


class AssistanceShape(Shape):
    """Staff operates for a patient; `ended_at` "" while they do."""

    assistance_id: str
    staff: str
    since: str
    ended_at: str


class Deceased(Shape):
    """A death as it is known. `refund`: whether it is proven and what a refund still needs."""

    patient_id: str
    died_on: str
    documents: list[str]
    refund: Decision


class HandoverShape(Shape):
    """What became of an account. `bills`: how many went along."""

    from_id: str
    patient_id: str
    kind: str
    bills: int
    at: str


class Revealed(Shape):
    """One datum in full, for the eyes of the operator who asked."""

    field: str
    value: str


def patient_shape(session: Session, person: Person, audience: Audience, today: date) -> Patient:
    """A person for an audience."""
    card = session.scalar(
        select(Card).where(Card.person_id == person.id, Card.state.in_(cards.IN_USE))
    )
    return Patient(
        patient_id=person.id,
        display_name=mask_name(person.name, audience),
        display_id=mask_id_number(person.id_number, audience),
        display_phone=mask_phone(person.phone),
        sex=person.sex,
        age=age_of(person.birth_date, today),
        identities=sorted(person.special),
        insurance=person.insurance,
        card_number=mask_number(card.number) if card else None,
    )


def card_shape(card: Card) -> CardShape:
    """A card."""
    return CardShape(card_number=card.number, state=card.state)


def media_shape(session: Session, person_id: str) -> MediaList:
    """All media of a person."""
    return MediaList(
        media=[
            MediumShape(kind=kept.kind, display_value=mask_number(kept.value), state=kept.state)
            for kept in media.of_person(session, person_id)
        ]
    )


def consent_shape(consent: Consent) -> ConsentShape:
    """A consent."""
    return ConsentShape(
        kind=consent.kind,
        version=consent.version,
        accepted_at=consent.accepted_at,
        withdrawn_at=consent.withdrawn_at,
    )


def relation_shape(relation: Relation, audience: Audience) -> RelationShape:
    """A relation for an audience."""
    return RelationShape(
        relation_id=relation.id,
        kind=relation.kind,
        state=relation.state,
        display_name=mask_name(relation.name, audience),
        display_id=mask_id_number(relation.id_number, audience),
        display_phone=mask_phone(relation.phone),
        may_see=relation.may_see,
        may_pay=relation.may_pay,
        since=relation.since,
    )


def charge_shape(session: Session, relation: Relation) -> Charge:
    """A patient as their relative's phone shows them."""
    person = session.get_one(Person, relation.person_id)
    return Charge(
        relation_id=relation.id,
        patient_id=person.id,
        display_name=mask_name(person.name, Audience.KIOSK),
        kind=relation.kind,
        may_see=relation.may_see,
        may_pay=relation.may_pay,
    )


def face_check_shape(check: FaceCheck) -> FaceCheckShape:
    """A check of a face."""
    return FaceCheckShape(check_id=check.id, passed=check.passed, at=check.at)


def assistance_shape(assistance: Assistance) -> AssistanceShape:
    """An assisted operation."""
    return AssistanceShape(
        assistance_id=assistance.id,
        staff=assistance.staff,
        since=assistance.since,
        ended_at=assistance.ended_at,
    )


def handover_shape(done: Handover) -> HandoverShape:
    """What became of an account."""
    return HandoverShape(
        from_id=done.from_id,
        patient_id=done.to_id,
        kind=done.kind,
        bills=done.bills,
        at=done.at,
    )
