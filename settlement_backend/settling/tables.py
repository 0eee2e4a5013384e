"""Settlements and the tenders they take."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class Settlement(Base):
    """The saga of one payment. `insurance_state`: NONE, ASKED, SETTLED, REVERSING, REVERSED.
    `suspended_in`: where it stood when a person got it, while it is in SUSPENSE.

    total = fund + account + mutual aid + borne by the hospital + self-pay. `kind`: REGISTRATION,
    OUTPATIENT, INPATIENT or DEPOSIT. `remote_until`: a phone may pay until then (N18).
    `relation_id`: the relative whose phone pays, "" for the patient himself.
    """

    __tablename__ = "settlement"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminal.id"), index=True)
    state: Mapped[str] = mapped_column(index=True)
    total_fen: Mapped[int]
    fund_fen: Mapped[int] = mapped_column(default=0)
    account_fen: Mapped[int] = mapped_column(default=0)
    due_fen: Mapped[int] = mapped_column(default=0)
    psn_no: Mapped[str] = mapped_column(default="")
    quoted: Mapped[bool] = mapped_column(default=False)
    commit_key: Mapped[str] = mapped_column(default="")
    insurance_state: Mapped[str] = mapped_column(default="NONE")
    setl_id: Mapped[str] = mapped_column(default="")
    trouble: Mapped[str] = mapped_column(default="")
    slip_id: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[str]
    next_at: Mapped[str] = mapped_column(default="")
    decide_at: Mapped[str] = mapped_column(default="")
    created_at: Mapped[str]
    settled_at: Mapped[str] = mapped_column(default="", index=True)
    kind: Mapped[str] = mapped_column(default="OUTPATIENT", server_default="OUTPATIENT")
    mutual_fen: Mapped[int] = mapped_column(default=0, server_default="0")
    hospital_fen: Mapped[int] = mapped_column(default=0, server_default="0")
    remote_until: Mapped[str] = mapped_column(default="", server_default="")
    suspended_in: Mapped[str] = mapped_column(default="", server_default="")
    relation_id: Mapped[str] = mapped_column(default="", server_default="")


class Tender(Base):
    """One part of the self-pay. Its id is the order number at the acquirer, for ever.

    Payer and patient are different people (W04): `payer_id` is a person of ours or "", `payer`
    the payer as he may be shown. `acquirer`: which bank carries it out; `agreement_no`: the signed
    agreement or contract it is debited by, `reserved_on` the day whose limit it uses up (W03).
    `word`: what the card terminal said of it: "", DONE, REFUSED or UNKNOWN. `code_url`: the QR a
    relative pays. Cash: `handed_fen` was put in, `change_fen` the machine gave back,
    `rounding_fen` what the drawer got more (or less) than the bill. `confirmed`: the bank of a
    credit line heard that the treatment took place (H32).
    """

    __tablename__ = "tender"
    id: Mapped[str] = mapped_column(primary_key=True)
    settlement_id: Mapped[str] = mapped_column(ForeignKey("settlement.id"), index=True)
    place: Mapped[int]
    kind: Mapped[str]
    amount_fen: Mapped[int]
    refunded_fen: Mapped[int] = mapped_column(default=0)
    state: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")
    hold_id: Mapped[str] = mapped_column(default="")
    called_at: Mapped[str] = mapped_column(default="")
    taken_at: Mapped[str] = mapped_column(default="", server_default="")
    payer_id: Mapped[str] = mapped_column(default="", server_default="")
    payer: Mapped[str] = mapped_column(default="", server_default="")
    acquirer: Mapped[str] = mapped_column(default="", server_default="")
    agreement_no: Mapped[str] = mapped_column(default="", server_default="")
    terminal_id: Mapped[str] = mapped_column(default="", server_default="")
    reserved_on: Mapped[str] = mapped_column(default="", server_default="")
    word: Mapped[str] = mapped_column(default="", server_default="")
    code_url: Mapped[str] = mapped_column(default="", server_default="")
    handed_fen: Mapped[int] = mapped_column(default=0, server_default="0")
    change_fen: Mapped[int] = mapped_column(default=0, server_default="0")
    rounding_fen: Mapped[int] = mapped_column(default=0, server_default="0")
    confirmed: Mapped[bool] = mapped_column(default=False, server_default="0")
    __table_args__ = (CheckConstraint("amount_fen > 0 and refunded_fen <= amount_fen"),)
