"""Tables of what decides about invoices, their paper and slips."""

from __future__ import annotations

from pathlib import Path

import pytest

from settlement_backend.documents.content import (
    OTHER_ITEMS,
    channel_code,
    channels_of,
    items_of,
    place_code,
)
from settlement_backend.documents.rules import (
    Care,
    Standing,
    invoice_kind,
    invoice_source,
    may_flush,
    may_print,
    may_print_slip,
)
from settlement_backend.policy.profile import load_policy

PROFILES = Path(__file__).resolve().parents[2] / "resources/profiles"
RULES = load_policy(PROFILES / "demo-2026.toml").invoice


@pytest.mark.parametrize(
    ("care", "kind"),
    [
        (Care("INPATIENT"), "01"),
        (Care("OUTPATIENT"), "02"),
        (Care("OUTPATIENT", "OUTPATIENT", "11"), "02"),
        (Care("OUTPATIENT", "EMERGENCY"), "03"),
        (Care("OUTPATIENT", "EMERGENCY_OBSERVATION"), "03"),
        (Care("OUTPATIENT", "OUTPATIENT", "14"), "04"),
        (Care("REGISTRATION", "EMERGENCY"), "06"),
        (Care("DEPOSIT"), ""),
    ],
)
def test_h27_invoice_kind_follows_the_care(care: Care, kind: str) -> None:
    assert invoice_kind(care) == kind


@pytest.mark.parametrize(
    ("terminal_kind", "source"), [("window", 1), ("kiosk", 2), ("mobile", 3), ("clinic", 1)]
)
def test_invoice_source_follows_the_terminal(terminal_kind: str, source: int) -> None:
    assert invoice_source(RULES, terminal_kind) == source


@pytest.mark.parametrize(
    ("state", "flushing", "terminal_kind", "rule_id", "message_key"),
    [
        ("E_ISSUED", False, "kiosk", "IN-ONCE", ""),
        ("E_ISSUED", False, "window", "IN-ONCE", ""),
        ("E_ISSUED", False, "mobile", "IN-ELSEWHERE", "invoice.elsewhere"),
        ("E_ISSUED", True, "kiosk", "IN-RED", "invoice.written_off"),
        ("RED_FLUSHED", True, "kiosk", "IN-RED", "invoice.written_off"),
        ("NOT_ISSUED", False, "kiosk", "IN-ISSUED", "invoice.not_issued"),
        ("PRINTING", False, "window", "IN-ONCE", "invoice.being_printed"),
        ("PRINTED", False, "window", "IN-ONCE", "invoice.printed"),
        ("PRINT_UNCERTAIN", False, "kiosk", "IN-UNCERTAIN", "invoice.uncertain"),
    ],
)
def test_s25_official_paper_is_printed_once_over_all_terminals(
    state: str, flushing: bool, terminal_kind: str, rule_id: str, message_key: str
) -> None:
    decision = may_print(RULES, terminal_kind, Standing(state, flushing))

    assert (decision.allow, decision.rule_id) == (message_key == "", rule_id)
    assert decision.message_key == message_key


def test_s25_profile_without_paper_prints_nowhere() -> None:
    never = RULES.model_copy(update={"official_print_max": 0})

    assert may_print(never, "window", Standing("E_ISSUED")).rule_id == "IN-ELSEWHERE"


@pytest.mark.parametrize(
    ("state", "allow"),
    [
        ("NOT_ISSUED", True),
        ("E_ISSUED", True),
        ("RED_FLUSHED", True),
        ("PRINTING", False),
        ("PRINTED", False),
        ("PRINT_UNCERTAIN", False),
    ],
)
def test_write_off_waits_for_the_paper_to_come_back(state: str, allow: bool) -> None:
    decision = may_flush(Standing(state))

    assert decision.allow is allow
    assert decision.needs == (() if allow else ("RECALL_OF_PAPER",))


@pytest.mark.parametrize(
    ("most", "prints", "rule_id", "allow"),
    [
        (0, 0, "SL-FIRST", True),
        (0, 99, "SL-COPY", True),
        (2, 1, "SL-COPY", True),
        (2, 2, "SL-MOST", False),
    ],
)
def test_c11_slips_may_be_printed_again(most: int, prints: int, rule_id: str, allow: bool) -> None:
    decision = may_print_slip(RULES.model_copy(update={"slip_print_max": most}), prints)

    assert (decision.rule_id, decision.allow) == (rule_id, allow)


@pytest.mark.parametrize(
    ("total_fen", "paid_fen", "channels"),
    [
        (10000, {"FUND": 8000, "WECHAT": 2000}, [("FUND", 8000), ("WECHAT", 2000)]),
        (10000, {"FUND": 0, "CASH": 10000}, [("CASH", 10000)]),
        (10002, {"CASH": 10000}, [("CASH", 10000), ("HBWC", 2)]),
        (9998, {"CASH": 10000}, [("CASH", 10000), ("HBWC", -2)]),
    ],
)
def test_channels_sum_to_the_total_by_hbwc(
    total_fen: int, paid_fen: dict[str, int], channels: list[tuple[str, int]]
) -> None:
    made = channels_of(total_fen, paid_fen)

    assert [(each.code, each.amount_fen) for each in made] == channels
    assert sum(each.amount_fen for each in made) == total_fen


@pytest.mark.parametrize(
    ("kind", "channel", "code"),
    [
        ("SCAN", "WECHAT", "WECHAT"),
        ("BOUND_DEBIT", "ALIPAY", "ALIPAY"),
        ("PREAUTH", "", "CARD"),
        ("BANK_CARD", "POS", "CARD"),
        ("FAMILY_CREDIT_LINE", "", "CREDIT"),
        ("CASH", "", "CASH"),
        ("PREPAY_BALANCE", "", "PREPAY"),
        ("SOMETHING_NEW_AND_LONG", "", "SOMETHING_NEW_AN"),
    ],
)
def test_each_tender_has_a_channel_code(kind: str, channel: str, code: str) -> None:
    assert channel_code(kind, channel) == code


def test_equal_items_stand_together_and_at_most_a_hundred_are_named() -> None:
    same = items_of([("甲", 100), ("乙", 50), ("甲", 100)])
    many = items_of([(f"项目{number}", 1) for number in range(130)])

    assert [(item.name, item.amount_fen) for item in same] == [("甲", 200), ("乙", 50)]
    assert (len(many), many[-1].name, many[-1].amount_fen) == (100, OTHER_ITEMS, 31)


@pytest.mark.parametrize(("terminal_id", "place"), [("K01", "K01"), ("A-03", "A03"), ("-", "0")])
def test_place_code_is_letters_and_digits(terminal_id: str, place: str) -> None:
    assert place_code(terminal_id) == place
