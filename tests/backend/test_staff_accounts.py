"""Accounts of staff: who makes them, what a first password is good for, what ends sessions."""

from __future__ import annotations

import pytest
from backend_bench import HandClock, Json
from service_bench import CHEAP, WINDOW, House, new_key
from staff_bench import AUDITOR, CASHIER, SUPERVISOR, sign_in

from settlement_backend.base.database import Database
from settlement_backend.base.errors import Refused
from settlement_backend.base.tables import IdempotencyKey
from settlement_backend.staff.first import first_technician
from settlement_backend.staff.operators import check_password
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.identity import by_token

pytestmark = pytest.mark.slow

NEW = {"operator": "2188", "name": "何静", "roles": ["cashier"], "password": "First-pass1"}


def expected(house: House, number: str, password: str) -> str:
    """Why there is no session."""
    body = {"operator": number, "password": password}
    return house.refused("/v1/operators/sign-in", body, token=WINDOW)


def change(number: str, password: str, new_password: str) -> Json:
    return {"operator": number, "password": password, "new_password": new_password}


def test_first_password_is_good_for_choosing_an_own_one_only(house: House) -> None:
    desk = sign_in(house, SUPERVISOR)
    made = desk.done("/v1/operators", NEW)
    assert made["must_change"]
    assert expected(house, "2188", "First-pass1") == "password_expired"

    path = "/v1/operators/password"
    same = change("2188", "First-pass1", "First-pass1")
    assert house.refused(path, same, token=WINDOW) == "password_known"
    weak = change("2188", "First-pass1", "aaaaaaaa")
    assert house.refused(path, weak, token=WINDOW) == "password_simple"
    key = new_key()
    told = house.done(path, change("2188", "First-pass1", "Own-pass22"), key=key, token=WINDOW)

    assert not told["must_change"]
    again = house.post(path, change("2188", "First-pass1", "Own-pass22"), key=key, token=WINDOW)
    assert again.headers["Idempotent-Replay"] == "true"
    other = house.post(path, change("2188", "First-pass1", "Other-pass3"), key=key, token=WINDOW)
    assert other.status_code == 422
    assert sign_in(house, "2188", password="Own-pass22").get("/v1/operators/me")["name"] == "何静"
    back = change("2188", "Own-pass22", "First-pass1")
    assert house.refused(path, back, token=WINDOW) == "password_known"


def test_no_password_is_kept_in_clear_anywhere(house: House) -> None:
    sign_in(house, SUPERVISOR).done("/v1/operators", NEW)

    with house.service.db.read() as session:
        kept = [row.answer for row in session.query(IdempotencyKey)]
        stored = session.get_one(Operator, "2188").password_hash
    assert all(b"First-pass1" not in answer for answer in kept)
    assert stored.startswith("$argon2id$")


def test_account_is_refused_for_good_reason(house: House) -> None:
    desk = sign_in(house, SUPERVISOR)
    for changed, reason in (
        ({"operator": CASHIER}, "number_taken"),
        ({"roles": ["cashier", "finance"]}, "roles_conflict"),
        ({"roles": ["king"]}, "unknown_role"),
        ({"password": "short1A"}, "password_short"),
    ):
        assert desk.refused("/v1/operators", {**NEW, **changed}) == reason


def test_nobody_changes_their_own_account(house: House) -> None:
    desk = sign_in(house, SUPERVISOR)
    path = f"/v1/operators/{SUPERVISOR}"

    assert desk.refused(f"{path}/roles", {"roles": ["supervisor"]}) == "same_person"
    assert desk.refused(f"{path}/disable", {"disabled": True}) == "same_person"
    assert desk.refused(f"{path}/reset", {"password": "Other-pass3"}) == "same_person"


def test_disabled_operator_is_out_at_once_and_back_later(house: House) -> None:
    cashier = sign_in(house, CASHIER)
    desk = sign_in(house, SUPERVISOR, "demo-tech")

    desk.done(f"/v1/operators/{CASHIER}/disable", {"disabled": True})
    assert cashier.post("/v1/operators/sign-out", None).status_code == 401
    assert expected(house, CASHIER, "demo-2107") == "wrong_password"

    desk.done(f"/v1/operators/{CASHIER}/disable", {"disabled": False})
    assert sign_in(house, CASHIER).get("/v1/operators/me")["operator"] == CASHIER


def test_changed_roles_end_sessions_and_a_reset_ends_a_lock(house: House) -> None:
    cashier = sign_in(house, CASHIER)
    desk = sign_in(house, SUPERVISOR, "demo-tech")
    desk.done(f"/v1/operators/{CASHIER}/roles", {"roles": ["reviewer"]})
    assert cashier.post("/v1/operators/sign-out", None).status_code == 401
    for _ in range(5):
        expected(house, CASHIER, "wrong")
    assert expected(house, CASHIER, "demo-2107") == "locked"

    desk.done(f"/v1/operators/{CASHIER}/reset", {"password": "Third-pass3"})

    assert expected(house, CASHIER, "Third-pass3") == "password_expired"


def test_auditor_sees_accounts_and_changes_none(house: House) -> None:
    desk = sign_in(house, AUDITOR, "demo-audit")

    listed = {one["operator"]: one["roles"] for one in desk.get("/v1/operators")["operators"]}

    assert listed[SUPERVISOR] == ["cashier", "supervisor"]
    assert desk.post("/v1/operators", NEW).status_code == 401


def test_empty_database_gets_one_technician_and_one_desk_once(
    db: Database, clock: HandClock
) -> None:
    with db.write() as session:
        made = first_technician(session, CHEAP, "1001", clock.now())

    assert by_token(db, f"Bearer {made.token}").kind == "tech"
    operator = check_password(db, "1001", made.password, clock.now())
    assert (operator.roles, operator.must_change) == ("supervisor,technician", True)
    with db.write() as session, pytest.raises(Refused, match="not_empty"):
        first_technician(session, CHEAP, "1002", clock.now())
