"""Applications for a balance, their parts by top-up, and balances nobody could return in time."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class CleanOut(Base):
    """One application for a person's whole balance: ACCEPTED, REVIEWED, CONFIRMED, PAID or
    REJECTED; NEED_REALNAME_RESUBMIT while nobody is known to pay to, PAYOUT_UNKNOWN while a bank
    says nothing.

    `channel`: the kind of terminal that took it; `warned`: the person read that the money goes to
    whoever paid (W31); `face_check_id`: how the person was verified (W33); `payee_…`: the account
    for what is transferred, "" while it is not needed or not known.
    """

    __tablename__ = "clean_out"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    amount_fen: Mapped[int]
    state: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str]
    asked_by: Mapped[str]
    reviewed_by: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    warned: Mapped[bool]
    face_check_id: Mapped[str]
    payee_name: Mapped[str] = mapped_column(default="")
    payee_account: Mapped[str] = mapped_column(default="")
    payee_bank: Mapped[str] = mapped_column(default="")
    slip_id: Mapped[str] = mapped_column(default="")
    next_at: Mapped[str] = mapped_column(default="")
    decide_at: Mapped[str] = mapped_column(default="")
    at: Mapped[str]


class CleanOutPart(Base):
    """What one top-up has left: PLANNED, ASKED, PAYING or DONE.

    `route`: ORIGINAL, TRANSFER or CASH; its id is the refund number at the acquirer, for ever.
    """

    __tablename__ = "clean_out_part"
    id: Mapped[str] = mapped_column(primary_key=True)
    clean_out_id: Mapped[str] = mapped_column(ForeignKey("clean_out.id"), index=True)
    place: Mapped[int]
    lot_id: Mapped[str]
    route: Mapped[str]
    rule_id: Mapped[str]
    amount_fen: Mapped[int]
    state: Mapped[str]


class Ledgered(Base):
    """What one top-up had left when it could not be returned in time (W21).

    `claimed_at`: when somebody asked for it after all; it is paid by an application then.
    """

    __tablename__ = "ledgered_balance"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    lot_id: Mapped[str]
    amount_fen: Mapped[int]
    reason: Mapped[str]
    at: Mapped[str]
    operator: Mapped[str]
    claimed_at: Mapped[str] = mapped_column(default="")
    __table_args__ = (CheckConstraint("amount_fen > 0"),)
