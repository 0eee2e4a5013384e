"""People, the media they are known by, what they agreed to, and who may act for them.

What a reader would get wrong: a card that this hospital made is a `Card`, everything that somebody
else made is a `Medium`; both name one person and carry the same words for their states.
"""

from __future__ import annotations

from sqlalchemy import Dialect, ForeignKey, Index, String, TypeDecorator, text
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base

NO_NUMBER = "~"  # in front of the id of somebody whose number nobody knows


class IdNumber(TypeDecorator[str]):
    """An ID number, unique; of somebody without one it reads ""."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str:
        """What the books kept for nobody's number is no number."""
        return "" if value is None or value.startswith(NO_NUMBER) else value


class Person(Base):
    """One person, many media. `identities`: comma-separated special identities.

    `id_number` and `birth_date` are "" for somebody anonymous. `merged_into`: the person that a
    double registration belongs to; `deceased_on`: YYYY-MM-DD, "" for the living.
    """

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(primary_key=True)
    id_number: Mapped[str] = mapped_column(IdNumber, unique=True)
    name: Mapped[str]
    sex: Mapped[str]
    birth_date: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str] = mapped_column(index=True)
    identities: Mapped[str] = mapped_column(default="")
    insurance: Mapped[str | None]
    consent_version: Mapped[str]
    consent_at: Mapped[str]
    deceased_on: Mapped[str] = mapped_column(default="", server_default="")
    merged_into: Mapped[str] = mapped_column(default="", server_default="")

    @property
    def real_name(self) -> bool:
        """Known by an ID number."""
        return bool(self.id_number)

    @property
    def special(self) -> frozenset[str]:
        """The special identities."""
        return frozenset(word for word in self.identities.split(",") if word)


class Card(Base):
    """A card of this hospital; at most one that is in use per person (S07).

    `kind`: HEALTH_CARD, HEALTH_CARD_ANON or GREEN_CHANNEL. `state`: RESERVED, ACTIVE, LOST,
    REPLACED, VOID; of a green-channel card RESERVED, OPEN, TRANSFERRED, VOID. `to_publish`: the
    state that the city's register was not told yet.
    """

    __tablename__ = "card"
    number: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str]
    uid: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    reserved_by: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(default="HEALTH_CARD", server_default="HEALTH_CARD")
    replaces: Mapped[str] = mapped_column(default="", server_default="")
    to_publish: Mapped[str] = mapped_column(default="", server_default="")
    __table_args__ = (
        Index(
            "one_card_in_use_per_person",
            "person_id",
            unique=True,
            sqlite_where=text("state in ('RESERVED', 'ACTIVE', 'OPEN', 'LOST')"),
            postgresql_where=text("state in ('RESERVED', 'ACTIVE', 'OPEN', 'LOST')"),
        ),
        Index(
            "card_to_publish",
            "to_publish",
            sqlite_where=text("to_publish != ''"),
            postgresql_where=text("to_publish != ''"),
        ),
    )


class Medium(Base):
    """What somebody else made and this hospital accepts for a person: ACTIVE, REPLACED or VOID.

    `linked_by`: CITY when the city's register named its person, HERE when a document did.
    """

    __tablename__ = "medium"
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str]
    linked_by: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[str]


class Consent(Base):
    """What a person agreed to, in which version of its text; stands until `withdrawn_at`."""

    __tablename__ = "consent"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    version: Mapped[str]
    accepted_at: Mapped[str]
    terminal_id: Mapped[str]
    withdrawn_at: Mapped[str] = mapped_column(default="")


class Relation(Base):
    """Somebody who acts for a person: ASKED until the person agrees, ACTIVE, ENDED.

    `kind`: PARENT, CHILD, SPOUSE, OTHER, GUARDIAN, or CONTACT for the one registered at the visit
    (W30). The relative need not be a patient here; `id_number` "" until a real name is known.
    """

    __tablename__ = "relation"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    id_number: Mapped[str]
    phone: Mapped[str]
    proof: Mapped[str]
    may_see: Mapped[bool]
    may_pay: Mapped[bool]
    state: Mapped[str]
    since: Mapped[str]
    terminal_id: Mapped[str]
    agreed_by: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        Index(
            "one_relation_between_two",
            "person_id",
            "id_number",
            unique=True,
            sqlite_where=text("state != 'ENDED' and kind != 'CONTACT'"),
            postgresql_where=text("state != 'ENDED' and kind != 'CONTACT'"),
        ),
        Index(
            "one_contact_per_person",
            "person_id",
            unique=True,
            sqlite_where=text("state != 'ENDED' and kind = 'CONTACT'"),
            postgresql_where=text("state != 'ENDED' and kind = 'CONTACT'"),
        ),
    )


class FaceCheck(Base):
    """That the face service found somebody to be this person, or not; no picture is kept (W33)."""

    __tablename__ = "face_check"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    passed: Mapped[bool]
    consent_version: Mapped[str]
    terminal_id: Mapped[str]
    at: Mapped[str]


class DocumentSeen(Base):
    """An original that an operator held in hand. `about`: DECEASED, or the card's number."""

    __tablename__ = "document_seen"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    about: Mapped[str]
    kind: Mapped[str]
    operator: Mapped[str]
    terminal_id: Mapped[str]
    at: Mapped[str]


class Assistance(Base):
    """Staff operates for a patient who agreed (H34, C17)."""

    __tablename__ = "assistance"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    staff: Mapped[str]
    terminal_id: Mapped[str]
    consent_version: Mapped[str]
    since: Mapped[str]
    ended_at: Mapped[str] = mapped_column(default="")


class Handover(Base):
    """Everything of one person became another's: GREEN_CHANNEL (S28) or MERGE; done once each."""

    __tablename__ = "handover"
    from_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    to_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    reason: Mapped[str]
    bills: Mapped[int]
    operator: Mapped[str]
    terminal_id: Mapped[str]
    at: Mapped[str]
