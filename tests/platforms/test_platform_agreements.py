"""Bound debits: signing on the phone, debiting, the daily limit, and the end of an agreement."""

from pathlib import Path

import pytest
from platforms_bench import HTTP, Bench, Json, Platform


def refused(code: str) -> Json:
    return {"result": "FAIL", "code": code}


def sign(acquirer: Platform, **more: object) -> str:
    acquirer.control("sign_agreement", reference="E1", channel="WECHAT", payer="王小明", **more)
    return str(acquirer.books()["agreements"][-1]["agreement_no"])


def debit(acquirer: Platform, agreement: str, order_no: str = "O1", amount_fen: int = 500) -> Json:
    return acquirer.ask(
        "/agreements/debit", agreement_no=agreement, order_no=order_no, amount_fen=amount_fen
    )


def query(acquirer: Platform, order_no: str = "O1") -> Json:
    return acquirer.ask("/pay/query", order_no=order_no)


def test_w02_payer_signs_by_the_qr_on_the_phone(acquirer: Platform) -> None:
    reference: Json = {"reference": "E1"}
    assert acquirer.ask("/agreements/enrolled", **reference) == {"state": "NOTFOUND"}
    shown = acquirer.ask("/agreements/enrol", reference="E1", patient_hint="王*国")
    assert acquirer.ask("/agreements/enrol", reference="E1", patient_hint="王*国") == shown
    assert acquirer.ask("/agreements/enrolled", **reference) == {"state": "WAITING"}
    number = sign(acquirer, daily_limit_fen=1_000)
    signed = {
        "state": "SIGNED",
        "channel": "WECHAT",
        "payer_mask": "王**",
        "daily_limit_fen": 1_000,
    }
    told = acquirer.ask("/agreements/enrolled", **reference)
    assert told == {**signed, "agreement_no": number}
    assert acquirer.ask("/agreements/query", agreement_no=number) == signed
    assert acquirer.ask("/agreements/query", agreement_no="X") == {"state": "NOTFOUND"}
    assert acquirer.books()["enrolments"] == [{"reference": "E1", "hint": "王*国"}]


def test_w01_w04_relative_is_debited_without_a_code(acquirer: Platform) -> None:
    number = sign(acquirer)
    answer = debit(acquirer, number)
    assert (answer["result"], answer["channel"]) == ("SUCCESS", "WECHAT")
    state = {"state": "SUCCESS", "amount_fen": 500, "channel": "WECHAT", "payer_mask": "王**"}
    assert query(acquirer) == state
    assert debit(acquirer, number) == refused("ORDER_PAID")
    order = acquirer.books()["orders"][0]
    assert (order["source"], order["account_no"]) == ("AGREEMENT", number)


def test_w03_daily_limit_counts_the_day_and_ends_with_it(acquirer: Platform) -> None:
    number = sign(acquirer, daily_limit_fen=1_000)
    debit(acquirer, number, "O1", 600)
    assert debit(acquirer, number, "O2", 401) == refused("OVER_LIMIT")
    assert query(acquirer, "O2")["state"] == "NOTFOUND"
    assert debit(acquirer, number, "O3", 400)["result"] == "SUCCESS"
    acquirer.ask("/pay/reverse", order_no="O3")
    assert debit(acquirer, number, "O4", 400)["result"] == "SUCCESS"
    acquirer.control("age_order", order_no="O1", days=1)
    assert debit(acquirer, number, "O5", 600)["result"] == "SUCCESS"


def test_w06_agreement_stands_until_it_is_cancelled(acquirer: Platform) -> None:
    number = sign(acquirer)
    debit(acquirer, number)
    for _ in range(2):
        answer = acquirer.ask("/agreements/cancel", agreement_no=number)
        assert answer == {"result": "CANCELLED"}
    assert debit(acquirer, number, "O2") == refused("AGREEMENT_CANCELLED")
    answer = acquirer.ask("/pay/refund", order_no="O1", refund_no="R1", amount_fen=200)
    assert answer == {"state": "SUCCESS"}
    assert acquirer.ask("/agreements/cancel", agreement_no="X") == refused("AGREEMENT_NOT_FOUND")
    assert debit(acquirer, "X", "O3") == refused("AGREEMENT_NOT_FOUND")


def test_agreement_cancelled_on_the_phone_debits_no_more(acquirer: Platform) -> None:
    number = sign(acquirer)
    acquirer.control("cancel_agreement", agreement_no=number)
    assert debit(acquirer, number) == refused("AGREEMENT_CANCELLED")
    assert acquirer.ask("/agreements/enrolled", reference="E1")["state"] == "CANCELLED"


def test_w11_bound_bank_card_is_debited_through_unionpay(acquirer: Platform) -> None:
    acquirer.control(
        "sign_agreement",
        reference="E2",
        channel="UNIONPAY",
        payer="王建国",
        agreement_no="BC1",
    )
    assert debit(acquirer, "BC1")["channel"] == "UNIONPAY"
    assert debit(acquirer, "BC1", "O" * 33) == refused("ORDER_NO_USED")


@pytest.mark.parametrize("outcome", ["systemerror", "userpaying"])
def test_debit_without_a_word_is_asked_about_and_never_waits_for_a_password(
    acquirer: Platform, outcome: str
) -> None:
    number = sign(acquirer)
    acquirer.control("next_pay", outcome=outcome, polls=1)
    assert debit(acquirer, number) == {"result": "SYSTEMERROR"}
    assert debit(acquirer, number) == {"result": "SYSTEMERROR"}
    assert debit(acquirer, number, amount_fen=501) == refused("ORDER_NO_USED")
    assert [query(acquirer)["state"] for _ in range(2)] == ["USERPAYING", "SUCCESS"]


def test_debit_fails_as_ordered_and_leaves_no_order(acquirer: Platform) -> None:
    number = sign(acquirer)
    acquirer.control("next_pay", outcome="fail:NOT_ENOUGH")
    assert debit(acquirer, number) == refused("NOT_ENOUGH")
    assert query(acquirer)["state"] == "NOTFOUND"
    acquirer.ask("/pay/reverse", order_no="O1")
    assert debit(acquirer, number) == refused("ORDER_CLOSED")


@pytest.mark.parametrize(
    "order",
    [
        {"do": "share_credit", "contract_no": "X", "id_number": "1", "family_contract_no": "F"},
        {"do": "cancel_credit", "contract_no": "X"},
        {"do": "repay_credit", "contract_no": "X", "amount_fen": 1},
        {"do": "cancel_agreement", "agreement_no": "X"},
        {"do": "age_order", "order_no": "X", "days": 1},
        {"do": "return_transfer", "item_no": "X"},
    ],
)
def test_order_about_something_unknown_is_a_conflict(acquirer: Platform, order: Json) -> None:
    assert HTTP.post(f"{acquirer.url}/control", json=order).status_code == 409


def test_agreements_survive_a_restart(bench: Bench, tmp_path: Path) -> None:
    number = sign(bench.acquirer, daily_limit_fen=500)
    debit(bench.acquirer, number, "O1", 300)
    bench.stop()
    again = Bench(tmp_path)
    try:
        assert debit(again.acquirer, number, "O2", 201) == refused("OVER_LIMIT")
        assert debit(again.acquirer, number, "O2", 200)["result"] == "SUCCESS"
    finally:
        again.stop()
