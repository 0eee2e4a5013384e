"""The audit log's chain: what is changed, left out or put in between is seen."""

from __future__ import annotations

import pytest
from backend_bench import HandClock
from sqlalchemy import delete, update

from settlement_backend.base import audit
from settlement_backend.base.database import Database
from settlement_backend.base.tables import AuditLine

pytestmark = pytest.mark.both_databases


@pytest.fixture
def written(db: Database, clock: HandClock) -> Database:
    """Three lines, in two transactions."""
    with db.write() as session:
        audit.note(session, clock, "K01", "", "signed_on", software="1")
        audit.note(session, clock, "W07", "2107", "operator_signed_in")
    with db.write() as session:
        audit.note(session, clock, "W07", "2107", "refund_asked", of="R1", amount_fen=1200)
    return db


def test_lines_follow_one_another(written: Database) -> None:
    with written.read() as session:
        lines = session.query(AuditLine).order_by(AuditLine.seq).all()
        assert [line.seq for line in lines] == [1, 2, 3]
        assert lines[2].facts == '{"amount_fen": 1200, "of": "R1"}'
        assert len({line.hash for line in lines}) == 3
        assert audit.verify(session)


def test_empty_log_is_whole(db: Database) -> None:
    with db.read() as session:
        assert audit.verify(session)


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "2101"},
        {"facts": '{"amount_fen": 1}'},
        {"event": "refund_reviewed"},
        {"terminal_id": "W08"},
        {"at": "2026-01-01T00:00:00.000+08:00"},
        {"hash": "0" * 64},
    ],
)
def test_changed_line_is_seen(written: Database, change: dict[str, str]) -> None:
    with written.write() as session:
        session.execute(update(AuditLine).where(AuditLine.seq == 2).values(**change))
        session.expire_all()

        assert not audit.verify(session)


@pytest.mark.parametrize("seq", [1, 2])
def test_missing_line_is_seen(written: Database, seq: int) -> None:
    with written.write() as session:
        session.execute(delete(AuditLine).where(AuditLine.seq == seq))

        assert not audit.verify(session)
