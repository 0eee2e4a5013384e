"""I13: no number, code, token, password or name of a person reaches a log."""

from __future__ import annotations

import io
import logging

import pytest
from backend_bench import PAY_CODE
from service_bench import WINDOW, ZHOU_ID, House, new_key, new_person
from staff_bench import CASHIER, Machine, sign_in

from settlement_backend.base.masking import Masking, masked

CANARIES = (
    *(ZHOU_ID, "330302195501123411", "13900001234", "13800000000", "周明华", "王建国"),
    *("260000000017", "260000000025", "6222020000000017", PAY_CODE, "demo-2107", "demo-kiosk-01"),
    "ECDEMO0000000000000000LIXF01",
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("person 330302196207184525 came", "person <number> came"),
        ("id=33030219620718452X;", "id=<number>;"),
        ("card 6222 0200 0000 0017 read", "card <number> read"),
        ("6222020000000017", "<number>"),
        ("health card 260000000025", "health card <number>"),
        ("call 13800001234 now", "call <phone> now"),
        ("paid by 134567890123456789", "paid by <number>"),
        ("ECDEMO0000000000000000LIXF01", "<code>"),
        ("Authorization: Bearer demo-kiosk-01", "Authorization: <token>"),
        ("slip ZF1.S.S260302ABCDEF.ABCDEFGHIJKLMNOPQRSTUVWXYZ", "slip <slip>"),
        ('{"password": "demo-2107", "n": 1}', '{"password": <hidden>, "n": 1}'),
        ("name=李秀芳 fen=800", "name=<hidden> fen=800"),
        ("token: abc, code='x y'", "token: <hidden>, code=<hidden>"),
        ("settled 123456 fen in 17 ms", "settled 123456 fen in 17 ms"),
        ("POST /v1/cards/{number}/void 200", "POST /v1/cards/{number}/void 200"),
        ("at 2026-03-02T10:00:00.000+08:00", "at 2026-03-02T10:00:00.000+08:00"),
        ("bill 0f31c2a9d8e7465ab1c2d3e4f5061728", "bill 0f31c2a9d8e7465ab1c2d3e4f5061728"),
    ],
)
def test_numbers_and_codes_are_masked_and_nothing_else(text: str, told: str) -> None:
    assert masked(text) == told


def _logged() -> tuple[logging.Logger, io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Masking())
    logger = logging.Logger("of the test")
    logger.addHandler(handler)
    return logger, stream


def test_facts_and_tracebacks_are_masked_too() -> None:
    logger, stream = _logged()
    try:
        raise ValueError("no person 330302196207184525")
    except ValueError:
        logger.exception("asked for %s", "13800001234")

    told = stream.getvalue()
    assert "asked for <phone>" in told
    assert "ValueError: no person <number>" in told
    assert "Traceback" in told


def test_line_break_in_a_fact_makes_no_second_line() -> None:
    logger, stream = _logged()

    logger.warning("software %s", "1.0\n2026-03-02 forged line")

    assert stream.getvalue() == "software 1.0\\n2026-03-02 forged line\n"


def test_text_whose_facts_do_not_fit_is_told_and_not_lost() -> None:
    logger, stream = _logged()

    logger.warning("two %s %s", "one")

    assert stream.getvalue() == "a log text and its facts do not fit: two %s %s\n"


@pytest.mark.slow
def test_i13_story_with_canaries_leaves_none_in_any_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing personal is given to a logger in the first place: no filter is at work here."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    house.register_wang()
    person_id = house.person(ZHOU_ID)
    house.refused("/v1/people", new_person(id_number="330302195501123412"))
    house.ask("GET", "/v1/cards/260000000017")
    (bill,) = house.get(f"/v1/patients/{person_id}/bills")["bills"]
    sign_in(house, CASHIER)
    quoted = house.open(person_id, [bill["bill_id"]], token=WINDOW)
    house.commit(quoted, token=WINDOW)
    house.client.get(f"/v1/people?name=周明华&id={ZHOU_ID}")
    bad = {"operator": CASHIER, "password": "demo-2107x"}
    house.refused("/v1/operators/sign-in", bad, token=WINDOW)
    asked = {"code": "AAAA-BBBB-CCCC", "csr": Machine().csr, "token": "t" * 40}
    house.post("/v1/enrolments", asked, key=new_key(), token="")
    house.later(60)

    lines = [record.getMessage() for record in caplog.records]

    assert "POST /v1/settlements/{settlement_id}/commit 200" in lines
    found = [word for word in CANARIES for line in lines if word in line]
    assert found == []
