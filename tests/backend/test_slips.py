"""Slips: minted, shown, forged, unknown, and the ones terminals make themselves."""

from __future__ import annotations

import re

import pytest
from backend_bench import SLIP_KEY

from settlement_backend.base.database import Database
from settlement_backend.base.errors import Refused
from settlement_backend.cases.tables import Case
from settlement_backend.documents import slips
from settlement_backend.documents.tables import Slip

AT = "2026-03-02T10:00:00.000+08:00"
TERMINAL_KEY = b"the key of K01"
SUSPENSE_TEXT = "ZF1.U.K01-op1-12345.MM2WTQID3XGN756WYCYZU2QHMA"


def terminal_key(terminal_id: str) -> bytes | None:
    return TERMINAL_KEY if terminal_id == "K01" else None


def mint(db: Database) -> tuple[Slip, str]:
    with db.write() as session:
        slip = slips.mint(session, SLIP_KEY, "S", "P1", "SET1", ["B1", "B2"], AT)
    text: str = slips.slip_json(slip, SLIP_KEY)["qr_text"]
    return slip, text


def resolve(db: Database, text: str) -> slips.Resolved:
    with db.read() as session:
        return slips.resolve(session, SLIP_KEY, terminal_key, text)


def why_not(db: Database, text: str) -> str:
    with pytest.raises(Refused) as refused:
        resolve(db, text)
    return refused.value.reason


def test_minted_slip_is_resolved(db: Database) -> None:
    slip, text = mint(db)

    assert re.fullmatch(r"S260302[A-Z2-7]{6}", slip.id)
    assert re.fullmatch(rf"ZF1\.S\.{slip.id}\.[A-Z2-7]{{26}}", text)
    told = resolve(db, text)
    assert told.slip is not None
    assert (told.kind, told.slip.of, told.slip.bill_ids, told.case_id) == (
        "S",
        "SET1",
        "B1,B2",
        "",
    )


def test_mac_is_the_one_of_the_contract() -> None:
    slip = Slip(id="S260302ABCDEF", kind="S", person_id="P1", of="SET1", bill_ids="", at=AT)

    assert slips.slip_json(slip, b"key") == {
        "slip_id": "S260302ABCDEF",
        "qr_text": "ZF1.S.S260302ABCDEF.6WIBSZDBFY23IM7VX5HHYFH6EQ",
    }


def test_changed_slip_is_forged(db: Database) -> None:
    _slip, text = mint(db)

    assert why_not(db, text.replace("ZF1.S.", "ZF1.R.")) == "slip_forged"
    other = "A" if text[-1] != "A" else "B"
    assert why_not(db, text[:-1] + other) == "slip_forged"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ZF1.R",
        "ZF1.R.none.AAAAAAAAAAAAAAAAAAAAAAAAAA",
        "ZF1.S.票.AAAAAAAAAAAAAAAAAAAAAAAAAA",
        "ZF1.U.K01.AAAAAAAAAAAAAAAAAAAAAAAAAA",
        SUSPENSE_TEXT.replace("12345", "12346"),
        SUSPENSE_TEXT.replace("K01", "K02"),
    ],
)
def test_text_nobody_signed_is_forged(db: Database, text: str) -> None:
    assert why_not(db, text) == "slip_forged"


def test_genuine_slip_of_other_books_is_unknown(db: Database) -> None:
    slip = Slip(id="S260302ABCDEF", kind="S", person_id="P1", of="SET1", bill_ids="", at=AT)

    assert why_not(db, slips.slip_json(slip, SLIP_KEY)["qr_text"]) == "slip_unknown"


def test_suspense_slip_names_its_operation_until_the_case_is_known(db: Database) -> None:
    assert resolve(db, SUSPENSE_TEXT) == slips.Resolved("U", None, "op1")
    with db.write() as session:
        session.add(
            Case(
                id="C1",
                operation_kind="settle",
                operation_id="op1",
                amount_fen=12345,
                evidence="",
                owner="cashier-office",
                due_at=AT,
                state="OPEN",
            )
        )

    assert resolve(db, SUSPENSE_TEXT) == slips.Resolved("U", None, "C1")
