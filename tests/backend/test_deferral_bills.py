"""Which bills wait, and which are paid at once (N06, N08, N28, C15)."""

from __future__ import annotations

from deferral_bench import (
    account,
    cancelled,
    decisions,
    end_visit,
    first_visit,
    ordered,
    pay,
    visit,
)
from service_bench import CLINIC, KIOSK, LI_ID, House
from visit_bench import EXAM, PHARMACY

EXCLUDED = ("ILLEGAL_ACT", "ABORTION_NON_MEDICAL", "THIRD_PARTY_LIABILITY", "OTHER_UNSUITABLE")


def state_liability(house: House, registration_id: str, liability: str) -> None:
    body = {"scene": "EMERGENCY", "liability": liability}
    house.done(f"/v1/visits/{registration_id}/facts", body, token=CLINIC)
    house.later(5)


def test_n06_a_desk_may_carry_out_what_waits(house: House) -> None:
    patient = house.person(LI_ID)
    _, bills = visit(house, patient, "HBA1C")

    for token in (KIOSK, EXAM, PHARMACY, CLINIC):
        decision = house.get(f"/v1/bills/{bills[0]}/deferral", token=token)
        assert (decision["allow"], decision["rule_id"]) == (True, "N06")

    assert len(decisions(house, "may_defer")) == 4


def test_n08_an_excluded_bill_is_paid_now_and_the_others_wait(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, waiting = visit(house, patient, "HBA1C")

    for exclusion in EXCLUDED:
        bill = ordered(house, visit_id, "ECG12", exclusion=exclusion)[0]
        decision = house.get(f"/v1/bills/{bill}/deferral")
        assert (decision["rule_id"], decision["needs"]) == ("N08", [exclusion])

    assert [told["bill_id"] for told in first_visit(house, patient)["bills"]] == waiting
    pay(house, patient, bill)


def test_c15_an_emergency_waits_and_a_liability_ends_it(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, bills = visit(house, patient, "HBA1C")
    state_liability(house, visit_id, "")
    assert house.get(f"/v1/bills/{bills[0]}/deferral")["allow"]

    state_liability(house, visit_id, "THIRD_PARTY_LIABILITY")

    assert house.get(f"/v1/bills/{bills[0]}/deferral")["rule_id"] == "N08"
    told = first_visit(house, patient)
    assert (told["open_fen"], [bill["waits"] for bill in told["bills"]]) == (0, [False])


def test_fees_of_other_kinds_and_of_earlier_bills_do_not_wait(house: House) -> None:
    patient = house.person(LI_ID)
    earlier = house.get(f"/v1/patients/{patient}/bills")["bills"][0]["bill_id"]
    _, bills = visit(house, patient, "HBA1C")

    told = first_visit(house, patient)

    assert [bill["bill_id"] for bill in told["bills"]] == bills
    assert account(house, patient)["open_fen"] == 6500
    assert house.get(f"/v1/bills/{earlier}/deferral")["message_key"] == "deferral.pay_now"


def test_a_bill_that_came_after_the_end_has_the_same_time(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, bills = visit(house, patient, "HBA1C")
    end_visit(house, visit_id)
    due = first_visit(house, patient)["due_at"]
    pay(house, patient, *bills)
    house.later(5)
    assert first_visit(house, patient)["state"] == "PAID"

    ordered(house, visit_id, "LIPID")
    house.later(5)

    told = first_visit(house, patient)
    assert (told["state"], told["open_fen"], told["due_at"]) == ("DUE", 3600, due)
    assert told["paid_at"] == ""


def test_a_later_end_does_not_move_a_clock_that_runs(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, _ = visit(house, patient, "HBA1C")
    house.later(14 * 3600)
    started = first_visit(house, patient)["started_at"]

    end_visit(house, visit_id)

    assert first_visit(house, patient)["started_at"] == started


def test_a_cancelled_agreement_keeps_its_clock(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, _ = visit(house, patient, "HBA1C")
    cancelled(house, patient)
    end_visit(house, visit_id)

    house.later(24 * 3600)

    assert first_visit(house, patient)["state"] == "OVERDUE"
