"""The ledger: a posting happens once, both sides are equal, sums by account and kind."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from settlement_backend.base.database import Database
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.ledger.tables import LedgerEntry

pytestmark = pytest.mark.both_databases

AT = "2026-03-02T10:00:00.000+08:00"
SALE = [
    Move("outside:cash", "settling:S1", 1200),
    Move("outside:scan:WECHAT", "settling:S1", 300),
]


def test_posting_of_one_name_happens_once(db: Database) -> None:
    with db.write() as session:
        assert ledger.post(session, "take/1", AT, SALE)
    with db.write() as session:
        assert not ledger.post(session, "take/1", AT, [Move("outside:cash", "revenue", 9)])

    with db.read() as session:
        assert ledger.balance(session, "settling:S1") == 1500
        assert ledger.balance(session, "revenue") == 0


def test_moved_counts_one_kind_of_one_family_of_accounts(db: Database) -> None:
    with db.write() as session:
        ledger.post(session, "take/1", AT, SALE)
        ledger.post(session, "refund/1", AT, [Move("refunding:R1", "outside:scan:WECHAT", 100)])

    with db.read() as session:
        assert ledger.moved(session, "outside:scan:", "take") == 300
        assert ledger.moved(session, "outside:scan:", "refund") == -100
        assert ledger.moved(session, "outside:cash", "refund") == 0


def test_zero_is_not_booked_and_less_is_a_mistake(db: Database) -> None:
    with db.write() as session:
        ledger.post(session, "take/1", AT, [Move("outside:cash", "revenue", 0)])
        assert session.query(LedgerEntry).count() == 0
    with db.write() as session, pytest.raises(ValueError, match="take/2"):
        ledger.post(session, "take/2", AT, [Move("outside:cash", "revenue", -1)])


def test_changed_entry_is_seen(db: Database) -> None:
    with db.write() as session:
        ledger.post(session, "take/1", AT, SALE)
        assert ledger.balanced(session)
        session.execute(update(LedgerEntry).where(LedgerEntry.side == "D").values(amount_fen=1201))
        assert not ledger.balanced(session)


def test_rolled_back_posting_never_happened(db: Database) -> None:
    with pytest.raises(RuntimeError), db.write() as session:
        ledger.post(session, "take/1", AT, SALE)
        raise RuntimeError

    with db.write() as session:
        assert ledger.post(session, "take/1", AT, SALE)
