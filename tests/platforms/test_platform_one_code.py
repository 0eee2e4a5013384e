"""One-code pay: who signed, and credentials that serve one order and one amount (W12-W14)."""

from platforms_bench import Json, Platform


def pay(acquirer: Platform, code: str, order_no: str, amount_fen: int) -> Json:
    return acquirer.ask(
        "/pay/micropay",
        order_no=order_no,
        auth_code=code,
        amount_fen=amount_fen,
        description="bill",
    )


def credential(acquirer: Platform, order_no: str, amount_fen: int) -> Json:
    return acquirer.ask(
        "/onecode/credential", ec_token="ECT1", order_no=order_no, amount_fen=amount_fen
    )


def test_w12_credential_pays_exactly_its_order_once(acquirer: Platform) -> None:
    acquirer.control("one_code", signed=True, channel="ALIPAY", ec_token="ECT1")
    state = acquirer.ask("/onecode/state", ec_token="ECT1")
    assert state == {"signed": True, "channel": "ALIPAY"}
    given = credential(acquirer, "O1", 300)
    assert credential(acquirer, "O1", 300) == given
    code = given["auth_code"]
    assert pay(acquirer, code, "O1", 299)["code"] == "AUTH_CODE_INVALID"
    assert pay(acquirer, code, "O2", 300)["code"] == "AUTH_CODE_INVALID"
    assert pay(acquirer, code, "O1", 300)["channel"] == "ALIPAY"
    assert pay(acquirer, code, "O1", 300) == {"result": "FAIL", "code": "ORDER_PAID"}
    assert credential(acquirer, "O1", 300) == {"result": "FAIL", "code": "ORDER_PAID"}
    booked = {"order_no": "O1", "ec_token": "ECT1", "amount_fen": 300}
    assert acquirer.books()["credentials"] == [booked]


def test_w13_credential_is_over_after_five_minutes(acquirer: Platform) -> None:
    acquirer.control("one_code", signed=True, channel="WECHAT")
    acquirer.control("clock", now="2026-03-02T09:30:00")
    code = credential(acquirer, "O1", 300)["auth_code"]
    acquirer.control("clock", now="2026-03-02T09:35:00")
    assert pay(acquirer, code, "O1", 300) == {"result": "FAIL", "code": "AUTH_CODE_EXPIRED"}
    fresh = credential(acquirer, "O1", 300)["auth_code"]
    assert fresh != code
    assert pay(acquirer, fresh, "O1", 300)["result"] == "SUCCESS"


def test_w13_other_amount_ends_the_earlier_credential(acquirer: Platform) -> None:
    acquirer.control("one_code", signed=True, channel="UNIONPAY")
    first = credential(acquirer, "O1", 300)["auth_code"]
    second = credential(acquirer, "O1", 200)["auth_code"]
    assert pay(acquirer, first, "O1", 300)["code"] == "AUTH_CODE_INVALID"
    assert pay(acquirer, second, "O1", 200)["channel"] == "UNIONPAY"


def test_w14_nobody_is_debited_who_has_not_signed(acquirer: Platform) -> None:
    assert acquirer.ask("/onecode/state", ec_token="ECT1") == {"signed": False, "channel": ""}
    assert credential(acquirer, "O1", 300) == {"result": "FAIL", "code": "NOT_SIGNED"}
    acquirer.control("one_code", signed=True)
    acquirer.control("one_code", signed=False, ec_token="ECT1")
    assert credential(acquirer, "O1", 300) == {"result": "FAIL", "code": "NOT_SIGNED"}
