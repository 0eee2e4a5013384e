"""The saga when something goes wrong: undone in reverse order, nothing kept, or a person's case."""

from __future__ import annotations

import pytest
import requests
from backend_bench import PAY_CODE, Json, Line, Platforms
from service_bench import (
    ALIPAY_CODE,
    LI_ID,
    NEVER_CODE,
    SLOW_CODE,
    WHOLE_BILL,
    House,
    commit_body,
    settlement_body,
    tenders,
)

pytestmark = pytest.mark.slow

SILENCE = pytest.mark.expects_warnings("settlement_backend")


def quoted_whole(house: House) -> tuple[str, str, Json]:
    """Li with a bill that insurance, balance, hold and phone pay together."""
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, *WHOLE_BILL)
    house.hold(patient, 30000)
    return patient, bill_id, house.open(patient, [bill_id])


def acquirer_says(platforms: Platforms, path: str, **body: object) -> Json:
    """What somebody else than the backend asks the acquirer."""
    content: Json = requests.post(platforms.acquirer.url + path, json=body, timeout=5).json()
    return content


def assert_undone(house: House, patient: str, bill_id: str) -> None:
    """As if nobody had tried."""
    assert house.bill_state(bill_id) == "OPEN"
    assert house.prepaid_fen(patient) == 8000
    assert house.books()["settled_fen"] == 0
    house.assert_world_agrees()


def test_payment_nobody_confirms_is_reversed_after_its_time(
    house: House, platforms: Platforms
) -> None:
    patient, bill_id, quoted = quoted_whole(house)
    told = house.commit(quoted, auth_code=NEVER_CODE)
    assert told["state"] == "PAYING"

    for _ in range(4):
        house.later(1.0)
        assert house.settlement(told["settlement_id"])["state"] == "PAYING"
    ended = house.to_the_end(told["settlement_id"])

    assert (ended["state"], ended["trouble"]) == ("REVERSED", "pay_not_confirmed")
    assert (ended["tenders"], ended["total_fen"], ended["due_fen"]) == ([], 0, 0)
    assert [order["state"] for order in platforms.acquirer.books()["orders"]] == ["CLOSED"]
    assert [made["state"] for made in platforms.insurance.books()["settlements"]] == ["REVERSED"]
    assert platforms.acquirer.books()["holds"][0]["state"] == "HELD"
    assert_undone(house, patient, bill_id)


def test_wallet_is_not_reversed_before_its_time(house: House, platforms: Platforms) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(10000, "OWN"))
    told = house.commit(house.open(patient, [bill_id]), auth_code=NEVER_CODE)

    assert house.cancel(told["settlement_id"])["state"] == "REVERSING"
    house.later(1.4)
    assert house.settlement(told["settlement_id"])["state"] == "REVERSING"
    assert platforms.acquirer.books()["orders"][0]["state"] == "USERPAYING"
    house.later(0.1)

    assert house.settlement(told["settlement_id"])["state"] == "REVERSED"
    assert_undone(house, patient, bill_id)


def test_alipay_may_be_reversed_at_once(house: House, platforms: Platforms) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(10000, "OWN"))
    platforms.acquirer.control("next_pay", outcome="userpaying", polls=9)
    told = house.commit(house.open(patient, [bill_id]), auth_code=ALIPAY_CODE)

    assert house.cancel(told["settlement_id"])["state"] == "REVERSED"
    assert_undone(house, patient, bill_id)


def test_success_after_the_decision_to_reverse_goes_back(
    house: House, platforms: Platforms
) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(10000, "OWN"))
    platforms.acquirer.control("next_pay", outcome="userpaying", polls=1)
    told = house.commit(house.open(patient, [bill_id]))
    house.cancel(told["settlement_id"])
    order_no = told["tenders"][1]["tender_id"]
    for _ in range(3):
        acquirer_says(platforms, "/pay/query", order_no=order_no)
    assert platforms.acquirer.books()["orders"][0]["state"] == "SUCCESS"

    ended = house.to_the_end(told["settlement_id"])

    assert (ended["state"], ended["trouble"]) == ("REVERSED", "left")
    assert platforms.acquirer.books()["orders"][0]["state"] == "REVOKED"
    assert_undone(house, patient, bill_id)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("AUTH_CODE_INVALID", "pay_code_invalid"),
        ("AUTH_CODE_EXPIRED", "pay_code_expired"),
        ("NOT_ENOUGH", "pay_not_enough"),
    ],
)
def test_declined_wallet_is_reversed_with_its_reason(
    house: House, platforms: Platforms, code: str, reason: str
) -> None:
    patient, bill_id, quoted = quoted_whole(house)
    platforms.acquirer.control("next_pay", outcome=f"fail:{code}")

    told = house.commit(quoted)

    assert (told["state"], told["trouble"]) == ("REVERSED", reason)
    assert_undone(house, patient, bill_id)


def test_reversed_bill_can_be_paid_again(house: House, platforms: Platforms) -> None:
    patient, bill_id, quoted = quoted_whole(house)
    platforms.acquirer.control("next_pay", outcome="fail:NOT_ENOUGH")
    house.commit(quoted)

    told = house.commit(house.open(patient, [bill_id]))

    assert told["state"] == "COMPLETED"
    house.assert_world_agrees()


def test_hold_taken_by_its_card_terminal_meanwhile_is_unusable(
    house: House, platforms: Platforms
) -> None:
    patient, _bill_id, quoted = quoted_whole(house)
    hold = platforms.acquirer.books()["holds"][0]
    acquirer_says(platforms, "/pos/holds/complete", auth_code=hold["auth_code"], amount_fen=1)

    path = f"/v1/settlements/{quoted['settlement_id']}/commit"

    assert house.refused(path, commit_body(quoted)) == "hold_unusable"
    assert house.settlement(quoted["settlement_id"])["state"] == "QUOTED"
    assert house.prepaid_fen(patient) == 8000


@SILENCE
def test_hold_refused_at_the_last_moment_reverses_the_insurance(
    house: House, platforms: Platforms
) -> None:
    """The insurance is slow; while it settles the hold is released at its card terminal."""
    patient, bill_id, quoted = quoted_whole(house)
    platforms.insurance.fault("/fsi/2207", "http_500")
    with_doubt = house.commit(quoted)
    assert with_doubt["state"] == "INSURED"
    hold = platforms.acquirer.books()["holds"][0]
    acquirer_says(platforms, "/pos/holds/release", auth_code=hold["auth_code"], amount_fen=None)

    ended = house.to_the_end(quoted["settlement_id"])

    assert (ended["state"], ended["trouble"]) == ("REVERSED", "hold_refused")
    assert [made["state"] for made in platforms.insurance.books()["settlements"]] == ["REVERSED"]
    assert (house.bill_state(bill_id), house.prepaid_fen(patient)) == ("OPEN", 8000)


@SILENCE
def test_insurance_whose_answer_is_lost_is_asked_again_under_the_same_number(
    house: House, platforms: Platforms
) -> None:
    _patient, _bill_id, quoted = quoted_whole(house)
    platforms.insurance.fault("/fsi/2207", "answer_lost")

    told = house.commit(quoted)

    assert told["state"] == "INSURED"
    assert len(platforms.insurance.books()["settlements"]) == 1
    assert house.to_the_end(quoted["settlement_id"])["state"] == "COMPLETED"
    assert len(platforms.insurance.books()["settlements"]) == 1
    house.assert_world_agrees()


@SILENCE
def test_insurance_whose_answer_is_lost_is_undone_when_the_patient_leaves(
    house: House, platforms: Platforms
) -> None:
    patient, bill_id, quoted = quoted_whole(house)
    platforms.insurance.fault("/fsi/2207", "answer_lost")
    house.commit(quoted)

    told = house.cancel(quoted["settlement_id"])

    assert (told["state"], told["trouble"]) == ("CANCELLED", "left")
    assert [made["state"] for made in platforms.insurance.books()["settlements"]] == ["REVERSED"]
    assert_undone(house, patient, bill_id)


@SILENCE
@pytest.mark.parametrize("path", ["/fsi/2601", "/fsi/5203"])
def test_undoing_an_unknown_insurance_waits_until_both_words_are_heard(
    house: House, platforms: Platforms, path: str
) -> None:
    patient, bill_id, quoted = quoted_whole(house)
    platforms.insurance.fault("/fsi/2207", "http_500")
    house.commit(quoted)
    platforms.insurance.fault(path, "http_500")

    assert house.cancel(quoted["settlement_id"])["state"] == "REVERSING"
    assert house.to_the_end(quoted["settlement_id"])["state"] == "CANCELLED"
    assert platforms.insurance.books()["settlements"] == []
    assert_undone(house, patient, bill_id)


def test_insurance_that_refuses_to_settle_reverses(house: House, platforms: Platforms) -> None:
    patient, bill_id, quoted = quoted_whole(house)
    platforms.insurance.control("refuse", infno="2207", err_msg="not today")

    told = house.commit(quoted)

    assert (told["state"], told["trouble"]) == ("CANCELLED", "insurance_refused")
    assert platforms.acquirer.books()["orders"] == []
    assert_undone(house, patient, bill_id)


@SILENCE
def test_insurance_silent_for_long_is_a_persons_case_and_the_bill_stays_locked(
    house: House, platforms: Platforms
) -> None:
    _patient, bill_id, quoted = quoted_whole(house)
    platforms.insurance.fault("/fsi", "http_500", count=1000)
    house.commit(quoted)

    ended = house.to_the_end(quoted["settlement_id"], seconds=20)

    assert (ended["state"], ended["trouble"]) == ("SUSPENSE", "insurance_silent")
    assert house.bill_state(bill_id) == "LOCKED"
    case = house.books()["open_cases"][0]
    assert (case["operation_id"], case["amount_fen"]) == (quoted["settlement_id"], 70000)
    house.later(3600)
    assert house.settlement(quoted["settlement_id"])["state"] == "SUSPENSE"


@SILENCE
def test_wallet_that_never_confirms_a_reversal_is_a_persons_case(
    house: House, platforms: Platforms
) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(10000, "OWN"))
    platforms.acquirer.control("next_reverse", count=1000)
    told = house.commit(house.open(patient, [bill_id]), auth_code=NEVER_CODE)

    ended = house.to_the_end(told["settlement_id"], seconds=10)

    assert (ended["state"], ended["trouble"]) == ("SUSPENSE", "pay_not_confirmed")
    assert house.bill_state(bill_id) == "LOCKED"
    assert len(house.books()["open_cases"]) == 1


def test_reversal_that_must_be_asked_again_is(house: House, platforms: Platforms) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(10000, "OWN"))
    platforms.acquirer.control("next_reverse", count=2)
    told = house.commit(house.open(patient, [bill_id]), auth_code=NEVER_CODE)

    assert house.to_the_end(told["settlement_id"])["state"] == "REVERSED"
    assert_undone(house, patient, bill_id)


def test_balance_another_bill_spent_meanwhile_reverses(house: House) -> None:
    patient = house.person(LI_ID)
    bills = [house.bill(patient, Line(8000, "OWN"), Line(1000, "A")) for _ in range(2)]
    first, second = (house.open(patient, [bill_id]) for bill_id in bills)
    assert tenders(first) == tenders(second) == [("PREPAY_BALANCE", 8000, "PLANNED")]
    assert house.commit(first)["state"] == "COMPLETED"

    told = house.commit(second)

    assert (told["state"], told["trouble"]) == ("REVERSED", "amount_changed")
    assert (house.bill_state(bills[0]), house.bill_state(bills[1])) == ("PAID", "OPEN")
    house.assert_world_agrees()


def test_hold_another_bill_took_meanwhile_is_unusable(house: House) -> None:
    patient = house.person(LI_ID)
    bills = [house.bill(patient, Line(20000, "OWN")) for _ in range(2)]
    house.hold(patient, 30000)
    first, second = (house.open(patient, [bill_id]) for bill_id in bills)
    assert house.commit(first)["state"] == "COMPLETED"

    path = f"/v1/settlements/{second['settlement_id']}/commit"

    assert house.refused(path, commit_body(second)) == "hold_unusable"
    assert house.cancel(second["settlement_id"])["state"] == "CANCELLED"
    house.assert_world_agrees()


@SILENCE
@pytest.mark.parametrize("infno", ["1101", "2206"])
def test_insurance_silent_at_the_quote_unlocks_the_bill(
    house: House, platforms: Platforms, infno: str
) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, *WHOLE_BILL)
    platforms.insurance.fault(f"/fsi/{infno}", "http_500")

    body = settlement_body(patient, [bill_id])

    assert house.refused("/v1/settlements", body) == "insurance_silent"
    assert house.bill_state(bill_id) == "OPEN"


def test_insurance_that_refuses_the_quote_unlocks_the_bill(
    house: House, platforms: Platforms
) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, *WHOLE_BILL)
    platforms.insurance.control("refuse", infno="2206", err_msg="not today")

    body = settlement_body(patient, [bill_id])

    assert house.refused("/v1/settlements", body) == "insurance_refused"
    assert house.bill_state(bill_id) == "OPEN"


def test_quote_nobody_answers_expires_and_unlocks(house: House) -> None:
    patient, bill_id, quoted = quoted_whole(house)

    house.later(300)
    assert house.settlement(quoted["settlement_id"])["state"] == "QUOTED"
    house.later(1)

    told = house.settlement(quoted["settlement_id"])
    assert (told["state"], told["trouble"]) == ("CANCELLED", "not_open")
    assert_undone(house, patient, bill_id)


def test_account_that_shrank_since_the_quote_is_not_settled_otherwise_than_shown(
    house: House, platforms: Platforms
) -> None:
    patient, bill_id, quoted = quoted_whole(house)
    person = {"psn_no": "33030000000000000000000102", "id_number": LI_ID, "name": "李秀芳"}
    code = "ECDEMO0000000000000000LIXF01"
    platforms.insurance.control("add_person", account_fen=100, e_code=code, **person)

    told = house.commit(quoted)

    assert (told["state"], told["trouble"]) == ("REVERSED", "amount_changed")
    assert_undone(house, patient, bill_id)


def test_cancelled_quote_frees_the_bill_and_stays_cancelled(house: House) -> None:
    settlement_id = quoted_whole(house)[2]["settlement_id"]

    told = [house.cancel(settlement_id) for _ in range(2)]

    assert [entry["state"] for entry in told] == ["CANCELLED", "CANCELLED"]
    assert told[0]["bills"] == []
    assert house.books()["settled_fen"] == 0


def test_cancelled_payment_is_taken_back(house: House) -> None:
    settlement_id = house.commit(quoted_whole(house)[2], auth_code=SLOW_CODE)["settlement_id"]

    assert house.cancel(settlement_id)["state"] == "REVERSING"
    assert house.cancel(settlement_id)["state"] == "REVERSING"
    assert house.to_the_end(settlement_id)["state"] == "REVERSED"
    assert house.cancel(settlement_id)["state"] == "REVERSED"
    house.assert_world_agrees()


def test_completed_settlement_is_not_cancelled(house: House) -> None:
    quoted = quoted_whole(house)[2]
    told = house.commit(quoted, auth_code=PAY_CODE)

    path = f"/v1/settlements/{told['settlement_id']}/cancel"

    assert house.refused(path, {"reason": "left"}) == "completed"
    assert house.settlement(told["settlement_id"])["state"] == "COMPLETED"


def test_hold_that_expired_is_not_planned(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(20000, "OWN"))
    house.hold(patient, 30000)
    house.later(31 * 24 * 3600)

    quoted = house.open(patient, [bill_id])

    assert tenders(quoted) == [("PREPAY_BALANCE", 8000, "PLANNED")]
    assert house.get(f"/v1/patients/{patient}/holds")["holds"][0]["state"] == "EXPIRED"
