"""Agreements, the bills that wait, suspensions, malicious flags, automatic debits.

What a reader would get wrong: everything of credit is kept by ID number, so that each card of one
number inherits it (W08); only bills and payments belong to a person of these books.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base

_STANDS = text("state IN ('SIGNED', 'SUSPENDED', 'REPAIRED')")
_OPEN_DEBIT = text("state = 'ASKED'")
_FLAGGED = text("state = 'FLAGGED'")


class DeferralAgreement(Base):
    """One signature: SIGNED → SUSPENDED → REPAIRED; CANCELLED at any time (N12).

    `signer`: PATIENT or GUARDIAN, whose name and number stand for themselves; `text_version`: the
    commitment that was read; `signature_digest`: SHA-256 of a drawn signature, "" without one;
    `repay_by_debit`: a bound bank card may be debited when the bills are due (W11).
    """

    __tablename__ = "deferral_agreement"
    id: Mapped[str] = mapped_column(primary_key=True)
    id_number: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str]
    text_version: Mapped[str]
    signer: Mapped[str]
    signer_name: Mapped[str]
    signer_id_number: Mapped[str]
    signature_digest: Mapped[str]
    repay_by_debit: Mapped[bool]
    channel: Mapped[str]
    terminal_id: Mapped[str]
    department_code: Mapped[str]
    signed_at: Mapped[str] = mapped_column(index=True)
    cancelled_at: Mapped[str] = mapped_column(default="")
    cancelled_terminal: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        Index(
            "one_deferral_agreement_per_number",
            "id_number",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )


class CreditWord(Base):
    """What the insurance and the city said last of an ID number; `…_at` "" when they never did."""

    __tablename__ = "credit_word"
    id_number: Mapped[str] = mapped_column(primary_key=True)
    insured: Mapped[str] = mapped_column(default="UNKNOWN")
    insutype: Mapped[str] = mapped_column(default="")
    local: Mapped[bool] = mapped_column(default=False)
    insured_at: Mapped[str] = mapped_column(default="")
    credit: Mapped[str] = mapped_column(default="UNKNOWN")
    since: Mapped[str] = mapped_column(default="")
    hospital: Mapped[str] = mapped_column(default="")
    malicious: Mapped[bool] = mapped_column(default=False)
    credit_at: Mapped[str] = mapped_column(default="")


class BillSet(Base):
    """The waiting bills of one visit: ACCUMULATING → DUE → OVERDUE → SUSPENDING → PAID.

    `id` is the registration's. `started_at`, `due_at`, `suspends_at`: "" while the visit goes on.
    """

    __tablename__ = "deferral_bill_set"
    id: Mapped[str] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    id_number: Mapped[str] = mapped_column(index=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("deferral_agreement.id"), index=True)
    state: Mapped[str] = mapped_column(index=True)
    day: Mapped[str]
    opened_at: Mapped[str]
    started_at: Mapped[str] = mapped_column(default="")
    due_at: Mapped[str] = mapped_column(default="")
    suspends_at: Mapped[str] = mapped_column(default="")
    paid_at: Mapped[str] = mapped_column(default="")


class DeferredBill(Base):
    """A bill that waits, or waited, in the set of its visit."""

    __tablename__ = "deferred_bill"
    bill_id: Mapped[str] = mapped_column(ForeignKey("bill.id"), primary_key=True)
    set_id: Mapped[str] = mapped_column(ForeignKey("deferral_bill_set.id"), index=True)
    at: Mapped[str]


class Suspension(Base):
    """Arrears that end pay-later in all hospitals of the city (N15): ASKED → REPORTED →
    REPAIR_ASKED → REPAIRED.

    `reference`: the city knows the entry by it, for ever. `confirmed_by`: who found the credit
    repaired, "" until then.
    """

    __tablename__ = "credit_suspension"
    reference: Mapped[str] = mapped_column(primary_key=True)
    set_id: Mapped[str] = mapped_column(ForeignKey("deferral_bill_set.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    id_number: Mapped[str] = mapped_column(index=True)
    amount_fen: Mapped[int]
    since: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    next_at: Mapped[str]
    decide_at: Mapped[str]
    confirmed_by: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[str] = mapped_column(default="")
    repaired_at: Mapped[str] = mapped_column(default="")


class MaliciousFlag(Base):
    """Two persons' finding that arrears are malicious (N16): FLAGGED or WITHDRAWN.

    `evidence` is kept here, the city gets its digest. `to_report`: FLAG or WITHDRAW while the city
    was not told yet, "" afterwards.
    """

    __tablename__ = "malicious_flag"
    id: Mapped[str] = mapped_column(primary_key=True)
    set_id: Mapped[str] = mapped_column(ForeignKey("deferral_bill_set.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    id_number: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    evidence: Mapped[str]
    evidence_digest: Mapped[str]
    flagged_by: Mapped[str]
    second: Mapped[str]
    flagged_at: Mapped[str]
    withdrawn_by: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[str] = mapped_column(default="")
    withdrawn_because: Mapped[str] = mapped_column(default="")
    to_report: Mapped[str] = mapped_column(index=True)
    next_at: Mapped[str]
    decide_at: Mapped[str]
    __table_args__ = (
        Index(
            "one_malicious_flag_per_set",
            "set_id",
            unique=True,
            sqlite_where=_FLAGGED,
            postgresql_where=_FLAGGED,
        ),
    )


class RepaymentDebit(Base):
    """One try to debit a bound bank card for a set (W11): ASKED, PAID or FAILED.

    Its id is the settlement's. While one is ASKED, its outcome may be unknown and no other begins.
    """

    __tablename__ = "repayment_debit"
    id: Mapped[str] = mapped_column(primary_key=True)
    set_id: Mapped[str] = mapped_column(ForeignKey("deferral_bill_set.id"))
    day: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[str]
    __table_args__ = (
        Index(
            "one_open_repayment_debit",
            "set_id",
            unique=True,
            sqlite_where=_OPEN_DEBIT,
            postgresql_where=_OPEN_DEBIT,
        ),
    )
