"""The code of a doubt slip, made here without the backend, judged by the backend's own rule."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from slip_contents import HEAD, OPERATION_ID

from core.codes import IdentityCode, recognise
from core.identity import Medium, MediumKind
from core.operation import OperationKind
from core.slips import DoubtSlip
from settlement_backend.base.database import Database
from settlement_backend.base.errors import Refused
from settlement_backend.demo.plant import plant
from settlement_backend.documents import slips
from settlement_backend.terminals.tables import Terminal
from terminal.slips import doubt_code

CODE = doubt_code(HEAD, DoubtSlip(OPERATION_ID, OperationKind.HOLD, 200_000))


def _resolved(folder: Path, text: str) -> slips.Resolved:
    """What the demo's backend says of a scanned text."""
    db = Database(f"sqlite:///{folder / 'backend.db'}")
    try:
        with db.write() as session:
            plant(session, datetime(2026, 1, 5, 1, 30, tzinfo=UTC))
        with db.read() as session:

            def key_of(terminal_id: str) -> bytes | None:
                made_by = session.get(Terminal, terminal_id)
                return bytes.fromhex(made_by.slip_key) if made_by else None

            return slips.resolve(session, b"the backend's own key", key_of, text)
    finally:
        db.close()


def test_code_is_as_the_contract_writes_it() -> None:
    assert f"ZF1.U.K01-{OPERATION_ID}-200000.GH25HD3ZENWHZAISOOPXQW22KQ" == CODE


def test_backend_believes_the_terminals_code(tmp_path: Path) -> None:
    assert _resolved(tmp_path, CODE) == slips.Resolved("U", None, OPERATION_ID)


@pytest.mark.parametrize(
    ("was", "now"),
    [("200000", "200001"), ("K01", "W07"), ("0f8fad5b", "1f8fad5b"), ("U", "S")],
    ids=["amount", "terminal", "case", "kind"],
)
def test_backend_refuses_a_changed_code(tmp_path: Path, was: str, now: str) -> None:
    assert CODE.count(was) >= 1
    with pytest.raises(Refused, match="slip_forged"):
        _resolved(tmp_path, CODE.replace(was, now, 1))


def test_scanner_knows_it_as_a_slip() -> None:
    assert recognise(CODE) == IdentityCode(Medium(MediumKind.SLIP, CODE))
