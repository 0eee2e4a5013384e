"""What is special to each wallet: code forms, QR orders, reversal and refund limits."""

import pytest
from platforms_bench import HTTP, Json, Platform

WECHAT, ALIPAY, UNIONPAY = "134500000000000001", "2812345678901234567", "6212345678901234567"
MORNING = "2026-03-02T09:30:00"


def pay(acquirer: Platform, code: str, order_no: str = "O1", amount_fen: int = 500) -> Json:
    return acquirer.ask(
        "/pay/micropay",
        order_no=order_no,
        auth_code=code,
        amount_fen=amount_fen,
        description="bill",
    )


def precreate(acquirer: Platform, amount_fen: int = 500, channel: str = "WECHAT") -> Json:
    return acquirer.ask(
        "/pay/precreate",
        order_no="Q1",
        channel=channel,
        amount_fen=amount_fen,
        description="bill",
        payer_note="王*国",
    )


def ask(acquirer: Platform, path: str, order_no: str) -> Json:
    return acquirer.ask(f"/pay/{path}", order_no=order_no)


def refund(acquirer: Platform, number: str, amount_fen: int = 1, order_no: str = "O1") -> Json:
    return acquirer.ask("/pay/refund", order_no=order_no, refund_no=number, amount_fen=amount_fen)


def test_nineteen_digits_of_unionpay_are_its_code(acquirer: Platform) -> None:
    assert pay(acquirer, UNIONPAY)["channel"] == "UNIONPAY"
    assert pay(acquirer, UNIONPAY[:-1], "O2") == {"result": "FAIL", "code": "AUTH_CODE_INVALID"}


def test_unionpay_refuses_numbers_its_file_has_no_room_for(acquirer: Platform) -> None:
    assert pay(acquirer, UNIONPAY, "O" * 33)["code"] == "AUTH_CODE_INVALID"
    assert pay(acquirer, UNIONPAY, "O" * 32)["result"] == "SUCCESS"
    assert refund(acquirer, "R" * 33, order_no="O" * 32) == {"state": "FAIL"}


def test_large_wechat_payment_asks_for_the_password_when_ordered(acquirer: Platform) -> None:
    acquirer.control("password_over", amount_fen=100_000)
    assert pay(acquirer, WECHAT, "O1", 100_001)["result"] == "USERPAYING"
    assert pay(acquirer, "134500000000000002", "O2", 100_000)["result"] == "SUCCESS"
    assert pay(acquirer, ALIPAY, "O3", 100_001)["result"] == "SUCCESS"
    states = [ask(acquirer, "query", "O1")["state"] for _ in range(3)]
    assert states == ["USERPAYING", "USERPAYING", "SUCCESS"]


def test_alipay_reversal_tells_action_and_whether_to_ask_again(acquirer: Platform) -> None:
    pay(acquirer, ALIPAY)
    acquirer.control("next_reverse")
    again = {"result": "FAIL", "recall": True, "retry_flag": "Y"}
    assert ask(acquirer, "reverse", "O1") == again
    back = {"result": "REVOKED", "action": "refund", "retry_flag": "N"}
    assert ask(acquirer, "reverse", "O1") == back
    pay(acquirer, "2812345678901233333", "O2")
    closed = {"result": "CLOSED", "action": "close", "retry_flag": "N"}
    assert ask(acquirer, "reverse", "O2") == closed


@pytest.mark.parametrize(
    ("code", "days", "answer"),
    [
        (WECHAT, 7, {"result": "REVOKED"}),
        (WECHAT, 8, {"result": "FAIL", "recall": False}),
        (UNIONPAY, 1, {"result": "FAIL", "recall": False}),
        (ALIPAY, 300, {"result": "REVOKED", "action": "refund", "retry_flag": "N"}),
    ],
)
def test_old_order_is_reversed_only_while_the_channel_allows(
    acquirer: Platform, code: str, days: int, answer: Json
) -> None:
    pay(acquirer, code)
    acquirer.control("age_order", order_no="O1", days=days)
    assert ask(acquirer, "reverse", "O1") == answer


@pytest.mark.parametrize(("code", "days"), [(WECHAT, 365), (ALIPAY, 365), (UNIONPAY, 335)])
def test_w27_refund_after_the_window_says_so_for_ever(
    acquirer: Platform, code: str, days: int
) -> None:
    pay(acquirer, code)
    acquirer.control("age_order", order_no="O1", days=days)
    assert refund(acquirer, "R1") == {"state": "SUCCESS"}
    acquirer.control("age_order", order_no="O1", days=1)
    closed = {"state": "FAIL", "code": "REFUND_WINDOW_CLOSED"}
    assert refund(acquirer, "R2") == closed
    assert refund(acquirer, "R2") == closed
    assert acquirer.ask("/pay/refund/query", refund_no="R2") == {**closed, "amount_fen": 1}


def test_w27_contract_may_keep_the_window_open_for_three_years(acquirer: Platform) -> None:
    pay(acquirer, WECHAT)
    acquirer.control("refund_window", channel="WECHAT", days=1095)
    acquirer.control("age_order", order_no="O1", days=1095)
    assert refund(acquirer, "R1") == {"state": "SUCCESS"}


def test_wechat_refunds_in_fifty_parts_and_no_more(acquirer: Platform) -> None:
    pay(acquirer, WECHAT)
    assert {refund(acquirer, f"R{part}")["state"] for part in range(50)} == {"SUCCESS"}
    assert refund(acquirer, "R50") == {"state": "FAIL", "code": "TOO_MANY_PARTS"}


def test_n18_relative_pays_the_qr_and_is_named_masked(acquirer: Platform) -> None:
    made = precreate(acquirer)
    assert set(made) == {"result", "code_url"}
    assert precreate(acquirer) == made
    waiting = {"state": "NOTPAY", "amount_fen": 500, "channel": "WECHAT"}
    assert ask(acquirer, "query", "Q1") == waiting
    acquirer.control("scan_qr", order_no="Q1", payer="王小明")
    paid = {**waiting, "state": "SUCCESS", "payer_mask": "王**"}
    assert ask(acquirer, "query", "Q1") == paid
    assert precreate(acquirer) == {"result": "FAIL", "code": "ORDER_PAID"}
    assert ask(acquirer, "close", "Q1") == {"result": "FAIL", "code": "ORDER_PAID"}
    assert ask(acquirer, "reverse", "Q1") == {"result": "REVOKED"}


def scan_status(acquirer: Platform) -> int:
    order = {"do": "scan_qr", "order_no": "Q1", "payer": "王小明"}
    return HTTP.post(f"{acquirer.url}/control", json=order).status_code


def test_n18_closed_qr_cannot_be_paid(acquirer: Platform) -> None:
    precreate(acquirer)
    assert ask(acquirer, "close", "Q1") == {"result": "CLOSED"}
    assert ask(acquirer, "close", "Q1") == {"result": "CLOSED"}
    assert scan_status(acquirer) == 409
    assert precreate(acquirer) == {"result": "FAIL", "code": "ORDER_CLOSED"}


def test_qr_closed_before_it_was_made_is_never_made(acquirer: Platform) -> None:
    assert ask(acquirer, "close", "Q1") == {"result": "CLOSED"}
    assert precreate(acquirer) == {"result": "FAIL", "code": "ORDER_CLOSED"}


def test_qr_ends_by_itself_after_two_hours(acquirer: Platform) -> None:
    acquirer.control("clock", now=MORNING)
    precreate(acquirer)
    acquirer.control("clock", now="2026-03-02T11:29:59")
    assert ask(acquirer, "query", "Q1")["state"] == "NOTPAY"
    acquirer.control("clock", now="2026-03-02T11:30:00")
    assert scan_status(acquirer) == 409
    assert ask(acquirer, "query", "Q1")["state"] == "CLOSED"


def test_number_of_a_waiting_qr_serves_nothing_else(acquirer: Platform) -> None:
    precreate(acquirer)
    used = {"result": "FAIL", "code": "ORDER_NO_USED"}
    assert precreate(acquirer, 501) == used
    assert precreate(acquirer, channel="ALIPAY") == used
    assert pay(acquirer, WECHAT, "Q1")["code"] == "AUTH_CODE_INVALID"
    assert ask(acquirer, "reverse", "Q1") == {"result": "CLOSED"}
