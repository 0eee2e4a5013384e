"""Operators: passwords, locks that survive refusals, sessions and their end, the second person."""

from __future__ import annotations

import threading

import pytest
from backend_bench import ROOT, HandClock, window
from service_bench import CHEAP, WINDOW, House
from staff_bench import CASHIER, SUPERVISOR, sign_in

from settlement_backend.base.database import Database
from settlement_backend.base.errors import Refused
from settlement_backend.policy.profile import load_policy
from settlement_backend.staff import operators
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

pytestmark = pytest.mark.slow

NOBODY = "0000"
RULES = load_policy(ROOT / "resources/profiles/demo-2026.toml").staff


@pytest.fixture
def staffed(db: Database) -> Database:
    """A cashier and a supervisor."""
    with db.write() as session:
        session.add(window())
        for number, roles in (("2107", "cashier"), ("2101", "cashier,supervisor")):
            stored = CHEAP.hashed(f"demo-{number}")
            session.add(Operator(number=number, name="林", password_hash=stored, roles=roles))
    return db


def told(db: Database, clock: HandClock, number: str, password: str) -> str:
    """The token, or why there is none."""
    with db.read() as session:
        terminal = session.get_one(Terminal, "W07")
    try:
        return operators.sign_in(db, RULES, number, password, terminal, clock.now())[1]
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
    token = told(staffed, clock, "2107", "demo-2107")

    with staffed.read() as session:
        found = operators.operator_of(session, token)
        assert found is not None
        assert found.number == "2107"
        assert operators.operator_of(session, token + "x") is None


def test_next_operator_at_a_window_ends_the_session_before(
    staffed: Database, clock: HandClock
) -> None:
    first = told(staffed, clock, "2107", "demo-2107")
    clock.pass_seconds(60)
    again = told(staffed, clock, "2107", "demo-2107")
    with staffed.read() as session:
        found = operators.session_of(session, again)
        assert found is not None
        assert found.since[11:19] == "10:00:00"
        assert operators.session_of(session, first) is None

    told(staffed, clock, "2101", "demo-2101")

    with staffed.read() as session:
        assert operators.operator_of(session, again) is None


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(
    staffed: Database, clock: HandClock
) -> None:
    answers = [told(staffed, clock, "2107", "wrong") for _ in range(5)]
    assert answers == ["wrong_password"] * 5
    assert told(staffed, clock, "2107", "demo-2107") == "locked"

    clock.pass_seconds(899)
    assert second(staffed, clock, "2107", "demo-2107", "2101") == "locked"
    clock.pass_seconds(1)
    assert len(told(staffed, clock, "2107", "demo-2107")) > len("wrong_password")


def test_wrong_passwords_of_many_at_once_all_count(staffed: Database, clock: HandClock) -> None:
    guessing = [
        threading.Thread(target=told, args=(staffed, clock, "2107", f"guess-{number}"))
        for number in range(5)
    ]
    for one in guessing:
        one.start()
    for one in guessing:
        one.join(10)

    assert told(staffed, clock, "2107", "demo-2107") == "locked"


def test_right_password_forgets_wrong_ones(staffed: Database, clock: HandClock) -> None:
    for password in ("wrong", "wrong", "wrong", "wrong", "demo-2107", "wrong"):
        told(staffed, clock, "2107", password)

    assert second(staffed, clock, "2107", "demo-2107", "2101") == "not_allowed"


def test_unknown_number_is_told_as_a_wrong_password(staffed: Database, clock: HandClock) -> None:
    assert told(staffed, clock, NOBODY, "demo-2107") == "wrong_password"


def test_disabled_account_is_told_as_a_wrong_password(staffed: Database, clock: HandClock) -> None:
    with staffed.write() as session:
        session.get_one(Operator, "2107").disabled = True

    assert told(staffed, clock, "2107", "demo-2107") == "wrong_password"


def test_password_older_than_the_profile_allows_opens_nothing(
    staffed: Database, clock: HandClock
) -> None:
    with staffed.write() as session:
        session.get_one(Operator, "2107").password_at = clock.now().isoformat()
    clock.pass_seconds(90 * 24 * 3600)
    assert told(staffed, clock, "2107", "demo-2107") != "password_expired"
    clock.pass_seconds(24 * 3600)

    assert told(staffed, clock, "2107", "demo-2107") == "password_expired"


def test_second_person_is_another_one_with_the_role(staffed: Database, clock: HandClock) -> None:
    assert second(staffed, clock, "2101", "demo-2101", "2107") == "2101"
    assert second(staffed, clock, "2101", "demo-2101", "2101") == "same_person"
    assert second(staffed, clock, "2101", "wrong", "2107") == "wrong_password"
    assert second(staffed, clock, "2107", "demo-2107", "2101") == "not_allowed"


def test_h05_session_that_was_idle_for_half_an_hour_is_over(house: House) -> None:
    desk = sign_in(house, CASHIER)
    house.clock.pass_seconds(29 * 60)
    assert desk.get("/v1/operators/me")["operator"] == CASHIER
    house.clock.pass_seconds(30 * 60)
    assert desk.get("/v1/operators/me")["operator"] == CASHIER

    house.clock.pass_seconds(31 * 60)

    answer = house.ask("GET", "/v1/operators/me", token=WINDOW, headers=desk.headers)
    assert answer.status_code == 401


def test_signed_out_session_is_over(house: House) -> None:
    desk = sign_in(house, CASHIER)

    assert desk.done("/v1/operators/sign-out", None) == {"signed_out": True}

    assert desk.post("/v1/operators/sign-out", None).status_code == 401


def test_role_signs_in_only_where_it_has_something_to_do(house: House) -> None:
    body = {"operator": CASHIER, "password": f"demo-{CASHIER}"}

    assert house.refused("/v1/operators/sign-in", body) == "not_here"
    assert sign_in(house, SUPERVISOR, "demo-kiosk-01").get("/v1/operators/me")["token"] == ""
