"""Ordered faults: what was executed, and what the caller hears."""

import time

import httpx
import pytest
from platforms_bench import HTTP, PAY, WANG, Platform, bill, fsi

ONE = bill(("1.00", "01"), total="1.00")


def test_silent_platform_neither_answers_nor_executes(acquirer: Platform) -> None:
    acquirer.control("fault", path="/pay/micropay", kind="silent")
    with pytest.raises(httpx.ReadTimeout):
        acquirer.ask("/pay/micropay", limit_s=0.2, **PAY)
    assert acquirer.books()["orders"] == []
    assert acquirer.ask("/pay/micropay", **PAY)["result"] == "SUCCESS"


def test_lost_answer_was_executed(acquirer: Platform) -> None:
    acquirer.control("fault", path="/pay/micropay", kind="answer_lost")
    with pytest.raises(httpx.ReadTimeout):
        acquirer.ask("/pay/micropay", limit_s=0.2, **PAY)
    assert acquirer.ask("/pay/query", order_no="O1")["state"] == "SUCCESS"


def test_http_500_was_not_executed_and_lasts_for_its_count(acquirer: Platform) -> None:
    acquirer.control("fault", path="/pay/micropay", kind="http_500", count=2)
    for _ in range(2):
        with pytest.raises(httpx.HTTPStatusError, match="500"):
            acquirer.ask("/pay/micropay", **PAY)
    assert acquirer.books()["orders"] == []
    assert acquirer.ask("/pay/micropay", **PAY)["result"] == "SUCCESS"


def test_delayed_answer_comes_after_its_seconds(acquirer: Platform) -> None:
    acquirer.control("fault", path="/pay/micropay", kind="delay", seconds=0.3)
    begun = time.monotonic()
    assert acquirer.ask("/pay/micropay", **PAY)["result"] == "SUCCESS"
    assert time.monotonic() - begun >= 0.3


def test_fault_of_another_path_changes_nothing(acquirer: Platform) -> None:
    acquirer.control("fault", path="/pay/query", kind="http_500")
    assert acquirer.ask("/pay/micropay", **PAY)["result"] == "SUCCESS"
    with pytest.raises(httpx.HTTPStatusError):
        acquirer.ask("/pay/query", order_no="O1")


def test_fault_of_one_infno_spares_the_others(insurance: Platform) -> None:
    insurance.control("fault", path="/fsi/2207", kind="answer_lost")
    assert fsi(insurance, "2206", **ONE)["infcode"] == 0
    with pytest.raises(httpx.ReadTimeout):
        insurance.ask(
            "/fsi",
            limit_s=0.2,
            infno="2207",
            msgid="M1",
            mdtrtarea_admvs="330300",
            insuplc_admdvs="330300",
            opter_type="2",
            opter="K01",
            fixmedins_code="H33030200001",
            inf_time="2026-03-02 09:30:00",
            input=ONE,
        )
    query = fsi(insurance, "5203", "M2", psn_no=WANG, medins_setl_id="M1")
    assert query["output"]["setlinfo"]["fund_pay_sumamt"] == "0.80"


def test_fault_of_the_whole_envelope_meets_any_infno(insurance: Platform) -> None:
    insurance.control("fault", path="/fsi", kind="http_500")
    with pytest.raises(httpx.HTTPStatusError):
        fsi(insurance, "2206", **ONE)
    assert fsi(insurance, "2206", **ONE)["infcode"] == 0


def test_reset_forgets_books_plans_and_faults(acquirer: Platform) -> None:
    acquirer.ask("/pay/micropay", **PAY)
    acquirer.control("fault", path="/pay/query", kind="silent")
    acquirer.control("next_pay", outcome="fail:NOT_ENOUGH")
    acquirer.control("reset")
    assert not any(acquirer.books().values())
    assert acquirer.ask("/pay/query", order_no="O1")["state"] == "NOTFOUND"
    assert acquirer.ask("/pay/micropay", **PAY)["result"] == "SUCCESS"


@pytest.mark.parametrize(
    "order",
    [
        {"do": "dance"},
        {"do": "fault", "path": "/pay/query", "kind": "garble"},
        {"do": "fault", "path": "/pay/query", "kind": "silent", "count": 0},
        {"do": "next_pay", "outcome": "fail:BAD_LUCK"},
    ],
)
def test_order_that_makes_no_sense_is_refused(acquirer: Platform, order: dict[str, object]) -> None:
    assert HTTP.post(f"{acquirer.url}/control", json=order).status_code == 422
