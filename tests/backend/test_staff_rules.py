"""Rules about staff that need no database: passwords, duties, what a shift may do."""

from __future__ import annotations

from datetime import datetime

import pytest
from backend_bench import ROOT
from service_bench import CHEAP

from settlement_backend.base.clock import CHINA
from settlement_backend.policy.profile import load_policy
from settlement_backend.staff.duties import may_hold, may_sign_in
from settlement_backend.staff.passwords import fault_of, matches
from settlement_backend.staff.shifts import Count, may_close, may_go_on

RULES = load_policy(ROOT / "resources/profiles/demo-2026.toml").staff


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("Ab3-efg", "password_short"),
        ("Ab3-efgh", ""),
        ("abcdefgh", "password_simple"),
        ("abcdefg1", "password_simple"),
        ("Abcdefg1", ""),
        ("12345678-", "password_simple"),
        ("密码密码密码ab1", ""),
        ("Ab210700-", ""),
        ("", "password_short"),
    ],
)
def test_h05_password_is_long_and_of_several_kinds(password: str, fault: str) -> None:
    assert fault_of(password, "2107", RULES) == fault


def test_password_that_is_the_number_is_refused() -> None:
    assert fault_of("Kassier-2107", "Kassier-2107", RULES) == "password_number"


def test_password_is_stored_as_argon2id_with_a_salt_of_its_own() -> None:
    first, again = CHEAP.hashed("demo"), CHEAP.hashed("demo")

    assert first != again
    assert first.startswith("$argon2id$v=19$m=64,t=1,p=1$")
    assert matches(first, "demo")
    assert not matches(first, "Demo")
    assert not matches("no hash at all", "demo")


@pytest.mark.parametrize(
    ("roles", "word"),
    [
        (["cashier"], ""),
        (["cashier", "supervisor"], ""),
        (["supervisor", "technician"], ""),
        (["reviewer", "finance"], ""),
        ([], "unknown_role"),
        (["king"], "unknown_role"),
        (["cashier", "finance"], "roles_conflict"),
        (["finance", "technician"], "roles_conflict"),
        (["auditor", "cashier"], "roles_conflict"),
        (["auditor", "supervisor"], "roles_conflict"),
        (["technician", "cashier"], "roles_conflict"),
    ],
)
def test_h05_duties_that_never_meet_in_one_person(roles: list[str], word: str) -> None:
    decision = may_hold(roles)

    assert (decision.allow, decision.message_key) == (word == "", word)


@pytest.mark.parametrize(
    ("kind", "role", "allowed"),
    [
        ("window", "cashier", True),
        ("window", "auditor", True),
        ("kiosk", "technician", True),
        ("kiosk", "cashier", False),
        ("tech", "technician", True),
        ("tech", "cashier", False),
        ("clinic", "cashier", False),
        ("mobile", "supervisor", False),
    ],
)
def test_roles_sign_in_by_kind_of_terminal(kind: str, role: str, allowed: bool) -> None:
    assert may_sign_in(RULES, kind, [role]).allow is allowed


@pytest.mark.parametrize(
    ("opened", "now", "allowed"),
    [
        ("2026-03-01T07:00:00.000+08:00", (2026, 3, 1), True),
        ("2026-03-01T07:00:00.000+08:00", (2026, 3, 31), True),
        ("2026-03-31T23:59:59.999+08:00", (2026, 4, 1), False),
        ("2025-12-31T07:00:00.000+08:00", (2026, 12, 31), False),
    ],
)
def test_shift_lasts_over_days_but_not_over_a_months_end(
    opened: str, now: tuple[int, int, int], allowed: bool
) -> None:
    assert may_go_on(opened, datetime(*now, tzinfo=CHINA)).allow is allowed


@pytest.mark.parametrize(
    ("difference_fen", "explanation", "seen_by", "word"),
    [
        (0, "", "", ""),
        (1, "", "", "difference_unexplained"),
        (-1, "  ", "", "difference_unexplained"),
        (1000, "coin", "", ""),
        (-1000, "coin", "", ""),
        (1001, "coin", "", "second_person_needed"),
        (-1001, "coin", "", "second_person_needed"),
        (-1001, "coin", "2101", ""),
        (-1001, "", "2101", "difference_unexplained"),
    ],
)
def test_difference_is_explained_and_a_large_one_seen_by_two(
    difference_fen: int, explanation: str, seen_by: str, word: str
) -> None:
    decision = may_close(RULES, difference_fen, Count(0, explanation, seen_by))

    assert decision.message_key == word
