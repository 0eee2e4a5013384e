"""The double-entry ledger."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class Posting(Base):
    """One transaction of the ledger; `name` makes it happen once."""

    __tablename__ = "posting"
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[str]


class LedgerEntry(Base):
    """One side of a posting. Debits and credits of a posting are equal; amounts are positive."""

    __tablename__ = "ledger_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    posting: Mapped[str] = mapped_column(ForeignKey("posting.name"), index=True)
    account: Mapped[str] = mapped_column(index=True)
    side: Mapped[str]
    amount_fen: Mapped[int]
    __table_args__ = (CheckConstraint("amount_fen > 0 and side in ('D', 'C')"),)
