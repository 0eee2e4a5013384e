"""Refunds, their routes and their steps; payments to bank accounts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class Refund(Base):
    """ACCEPTED, REVIEWED, CONFIRMED, PAID or REJECTED; NEED_REALNAME_RESUBMIT while an account to
    transfer to is missing, PAYOUT_UNKNOWN while a bank says nothing, SUSPENSE with a person.

    `stage` says how far the outside steps are: REVERSE, SETTLE, MONEY, TRANSFER; `channel`: the
    kind of terminal that asked for it; `decide_at`: when a silence becomes a case; `amount_fen`:
    a part of a deposit, 0 for whole lines.
    """

    __tablename__ = "refund"
    id: Mapped[str] = mapped_column(primary_key=True)
    settlement_id: Mapped[str] = mapped_column(ForeignKey("settlement.id"), index=True)
    line_ids: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    stage: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str]
    reviewed_by: Mapped[str] = mapped_column(default="")
    new_fund_fen: Mapped[int]
    new_account_fen: Mapped[int]
    new_setl_id: Mapped[str] = mapped_column(default="")
    slip_id: Mapped[str] = mapped_column(default="")
    at: Mapped[str]
    channel: Mapped[str] = mapped_column(default="window", server_default="window")
    amount_fen: Mapped[int] = mapped_column(default=0, server_default="0")
    next_at: Mapped[str] = mapped_column(default="", server_default="")
    decide_at: Mapped[str] = mapped_column(default="", server_default="")
    new_mutual_fen: Mapped[int] = mapped_column(default=0, server_default="0")
    new_hospital_fen: Mapped[int] = mapped_column(default=0, server_default="0")


class RefundPart(Base):
    """One route of a refund: PLANNED, ASKED, DONE; PAYING while its transfer is under way.

    `rule_id`: why this route; `payer`: who gets it, when that is not the patient (W04);
    `payee_…`: the account of a transfer, asked for while the name is "".
    """

    __tablename__ = "refund_part"
    id: Mapped[str] = mapped_column(primary_key=True)
    refund_id: Mapped[str] = mapped_column(ForeignKey("refund.id"), index=True)
    place: Mapped[int]
    route: Mapped[str]
    tender_id: Mapped[str] = mapped_column(default="")
    amount_fen: Mapped[int]
    label: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    rule_id: Mapped[str] = mapped_column(default="RF-ORIGINAL", server_default="RF-ORIGINAL")
    payer: Mapped[str] = mapped_column(default="", server_default="")
    payee_name: Mapped[str] = mapped_column(default="", server_default="")
    payee_account: Mapped[str] = mapped_column(default="", server_default="")
    payee_bank: Mapped[str] = mapped_column(default="", server_default="")


class Payout(Base):
    """Money to a bank account: QUEUED, SENT, PAID or RETURNED. Its id is the bank's item number.

    `of_kind` and `of`: the refund or clean-out it belongs to, `part_id`: its part; `account`: the
    ledger's account it is paid from. `account_no` keeps its last digits only once it is final.
    """

    __tablename__ = "payout"
    id: Mapped[str] = mapped_column(primary_key=True)
    of_kind: Mapped[str]
    of: Mapped[str] = mapped_column(index=True)
    part_id: Mapped[str]
    account: Mapped[str]
    payee_name: Mapped[str]
    account_no: Mapped[str]
    bank: Mapped[str]
    amount_fen: Mapped[int]
    state: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    batch_no: Mapped[str] = mapped_column(default="", index=True)
    at: Mapped[str]
    paid_at: Mapped[str] = mapped_column(default="")
    __table_args__ = (CheckConstraint("amount_fen > 0"),)


class PayoutBatch(Base):
    """Payouts sent together: MADE, ACCEPTED, REFUSED or DONE; at `decide_at` a person gets it."""

    __tablename__ = "payout_batch"
    id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    at: Mapped[str]
    next_at: Mapped[str]
    decide_at: Mapped[str]
