"""The five small profiles: each says only what differs, and what it decides stands in one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from settlement_backend.deferral import rules
from settlement_backend.deferral.commitment import commitment
from settlement_backend.holds.rules import may_hold
from settlement_backend.people.rules import Facts, may_issue
from settlement_backend.policy.profile import Policy, load_policy
from settlement_backend.prepay.rules import Asked, may_collect

PROFILES = Path(__file__).resolve().parents[2] / "resources/profiles"
ADULT = Facts(real_name=True, age=40)
LOCAL = rules.Standing("NORMAL", "310", local=True, credit="CLEAR")


@dataclass(frozen=True, slots=True)
class Decided:
    """What a hospital decides on `day`: each by the rule that did."""

    name: str
    day: date
    collect: str
    sign: str
    wait: str
    hold: bool
    risk: str
    anonymous: bool
    kiosk: tuple[str, ...]


TABLE = (
    Decided(
        "demo-2026",
        date(2026, 3, 2),
        collect="OP-BAN",
        sign="N01",
        wait="N06",
        hold=True,
        risk="HOSPITAL",
        anonymous=False,
        kiosk=(
            "CREDIT_LINE",
            "FAMILY_CREDIT_LINE",
            "BOUND_DEBIT",
            "ONE_CODE",
            "SCAN",
            "BANK_CARD",
        ),
    ),
    Decided(
        "shaoxing-2014",
        date(2014, 9, 1),
        collect="OP-LEGACY",
        sign="C04 deferral.not_offered",
        wait="C04 deferral.not_offered",
        hold=True,
        risk="NONE",
        anonymous=True,
        kiosk=("BANK_CARD",),
    ),
    Decided(
        "wenzhou-2025",
        date(2025, 6, 1),
        collect="OP-BAN",
        sign="C04 deferral.with_bank",
        wait="C04 deferral.with_bank",
        hold=False,
        risk="BANK",
        anonymous=False,
        kiosk=("BOUND_DEBIT", "CREDIT_LINE", "ONE_CODE", "SCAN", "BANK_CARD"),
    ),
    Decided(
        "nantong",
        date(2026, 3, 2),
        collect="OP-BAN",
        sign="N01",
        wait="N06",
        hold=True,
        risk="HOSPITAL",
        anonymous=False,
        kiosk=("ONE_CODE", "SCAN", "BANK_CARD"),
    ),
    Decided(
        "shanghai-1419",
        date(2026, 3, 2),
        collect="OP-BAN",
        sign="C04 deferral.with_bank",
        wait="C04 deferral.with_bank",
        hold=True,
        risk="BANK",
        anonymous=False,
        kiosk=("CREDIT_LINE", "FAMILY_CREDIT_LINE", "SCAN", "BANK_CARD"),
    ),
    Decided(
        "longhua",
        date(2026, 3, 2),
        collect="OP-BAN",
        sign="C04 deferral.with_bank",
        wait="C04 deferral.with_bank",
        hold=True,
        risk="PLATFORM",
        anonymous=False,
        kiosk=("CREDIT_LINE", "SCAN", "BANK_CARD"),
    ),
)


def told(allow: bool, rule_id: str, message_key: str) -> str:
    return rule_id if allow else f"{rule_id} {message_key}"


def decided(policy: Policy, name: str, day: date) -> Decided:
    sign = rules.may_sign(policy, rules.Applicant("kiosk", ADULT, ("ENDO",), LOCAL))
    charge = rules.Charge("OUTPATIENT", "ENDO", (), signed=True, standing=LOCAL)
    wait = rules.may_wait(policy.deferral, policy.scope, charge)
    return Decided(
        name,
        day,
        collect=may_collect(policy.outpatient_prepay, Asked(day)).decision.rule_id,
        sign=told(sign.allow, sign.rule_id, sign.message_key),
        wait=told(wait.allow, wait.rule_id, wait.message_key),
        hold=may_hold(policy.preauth, real_name=True).allow,
        risk=policy.deferral.risk_bearer,
        anonymous=may_issue(policy.identity, "HEALTH_CARD_ANON", "window", 0).allow,
        kiosk=policy.tender.offered["kiosk"],
    )


@pytest.mark.parametrize("wanted", TABLE, ids=[row.name for row in TABLE])
def test_c04_each_hospital_decides_as_its_document_says(wanted: Decided) -> None:
    policy = load_policy(PROFILES / f"{wanted.name}.toml")

    assert decided(policy, wanted.name, wanted.day) == wanted


def test_every_profile_is_in_the_table_and_has_a_text_to_sign() -> None:
    policies = {path.stem: load_policy(path) for path in PROFILES.glob("*.toml")}

    assert set(policies) == {row.name for row in TABLE}
    assert all(policy.profile_id == name for name, policy in policies.items())
    for policy in policies.values():
        text = commitment(policy.deferral.commitment_version).text
        assert "24" in text.zh
        assert "24" in text.en


def test_n28_nantong_begins_in_two_departments() -> None:
    policy = load_policy(PROFILES / "nantong.toml")
    charge = rules.Charge("OUTPATIENT", "OPHT", (), signed=True, standing=LOCAL)

    refused = rules.may_wait(policy.deferral, policy.scope, charge)

    assert (refused.allow, refused.rule_id) == (False, "N28")


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("wenzhou-2025", "BANK_LOAN"),
        ("shanghai-1419", "BANK_CREDIT_LINE"),
        ("longhua", "PLATFORM_CREDIT"),
    ],
)
def test_l14_who_bears_the_risk_runs_the_clock_elsewhere(name: str, scheme: str) -> None:
    policy = load_policy(PROFILES / f"{name}.toml")

    decision = rules.may_sign(policy, rules.Applicant("kiosk", ADULT, ("ENDO",), LOCAL))

    assert decision.needs == (scheme,)
    assert policy.deferral.risk_bearer != "HOSPITAL"
