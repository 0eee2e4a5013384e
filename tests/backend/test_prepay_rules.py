"""Prepayment by the profile: boundary days and amounts, exemptions, what is proposed afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from settlement_backend.policy.profile import Filing, Limits, Prepay, load_policy
from settlement_backend.prepay import rules
from settlement_backend.prepay.rules import Allowed, Asked

ROOT = Path(__file__).resolve().parents[2]
DEMO = load_policy(ROOT / "resources/profiles/demo-2026.toml").outpatient_prepay
FILED = DEMO.model_copy(
    update={"authority_filing": Filing(number="WZ-2025-17", day=date(2025, 4, 10))}
)
LAST_LEGACY, FIRST_BANNED = date(2025, 3, 30), date(2025, 3, 31)
BEFORE_FILING, FILING_DAY, TODAY = date(2025, 4, 9), date(2025, 4, 10), date(2026, 3, 2)
BOTH = ("CASH", "BANKCARD_TRANSFER")


def decided(policy: Prepay, asked: Asked) -> tuple[bool, str, tuple[str, ...]]:
    decision = rules.may_collect(policy, asked).decision
    return decision.allow, decision.rule_id, decision.needs


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2014, 6, 1), (True, "OP-LEGACY", ())),
        (LAST_LEGACY, (True, "OP-LEGACY", ())),
        (FIRST_BANNED, (False, "OP-BAN", ())),
        (TODAY, (False, "OP-BAN", ())),
    ],
)
def test_w18_collection_is_banned_from_2025_03_31(
    day: date, expected: tuple[bool, str, tuple[str, ...]]
) -> None:
    assert decided(DEMO, Asked(day)) == expected


def test_w18_ban_names_its_words() -> None:
    banned = rules.may_collect(DEMO, Asked(FIRST_BANNED))

    assert banned.decision.message_key == "prepay.stopped.2025"
    assert banned.methods == ()


@pytest.mark.parametrize(
    "scene", ["EMERGENCY", "EMERGENCY_OBSERVATION", "OUTPATIENT_SURGERY", "EMERGENCY_SURGERY"]
)
def test_w23_exempt_scenes_may_stay_when_they_are_wanted(scene: str) -> None:
    asked = decided(FILED, Asked(TODAY, scene=scene))
    agreed = decided(FILED, Asked(TODAY, scene=scene, consented=True))

    assert asked == (True, "OP-EXEMPT-SCENE", ("VOLUNTARY_CONSENT",))
    assert agreed == (True, "OP-EXEMPT-SCENE", ())


@pytest.mark.parametrize("scene", ["OUTPATIENT", "", "emergency"])
def test_w23_other_scenes_are_banned(scene: str) -> None:
    assert decided(FILED, Asked(TODAY, scene=scene))[1] == "OP-BAN"


@pytest.mark.parametrize(
    ("age", "declared", "groups", "rule"),
    [
        (59, False, frozenset(), "OP-BAN"),
        (60, False, {"ELDERLY"}, "OP-EXEMPT-GROUP"),
        (95, False, {"ELDERLY"}, "OP-EXEMPT-GROUP"),
        (30, True, {"DECLARED_NEED"}, "OP-EXEMPT-GROUP"),
        (71, True, {"ELDERLY", "DECLARED_NEED"}, "OP-EXEMPT-GROUP"),
    ],
)
def test_w24_exempt_groups_by_age_or_declared_need(
    age: int, declared: bool, groups: set[str], rule: str
) -> None:
    mine = rules.groups_of(FILED, age, declared)

    assert mine == groups
    assert decided(FILED, Asked(TODAY, groups=mine))[1] == rule


@pytest.mark.parametrize(
    ("policy", "day", "rule"),
    [
        (DEMO, TODAY, "OP-BAN"),
        (FILED, FIRST_BANNED, "OP-BAN"),
        (FILED, BEFORE_FILING, "OP-BAN"),
        (FILED, FILING_DAY, "OP-EXEMPT-SCENE"),
        (
            DEMO.model_copy(update={"authority_filing": Filing(number="WZ-1")}),
            TODAY,
            "OP-BAN",
        ),
    ],
)
def test_w25_exemption_needs_a_filing_by_that_day(policy: Prepay, day: date, rule: str) -> None:
    assert decided(policy, Asked(day, scene="EMERGENCY", consented=True))[1] == rule


def test_s16_anonymous_person_never_prepays() -> None:
    for day in (LAST_LEGACY, TODAY):
        asked = Asked(day, scene="EMERGENCY", real_name=False, consented=True)
        assert decided(FILED, asked) == (False, "OP-REAL-NAME", ())


def test_day_without_any_rule_is_refused() -> None:
    empty = DEMO.model_copy(update={"collect": ()})

    assert decided(empty, Asked(TODAY))[:2] == (False, "OP-NONE")


LEGACY = rules.may_collect(DEMO, Asked(LAST_LEGACY))


@pytest.mark.parametrize("method", ["CASH", "BANKCARD_TRANSFER"])
@pytest.mark.parametrize(
    ("amount_fen", "reason"),
    [
        (0, "limits"),
        (4999, "limits"),
        (5000, ""),
        (200000, ""),
        (200001, "limits"),
    ],
)
def test_s13_s14_limits_include_their_numbers(method: str, amount_fen: int, reason: str) -> None:
    decision = rules.may_take(DEMO, LEGACY, method, amount_fen, 0)

    assert (decision.allow, decision.message_key) == (reason == "", reason)
    assert decision.rule_id == "OP-LEGACY"


@pytest.mark.parametrize(
    ("cap_fen", "balance_fen", "allow"),
    [(0, 10_000_000, True), (200000, 195000, True), (200000, 195001, False)],
)
def test_s14_cap_of_the_balance_is_optional_and_inclusive(
    cap_fen: int, balance_fen: int, allow: bool
) -> None:
    capped = Limits(min_fen=5000, max_fen=200000, balance_cap_fen=cap_fen)
    policy = DEMO.model_copy(update={"limits": {"CASH": capped}})

    assert rules.may_take(policy, LEGACY, "CASH", 5000, balance_fen).allow is allow


@pytest.mark.parametrize(
    ("allowed", "method", "reason"),
    [
        (LEGACY, "SCAN", "method"),
        (Allowed(LEGACY.decision, ("CASH",)), "BANKCARD_TRANSFER", "method"),
        (rules.may_collect(DEMO, Asked(TODAY)), "CASH", "prepay.stopped.2025"),
        (rules.may_collect(FILED, Asked(TODAY, "EMERGENCY")), "CASH", "consent_missing"),
    ],
)
def test_money_is_not_taken_for_another_reason(allowed: Allowed, method: str, reason: str) -> None:
    decision = rules.may_take(DEMO, allowed, method, 10000, 0)

    assert (decision.allow, decision.message_key) == (False, reason)


def test_s09_transfer_is_offered_before_cash() -> None:
    assert rules.METHODS == ("BANKCARD_TRANSFER", "CASH")


@pytest.mark.parametrize(
    ("state", "spending", "allow", "reason"),
    [
        ("OPEN", True, True, ""),
        ("FROZEN_FOR_CLEANOUT", True, True, ""),
        ("OPEN", False, False, "prepay.refund_only"),
        ("NONE", True, False, "prepay.no_balance"),
        ("CLEARED", True, False, "prepay.no_balance"),
        ("LEDGERED", True, False, "prepay.no_balance"),
    ],
)
def test_c01_old_balance_is_spent_until_it_is_cleared(
    state: str, spending: bool, allow: bool, reason: str
) -> None:
    policy = DEMO.model_copy(update={"spend_existing_balance": spending})

    decision = rules.may_spend(policy, state)

    assert (decision.allow, decision.message_key) == (allow, reason)


@pytest.mark.parametrize(
    ("clear", "balance_fen", "key"),
    [
        ("WINDOW", 1, "prepay.clear_at_window"),
        ("ORIGINAL_ROUTE", 1, "prepay.clear_by_route"),
        ("KEEP", 1, ""),
        ("WINDOW", 0, ""),
        ("ORIGINAL_ROUTE", 0, ""),
    ],
)
def test_s15_c09_rest_is_proposed_after_a_settlement(
    clear: str, balance_fen: int, key: str
) -> None:
    policy = DEMO.model_copy(update={"clear_after_visit": clear})

    decision = rules.residual(policy, balance_fen)

    assert (decision.allow, decision.message_key) == (key != "", key)


@pytest.mark.parametrize(
    ("policy", "day", "expected"),
    [
        (DEMO, LAST_LEGACY, True),
        (DEMO, TODAY, False),
        (FILED, BEFORE_FILING, False),
        (FILED, FILING_DAY, True),
        (FILED, TODAY, True),
    ],
)
def test_w18_w25_a_terminal_offers_top_ups_when_somebody_may_be_let(
    policy: Prepay, day: date, expected: bool
) -> None:
    assert rules.may_collect_from_somebody(policy, day) is expected
