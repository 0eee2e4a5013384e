"""Tables of the foundation: all tables' base, answered keys, the audit log."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables."""


class IdempotencyKey(Base):
    """A request that was answered: kept for ever, byte for byte."""

    __tablename__ = "idempotency_key"
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    status: Mapped[int]
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[str]


class AuditLine(Base):
    """Who did what, in a hash chain."""

    __tablename__ = "audit_line"
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    terminal_id: Mapped[str]
    actor: Mapped[str]
    event: Mapped[str]
    facts: Mapped[str]
    hash: Mapped[str]


class Step(Base):
    """Who did what with a thing, when and where; `of` is the thing's id."""

    __tablename__ = "step"
    of: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str]
    text: Mapped[str]
    at: Mapped[str]
    operator: Mapped[str]
    terminal_id: Mapped[str]
