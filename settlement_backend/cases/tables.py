"""Doubts that a person owns; what people asked or complained of. Histories: `base.steps`."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class Case(Base):
    """A doubt that a person owns: OPEN or RESOLVED. `evidence`: what was known when it was opened;
    more is in its steps. `second_by`: the second person above the profile's amount."""

    __tablename__ = "open_case"
    id: Mapped[str] = mapped_column(primary_key=True)
    operation_kind: Mapped[str]
    operation_id: Mapped[str]
    amount_fen: Mapped[int]
    evidence: Mapped[str]
    person_id: Mapped[str] = mapped_column(default="")
    owner: Mapped[str]
    due_at: Mapped[str]
    state: Mapped[str]
    opened_at: Mapped[str] = mapped_column(default="", server_default="")
    outcome: Mapped[str] = mapped_column(default="", server_default="")
    resolved_at: Mapped[str] = mapped_column(default="", server_default="")
    resolved_by: Mapped[str] = mapped_column(default="", server_default="")
    second_by: Mapped[str] = mapped_column(default="", server_default="")
    __table_args__ = (
        UniqueConstraint("operation_id"),
        Index("cases_by_state", "state", "due_at"),
        Index("cases_of_person", "person_id"),
    )


class Enquiry(Base):
    """What somebody asked or complained of that nobody could answer on the spot (H33, H38).

    `kind`: ENQUIRY or COMPLAINT; `state`: OPEN or ANSWERED. `person_id` "" for somebody unknown.
    """

    __tablename__ = "enquiry"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    person_id: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    contact: Mapped[str]
    content: Mapped[str]
    state: Mapped[str]
    at: Mapped[str]
    due_at: Mapped[str]
    taken_by: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index("enquiries_by_state", "state", "due_at"),)
