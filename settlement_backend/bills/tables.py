"""Fee groups and their items; goods that a machine sells; asked give-ups."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class Bill(Base):
    """One fee group: OPEN, LOCKED by a settlement, PAID or CANCELLED.

    `kind`: REGISTRATION, OUTPATIENT, EXAM, INPATIENT, DEPOSIT or GOODS. `exclusion`: why it may not
    be paid later, "" when it may (N08).
    """

    __tablename__ = "bill"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    registration_id: Mapped[str | None] = mapped_column(ForeignKey("registration.id"), index=True)
    version: Mapped[int]
    kind: Mapped[str]
    department_zh: Mapped[str]
    department_en: Mapped[str]
    doctor_zh: Mapped[str]
    doctor_en: Mapped[str]
    issued_at: Mapped[str]
    total_fen: Mapped[int]
    state: Mapped[str] = mapped_column(index=True)
    settlement_id: Mapped[str] = mapped_column(default="", index=True)
    department_code: Mapped[str] = mapped_column(default="", server_default="")
    admission_id: Mapped[str] = mapped_column(default="", server_default="", index=True)
    exclusion: Mapped[str] = mapped_column(default="", server_default="")


class BillLine(Base):
    """One item of a bill. `refunded_by`: the refund that returned it, "" when none.

    The exact unit price is `unit_price_fen` and `unit_price_rest_micro`, millionths of a yuan less
    than a fen; the exact quantity likewise is `quantity` and `quantity_rest_e4`. `amount_fen` was
    rounded once and is never calculated again. `item_code`: its row in the price list, "" for a
    fee without one. `charged_on`: the day of an inpatient charge.
    """

    __tablename__ = "bill_line"
    id: Mapped[str] = mapped_column(primary_key=True)
    bill_id: Mapped[str] = mapped_column(ForeignKey("bill.id"), index=True)
    place: Mapped[int]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    insurance_class: Mapped[str]
    quantity: Mapped[int]
    unit_zh: Mapped[str]
    unit_en: Mapped[str]
    unit_price_fen: Mapped[int]
    amount_fen: Mapped[int]
    executed: Mapped[bool] = mapped_column(default=False)
    refunded_by: Mapped[str] = mapped_column(default="")
    unit_price_rest_micro: Mapped[int] = mapped_column(default=0, server_default="0")
    quantity_rest_e4: Mapped[int] = mapped_column(default=0, server_default="0")
    item_code: Mapped[str] = mapped_column(default="", server_default="")
    charged_on: Mapped[str] = mapped_column(default="", server_default="")
    executed_at: Mapped[str] = mapped_column(default="", server_default="")
    executed_by: Mapped[str] = mapped_column(default="", server_default="")


class GiveUp(Base):
    """A patient's wish to give items up, on a slip for the window (N10): ASKED, DONE or KEPT."""

    __tablename__ = "give_up"
    slip_id: Mapped[str] = mapped_column(primary_key=True)
    bill_id: Mapped[str] = mapped_column(ForeignKey("bill.id"), index=True)
    line_ids: Mapped[str]
    state: Mapped[str]
    at: Mapped[str]
    decided_by: Mapped[str] = mapped_column(default="")


class GoodsStock(Base):
    """What is left of an article in one machine."""

    __tablename__ = "goods_stock"
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminal.id"), primary_key=True)
    item_code: Mapped[str] = mapped_column(ForeignKey("item.code"), primary_key=True, index=True)
    pieces: Mapped[int]
    __table_args__ = (CheckConstraint("pieces >= 0"),)


class GoodsSale(Base):
    """One article kept for a buyer (S37): KEPT, PAID, HANDED_OUT, JAMMED or CANCELLED.

    JAMMED: paid and not handed out; a window gives the money back.
    """

    __tablename__ = "goods_sale"
    id: Mapped[str] = mapped_column(primary_key=True)
    bill_id: Mapped[str] = mapped_column(ForeignKey("bill.id"), unique=True)
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminal.id"), index=True)
    item_code: Mapped[str]
    state: Mapped[str]
    expires_at: Mapped[str]
