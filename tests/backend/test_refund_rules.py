"""Where refunds are asked for, who reviews them, and until which day money goes back as it came."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from settlement_backend.policy.profile import load_policy
from settlement_backend.refunds import rules
from settlement_backend.refunds.rules import Care

ROOT = Path(__file__).resolve().parents[2]
DEMO = load_policy(ROOT / "resources/profiles/demo-2026.toml").refund
LONG = DEMO.model_copy(update={"channel_hard_limit_days": {"WECHAT": 3650, "ALIPAY": 3650}})
PAID = date(2023, 3, 2)
LEAP = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("channel", "today", "rule"),
    [
        ("WECHAT", date(2026, 3, 2), "RF-ORIGINAL"),
        ("WECHAT", date(2026, 3, 3), "RF-YEARS"),
        ("ALIPAY", date(2028, 3, 2), "RF-ORIGINAL"),
        ("ALIPAY", date(2028, 3, 3), "RF-YEARS"),
        ("UNIONPAY", date(2040, 1, 1), "RF-ORIGINAL"),
    ],
)
def test_w27_original_route_lasts_three_and_five_years(
    channel: str, today: date, rule: str
) -> None:
    assert rules.original_route(LONG, channel, PAID, today).rule_id == rule


@pytest.mark.parametrize(
    ("channel", "today", "rule"),
    [
        ("WECHAT", date(2024, 3, 1), "RF-ORIGINAL"),
        ("WECHAT", date(2024, 3, 2), "RF-CHANNEL-LIMIT"),
        ("ALIPAY", date(2024, 3, 1), "RF-ORIGINAL"),
        ("ALIPAY", date(2024, 3, 2), "RF-CHANNEL-LIMIT"),
        ("UNIONPAY", date(2024, 1, 26), "RF-ORIGINAL"),
        ("UNIONPAY", date(2024, 1, 27), "RF-CHANNEL-LIMIT"),
        ("CREDIT", date(2040, 1, 1), "RF-ORIGINAL"),
    ],
)
def test_channel_takes_nothing_back_after_its_own_days(
    channel: str, today: date, rule: str
) -> None:
    decision = rules.original_route(DEMO, channel, PAID, today)

    assert (decision.rule_id, decision.allow) == (rule, rule == "RF-ORIGINAL")


@pytest.mark.parametrize(("today", "allow"), [(date(2027, 2, 28), True), (date(2027, 3, 1), False)])
def test_years_after_a_leap_day_end_in_february(today: date, allow: bool) -> None:
    assert rules.original_route(LONG, "WECHAT", LEAP, today).allow is allow


@pytest.mark.parametrize(
    ("kind", "tenders", "care"),
    [
        ("OUTPATIENT", ("SCAN",), "outpatient"),
        ("REGISTRATION", ("CASH",), "outpatient"),
        ("INPATIENT", ("DEPOSIT", "SCAN"), "inpatient"),
        ("DEPOSIT", ("BANK_CARD",), "inpatient"),
        ("OUTPATIENT", ("PREPAY_BALANCE", "CREDIT_LINE"), "credit"),
        ("INPATIENT", ("FAMILY_CREDIT_LINE",), "credit"),
    ],
)
def test_credit_decides_before_inpatient(kind: str, tenders: tuple[str, ...], care: str) -> None:
    assert rules.care_of(kind, tenders) == care


@pytest.mark.parametrize(
    ("care", "terminal_kind", "allow"),
    [
        ("outpatient", "kiosk", True),
        ("outpatient", "mobile", True),
        ("outpatient", "window", True),
        ("outpatient", "ward", False),
        ("inpatient", "window", True),
        ("inpatient", "ward", True),
        ("inpatient", "kiosk", False),
        ("inpatient", "mobile", False),
        ("credit", "window", True),
        ("credit", "kiosk", False),
        ("credit", "ward", False),
        ("outpatient", "clinic", False),
    ],
)
def test_h20_h26_a_a7_a_a11_a_b4_a_b6_requests_come_from_where_the_profile_says(
    care: Care, terminal_kind: str, allow: bool
) -> None:
    decision = rules.may_request(DEMO, care, terminal_kind)

    assert decision.allow is allow
    assert decision.message_key == ("" if allow else "refund.elsewhere")


@pytest.mark.parametrize(
    ("above_fen", "total_fen", "needed"),
    [(0, 1, True), (5000, 5000, False), (5000, 5001, True)],
)
def test_more_than_the_profile_says_needs_a_second_person(
    above_fen: int, total_fen: int, needed: bool
) -> None:
    tiered = DEMO.model_copy(update={"second_person_above_fen": above_fen})

    assert rules.needs_second(tiered, total_fen) is needed


@pytest.mark.parametrize(
    ("above_fen", "total_fen", "roles"),
    [
        (0, 10_000_000, ("reviewer", "supervisor")),
        (100000, 100000, ("reviewer", "supervisor")),
        (100000, 100001, ("finance",)),
    ],
)
def test_large_refunds_are_reviewed_by_finance(
    above_fen: int, total_fen: int, roles: tuple[str, ...]
) -> None:
    tiered = DEMO.model_copy(update={"finance_above_fen": above_fen})

    assert rules.reviewers(tiered, total_fen) == roles
