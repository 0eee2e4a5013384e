"""Who may sign, which bill may wait, and when its time is over: every rule as a row of a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from settlement_backend.base.clock import CHINA
from settlement_backend.deferral import rules
from settlement_backend.people.rules import Facts
from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import DeferralRules, Policy, Scope, load_policy

ROOT = Path(__file__).resolve().parents[2]
POLICY = load_policy(ROOT / "resources/profiles/demo-2026.toml")
LOCAL = rules.Standing("NORMAL", "310", local=True, credit="CLEAR")
ADULT = Facts(real_name=True, age=40)
GOOD = rules.Applicant("kiosk", ADULT, ("ENDO",), LOCAL)
CHARGE = rules.Charge("OUTPATIENT", "ENDO", (), signed=True, standing=LOCAL)
PILOT = Scope(departments={"DEFERRAL": ("ENDO", "CARD")})
SECOND = timedelta(seconds=1)


def told(decision: Decision) -> str:
    return decision.rule_id if decision.allow else f"{decision.rule_id} {decision.message_key}"


def with_rules(**changes: object) -> Policy:
    return POLICY.model_copy(update={"deferral": POLICY.deferral.model_copy(update=changes)})


@pytest.mark.parametrize(
    ("applicant", "wanted"),
    [
        (GOOD, "N01"),
        (replace(GOOD, terminal_kind="window"), "N01"),
        (replace(GOOD, terminal_kind="mobile"), "N01"),
        (replace(GOOD, terminal_kind="exam"), "N05 deferral.other_channel"),
        (replace(GOOD, departments=()), "N04 deferral.register_first"),
        (replace(GOOD, signed=True), "N12 deferral.already_signed"),
        (replace(GOOD, standing=replace(LOCAL, insutype="390")), "N01"),
        (replace(GOOD, standing=replace(LOCAL, insutype="340")), "N02 deferral.insutype"),
        (replace(GOOD, standing=replace(LOCAL, local=False)), "N02 deferral.not_local"),
        (replace(GOOD, standing=replace(LOCAL, insured="PAUSED")), "N03 deferral.not_insured"),
        (replace(GOOD, standing=replace(LOCAL, insured="NONE")), "N03 deferral.not_insured"),
        (
            replace(GOOD, standing=replace(LOCAL, insured="UNKNOWN")),
            "N03 deferral.insurance_unknown",
        ),
        (replace(GOOD, standing=replace(LOCAL, credit="UNKNOWN")), "C16 deferral.credit_unknown"),
        (replace(GOOD, standing=replace(LOCAL, credit="SUSPENDED")), "N15 deferral.suspended"),
        (replace(GOOD, standing=replace(LOCAL, malicious=True)), "N08 deferral.malicious"),
        (replace(GOOD, person=Facts(real_name=False)), "S16 anonymous"),
        (replace(GOOD, person=Facts(real_name=True, age=14)), "N01"),
        (replace(GOOD, person=Facts(real_name=True, age=13)), "N22 guardian_needed"),
        (replace(GOOD, person=Facts(real_name=True, age=13, guardian=True)), "N01"),
    ],
)
def test_n01_n02_n05_n22_who_may_sign(applicant: rules.Applicant, wanted: str) -> None:
    assert told(rules.may_sign(POLICY, applicant)) == wanted


def test_n22_below_fourteen_the_guardian_signs() -> None:
    child = replace(GOOD, person=Facts(real_name=True, age=13, guardian=True))

    assert rules.may_sign(POLICY, child).needs == ("GUARDIAN",)
    assert rules.may_sign(POLICY, GOOD).needs == ()


def test_c10_the_age_of_signing_is_a_number_of_its_own() -> None:
    policy = with_rules(min_age_alone=16)
    teenager = replace(GOOD, person=Facts(real_name=True, age=15))

    assert told(rules.may_sign(policy, teenager)) == "N22 guardian_needed"
    assert policy.refund.minor_payee.age_below == 18


def test_n04_where_signing_is_offered_any_time_no_registration_is_needed() -> None:
    policy = with_rules(sign_after="ANY_TIME")

    assert told(rules.may_sign(policy, replace(GOOD, departments=()))) == "N01"


def test_n28_signing_is_offered_where_the_department_takes_part() -> None:
    policy = POLICY.model_copy(update={"scope": PILOT})

    assert told(rules.may_sign(policy, GOOD)) == "N01"
    elsewhere = replace(GOOD, departments=("OPHT",))
    assert told(rules.may_sign(policy, elsewhere)) == "N28 deferral.not_in_department"
    assert told(rules.may_sign(policy, replace(GOOD, departments=("OPHT", "CARD")))) == "N01"


@pytest.mark.parametrize(
    ("charge", "wanted"),
    [
        (CHARGE, "N06"),
        (replace(CHARGE, kind="EXAM"), "N06"),
        (replace(CHARGE, signed=False), "N01 deferral.not_signed"),
        (replace(CHARGE, kind="REGISTRATION"), "N06 deferral.pay_now"),
        (replace(CHARGE, kind="GOODS"), "N06 deferral.pay_now"),
        (replace(CHARGE, kind="DEPOSIT"), "N06 deferral.pay_now"),
        (replace(CHARGE, exclusions=("ILLEGAL_ACT",)), "N08 deferral.excluded"),
        (replace(CHARGE, exclusions=("ABORTION_NON_MEDICAL",)), "N08 deferral.excluded"),
        (replace(CHARGE, exclusions=("THIRD_PARTY_LIABILITY",)), "N08 deferral.excluded"),
        (replace(CHARGE, exclusions=("OTHER_UNSUITABLE",)), "N08 deferral.excluded"),
        (replace(CHARGE, standing=replace(LOCAL, malicious=True)), "N08 deferral.malicious"),
        (replace(CHARGE, exclusions=("A_WORD_OF_ANOTHER_PROFILE",)), "N06"),
        (replace(CHARGE, standing=replace(LOCAL, credit="SUSPENDED")), "N15 deferral.suspended"),
        (replace(CHARGE, standing=replace(LOCAL, insured="PAUSED")), "N03 deferral.not_insured"),
        (replace(CHARGE, standing=replace(LOCAL, insured="NONE")), "N03 deferral.not_insured"),
        (replace(CHARGE, standing=rules.Standing()), "N06"),
    ],
)
def test_n08_which_bill_may_wait(charge: rules.Charge, wanted: str) -> None:
    assert told(rules.may_wait(POLICY.deferral, POLICY.scope, charge)) == wanted


def test_n08_an_excluded_bill_names_why() -> None:
    both = replace(CHARGE, exclusions=("THIRD_PARTY_LIABILITY", "ILLEGAL_ACT"))

    decision = rules.may_wait(POLICY.deferral, POLICY.scope, both)

    assert decision.needs == ("ILLEGAL_ACT", "THIRD_PARTY_LIABILITY")


def test_c16_silence_of_both_never_blocks_treatment_and_never_signs() -> None:
    unknown = rules.Standing()

    charge = replace(CHARGE, standing=unknown)
    assert rules.may_wait(POLICY.deferral, POLICY.scope, charge).allow
    assert not rules.may_sign(POLICY, replace(GOOD, standing=unknown)).allow


@pytest.mark.parametrize("scheme", ["BANK_LOAN", "BANK_CREDIT_LINE", "PLATFORM_CREDIT"])
def test_c04_with_a_bank_nothing_is_signed_or_counted_here(scheme: str) -> None:
    policy = with_rules(scheme=scheme)

    assert told(rules.may_sign(policy, GOOD)) == "C04 deferral.with_bank"
    assert told(rules.may_wait(policy.deferral, policy.scope, CHARGE)) == "C04 deferral.with_bank"


@pytest.mark.parametrize("scheme", ["PREFUND", "NONE"])
def test_c04_where_nothing_is_deferred_every_bill_is_paid_now(scheme: str) -> None:
    policy = with_rules(scheme=scheme)

    assert told(rules.may_sign(policy, GOOD)) == "C04 deferral.not_offered"
    decision = rules.may_wait(policy.deferral, policy.scope, CHARGE)
    assert told(decision) == "C04 deferral.not_offered"


DAY = date(2026, 3, 2)
ENDED = datetime(2026, 3, 2, 16, 30, tzinfo=CHINA)
MIDNIGHT = datetime(2026, 3, 3, 0, 0, tzinfo=CHINA)


def changed(**changes: object) -> DeferralRules:
    return POLICY.deferral.model_copy(update=changes)


@pytest.mark.parametrize(
    ("clock_start", "ended", "wanted"),
    [
        ("VISIT_END", ENDED, ENDED),
        ("VISIT_END", None, MIDNIGHT),
        ("DAY_END", ENDED, MIDNIGHT),
        ("DAY_END", None, MIDNIGHT),
    ],
)
def test_n13_the_clock_starts_with_the_end_of_the_visit(
    clock_start: str, ended: datetime | None, wanted: datetime
) -> None:
    assert rules.start_of(changed(clock_start=clock_start), DAY, ended) == wanted


def test_n15_thirty_days_count_from_due_or_from_the_end() -> None:
    from_due = rules.terms(changed(suspend_count_from="DUE_AT"), ENDED)
    from_end = rules.terms(changed(suspend_count_from="VISIT_END"), ENDED)

    assert from_due.due == from_end.due == datetime(2026, 3, 3, 16, 30, tzinfo=CHINA)
    assert from_due.suspends == datetime(2026, 4, 2, 16, 30, tzinfo=CHINA)
    assert from_end.suspends == datetime(2026, 4, 1, 16, 30, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("now", "open_fen", "wanted"),
    [
        (ENDED - SECOND, 100, "ACCUMULATING"),
        (ENDED - SECOND, 0, "ACCUMULATING"),
        (ENDED, 100, "DUE"),
        (ENDED, 0, "PAID"),
        (ENDED + timedelta(hours=24), 100, "DUE"),
        (ENDED + timedelta(hours=24) + SECOND, 100, "OVERDUE"),
        (ENDED + timedelta(days=31), 100, "OVERDUE"),
        (ENDED + timedelta(days=31) + SECOND, 100, "SUSPENDING"),
        (ENDED + timedelta(days=400), 0, "PAID"),
    ],
)
def test_n14_n15_over_excludes_its_number(now: datetime, open_fen: int, wanted: str) -> None:
    assert rules.state_at(rules.terms(POLICY.deferral, ENDED), now, open_fen) == wanted


@pytest.mark.parametrize(
    ("requires", "paid", "confirmed", "wanted"),
    [
        (("PAID", "REPAIR_CONFIRMED"), False, False, ("PAID", "REPAIR_CONFIRMED")),
        (("PAID", "REPAIR_CONFIRMED"), True, False, ("REPAIR_CONFIRMED",)),
        (("PAID", "REPAIR_CONFIRMED"), True, True, ()),
        (("PAID",), True, False, ()),
    ],
)
def test_n15_repair_needs_what_the_profile_says(
    requires: tuple[str, ...], paid: bool, confirmed: bool, wanted: tuple[str, ...]
) -> None:
    assert rules.lacks_for_repair(changed(repair_requires=requires), paid, confirmed) == wanted


@pytest.mark.parametrize(
    ("newest", "credit", "eligible", "wanted"),
    [
        ("", "CLEAR", False, "NOT_ELIGIBLE"),
        ("", "CLEAR", True, "ELIGIBLE"),
        ("SIGNED", "CLEAR", False, "SIGNED"),
        ("CANCELLED", "CLEAR", True, "CANCELLED"),
        ("SIGNED", "SUSPENDED", False, "SUSPENDED"),
        ("", "SUSPENDED", False, "SUSPENDED"),
        ("REPAIRED", "CLEAR", False, "REPAIRED"),
    ],
)
def test_states_of_an_agreement(newest: str, credit: str, eligible: bool, wanted: str) -> None:
    standing = replace(LOCAL, credit=credit)

    assert rules.account_state(newest, standing, eligible) == wanted
