"""The policy profile: dates and limits include their numbers, and a wrong file names its fault."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError
from service_bench import LI_ID, PROFILE, House

from settlement_backend.policy.profile import load_policy


@pytest.mark.parametrize(
    ("day", "rule_id", "allow"),
    [
        (date(2025, 3, 30), "OP-LEGACY", True),
        (date(2025, 3, 31), "OP-BAN", False),
        (date(1999, 1, 1), "OP-LEGACY", True),
        (date(2099, 1, 1), "OP-BAN", False),
    ],
)
def test_first_day_of_the_ban_counts(day: date, rule_id: str, allow: bool) -> None:
    rule = load_policy(PROFILE).outpatient_prepay.rule_of(day)

    assert (rule.rule_id, rule.allow) == (rule_id, allow)


def test_profile_is_read_whole() -> None:
    policy = load_policy(PROFILE)

    assert policy.profile_id == "demo-2026"
    assert policy.tender.order.index("PREPAY_BALANCE") < policy.tender.order.index("PREAUTH")
    assert "BENEFIT" in policy.identity.window_only
    assert (policy.quote_minutes, policy.registration_minutes) == (5, 15)
    assert (policy.preauth.min_fen, policy.preauth.max_fen) == (10000, 500000)
    wechat = policy.polls["WECHAT"]
    assert (wechat.first, wechat.every, wechat.decide) == (0.5, 1.0, 4.5)
    assert wechat.reverse_not_before == 1.5
    assert (policy.doubt.owner, policy.doubt.due_hours) == ("cashier-office", 24)


@pytest.mark.parametrize("missing", ["hospital_id", "quote_minutes", "registration_minutes"])
def test_missing_name_is_told(tmp_path: Path, missing: str) -> None:
    lines = PROFILE.read_text("utf-8").splitlines()
    profile = tmp_path / "profile.toml"
    profile.write_text(
        "\n".join(line for line in lines if not line.startswith(f"{missing} =")), "utf-8"
    )

    with pytest.raises(ValidationError, match=missing):
        load_policy(profile)


def test_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    profile = tmp_path / "profile.toml"
    profile.write_text("quote_minutes = five", "utf-8")

    with pytest.raises(tomllib.TOMLDecodeError):
        load_policy(profile)


def test_terms_of_a_hold_are_the_profiles(house: House) -> None:
    told = house.get(f"/v1/patients/{house.person(LI_ID)}/hold-terms")

    assert told == {
        "allowed": True,
        "reason": "",
        "min_fen": 10000,
        "max_fen": 500000,
        "suggestions_fen": [50000, 100000, 200000, 300000],
    }
