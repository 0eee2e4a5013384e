"""Who may be registered, booked and checked in, who is called first: pure tables."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from settlement_backend.base.clock import CHINA
from settlement_backend.policy.profile import Scope, VisitRules
from settlement_backend.visits import rules
from settlement_backend.visits.rules import Times

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=CHINA)
TODAY = NOW.date()
RULES = VisitRules(booking_days=7, missed_limit=3, missed_days=90, priority_min_age=70)


@pytest.mark.parametrize(
    ("day", "ends_at", "message"),
    [
        ("2026-03-02", "24:00", ""),
        ("2026-03-02", "10:00", ""),
        ("2026-03-02", "09:59", "session_over"),
        ("2026-03-01", "24:00", "not_today"),
        ("2026-03-03", "24:00", "not_today"),
    ],
)
def test_s29_registration_is_of_today(day: str, ends_at: str, message: str) -> None:
    told = rules.may_register(Times(date.fromisoformat(day), ends_at), NOW)

    assert (told.allow, told.rule_id, told.message_key) == (message == "", "S29", message)


@pytest.mark.parametrize(
    ("day", "missed", "message"),
    [
        ("2026-03-02", 0, "not_bookable"),
        ("2026-03-03", 0, ""),
        ("2026-03-09", 0, ""),
        ("2026-03-10", 0, "not_bookable"),
        ("2026-03-03", 2, ""),
        ("2026-03-03", 3, "too_many_missed"),
    ],
)
def test_s30_booking_is_ahead(day: str, missed: int, message: str) -> None:
    told = rules.may_book(Times(date.fromisoformat(day), "12:00"), NOW, RULES, missed, True)

    assert (told.allow, told.message_key) == (message == "", message)


@pytest.mark.parametrize(
    ("confirmed", "fee_state", "begun", "message"),
    [
        (False, "", False, ""),
        (False, "OPEN", False, ""),
        (True, "OPEN", False, ""),
        (True, "OPEN", True, "visit_begun"),
        (True, "LOCKED", False, "bill_locked"),
        (True, "PAID", False, "bill_paid"),
        (True, "PAID", True, "bill_paid"),
    ],
)
def test_s28_place_on_account_goes_back_before_its_visit_and_a_paid_one_never(
    confirmed: bool, fee_state: str, begun: bool, message: str
) -> None:
    told = rules.may_give_back(confirmed, fee_state, begun)

    assert (told.allow, told.message_key) == (message == "", message)


def test_n28_department_that_takes_no_bookings_yet_is_not_bookable() -> None:
    scope = Scope(departments={"booking": ("ENDO", "CARD")})
    told = [
        rules.may_book(
            Times(date(2026, 3, 3), "12:00"), NOW, RULES, 0, scope.covers("booking", code)
        )
        for code in ("ENDO", "OPHT")
    ]

    assert [(one.allow, one.rule_id) for one in told] == [(True, "S30"), (False, "N28")]


@pytest.mark.parametrize(
    ("day", "ends_at", "message"),
    [
        ("2026-03-02", "12:00", ""),
        ("2026-03-02", "09:59", "session_over"),
        ("2026-03-03", "12:00", "not_today"),
        ("2026-03-01", "12:00", "not_today"),
    ],
)
def test_s31_slip_is_collected_on_the_day(day: str, ends_at: str, message: str) -> None:
    told = rules.may_collect_slip(Times(date.fromisoformat(day), ends_at), NOW)

    assert (told.allow, told.message_key) == (message == "", message)


@pytest.mark.parametrize(
    ("confirmed", "day", "ends_at", "message"),
    [
        (True, "2026-03-02", "24:00", ""),
        (True, "2026-03-02", "00:01", "too_late"),
        (False, "2026-03-02", "24:00", "not_registered"),
        (True, "2026-03-03", "24:00", "not_today"),
        (True, "2026-03-01", "24:00", "too_late"),
    ],
)
def test_h13_check_in_is_paid_and_of_today_until_the_session_is_over(
    confirmed: bool, day: str, ends_at: str, message: str
) -> None:
    told = rules.may_check_in(confirmed, rules.Times(date.fromisoformat(day), ends_at), NOW)

    assert (told.allow, told.message_key) == (message == "", message)


@pytest.mark.parametrize(
    ("age", "min_age", "rank"),
    [(70, 70, rules.PREFERRED), (69, 70, rules.ORDINARY), (90, 0, rules.ORDINARY)],
)
def test_old_people_are_called_first_where_the_profile_says_so(
    age: int, min_age: int, rank: int
) -> None:
    assert rules.rank(age, VisitRules(priority_min_age=min_age)) == rank
