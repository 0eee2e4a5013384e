"""What was sent to the insurance and what it said: people, visits, batches, settlements, claims."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base

_STANDING = text("state IN ('ASKED', 'APPLIED')")


class InsuredPerson(Base):
    """What 1101 said last of somebody whose insurance was active. `region`: insuplc_admdvs."""

    __tablename__ = "insured_person"
    psn_no: Mapped[str] = mapped_column(primary_key=True)
    id_number: Mapped[str] = mapped_column(index=True)
    insutype: Mapped[str]
    psn_type: Mapped[str]
    region: Mapped[str]
    asked_at: Mapped[str]


class InsuranceMessage(Base):
    """A transaction that changes something there, under the one msgid it has for ever.

    `number`: ours of what is done, unique by kind of transaction. `state`: PENDING, SUCCESS, FAIL
    (refused, nothing was done, may come again), UNKNOWN, REVERSED (by 2601, never again).
    `batch_id`: the lines a settlement is for, "" for other transactions.
    """

    __tablename__ = "insurance_message"
    msgid: Mapped[str] = mapped_column(primary_key=True)
    infno: Mapped[str]
    number: Mapped[str]
    psn_no: Mapped[str]
    batch_id: Mapped[str] = mapped_column(default="")
    opter_type: Mapped[str]
    opter: Mapped[str]
    state: Mapped[str]
    refmsgid: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[str]
    heard_at: Mapped[str] = mapped_column(default="")
    __table_args__ = (UniqueConstraint("infno", "number"),)


class InsuranceSequence(Base):
    """The next number of a name; taken in blocks, so that workers share it."""

    __tablename__ = "insurance_sequence"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class InsuranceSignOn(Base):
    """An operator's session at the platform (9001), one a day."""

    __tablename__ = "insurance_sign_on"
    opter: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str]
    sign_no: Mapped[str]


class InsuranceVisit(Base):
    """A visit or admission there. Its id is ours: registration, admission, or settlement.

    `state`: ASKED, OPEN, DISCHARGED or CANCELLED; `told`: 2203 was carried out; `med_type`:
    insutypes.py. `times`: how often a discharge was taken back, part of its numbers. Moments are
    written as the wire has them.
    """

    __tablename__ = "insurance_visit"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    psn_no: Mapped[str]
    insutype: Mapped[str]
    med_type: Mapped[str]
    disease_code: Mapped[str] = mapped_column(default="")
    department_code: Mapped[str]
    department: Mapped[str]
    doctor: Mapped[str]
    bed: Mapped[str] = mapped_column(default="")
    mdtrt_id: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    told: Mapped[bool] = mapped_column(default=False)
    times: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[str]
    ended_at: Mapped[str] = mapped_column(default="")


class InsuranceBatch(Base):
    """Fee lines uploaded together for one quote and the settlement that follows it.

    `of`: the settlement of ours, `content`: a digest of the lines; both and `generation` make it
    unique. `state`: ASKED, UPLOADED, SETTLED or DROPPED. The class amounts are the quote's, None
    before it.
    """

    __tablename__ = "insurance_batch"
    id: Mapped[str] = mapped_column(primary_key=True)
    of: Mapped[str] = mapped_column(index=True)
    content: Mapped[str]
    generation: Mapped[int]
    visit_id: Mapped[str] = mapped_column(ForeignKey("insurance_visit.id"), index=True)
    total_fen: Mapped[int]
    state: Mapped[str]
    at: Mapped[str]
    own_expense_fen: Mapped[int | None] = mapped_column(default=None)
    over_limit_fen: Mapped[int | None] = mapped_column(default=None)
    pay_first_fen: Mapped[int | None] = mapped_column(default=None)
    in_scope_fen: Mapped[int | None] = mapped_column(default=None)
    __table_args__ = (UniqueConstraint("of", "content", "generation"),)


class InsuranceSettlement(Base):
    """What the insurance settled, as it said it. Its number is ours, for ever.

    `state`: SETTLED, REVERSED (2208) or ANNULLED (2601: it never happened). `account_pay_fen` is
    acct_pay as this region writes it, for reconciliation only; the other parts never overlap.
    Days are the platform's: `settled_on`, `reversed_on`.
    """

    __tablename__ = "insurance_settlement"
    number: Mapped[str] = mapped_column(primary_key=True)
    of: Mapped[str] = mapped_column(index=True)
    batch_id: Mapped[str] = mapped_column(ForeignKey("insurance_batch.id"), index=True)
    setl_id: Mapped[str] = mapped_column(unique=True)
    psn_no: Mapped[str]
    mdtrt_id: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    insutype: Mapped[str]
    med_type: Mapped[str]
    clr_type: Mapped[str]
    clr_way: Mapped[str]
    total_fen: Mapped[int]
    fund_fen: Mapped[int]
    account_fen: Mapped[int]
    mutual_fen: Mapped[int]
    hospital_fen: Mapped[int]
    cash_fen: Mapped[int]
    account_pay_fen: Mapped[int]
    own_expense_fen: Mapped[int]
    over_limit_fen: Mapped[int]
    pay_first_fen: Mapped[int]
    in_scope_fen: Mapped[int]
    deductible_fen: Mapped[int]
    balance_fen: Mapped[int]
    settled_at: Mapped[str]
    settled_on: Mapped[str] = mapped_column(index=True)
    reversed_on: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint(
            "fund_fen + account_fen + mutual_fen + hospital_fen + cash_fen = total_fen"
        ),
    )


class InsuranceFundPart(Base):
    """One fund's part of a settlement."""

    __tablename__ = "insurance_fund_part"
    number: Mapped[str] = mapped_column(ForeignKey("insurance_settlement.number"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    amount_fen: Mapped[int]


class RemoteReferral(Base):
    """A referral slip of the town of insurance, bound to the patient (L03). Days are inclusive."""

    __tablename__ = "remote_referral"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    slip_no: Mapped[str]
    from_region: Mapped[str]
    valid_from: Mapped[str]
    valid_to: Mapped[str]
    terminal_id: Mapped[str]
    bound_at: Mapped[str]
    __table_args__ = (UniqueConstraint("from_region", "slip_no"),)


class FundClaim(Base):
    """The application for the funds of one month and clearing type (3203, L08).

    `state`: ASKED, APPLIED, REFUSED or CANCELLED; the amounts are what was applied for.
    """

    __tablename__ = "fund_claim"
    id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str]
    clr_type: Mapped[str]
    state: Mapped[str]
    settlements: Mapped[int]
    total_fen: Mapped[int]
    fund_fen: Mapped[int]
    account_pay_fen: Mapped[int]
    cash_fen: Mapped[int]
    application_no: Mapped[str] = mapped_column(default="")
    refusal: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[str]
    __table_args__ = (
        Index(
            "one_fund_claim_stands",
            "month",
            "clr_type",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )
