"""Files of the other side, what was found of each movement, what banks credited, closed days."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class ChannelFile(Base):
    """The file of one day, bank and channel: READY or EMPTY (there is none, for ever); NOT_READY,
    SILENT or DAMAGED while it is fetched again. `digest`: of its bytes, for evidence."""

    __tablename__ = "channel_file"
    day: Mapped[str] = mapped_column(primary_key=True)
    bank: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    trouble: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(default="")
    rows: Mapped[int] = mapped_column(default=0)
    in_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    out_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    at: Mapped[str]


class ChannelRow(Base):
    """One row of such a file, as it was read."""

    __tablename__ = "channel_row"
    day: Mapped[str] = mapped_column(primary_key=True)
    bank: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    number: Mapped[str]
    original: Mapped[str]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str]


class ReconciliationLine(Base):
    """One movement with its verdict; its id is made of its number and lasts for ever.

    `bank` and `channel` are INSURANCE for settlements of the insurance. A side that lacks it has
    amount 0 and day "". `correction`: the ledger's posting that made the books agree.
    """

    __tablename__ = "reconciliation_line"
    id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(index=True)
    bank: Mapped[str]
    channel: Mapped[str]
    kind: Mapped[str]
    number: Mapped[str]
    verdict: Mapped[str]
    our_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    their_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    our_day: Mapped[str] = mapped_column(default="")
    their_day: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    account: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    campus: Mapped[str] = mapped_column(default="")
    case_id: Mapped[str] = mapped_column(default="")
    correction: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index("lines_by_verdict", "verdict", "day"),)


class InsuranceDay(Base):
    """The insurance's word on a day (3201): AGREES, DIFFERS, or NOT_READY while it says nothing."""

    __tablename__ = "insurance_day"
    day: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    trouble: Mapped[str] = mapped_column(default="")
    our_count: Mapped[int] = mapped_column(default=0)
    our_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    their_count: Mapped[int] = mapped_column(default=0)
    their_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    at: Mapped[str]


class BankCredit(Base):
    """What the bank put on the hospital's account for a day and channel, by its statement."""

    __tablename__ = "bank_credit"
    id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(index=True)
    bank: Mapped[str]
    channel: Mapped[str]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str]
    operator: Mapped[str]
    at: Mapped[str]


class TerminalTotal(Base):
    """What a terminal's own journal says it took and gave on a day, by kind of tender."""

    __tablename__ = "terminal_total"
    day: Mapped[str] = mapped_column(primary_key=True)
    terminal_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    taken_fen: Mapped[int] = mapped_column(BigInteger)
    given_fen: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[str]


class ReconciliationDay(Base):
    """How far a day is: OPEN, or DONE when every file is read and nothing is unknown any more.
    `closed_by`: who of finance closed it, "" before."""

    __tablename__ = "reconciliation_day"
    day: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    ran_at: Mapped[str]
    closed_by: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[str] = mapped_column(default="")
