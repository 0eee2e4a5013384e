"""Payments by pay code: every answer of the contract, replays, reversals, refunds."""

import pytest
from platforms_bench import HTTP, Json, Platform

WECHAT, ALIPAY = "134500000000000001", "2812345678901234567"


def pay(acquirer: Platform, order_no: str, auth_code: str, amount_fen: int = 500) -> Json:
    return acquirer.ask(
        "/pay/micropay",
        order_no=order_no,
        auth_code=auth_code,
        amount_fen=amount_fen,
        description="bill",
    )


def state(acquirer: Platform, order_no: str) -> str:
    return str(acquirer.ask("/pay/query", order_no=order_no)["state"])


@pytest.mark.parametrize(("code", "channel"), [(WECHAT, "WECHAT"), (ALIPAY, "ALIPAY")])
def test_good_code_pays_and_names_its_channel(acquirer: Platform, code: str, channel: str) -> None:
    answer = pay(acquirer, "O1", code)
    assert set(answer) == {"result", "channel", "transaction_no"}
    assert (answer["result"], answer["channel"]) == ("SUCCESS", channel)
    assert acquirer.ask("/pay/query", order_no="O1") == {
        "state": "SUCCESS",
        "amount_fen": 500,
        "channel": channel,
    }


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("134500000000000000", "AUTH_CODE_EXPIRED"),
        ("134500000000001111", "NOT_ENOUGH"),
        ("164500000000000001", "AUTH_CODE_INVALID"),
        ("13450000000000001", "AUTH_CODE_INVALID"),
        ("https://example.org", "AUTH_CODE_INVALID"),
    ],
)
def test_bad_code_fails_and_leaves_no_order(acquirer: Platform, code: str, refusal: str) -> None:
    assert pay(acquirer, "O1", code) == {"result": "FAIL", "code": refusal}
    assert state(acquirer, "O1") == "NOTFOUND"
    assert not any(acquirer.books().values())


def test_order_is_paid_once_and_code_works_once(acquirer: Platform) -> None:
    pay(acquirer, "O1", WECHAT)
    assert pay(acquirer, "O1", WECHAT) == {"result": "FAIL", "code": "ORDER_PAID"}
    assert pay(acquirer, "O1", ALIPAY) == {"result": "FAIL", "code": "ORDER_PAID"}
    assert pay(acquirer, "O2", WECHAT) == {"result": "FAIL", "code": "AUTH_CODE_INVALID"}
    assert len(acquirer.books()["orders"]) == 1


def test_slow_code_pays_at_the_third_query(acquirer: Platform) -> None:
    code = "134500000000002222"
    assert pay(acquirer, "O1", code) == {"result": "USERPAYING", "channel": "WECHAT"}
    assert pay(acquirer, "O1", code) == {"result": "USERPAYING", "channel": "WECHAT"}
    answers = [state(acquirer, "O1") for _ in range(3)]
    assert answers == ["USERPAYING", "USERPAYING", "SUCCESS"]


def test_endless_code_is_closed_by_reversal(acquirer: Platform) -> None:
    pay(acquirer, "O1", "134500000000003333")
    assert [state(acquirer, "O1") for _ in range(4)] == ["USERPAYING"] * 4
    assert acquirer.ask("/pay/reverse", order_no="O1") == {"result": "CLOSED"}
    assert state(acquirer, "O1") == "CLOSED"


def test_paid_order_is_revoked_and_revoked_again(acquirer: Platform) -> None:
    pay(acquirer, "O1", WECHAT)
    for _ in range(2):
        assert acquirer.ask("/pay/reverse", order_no="O1") == {"result": "REVOKED"}
    assert state(acquirer, "O1") == "REVOKED"
    assert pay(acquirer, "O1", ALIPAY)["result"] == "FAIL"


def test_unknown_order_reversed_is_closed_for_ever(acquirer: Platform) -> None:
    assert acquirer.ask("/pay/reverse", order_no="O1") == {"result": "CLOSED"}
    assert pay(acquirer, "O1", WECHAT)["result"] == "FAIL"
    assert state(acquirer, "O1") == "CLOSED"
    assert pay(acquirer, "O2", WECHAT)["result"] == "SUCCESS"


def test_reversal_ordered_to_recall_says_so_and_then_reverses(acquirer: Platform) -> None:
    pay(acquirer, "O1", WECHAT)
    acquirer.control("next_reverse")
    assert acquirer.ask("/pay/reverse", order_no="O1") == {"result": "FAIL", "recall": True}
    assert state(acquirer, "O1") == "SUCCESS"
    assert acquirer.ask("/pay/reverse", order_no="O1") == {"result": "REVOKED"}


@pytest.mark.parametrize(
    ("order", "answer", "states"),
    [
        ({"outcome": "success"}, "SUCCESS", ["SUCCESS"]),
        ({"outcome": "userpaying", "polls": 1}, "USERPAYING", ["USERPAYING", "SUCCESS"]),
        ({"outcome": "userpaying", "then": "never"}, "USERPAYING", ["USERPAYING"] * 3),
        ({"outcome": "systemerror", "polls": 0}, "SYSTEMERROR", ["SUCCESS"]),
        ({"outcome": "fail:NOT_ENOUGH"}, "FAIL", ["NOTFOUND"]),
    ],
)
def test_next_payment_goes_as_ordered(
    acquirer: Platform, order: Json, answer: str, states: list[str]
) -> None:
    acquirer.control("next_pay", **order)
    assert pay(acquirer, "O1", WECHAT)["result"] == answer
    assert [state(acquirer, "O1") for _ in states] == states


def refund(acquirer: Platform, refund_no: str, amount_fen: int) -> str:
    answer = acquirer.ask("/pay/refund", order_no="O1", refund_no=refund_no, amount_fen=amount_fen)
    return str(answer["state"])


def test_refunds_add_up_to_what_was_paid_and_no_more(acquirer: Platform) -> None:
    pay(acquirer, "O1", WECHAT, 500)
    assert refund(acquirer, "R1", 300) == "SUCCESS"
    assert refund(acquirer, "R1", 300) == "SUCCESS"
    assert refund(acquirer, "R1", 200) == "FAIL"
    assert refund(acquirer, "R2", 201) == "FAIL"
    assert refund(acquirer, "R3", 200) == "SUCCESS"
    assert state(acquirer, "O1") == "REFUND"
    assert acquirer.books()["orders"][0]["refunded_fen"] == 500
    found = acquirer.ask("/pay/refund/query", refund_no="R2")
    assert found == {"state": "FAIL", "amount_fen": 201}
    found = acquirer.ask("/pay/refund/query", refund_no="R9")
    assert found == {"state": "NOTFOUND", "amount_fen": 0}


def test_refunded_order_cannot_be_reversed(acquirer: Platform) -> None:
    pay(acquirer, "O1", WECHAT)
    refund(acquirer, "R1", 100)
    answer = acquirer.ask("/pay/reverse", order_no="O1")
    assert answer == {"result": "FAIL", "recall": False}


def test_refund_of_unpaid_order_fails(acquirer: Platform) -> None:
    pay(acquirer, "O1", "134500000000003333")
    assert refund(acquirer, "R1", 100) == "FAIL"


@pytest.mark.parametrize("outcome", ["success", "fail"])
def test_refund_in_progress_ends_as_ordered(acquirer: Platform, outcome: str) -> None:
    pay(acquirer, "O1", WECHAT)
    acquirer.control("next_refund", outcome=outcome, polls=1)
    assert refund(acquirer, "R1", 400) == "PROCESSING"
    assert refund(acquirer, "R2", 200) == "FAIL"
    assert acquirer.books()["orders"][0]["refunded_fen"] == 0
    queries = [acquirer.ask("/pay/refund/query", refund_no="R1")["state"] for _ in range(2)]
    assert queries == ["PROCESSING", outcome.upper()]
    refunded_fen = 400 if outcome == "success" else 0
    assert acquirer.books()["orders"][0]["refunded_fen"] == refunded_fen


@pytest.mark.parametrize("amount", [0, -1, 1.5, "5"])
def test_amount_that_is_not_whole_fen_is_an_error_of_the_caller(
    acquirer: Platform, amount: object
) -> None:
    body = {"order_no": "O1", "auth_code": WECHAT, "amount_fen": amount, "description": ""}
    assert HTTP.post(f"{acquirer.url}/pay/micropay", json=body).status_code == 422
