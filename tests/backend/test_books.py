"""The auditor's books: what came in by which way, what is held, and what is in doubt."""

from __future__ import annotations

import pytest
from backend_bench import Line
from service_bench import LI_ID, NEVER_CODE, WINDOW, ZHOU_ID, House

pytestmark = pytest.mark.both_databases

NOTHING = {
    "SCAN": 0,
    "CASH": 0,
    "PREAUTH": 0,
    "PREPAY_BALANCE": 0,
    "INSURANCE_FUND": 0,
    "PERSONAL_ACCOUNT": 0,
    "SUBSIDY": 0,
}


def test_empty_books_hold_the_opening_balances_only(house: House) -> None:
    books = house.books()

    assert books["entries_balanced"] is True
    assert (books["money_in_fen"], books["refunded_fen"]) == (NOTHING, NOTHING)
    assert (books["settled_fen"], books["held_fen"]) == (0, 0)
    assert [books[name] for name in ("open_cases", "scan_orders", "hold_takes", "insurance")] == [
        [],
        [],
        [],
        [],
    ]
    assert books["cards"] == {"260000000017": "ACTIVE", "260000000025": "ACTIVE"}
    assert books["slips"] == []


def test_hold_is_held_and_then_taken(house: House) -> None:
    patient = house.person(LI_ID)
    auth_code = house.hold(patient, 30000)
    assert house.books()["held_fen"] == 30000

    told = house.commit(house.open(patient, [house.bill(patient, Line(20000, "OWN"))]))

    books = house.books()
    assert (told["state"], books["held_fen"]) == ("COMPLETED", 0)
    assert books["hold_takes"] == [{"auth_code": auth_code, "amount_fen": 12000}]
    assert books["money_in_fen"] == {**NOTHING, "PREPAY_BALANCE": 8000, "PREAUTH": 12000}
    house.assert_world_agrees()


def test_reversed_money_is_not_in_the_books(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(10000, "A"), Line(10000, "OWN"))
    told = house.commit(house.open(patient, [bill_id]), auth_code=NEVER_CODE)
    while_paying = house.books()["money_in_fen"]
    assert (while_paying["PREPAY_BALANCE"], while_paying["INSURANCE_FUND"]) == (8000, 8000)

    house.to_the_end(told["settlement_id"])

    books = house.books()
    assert (books["money_in_fen"], books["settled_fen"]) == (NOTHING, 0)
    assert (books["insurance"], books["scan_orders"]) == ([], [])


def test_refunded_money_is_counted_apart(house: House) -> None:
    patient = house.person(ZHOU_ID)
    bill_id = house.bill(patient, Line(10000, "OWN"))
    told = house.commit(house.open(patient, [bill_id], token=WINDOW), token=WINDOW)
    body = {"operator": "2107", "password": "demo-2107"}
    operator = house.done("/v1/operators/sign-in", body, token=WINDOW)["token"]
    asked = {
        "settlement_id": told["settlement_id"],
        "line_ids": [f"{bill_id}-0"],
        "reason": "not done",
    }
    made = house.post("/v1/refunds", asked, token=WINDOW, operator=operator).json()
    path = f"/v1/refunds/{made['refund_id']}"
    second = {"operator": "2101", "password": "demo-2101", "approve": True}
    house.done(f"{path}/review", second, token=WINDOW)
    house.post(f"{path}/confirm", {}, token=WINDOW, operator=operator)

    books = house.books()

    assert house.get(path)["state"] == "PAID"
    assert books["money_in_fen"] == {**NOTHING, "SCAN": 10000}
    assert books["refunded_fen"] == {**NOTHING, "SCAN": 10000}
    assert books["scan_orders"][0]["refunded_fen"] == 10000
    assert (books["settled_fen"], len(books["slips"])) == (0, 2)
    house.assert_world_agrees()
