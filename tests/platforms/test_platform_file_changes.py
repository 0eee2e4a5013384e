"""When files are there, which day a row belongs to, and how a tester makes them differ."""

import random
from pathlib import Path

import pytest
from daily_files import (
    MORNING,
    NEXT_MORNING,
    UNIONPAY,
    WECHAT,
    archive,
    at,
    fetch,
    give_back,
    pay,
    text_file,
)
from platforms_bench import HTTP, Bench, Json, Platform


def rows(acquirer: Platform, day: str = "20260302") -> list[tuple[str, str, str]]:
    """Order number, state, and the amount of each WeChat row."""
    lines = text_file(acquirer, "WECHAT", day).split("\r\n")[1:-3]
    cells = [[value.removeprefix("`") for value in line.split(",")] for line in lines]
    return [(row[6], row[9], row[24] if row[9] == "SUCCESS" else row[25]) for row in cells]


@pytest.mark.parametrize("channel", ["WECHAT", "ALIPAY", "UNIONPAY", "CREDIT", "CARD", "TRANSFER"])
def test_file_is_not_ready_before_nine_of_the_next_day(acquirer: Platform, channel: str) -> None:
    at(acquirer, "2026-03-03T08:59:59")
    answer = fetch(acquirer, channel)
    assert (answer.status_code, answer.json()) == (404, {"detail": "NOT_READY"})
    at(acquirer, NEXT_MORNING)
    assert fetch(acquirer, channel).status_code == 200


def test_payment_decided_after_midnight_belongs_to_the_new_day(acquirer: Platform) -> None:
    at(acquirer, "2026-03-02T23:59:59")
    acquirer.control("next_pay", outcome="userpaying", polls=0)
    body: Json = {"order_no": "O1", "auth_code": WECHAT, "amount_fen": 5, "description": ""}
    acquirer.ask("/pay/micropay", **body)
    acquirer.control("next_pay", outcome="userpaying", polls=1)
    acquirer.ask("/pay/micropay", **{**body, "order_no": "O2", "auth_code": "13" + "0" * 15 + "1"})
    acquirer.ask("/pay/query", order_no="O2")
    at(acquirer, "2026-03-03T00:00:01")
    acquirer.ask("/pay/query", order_no="O2")
    at(acquirer, "2026-03-04T09:00:00")
    assert rows(acquirer) == [("O1", "SUCCESS", "0.05")]
    assert rows(acquirer, "20260303") == [("O2", "SUCCESS", "0.05")]


def test_refund_in_progress_is_filed_when_it_succeeds(acquirer: Platform) -> None:
    at(acquirer, MORNING)
    pay(acquirer, WECHAT)
    acquirer.control("next_refund", polls=1)
    acquirer.ask("/pay/refund", order_no="O1", refund_no="R1", amount_fen=45)
    at(acquirer, NEXT_MORNING)
    acquirer.ask("/pay/refund/query", refund_no="R1")
    at(acquirer, "2026-03-04T09:00:00")
    assert rows(acquirer) == [("O1", "SUCCESS", "123.45")]
    assert rows(acquirer, "20260303") == [("O1", "REFUND", "0.45")]


@pytest.mark.parametrize(
    ("order", "first_day", "second_day"),
    [
        ({"do": "drop_row", "number": "O1"}, [("O1", "REFUND", "0.45")], []),
        (
            {"do": "drop_row", "number": "R1", "kind": "REFUND"},
            [("O1", "SUCCESS", "123.45")],
            [],
        ),
        (
            {"do": "change_amount", "number": "O1", "amount_fen": 12_344},
            [("O1", "SUCCESS", "123.44"), ("O1", "REFUND", "0.45")],
            [],
        ),
        (
            {"do": "move_to_next_day", "number": "O1"},
            [("O1", "REFUND", "0.45")],
            [("O1", "SUCCESS", "123.45")],
        ),
        (
            {"do": "add_row", "channel": "WECHAT", "day": "20260303", "number": "X1"}
            | {"amount_fen": 7},
            [("O1", "SUCCESS", "123.45"), ("O1", "REFUND", "0.45")],
            [("X1", "SUCCESS", "0.07")],
        ),
        (
            {"do": "add_row", "channel": "WECHAT", "day": "20260302", "number": "O1"}
            | {"amount_fen": 12_300, "kind": "REVOKED", "original_number": "O1"},
            [
                ("O1", "SUCCESS", "123.45"),
                ("O1", "REFUND", "0.45"),
                ("O1", "REVOKED", "123.00"),
            ],
            [],
        ),
    ],
)
def test_file_differs_from_the_books_as_ordered(
    acquirer: Platform,
    order: Json,
    first_day: list[tuple[str, str, str]],
    second_day: list[tuple[str, str, str]],
) -> None:
    at(acquirer, MORNING)
    pay(acquirer, WECHAT)
    give_back(acquirer, "R1", 45)
    books = acquirer.books()
    HTTP.post(f"{acquirer.url}/control", json=order).raise_for_status()
    at(acquirer, "2026-03-04T09:00:00")
    assert rows(acquirer) == first_day
    assert rows(acquirer, "20260303") == second_day
    assert acquirer.books() == books


@pytest.mark.parametrize(
    "order",
    [
        {"do": "drop_row", "number": "O9"},
        {"do": "change_amount", "number": "O1", "kind": "REFUND", "amount_fen": 1},
        {"do": "move_to_next_day", "number": "O9"},
        {"do": "adjust", "number": "O9", "amount_fen": 1},
        {"do": "add_row", "channel": "UNIONPAY", "day": "20260302", "number": "X" * 33}
        | {"amount_fen": 1},
    ],
)
def test_change_of_a_row_that_is_in_no_file_is_a_conflict(acquirer: Platform, order: Json) -> None:
    pay(acquirer, WECHAT)
    assert HTTP.post(f"{acquirer.url}/control", json=order).status_code == 409


def test_file_may_be_refused_and_lost_as_every_answer(acquirer: Platform) -> None:
    at(acquirer, NEXT_MORNING)
    path = "/files/WECHAT/20260302"
    acquirer.control("fault", path=path, kind="http_500")
    assert fetch(acquirer, "WECHAT").status_code == 500
    assert fetch(acquirer, "WECHAT").status_code == 200


def test_days_of_payments_survive_a_restart(bench: Bench, tmp_path: Path) -> None:
    at(bench.acquirer, MORNING)
    pay(bench.acquirer, UNIONPAY)
    bench.stop()
    again = Bench(tmp_path)
    try:
        at(again.acquirer, NEXT_MORNING)
        normal, _ = archive(again.acquirer, "UNIONPAY").values()
        assert b" 0302093005 " in normal
    finally:
        again.stop()


@pytest.mark.parametrize("seed", range(3))
def test_file_and_books_tell_the_same_money_whatever_happened(
    acquirer: Platform, seed: int
) -> None:
    chance = random.Random(seed)
    at(acquirer, MORNING)
    for number in range(12):
        acquirer.control("next_pay", outcome="userpaying", polls=chance.choice([0, 1, 9]))
        body: Json = {"order_no": f"O{number}", "auth_code": f"1345{number:014d}"}
        acquirer.ask("/pay/micropay", **body, amount_fen=chance.randint(1, 999), description="")
    for part in range(60):
        order_no = f"O{chance.randrange(12)}"
        match chance.choice(["query", "reverse", "refund", "refund", "close"]):
            case "refund":
                refund: Json = {"order_no": order_no, "refund_no": f"R{part}"}
                acquirer.ask("/pay/refund", **refund, amount_fen=chance.randint(1, 300))
            case path:
                acquirer.ask(f"/pay/{path}", order_no=order_no)
    at(acquirer, NEXT_MORNING)
    kept_fen = sum(
        order["amount_fen"] - order["refunded_fen"]
        for order in acquirer.books()["orders"]
        if order["state"] in ("SUCCESS", "REFUND")
    )
    filed_fen = sum(
        int(amount.replace(".", "")) * (1 if state == "SUCCESS" else -1)
        for _, state, amount in rows(acquirer)
    )
    assert filed_fen == kept_fen
