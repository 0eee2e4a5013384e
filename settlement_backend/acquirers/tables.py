"""Agreements that debits are made by."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class Agreement(Base):
    """What somebody signed so that a patient's bills are paid: one signing, valid until cancelled
    (W06).

    `kind`: BOUND_DEBIT, CREDIT_LINE or FAMILY_CREDIT_LINE. `state`: WAITING (a code is shown),
    SIGNED, CANCELLED. `payer`: as he may be shown; `payer_id` when he is a person of ours.
    `limit_fen`: a debit's limit of a day set by the payer (0: none), what a credit line has left.
    `used_fen` of `used_on` counts against the limit of a day (W03).
    """

    __tablename__ = "agreement"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(index=True)
    payer_id: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    state: Mapped[str]
    agreement_no: Mapped[str] = mapped_column(default="", index=True)
    acquirer: Mapped[str]
    channel: Mapped[str] = mapped_column(default="")
    payer: Mapped[str] = mapped_column(default="")
    product: Mapped[str] = mapped_column(default="")
    form: Mapped[str] = mapped_column(default="")
    risk_bearer: Mapped[str] = mapped_column(default="")
    code_url: Mapped[str] = mapped_column(default="")
    limit_fen: Mapped[int] = mapped_column(default=0)
    used_on: Mapped[str] = mapped_column(default="")
    used_fen: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[str]
    signed_at: Mapped[str] = mapped_column(default="")
    cancelled_at: Mapped[str] = mapped_column(default="")
    __table_args__ = (CheckConstraint("used_fen >= 0"),)
