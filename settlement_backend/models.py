"""The tables. Money is whole fen, times are ISO texts, names of two languages are two columns.

Append-only by habit: money never changes a row without its entries in the ledger.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables."""


class Terminal(Base):
    """A kiosk, a window, or a client of another channel, with its journal's high-water mark."""

    __tablename__ = "terminal"
    id: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    place_zh: Mapped[str]
    place_en: Mapped[str]
    slip_key: Mapped[str]
    journal_seq: Mapped[int] = mapped_column(default=0)
    journal_head: Mapped[str] = mapped_column(default="")


class Operator(Base):
    """A member of staff. The password is kept as scrypt with a salt of its own."""

    __tablename__ = "operator"
    number: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    salt: Mapped[str]
    password_hash: Mapped[str]
    roles: Mapped[str]
    failed: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[str] = mapped_column(default="")


class OperatorSession(Base):
    """A shift at one terminal."""

    __tablename__ = "operator_session"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    operator: Mapped[str] = mapped_column(ForeignKey("operator.number"))
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminal.id"))
    since: Mapped[str]


class IdempotencyKey(Base):
    """A request that was answered: kept for ever, byte for byte."""

    __tablename__ = "idempotency_key"
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    status: Mapped[int]
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[str]


class AuditLine(Base):
    """Who did what, in a hash chain."""

    __tablename__ = "audit_line"
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    terminal_id: Mapped[str]
    actor: Mapped[str]
    event: Mapped[str]
    facts: Mapped[str]
    hash: Mapped[str]


class Person(Base):
    """One person, many media. `identities`: comma-separated special identities."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(primary_key=True)
    id_number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sex: Mapped[str]
    birth_date: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str]
    identities: Mapped[str] = mapped_column(default="")
    insurance: Mapped[str | None]
    consent_version: Mapped[str]
    consent_at: Mapped[str]


class Card(Base):
    """A health card's number; at most one that is not void per person (S07)."""

    __tablename__ = "card"
    number: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str]
    uid: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    reserved_by: Mapped[str] = mapped_column(unique=True)
    __table_args__ = (
        Index(
            "one_card_per_person",
            "person_id",
            unique=True,
            sqlite_where=text("state != 'VOID'"),
            postgresql_where=text("state != 'VOID'"),
        ),
    )


class Department(Base):
    """Where patients are seen."""

    __tablename__ = "department"
    code: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    place_zh: Mapped[str]
    place_en: Mapped[str]


class Schedule(Base):
    """One doctor's session of one day. `taken` never passes `capacity`."""

    __tablename__ = "schedule"
    id: Mapped[str] = mapped_column(primary_key=True)
    department_code: Mapped[str] = mapped_column(ForeignKey("department.code"))
    day: Mapped[str]
    doctor_zh: Mapped[str]
    doctor_en: Mapped[str]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    session_zh: Mapped[str]
    session_en: Mapped[str]
    room_zh: Mapped[str]
    room_en: Mapped[str]
    fee_fen: Mapped[int]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    numbers_given: Mapped[int] = mapped_column(default=0)
    __table_args__ = (CheckConstraint("taken <= capacity"),)


class Item(Base):
    """The price list a doctor's room orders from."""

    __tablename__ = "item"
    code: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    insurance_class: Mapped[str]
    unit_zh: Mapped[str]
    unit_en: Mapped[str]
    price_fen: Mapped[int]


class Registration(Base):
    """A place with a doctor: HELD, CONFIRMED, CANCELLED or EXPIRED."""

    __tablename__ = "registration"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    schedule_id: Mapped[str] = mapped_column(ForeignKey("schedule.id"))
    state: Mapped[str]
    queue_number: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[str]


class Bill(Base):
    """One fee group: OPEN, LOCKED by a settlement, PAID or CANCELLED."""

    __tablename__ = "bill"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    registration_id: Mapped[str | None] = mapped_column(ForeignKey("registration.id"))
    version: Mapped[int]
    kind: Mapped[str]
    department_zh: Mapped[str]
    department_en: Mapped[str]
    doctor_zh: Mapped[str]
    doctor_en: Mapped[str]
    issued_at: Mapped[str]
    total_fen: Mapped[int]
    state: Mapped[str]
    settlement_id: Mapped[str] = mapped_column(default="")


class BillLine(Base):
    """One item of a bill. `refunded_by`: the refund that returned it, "" when none."""

    __tablename__ = "bill_line"
    id: Mapped[str] = mapped_column(primary_key=True)
    bill_id: Mapped[str] = mapped_column(ForeignKey("bill.id"))
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


class Settlement(Base):
    """The saga of one payment. `insurance_state`: NONE, ASKED, SETTLED, REVERSING, REVERSED."""

    __tablename__ = "settlement"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminal.id"))
    state: Mapped[str]
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
    settled_at: Mapped[str] = mapped_column(default="")


class Tender(Base):
    """One part of the self-pay. Its id is the order number at the acquirer, for ever."""

    __tablename__ = "tender"
    id: Mapped[str] = mapped_column(primary_key=True)
    settlement_id: Mapped[str] = mapped_column(ForeignKey("settlement.id"))
    place: Mapped[int]
    kind: Mapped[str]
    amount_fen: Mapped[int]
    refunded_fen: Mapped[int] = mapped_column(default=0)
    state: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")
    hold_id: Mapped[str] = mapped_column(default="")
    called_at: Mapped[str] = mapped_column(default="")
    __table_args__ = (CheckConstraint("amount_fen > 0 and refunded_fen <= amount_fen"),)


class Hold(Base):
    """A pre-authorisation at the acquirer: HELD, COMPLETED, RELEASED or EXPIRED."""

    __tablename__ = "hold"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    reference: Mapped[str] = mapped_column(unique=True)
    amount_fen: Mapped[int]
    taken_fen: Mapped[int] = mapped_column(default=0)
    state: Mapped[str]
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
    __table_args__ = (CheckConstraint("taken_fen <= amount_fen"),)


class Posting(Base):
    """One transaction of the ledger; `name` makes it happen once."""

    __tablename__ = "posting"
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[str]


class LedgerEntry(Base):
    """One side of a posting. Debits and credits of a posting are equal; amounts are positive."""

    __tablename__ = "ledger_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    posting: Mapped[str] = mapped_column(ForeignKey("posting.name"))
    account: Mapped[str] = mapped_column(index=True)
    side: Mapped[str]
    amount_fen: Mapped[int]
    __table_args__ = (CheckConstraint("amount_fen > 0 and side in ('D', 'C')"),)


class Slip(Base):
    """A paper's identity. `kind`: R referral, S settlement or refund."""

    __tablename__ = "slip"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    person_id: Mapped[str]
    of: Mapped[str]
    bill_ids: Mapped[str] = mapped_column(default="")
    at: Mapped[str]


class Case(Base):
    """A doubt that a person owns."""

    __tablename__ = "open_case"
    id: Mapped[str] = mapped_column(primary_key=True)
    operation_kind: Mapped[str]
    operation_id: Mapped[str]
    amount_fen: Mapped[int]
    evidence: Mapped[str]
    person_id: Mapped[str] = mapped_column(default="")
    owner: Mapped[str]
    due_at: Mapped[str]
    state: Mapped[str]
    __table_args__ = (UniqueConstraint("operation_id"),)


class Refund(Base):
    """ACCEPTED, REVIEWED, CONFIRMED, PAID, REJECTED or SUSPENSE; `stage` says how far it is."""

    __tablename__ = "refund"
    id: Mapped[str] = mapped_column(primary_key=True)
    settlement_id: Mapped[str] = mapped_column(ForeignKey("settlement.id"))
    line_ids: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str]
    stage: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str]
    reviewed_by: Mapped[str] = mapped_column(default="")
    new_fund_fen: Mapped[int]
    new_account_fen: Mapped[int]
    new_setl_id: Mapped[str] = mapped_column(default="")
    slip_id: Mapped[str] = mapped_column(default="")
    at: Mapped[str]


class RefundPart(Base):
    """One route of a refund: PLANNED, ASKED or DONE."""

    __tablename__ = "refund_part"
    id: Mapped[str] = mapped_column(primary_key=True)
    refund_id: Mapped[str] = mapped_column(ForeignKey("refund.id"))
    place: Mapped[int]
    route: Mapped[str]
    tender_id: Mapped[str] = mapped_column(default="")
    amount_fen: Mapped[int]
    label: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
