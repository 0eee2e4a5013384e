"""The saga when nothing goes wrong: who pays what, in the profile's order, to the fen."""

from __future__ import annotations

import pytest
from backend_bench import PAY_CODE, Line, Platforms
from service_bench import (
    ALIPAY_CODE,
    LI_ID,
    SLOW_CODE,
    UNIONPAY_CODE,
    WHOLE_BILL,
    WINDOW,
    ZHOU_ID,
    House,
    components,
    tenders,
)

pytestmark = pytest.mark.both_databases


def test_s01_s17_insurance_balance_hold_and_phone_pay_in_the_profiles_order(
    house: House, platforms: Platforms
) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, *WHOLE_BILL)
    auth_code = house.hold(patient, 30000)

    quoted = house.open(patient, [bill_id])

    assert quoted["state"] == "QUOTED"
    assert components(quoted) == {
        "INSURANCE_FUND": 15200,
        "PERSONAL_ACCOUNT": 4800,
        "SUBSIDY": 0,
        "SELF_PAY": 50000,
    }
    assert tenders(quoted) == [("PREPAY_BALANCE", 8000, "PLANNED"), ("PREAUTH", 30000, "PLANNED")]
    assert (quoted["total_fen"], quoted["due_fen"]) == (70000, 12000)
    assert quoted["hold"]["remaining_fen"] == 30000
    assert platforms.insurance.books()["settlements"] == []
    assert house.bill_state(bill_id) == "LOCKED"

    told = house.commit(quoted)

    assert told["state"] == "COMPLETED"
    assert tenders(told) == [
        ("PREPAY_BALANCE", 8000, "TAKEN"),
        ("PREAUTH", 30000, "TAKEN"),
        ("SCAN", 12000, "TAKEN"),
    ]
    assert (told["due_fen"], told["next_poll_ms"], told["trouble"]) == (0, None, "")
    assert told["slip"]["qr_text"].startswith("ZF1.S.")
    assert (told["hold"]["state"], told["hold"]["taken_fen"]) == ("COMPLETED", 30000)
    assert house.bill_state(bill_id) == "PAID"
    assert house.prepaid_fen(patient) == 0
    hold = platforms.acquirer.books()["holds"][0]
    assert (hold["auth_code"], hold["taken_fen"]) == (auth_code, 30000)
    house.assert_world_agrees()


def test_s24_books_name_every_source_and_the_platforms_agree(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, *WHOLE_BILL)
    house.hold(patient, 30000)
    told = house.commit(house.open(patient, [bill_id]))

    books = house.books()

    assert books["money_in_fen"] == {
        "SCAN": 12000,
        "CASH": 0,
        "PREAUTH": 30000,
        "PREPAY_BALANCE": 8000,
        "INSURANCE_FUND": 15200,
        "PERSONAL_ACCOUNT": 4800,
        "SUBSIDY": 0,
    }
    assert (books["settled_fen"], books["held_fen"]) == (70000, 0)
    assert books["slips"] == [told["slip"]["slip_id"]]
    assert books["open_cases"] == []
    house.assert_world_agrees()


def test_bill_the_insurance_pays_wholly_needs_no_tender(house: House) -> None:
    patient = house.person(LI_ID)
    bill = house.get(f"/v1/patients/{patient}/bills")["bills"][0]

    quoted = house.open(patient, [bill["bill_id"]])

    assert bill["total_fen"] == 11260
    assert components(quoted) == {
        "INSURANCE_FUND": 9008,
        "PERSONAL_ACCOUNT": 2252,
        "SUBSIDY": 0,
        "SELF_PAY": 0,
    }
    assert (quoted["due_fen"], quoted["tenders"], quoted["options"]) == (0, [], [])
    assert house.commit(quoted)["state"] == "COMPLETED"
    assert house.get(f"/v1/patients/{patient}/bills") == {"bills": []}
    house.assert_world_agrees()


def test_hold_that_is_larger_than_the_bill_is_taken_in_part(house: House) -> None:
    patient = house.person(ZHOU_ID)
    bill_id = house.bill(patient, Line(20000, "OWN"))
    house.hold(patient, 50000)

    told = house.commit(house.open(patient, [bill_id], token=WINDOW), token=WINDOW)

    assert tenders(told) == [("PREAUTH", 20000, "TAKEN")]
    hold = told["hold"]
    assert (hold["taken_fen"], hold["released_fen"], hold["remaining_fen"]) == (20000, 30000, 0)
    house.assert_world_agrees()


def test_hold_only_its_card_terminal_completes_is_not_planned(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(20000, "OWN"))
    house.hold(patient, 50000, completer="THIS_POS")

    quoted = house.open(patient, [bill_id])

    assert tenders(quoted) == [("PREPAY_BALANCE", 8000, "PLANNED")]
    assert (quoted["due_fen"], quoted["hold"]) == (12000, None)


def test_several_bills_are_one_settlement(house: House) -> None:
    patient = house.person(LI_ID)
    bills = [house.bill(patient, Line(1000, "OWN")), house.bill(patient, Line(2000, "OWN"))]

    told = house.commit(house.open(patient, bills))

    assert tenders(told) == [("PREPAY_BALANCE", 3000, "TAKEN")]
    assert {bill["bill_id"] for bill in told["bills"]} == set(bills)
    assert [house.bill_state(bill_id) for bill_id in bills] == ["PAID", "PAID"]


def test_wallet_that_asks_for_a_password_is_paid_after_ticks(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(10000, "OWN"))

    told = house.commit(house.open(patient, [bill_id]), auth_code=SLOW_CODE)

    assert (told["state"], told["slip"]) == ("PAYING", None)
    assert told["next_poll_ms"] == 300
    assert tenders(told) == [("PREPAY_BALANCE", 8000, "TAKEN"), ("SCAN", 2000, "PAYING")]
    house.later(0.4)
    house.later(1.0)
    house.later(1.0)
    assert house.settlement(told["settlement_id"])["state"] == "PAYING"
    house.later(1.0)
    assert house.settlement(told["settlement_id"])["state"] == "COMPLETED"
    house.assert_world_agrees()


def test_l01_channel_is_told_by_the_code(house: House) -> None:
    patient = house.person(LI_ID)
    first = house.bill(patient, Line(9000, "OWN"))
    second = house.bill(patient, Line(1000, "OWN"))
    third = house.bill(patient, Line(2000, "OWN"))

    wechat = house.commit(house.open(patient, [first]), auth_code=PAY_CODE)
    alipay = house.commit(house.open(patient, [second]), auth_code=ALIPAY_CODE)

    unionpay = house.commit(house.open(patient, [third]), auth_code=UNIONPAY_CODE)

    assert wechat["tenders"][1]["label"] == "WECHAT"
    assert alipay["tenders"][0]["label"] == "ALIPAY"
    assert unionpay["tenders"][0]["label"] == "UNIONPAY"
    house.assert_world_agrees()


def test_window_takes_cash(house: House) -> None:
    patient = house.person(ZHOU_ID)
    bill_id = house.bill(patient, Line(20000, "OWN"))

    quoted = house.open(patient, [bill_id], token=WINDOW)
    told = house.commit(quoted, "CASH", token=WINDOW)

    assert [(option["kind"], option["allowed"]) for option in quoted["options"]][:2] == [
        ("SCAN", True),
        ("CASH", True),
    ]
    assert tenders(told) == [("CASH", 20000, "TAKEN")]
    assert house.books()["money_in_fen"]["CASH"] == 20000
    house.assert_world_agrees()


def test_window_sees_the_completed_settlements_newest_first(house: House) -> None:
    patient = house.person(LI_ID)
    ids = []
    for _ in range(2):
        bill_id = house.bill(patient, Line(1000, "OWN"))
        ids.append(house.commit(house.open(patient, [bill_id]))["settlement_id"])
        house.later(1)
    house.open(patient, [house.bill(patient, Line(1000, "OWN"))])
    path = f"/v1/patients/{patient}/settlements"

    told = house.get(path, token=WINDOW)["settlements"]

    assert [settlement["settlement_id"] for settlement in told] == ids[::-1]
    assert told[0]["patient"] == "李秀芳"
    house.clock.pass_seconds(31 * 24 * 3600)
    assert house.get(path, token=WINDOW) == {"settlements": []}


def test_looking_at_a_settlement_moves_nothing(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(10000, "OWN"))
    told = house.commit(house.open(patient, [bill_id]), auth_code=SLOW_CODE)
    house.clock.pass_seconds(60)

    looks = [house.settlement(told["settlement_id"])["state"] for _ in range(3)]

    assert looks == ["PAYING", "PAYING", "PAYING"]
