"""The rules about people as tables: facts in, decision out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from settlement_backend.people import rules
from settlement_backend.people.rules import Facts
from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import IdentityRules, load_policy

POLICY = load_policy(Path(__file__).parents[2] / "resources/profiles/demo-2026.toml")
ANYBODY = Facts(real_name=True, age=40)
NOBODY = Facts(real_name=False, special=frozenset({"ANONYMOUS"}))
GREEN = Facts(real_name=False, special=frozenset({"ON_ACCOUNT"}))


def told(decision: Decision) -> tuple[bool, str, str]:
    return decision.allow, decision.rule_id, decision.message_key


@pytest.mark.parametrize(
    ("facts", "allow"),
    [
        (ANYBODY, True),
        *((replace(ANYBODY, special=frozenset({word})), False) for word in
          ("DUAL_IDENTITY", "BENEFIT", "SPECIAL_DISEASE", "ON_ACCOUNT")),
        (NOBODY, False),
        (replace(ANYBODY, special=frozenset({"STAFF"})), True),
        (replace(ANYBODY, deceased=True), False),
    ],
)  # fmt: skip
def test_s20_s27_special_identities_are_sent_to_the_window(facts: Facts, allow: bool) -> None:
    decision = rules.may_use_kiosk(POLICY, facts)

    assert decision.allow == allow
    assert decision.needs == (() if allow else ("WINDOW",))


@pytest.mark.parametrize(
    ("permitted", "signed", "real", "needs"),
    [
        (True, False, True, ()),
        (False, True, True, ()),
        (True, True, True, ()),
        (False, False, True, ("E_CERTIFICATE_OR_CREDIT_SIGNING",)),
        (True, False, False, ("FIRST_VISIT",)),
        (False, False, False, ("FIRST_VISIT", "E_CERTIFICATE_OR_CREDIT_SIGNING")),
    ],
)
def test_h10_a_b1_service_wants_first_visit_and_permission_or_credit(
    permitted: bool, signed: bool, real: bool, needs: tuple[str, ...]
) -> None:
    facts = Facts(real_name=real, permitted=permitted, credit_signed=signed)

    decision = rules.may_be_served(POLICY, facts)

    assert (decision.allow, decision.needs) == (not needs, needs)


@pytest.mark.parametrize(("facts", "allow"), [(ANYBODY, True), (NOBODY, False), (GREEN, True)])
def test_w38_registration_is_real_name_but_for_the_green_channel(facts: Facts, allow: bool) -> None:
    assert rules.may_register_visit(POLICY, facts).allow == allow


@pytest.mark.parametrize(("issue", "allow"), [("OFF", False), ("WINDOW_ONLY", True)])
def test_c07_anonymous_holder_is_treated_where_such_cards_are_issued(
    issue: str, allow: bool
) -> None:
    policy = POLICY.model_copy(update={"identity": identity(issue)})
    facts = replace(NOBODY, special=frozenset({"ANONYMOUS"}))

    assert rules.may_register_visit(policy, facts).allow == allow


@pytest.mark.parametrize(("facts", "allow"), [(ANYBODY, True), (NOBODY, False), (GREEN, False)])
def test_s16_c07_anonymous_holder_leaves_no_money(facts: Facts, allow: bool) -> None:
    assert told(rules.may_leave_money(POLICY, facts)) == (
        allow,
        "S16",
        "" if allow else "anonymous",
    )
    assert rules.may_sign_alone(POLICY, replace(facts, age=40)).allow == allow
    assert rules.may_bind("CHILD", "mobile", "", facts.real_name).allow == allow


@pytest.mark.parametrize(
    ("age", "guardian", "allow"), [(13, False, False), (13, True, True), (14, False, True)]
)
def test_n22_from_14_alone_below_with_a_guardian(age: int, guardian: bool, allow: bool) -> None:
    facts = Facts(real_name=True, age=age, guardian=guardian)

    assert rules.may_sign_alone(POLICY, facts).allow == allow


@pytest.mark.parametrize(
    ("age", "contact", "expected"),
    [
        (17, "NONE", (False, "W30", "contact_needed")),
        (17, "UNCLEAR", (False, "W32", "real_name_needed")),
        (17, "CLEAR", (True, "W30", "")),
        (18, "NONE", (True, "W28", "")),
    ],
)
def test_w30_w32_payee_of_a_minor_is_the_contact(
    age: int, contact: str, expected: tuple[bool, str, str]
) -> None:
    facts = Facts(real_name=True, age=age, contact=contact)

    assert told(rules.may_be_paid_back(POLICY, facts)) == expected


def test_c10_the_two_ages_are_independent() -> None:
    teenager = Facts(real_name=True, age=15)

    assert rules.may_sign_alone(POLICY, teenager).allow
    assert not rules.may_be_paid_back(POLICY, teenager).allow


def test_w34_nothing_is_paid_for_the_dead_without_a_window() -> None:
    dead = replace(ANYBODY, deceased=True)

    assert told(rules.may_be_paid_back(POLICY, dead)) == (False, "W34", "window_only")
    assert told(rules.may_use_kiosk(POLICY, dead)) == (False, "W34", "window_only")


@pytest.mark.parametrize(
    ("seen", "allow", "missing"),
    [
        (frozenset[str](), False, 6),
        (frozenset({"VISIT_CARD", "PATIENT_ID"}), False, 4),
        (frozenset({"DEATH_PROOF"}), True, 5),
        (frozenset(POLICY.refund.deceased_documents), True, 0),
    ],
)
def test_w34_death_needs_its_proof_and_a_refund_the_list(
    seen: frozenset[str], allow: bool, missing: int
) -> None:
    decision = rules.deceased_documents(POLICY.refund.deceased_documents, seen)

    assert (decision.allow, len(decision.needs)) == (allow, missing)


def identity(issue: str) -> IdentityRules:
    return POLICY.identity.model_copy(update={"anonymous_card_issue": issue})


@pytest.mark.parametrize(
    ("kind", "terminal", "issue", "held", "expected"),
    [
        ("HEALTH_CARD", "kiosk", "OFF", 0, (True, "S03", "")),
        ("HEALTH_CARD", "window", "OFF", 0, (True, "S05", "")),
        ("HEALTH_CARD", "kiosk", "OFF", 1, (False, "S07", "has_card")),
        ("HEALTH_CARD", "window", "WINDOW_ONLY", 1, (False, "S07", "has_card")),
        ("HEALTH_CARD_ANON", "window", "WINDOW_ONLY", 0, (True, "S05", "")),
        ("HEALTH_CARD_ANON", "window", "OFF", 0, (False, "C07", "anonymous_card")),
        ("HEALTH_CARD_ANON", "kiosk", "WINDOW_ONLY", 0, (False, "C07", "anonymous_card")),
        ("GREEN_CHANNEL", "window", "OFF", 0, (True, "S05", "")),
        ("GREEN_CHANNEL", "kiosk", "OFF", 0, (False, "S28", "window_only")),
    ],
)
def test_s03_s04_s05_s07_c07_who_makes_which_card(
    kind: str, terminal: str, issue: str, held: int, expected: tuple[bool, str, str]
) -> None:
    assert told(rules.may_issue(identity(issue), kind, terminal, held)) == expected


@pytest.mark.parametrize(
    ("kind", "right", "expected"),
    [
        ("HEALTH_CARD", True, (True, "S26", "")),
        ("HEALTH_CARD", False, (False, "S26", "wrong_document")),
        ("HEALTH_CARD_ANON", True, (False, "S26", "anonymous")),
        ("GREEN_CHANNEL", True, (False, "S26", "anonymous")),
    ],
)
def test_s26_loss_is_for_real_name_cards_with_a_document(
    kind: str, right: bool, expected: tuple[bool, str, str]
) -> None:
    assert told(rules.may_report_loss(kind, right)) == expected


@pytest.mark.parametrize(
    ("kind", "terminal", "proof", "allow"),
    [
        ("CHILD", "mobile", "", True),
        ("GUARDIAN", "mobile", "户口簿", False),
        ("GUARDIAN", "window", "", False),
        ("GUARDIAN", "window", "户口簿", True),
    ],
)
def test_n17_n22_who_records_which_relation(
    kind: str, terminal: str, proof: str, allow: bool
) -> None:
    assert rules.may_bind(kind, terminal, proof, real_name=True).allow == allow


@pytest.mark.parametrize(("age", "allow"), [(13, False), (14, True)])
def test_child_does_not_agree_alone(age: int, allow: bool) -> None:
    assert rules.may_agree_alone(POLICY, Facts(real_name=True, age=age)).allow == allow


def test_every_question_has_a_rule() -> None:
    assert set(rules.QUESTIONS) == set(rules.Question)
