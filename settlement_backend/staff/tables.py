"""Members of staff, their sessions, shifts and what was found in cash boxes."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class Operator(Base):
    """A member of staff. `roles`: words of `duties.ROLES`, by commas.

    `password_hash` is argon2's own text; `old_hashes`: those before, newest first, a line each.
    """

    __tablename__ = "operator"
    number: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    roles: Mapped[str]
    failed: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[str] = mapped_column(default="")
    password_at: Mapped[str] = mapped_column(default="", server_default="")
    old_hashes: Mapped[str] = mapped_column(default="", server_default="")
    must_change: Mapped[bool] = mapped_column(default=False, server_default=sa.text("false"))
    disabled: Mapped[bool] = mapped_column(default=False, server_default=sa.text("false"))


class OperatorSession(Base):
    """Somebody signed in at a terminal. `last_at`: when it was last used, to the minute."""

    __tablename__ = "operator_session"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    operator: Mapped[str] = mapped_column(ForeignKey("operator.number"), index=True)
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminal.id"), index=True)
    since: Mapped[str]
    last_at: Mapped[str] = mapped_column(default="", server_default="")


class Shift(Base):
    """A cash drawer in one person's hands: OPEN, CLOSED or HANDED_OVER.

    `open_at` is the terminal while the shift is open and NULL afterwards: one at a time.
    expected = float + cash taken - cash given; difference = counted - expected.
    """

    __tablename__ = "shift"
    id: Mapped[str] = mapped_column(primary_key=True)
    operator: Mapped[str] = mapped_column(ForeignKey("operator.number"), index=True)
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminal.id"), index=True)
    campus: Mapped[str]
    state: Mapped[str]
    open_at: Mapped[str | None] = mapped_column(unique=True)
    opened_at: Mapped[str]
    float_fen: Mapped[int]
    closed_at: Mapped[str] = mapped_column(default="", index=True)
    counted_fen: Mapped[int] = mapped_column(default=0)
    expected_fen: Mapped[int] = mapped_column(default=0)
    explanation: Mapped[str] = mapped_column(default="")
    seen_by: Mapped[str] = mapped_column(default="")
    __table_args__ = (CheckConstraint("float_fen >= 0 and counted_fen >= 0"),)


class ShiftTaking(Base):
    """What a closed shift took and gave back by one kind of tender; never changed."""

    __tablename__ = "shift_taking"
    shift_id: Mapped[str] = mapped_column(ForeignKey("shift.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    taken_fen: Mapped[int]
    given_fen: Mapped[int]
    count: Mapped[int]


class CashBox(Base):
    """A machine's cash box that was emptied: counted, and what journal and books say of it."""

    __tablename__ = "cash_box"
    id: Mapped[str] = mapped_column(primary_key=True)
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminal.id"), index=True)
    box_number: Mapped[str]
    technician: Mapped[str] = mapped_column(ForeignKey("operator.number"), index=True)
    at: Mapped[str]
    counted_fen: Mapped[int]
    journal_fen: Mapped[int]
    booked_fen: Mapped[int]
    explanation: Mapped[str]


class CashBoxNotes(Base):
    """How many notes of one denomination, counted and by the journal."""

    __tablename__ = "cash_box_notes"
    box_id: Mapped[str] = mapped_column(ForeignKey("cash_box.id"), primary_key=True)
    denomination_fen: Mapped[int] = mapped_column(primary_key=True)
    counted: Mapped[int]
    in_journal: Mapped[int]
