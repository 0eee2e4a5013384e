"""Pre-authorisations."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class Hold(Base):
    """A pre-authorisation at the acquirer: HELD, COMPLETED, RELEASED, SUPERSEDED or EXPIRED.

    `over_fen`: what a completion took above the hold, where the profile lets it (B.4).
    `terminal_id`: the terminal whose card terminal made it; `acquirer`: the bank that keeps it.
    """

    __tablename__ = "hold"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    reference: Mapped[str] = mapped_column(unique=True)
    amount_fen: Mapped[int]
    taken_fen: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(index=True)
    masked_card: Mapped[str]
    auth_code: Mapped[str]
    rrn: Mapped[str]
    trace: Mapped[str]
    receipt: Mapped[str]
    pos_terminal_id: Mapped[str]
    merchant_id: Mapped[str]
    completer: Mapped[str]
    expires_on: Mapped[str]
    created_at: Mapped[str]
    over_fen: Mapped[int] = mapped_column(default=0, server_default="0")
    terminal_id: Mapped[str] = mapped_column(default="", server_default="")
    acquirer: Mapped[str] = mapped_column(default="", server_default="")
    __table_args__ = (CheckConstraint("taken_fen <= amount_fen"),)


class Reauthorisation(Base):
    """A larger hold in place of one that is too small (S12): the new one first, then the old ends.

    ASKED → HELD (the new one stands, the old one is no longer used) → DONE (the acquirer released
    the old one), DROPPED (no new hold came, the old one stands) or SUSPENSE (a person owns it).
    """

    __tablename__ = "reauthorisation"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    terminal_id: Mapped[str]
    old_hold_id: Mapped[str] = mapped_column(index=True)
    new_hold_id: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(unique=True)
    amount_fen: Mapped[int]
    state: Mapped[str] = mapped_column(index=True)
    at: Mapped[str]
    next_at: Mapped[str]
    decide_at: Mapped[str]
