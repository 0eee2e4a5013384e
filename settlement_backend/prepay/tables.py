"""Prepaid balances."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class PrepayAccount(Base):
    """One per person: OPEN, FROZEN_FOR_CLEANOUT, CLEARED or LEDGERED; no row: NONE.

    `balance_fen` is what the ledger owes on `prepaid:<person>` and what the lots have left.
    """

    __tablename__ = "prepay_account"
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    balance_fen: Mapped[int] = mapped_column(default=0)
    state: Mapped[str]
    moved_at: Mapped[str]
    __table_args__ = (CheckConstraint("balance_fen >= 0"),)


class PrepayLot(Base):
    """One top-up: amount = left + spent + returned; money goes back by lot (W27).

    `channel`: WECHAT, ALIPAY, UNIONPAY, BANKCARD_TRANSFER, CASH, or OLD for a balance from before
    these books. `order_no`: the acquirer's order, `payer`: who paid, masked for windows only (W31),
    `terminal_id`: where it was paid in.
    """

    __tablename__ = "prepay_lot"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str]
    amount_fen: Mapped[int]
    left_fen: Mapped[int]
    returned_fen: Mapped[int] = mapped_column(default=0)
    day: Mapped[str]
    payer: Mapped[str] = mapped_column(default="")
    acquirer: Mapped[str] = mapped_column(default="")
    order_no: Mapped[str] = mapped_column(default="")
    rule_id: Mapped[str] = mapped_column(default="")
    terminal_id: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("left_fen >= 0 and returned_fen >= 0"),
        CheckConstraint("left_fen + returned_fen <= amount_fen"),
        Index(
            "one_top_up_per_order",
            "acquirer",
            "order_no",
            unique=True,
            sqlite_where=text("order_no != ''"),
            postgresql_where=text("order_no != ''"),
        ),
    )


class ChangeDue(Base):
    """Cash a machine took beyond what was due and had no change for: DUE, then PAID once (C12).

    A debt of ours with a slip, never a balance: nothing can be bought with it.
    """

    __tablename__ = "change_due"
    settlement_id: Mapped[str] = mapped_column(ForeignKey("settlement.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    terminal_id: Mapped[str]
    amount_fen: Mapped[int]
    slip_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    at: Mapped[str]
    paid_at: Mapped[str] = mapped_column(default="")
    paid_by: Mapped[str] = mapped_column(default="")
    paid_terminal_id: Mapped[str] = mapped_column(default="")
    __table_args__ = (CheckConstraint("amount_fen > 0"),)
