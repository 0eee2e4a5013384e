"""Operators: passwords, locks that survive refusals, sessions, the second person."""

from __future__ import annotations

import pytest
from backend_bench import HandClock, window

from settlement_backend import operators
from settlement_backend.database import Database
from settlement_backend.errors import Refused
from settlement_backend.models import Operator

pytestmark = pytest.mark.slow

NOBODY = "0000"


@pytest.fixture
def staffed(db: Database) -> Database:
    """A cashier and a supervisor."""
    with db.write() as session:
        session.add(window())
        for number, roles in (("2107", "cashier"), ("2101", "cashier,supervisor")):
            salt, digest = operators.hash_password(f"demo-{number}")
            session.add(
                Operator(number=number, name="林", salt=salt, password_hash=digest, roles=roles)
            )
    return db


def sign_in(db: Database, clock: HandClock, number: str, password: str) -> str:
    """The token, or why there is none."""
    try:
        return operators.sign_in(db, number, password, "W07", clock.now())[1]
    except Refused as refused:
        return refused.reason


def second(db: Database, clock: HandClock, number: str, password: str, not_number: str) -> str:
    """The second person's number, or why there is none."""
    try:
        return operators.check_second(
            db, number, password, not_number, "supervisor", clock.now()
        ).number
    except Refused as refused:
        return refused.reason


def test_token_stands_for_the_operator(staffed: Database, clock: HandClock) -> None:
    token = sign_in(staffed, clock, "2107", "demo-2107")

    with staffed.read() as session:
        found = operators.operator_of(session, token)
        assert found is not None
        assert found.number == "2107"
        assert operators.operator_of(session, token + "x") is None


def test_next_operator_at_a_window_ends_the_shift_before(
    staffed: Database, clock: HandClock
) -> None:
    first = sign_in(staffed, clock, "2107", "demo-2107")
    clock.pass_seconds(60)
    again = sign_in(staffed, clock, "2107", "demo-2107")
    with staffed.read() as session:
        shift = operators.session_of(session, again)
        assert shift is not None
        assert shift.since[11:19] == "10:00:00"
        assert operators.session_of(session, first) is None

    sign_in(staffed, clock, "2101", "demo-2101")

    with staffed.read() as session:
        assert operators.operator_of(session, again) is None


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(
    staffed: Database, clock: HandClock
) -> None:
    told = [sign_in(staffed, clock, "2107", "wrong") for _ in range(5)]
    assert told == ["wrong_password"] * 5
    assert sign_in(staffed, clock, "2107", "demo-2107") == "locked"

    clock.pass_seconds(899)
    assert second(staffed, clock, "2107", "demo-2107", "2101") == "locked"
    clock.pass_seconds(1)
    assert len(sign_in(staffed, clock, "2107", "demo-2107")) > len("wrong_password")


def test_right_password_forgets_wrong_ones(staffed: Database, clock: HandClock) -> None:
    for password in ("wrong", "wrong", "wrong", "wrong", "demo-2107", "wrong"):
        sign_in(staffed, clock, "2107", password)

    assert second(staffed, clock, "2107", "demo-2107", "2101") == "not_allowed"


def test_unknown_number_is_told_as_a_wrong_password(staffed: Database, clock: HandClock) -> None:
    assert sign_in(staffed, clock, NOBODY, "demo-2107") == "wrong_password"


def test_second_person_is_another_one_with_the_role(staffed: Database, clock: HandClock) -> None:
    assert second(staffed, clock, "2101", "demo-2101", "2107") == "2101"
    assert second(staffed, clock, "2101", "demo-2101", "2101") == "same_person"
    assert second(staffed, clock, "2101", "wrong", "2107") == "wrong_password"
    assert second(staffed, clock, "2107", "demo-2107", "2101") == "not_allowed"


def test_password_is_stored_with_a_salt_of_its_own() -> None:
    first, again = operators.hash_password("demo"), operators.hash_password("demo")

    assert first[0] != again[0]
    assert first[1] != again[1]
    assert len(first[1]) == 64
