"""Transfers to bank accounts: batches once, items that end one by one, money that comes back."""

import httpx
import pytest
from platforms_bench import Json, Platform

GOOD_ACCOUNT, FOREIGN_ACCOUNT = "6217000000000000017", "6217000000000000404"


def item(item_no: str = "I1", amount_fen: int = 12_300, account: str = GOOD_ACCOUNT) -> Json:
    return {
        "item_no": item_no,
        "payee_name": "王建国",
        "account_no": account,
        "bank": "工商银行",
        "amount_fen": amount_fen,
    }


def send(acquirer: Platform, *items: Json, batch_no: str = "B1") -> Json:
    return acquirer.ask("/transfers/batch", batch_no=batch_no, items=list(items))


def states(acquirer: Platform, batch_no: str = "B1") -> list[str]:
    told = acquirer.ask("/transfers/query", batch_no=batch_no)
    return [item["state"] for item in told["items"]]


def test_w28_w29_batch_is_paid_item_by_item(acquirer: Platform) -> None:
    batch = (item("I1"), item("I2", 5, FOREIGN_ACCOUNT))
    assert send(acquirer, *batch) == {"result": "ACCEPTED"}
    assert states(acquirer) == ["PROCESSING", "PROCESSING"]
    assert acquirer.ask("/transfers/query", batch_no="B1") == {
        "state": "ACCEPTED",
        "items": [
            {"item_no": "I1", "state": "PAID", "amount_fen": 12_300},
            {"item_no": "I2", "state": "RETURNED", "amount_fen": 5, "code": "NAME_MISMATCH"},
        ],
    }


def test_w29_same_batch_again_is_paid_once(acquirer: Platform) -> None:
    send(acquirer, item())
    assert send(acquirer, item()) == {"result": "ACCEPTED"}
    assert len(acquirer.books()["transfers"]) == 1
    other = {"result": "FAIL", "code": "BATCH_NO_USED"}
    assert send(acquirer, item(amount_fen=1)) == other
    assert send(acquirer, item(), item("I2")) == other


def test_item_of_another_batch_refuses_the_whole_batch(acquirer: Platform) -> None:
    send(acquirer, item("I1"))
    used = {"result": "FAIL", "code": "ITEM_NO_USED"}
    assert send(acquirer, item("I2"), item("I1"), batch_no="B2") == used
    assert send(acquirer, item("I3"), item("I3"), batch_no="B3") == used
    unknown = acquirer.ask("/transfers/query", batch_no="B2")
    assert unknown == {"state": "NOTFOUND", "items": []}


def test_items_end_as_ordered_by_name_or_in_turn(acquirer: Platform) -> None:
    acquirer.control("next_transfer", outcome="returned", code="ACCOUNT_NOT_FOUND", polls=0)
    acquirer.control("next_transfer", outcome="paid", polls=2, item_no="I1")
    send(acquirer, item("I1"), item("I2"), item("I3"))
    assert states(acquirer) == ["PROCESSING", "RETURNED", "PROCESSING"]
    assert states(acquirer) == ["PROCESSING", "RETURNED", "PAID"]
    assert states(acquirer) == ["PAID", "RETURNED", "PAID"]


def test_paid_transfer_may_come_back(acquirer: Platform) -> None:
    send(acquirer, item())
    states(acquirer)
    acquirer.control("return_transfer", item_no="I1")
    assert states(acquirer) == ["RETURNED"]
    booked = acquirer.books()["transfers"][0]
    assert (booked["state"], booked["code"]) == ("RETURNED", "ACCOUNT_CLOSED")


def test_batch_whose_answer_was_lost_is_known_and_paid_once(acquirer: Platform) -> None:
    acquirer.control("fault", path="/transfers/batch", kind="answer_lost")
    with pytest.raises(httpx.ReadTimeout):
        acquirer.ask("/transfers/batch", limit_s=0.2, batch_no="B1", items=[item()])
    assert states(acquirer) == ["PROCESSING"]
    assert send(acquirer, item()) == {"result": "ACCEPTED"}
    assert len(acquirer.books()["transfers"]) == 1


def test_refused_batch_leaves_nothing(acquirer: Platform) -> None:
    acquirer.control("refuse", path="/transfers/batch", code="OUT_OF_HOURS")
    assert send(acquirer, item()) == {"result": "FAIL", "code": "OUT_OF_HOURS"}
    assert acquirer.books()["transfers"] == []
