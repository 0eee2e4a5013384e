"""Clean-out by the profile: ways back by top-up, who may ask where, what must come along."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from settlement_backend.cleanout import rules
from settlement_backend.cleanout.rules import Asker, TopUp, Way
from settlement_backend.policy.profile import load_policy

ROOT = Path(__file__).resolve().parents[2]
POLICY = load_policy(ROOT / "resources/profiles/demo-2026.toml")
PREPAY = POLICY.outpatient_prepay
CLEARED_AT_WINDOW = PREPAY.model_copy(update={"clear_after_visit": "WINDOW"})
REFUND = POLICY.refund.model_copy(
    update={"channel_hard_limit_days": {"WECHAT": 3650, "ALIPAY": 3650, "UNIONPAY": 330}}
)
TODAY = date(2026, 3, 2)
KIOSK, WINDOW = Asker("kiosk"), Asker("window")


@pytest.mark.parametrize(
    ("top_up", "way"),
    [
        (TopUp("WECHAT", "W1", date(2023, 3, 2)), Way("ORIGINAL", "RF-ORIGINAL")),
        (TopUp("WECHAT", "W1", date(2023, 3, 1)), Way("TRANSFER", "RF-YEARS")),
        (TopUp("ALIPAY", "A1", date(2021, 3, 2)), Way("ORIGINAL", "RF-ORIGINAL")),
        (TopUp("ALIPAY", "A1", date(2021, 3, 1)), Way("TRANSFER", "RF-YEARS")),
        (TopUp("WECHAT", "", date(2026, 3, 1)), Way("TRANSFER", "RF-NO-ROUTE")),
        (TopUp("OLD", "", date(2024, 3, 1)), Way("TRANSFER", "RF-NO-ROUTE")),
        (TopUp("CASH", "", date(2026, 3, 1)), Way("TRANSFER", "RF-NO-ROUTE")),
        (TopUp("BANKCARD_TRANSFER", "S1", date(2025, 4, 6)), Way("ORIGINAL", "RF-ORIGINAL")),
        (TopUp("BANKCARD_TRANSFER", "S1", date(2025, 4, 5)), Way("TRANSFER", "RF-CHANNEL-LIMIT")),
    ],
)
def test_w27_w28_each_top_up_goes_back_its_own_way(top_up: TopUp, way: Way) -> None:
    assert rules.way_back(PREPAY, REFUND, KIOSK, top_up, TODAY) == way


@pytest.mark.parametrize(
    ("asker", "route"), [(WINDOW, "CASH"), (KIOSK, "TRANSFER"), (Asker("mobile"), "TRANSFER")]
)
def test_s15_cash_is_cleared_in_cash_where_a_window_clears_it(asker: Asker, route: str) -> None:
    top_up = TopUp("CASH", "", date(2026, 3, 1))

    assert rules.way_back(CLEARED_AT_WINDOW, REFUND, asker, top_up, TODAY).route == route


def test_w34_dead_persons_money_is_transferred() -> None:
    asker = Asker("window", deceased=True)
    top_up = TopUp("WECHAT", "W1", TODAY)

    assert rules.way_back(PREPAY, REFUND, asker, top_up, TODAY) == Way("TRANSFER", "RF-DECEASED")


@pytest.mark.parametrize(
    ("asker", "reason"),
    [
        (KIOSK, ""),
        (WINDOW, ""),
        (Asker("mobile"), ""),
        (Asker("clinic"), "refund.elsewhere"),
        (Asker("kiosk", deceased=True), "window_only"),
        (Asker("mobile", deceased=True), "window_only"),
        (Asker("window", deceased=True), ""),
        (Asker("kiosk", state="LEDGERED"), "window_only"),
        (Asker("window", state="LEDGERED"), ""),
        (Asker("window", state="FROZEN_FOR_CLEANOUT"), "under_way"),
    ],
)
def test_w34_w35_applications_come_from_where_the_profile_says(asker: Asker, reason: str) -> None:
    decision = rules.may_apply(PREPAY, asker)

    assert (decision.allow, decision.message_key) == (reason == "", reason)


@pytest.mark.parametrize(
    ("asker", "routes", "needs"),
    [
        (KIOSK, ("ORIGINAL",), ("WARNING", "FACE")),
        (KIOSK, ("TRANSFER",), ("FACE", "PAYEE")),
        (KIOSK, ("ORIGINAL", "TRANSFER"), ("WARNING", "FACE", "PAYEE")),
        (WINDOW, ("ORIGINAL",), ("WARNING",)),
        (WINDOW, ("CASH",), ()),
        (Asker("mobile"), ("TRANSFER",), ("FACE", "PAYEE")),
    ],
)
def test_w28_w31_w33_warning_face_and_account_where_they_are_needed(
    asker: Asker, routes: tuple[rules.Route, ...], needs: tuple[str, ...]
) -> None:
    ways = [Way(route, "RF-ORIGINAL") for route in routes]

    assert rules.needs(PREPAY, asker, ways) == needs


@pytest.mark.parametrize(
    ("today", "allow"),
    [(date(2025, 12, 30), False), (date(2025, 12, 31), False), (date(2026, 1, 1), True)],
)
def test_w19_deadline_day_still_counts(today: date, allow: bool) -> None:
    assert rules.may_ledger(PREPAY, today).allow is allow


def test_w19_without_a_deadline_nothing_is_ledgered() -> None:
    endless = PREPAY.model_copy(update={"cleanout_deadline": None})

    assert not rules.may_ledger(endless, TODAY).allow
