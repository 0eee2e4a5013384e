"""Thirty-one days of somebody who does not pay, and the way back (N06, N13-N15, C16)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from backend_bench import PAY_CODE
from deferral_bench import (
    DAY_S,
    HOUR_S,
    account,
    bind,
    count,
    end_visit,
    entries,
    first_visit,
    ordered,
    pay,
    registered,
    sign_path,
    signed,
    visit,
)
from service_bench import KIOSK, LI_ID, WINDOW, House
from staff_bench import SUPERVISOR, sign_in
from visit_bench import MOBILE, paid, told
from visit_bench import ordered as ordered_by_the_doctor

from settlement_backend.demo.plant import plant

pytestmark = pytest.mark.both_databases

# HBA1C 65.00 and LIPID 36.00
OPEN_FEN = 10100


def test_n13_n14_n15_thirty_one_days_and_the_way_back(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id = str(paid(house, patient)["registration_id"])
    signed(house, patient)
    made = ordered_by_the_doctor(house, visit_id, "HBA1C", "LIPID")
    bills = [str(bill["bill_id"]) for bill in made]
    house.later(5)
    now = first_visit(house, patient)
    assert (now["state"], now["open_fen"], now["due_at"]) == ("ACCUMULATING", OPEN_FEN, "")

    end_visit(house, visit_id)
    assert first_visit(house, patient)["state"] == "DUE"
    assert told(house, patient).count("deferral_due") == 1

    house.later(24 * HOUR_S - 5)  # exactly 24 hours after the end: in time
    assert first_visit(house, patient)["state"] == "DUE"
    assert count(house, patient, "deferral_overdue") == 0

    house.later(5)
    assert first_visit(house, patient)["state"] == "OVERDUE"
    assert count(house, patient, "deferral_overdue") == 1
    assert entries(house.platforms) == []

    house.later(30 * DAY_S - 5)  # exactly 30 days after it was due: not over
    assert first_visit(house, patient)["state"] == "OVERDUE"
    assert account(house, patient)["state"] == "SIGNED"

    house.later(5)
    suspended = account(house, patient)
    assert (suspended["state"], suspended["visits"][0]["state"]) == ("SUSPENDED", "SUSPENDING")
    reference = suspended["credit"]["suspensions"][0]["reference"]
    assert entries(house.platforms) == [(reference, OPEN_FEN, "STANDING")]
    assert count(house, patient, "deferral_suspended") == 1
    for _ in range(3):
        house.later(DAY_S)
    assert count(house, patient, "deferral_overdue") == 1
    assert entries(house.platforms) == [(reference, OPEN_FEN, "STANDING")]

    desk = sign_in(house, SUPERVISOR)
    confirm = f"/v1/deferral/suspensions/{reference}/confirm-repair"
    assert desk.refused(confirm, {}) == "not_paid"
    pay(house, patient, *bills)
    house.later(5)
    assert account(house, patient)["credit"]["suspensions"][0]["lacks"] == ["REPAIR_CONFIRMED"]
    assert account(house, patient)["state"] == "SUSPENDED"

    assert desk.done(confirm, {})["lacks"] == []
    house.later(5)
    repaired = account(house, patient)
    assert (repaired["state"], repaired["open_fen"]) == ("REPAIRED", 0)
    assert entries(house.platforms) == [(reference, OPEN_FEN, "REPAIRED")]
    assert count(house, patient, "deferral_repaired") == 1


def test_n15_somebody_suspended_pays_every_new_bill_at_once(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, _ = visit(house, patient, "HBA1C")
    end_visit(house, visit_id)
    house.later(31 * DAY_S)
    house.later(5)
    assert account(house, patient)["state"] == "SUSPENDED"

    with house.service.db.write() as session:
        plant(session, house.clock.now())
    bill = ordered(house, registered(house, patient), "LIPID")[0]

    decision = house.get(f"/v1/bills/{bill}/deferral")
    assert (decision["allow"], decision["rule_id"]) == (False, "N15")
    assert len(account(house, patient)["visits"]) == 1
    pay(house, patient, bill)


def test_n06_n13_one_payment_in_time_ends_it(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, bills = visit(house, patient, "HBA1C", "LIPID")
    end_visit(house, visit_id)

    settled = pay(house, patient, *bills)
    house.later(2 * DAY_S)

    ended = first_visit(house, patient)
    assert (ended["state"], ended["open_fen"]) == ("PAID", 0)
    assert [r["settlement_id"] for r in ended["repayments"]] == [settled["settlement_id"]]
    assert ended["repayments"][0]["amount_fen"] == OPEN_FEN
    assert count(house, patient, "deferral_overdue") == 0


def test_w10_kiosk_shows_bills_what_is_owed_until_when_and_repayments(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, bills = visit(house, patient, "HBA1C", "LIPID")
    end_visit(house, visit_id)
    settled = pay(house, patient, bills[0])
    house.later(5)

    told_now = account(house, patient, token=KIOSK)

    (shown,) = told_now["visits"]
    assert {bill["bill_id"]: bill["state"] for bill in shown["bills"]} == {
        bills[0]: "PAID",
        bills[1]: "OPEN",
    }
    assert (told_now["open_fen"], shown["open_fen"]) == (3600, 3600)
    ended = datetime.fromisoformat(shown["started_at"])
    assert datetime.fromisoformat(shown["due_at"]) - ended == timedelta(hours=24)
    assert [r["settlement_id"] for r in shown["repayments"]] == [settled["settlement_id"]]


@pytest.mark.parametrize(
    ("token", "tender", "code"),
    [(KIOSK, "SCAN", PAY_CODE), (WINDOW, "CASH", ""), (MOBILE, "BOUND_DEBIT", "")],
)
def test_n07_waiting_bills_are_paid_at_kiosk_window_and_phone(
    house: House, token: str, tender: str, code: str
) -> None:
    patient = house.person(LI_ID)
    bind(house, patient)
    visit_id, bills = visit(house, patient, "HYAL", "HYAL")
    end_visit(house, visit_id)

    settled = house.commit(house.open(patient, bills, token=token), tender, code, token=token)
    house.later(5)

    last = settled["tenders"][-1]
    assert (last["kind"], last["amount_fen"]) == (tender, 2520)
    assert first_visit(house, patient)["state"] == "PAID"


def test_n11_a_part_paid_early_leaves_the_rest_waiting(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, bills = visit(house, patient, "HBA1C", "LIPID")

    pay(house, patient, bills[0])
    house.later(5)
    part = first_visit(house, patient)
    assert (part["state"], part["open_fen"]) == ("ACCUMULATING", 3600)
    assert account(house, patient)["state"] == "SIGNED"

    pay(house, patient, bills[1])
    house.later(5)
    assert first_visit(house, patient)["state"] == "ACCUMULATING"  # more may be ordered

    ordered(house, visit_id, "ECG12")
    assert first_visit(house, patient)["open_fen"] == 3200


def test_a_visit_that_no_doctor_ends_is_over_with_its_day(house: House) -> None:
    patient = house.person(LI_ID)
    visit(house, patient, "HBA1C")

    house.later(14 * HOUR_S - 6)
    assert first_visit(house, patient)["state"] == "ACCUMULATING"
    house.later(6)

    due = first_visit(house, patient)
    assert due["state"] == "DUE"
    assert due["started_at"][11:19] == "00:00:00"


def test_nobody_is_reminded_while_a_payment_is_open(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, bills = visit(house, patient, "HBA1C")
    end_visit(house, visit_id)
    house.clock.pass_seconds(24 * HOUR_S)
    quoted = house.open(patient, bills)

    house.later(5)
    assert count(house, patient, "deferral_overdue") == 0
    house.cancel(quoted["settlement_id"])
    house.later(5)

    assert count(house, patient, "deferral_overdue") == 1


@pytest.mark.expects_warnings("settlement_backend.base.outside")
def test_c16_a_silent_city_is_told_later_and_a_person_knows(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, bills = visit(house, patient, "HBA1C")
    end_visit(house, visit_id)
    house.platforms.city.fault("/credit/suspend", "silent", 3)
    house.later(31 * DAY_S)
    house.later(5)
    assert entries(house.platforms) == []
    assert account(house, patient)["state"] == "SUSPENDED"  # here it counts at once
    assert house.refused(sign_path(patient), {"version": "2026-01"}) == "deferral.already_signed"

    house.later(5 * 60)
    assert [case["operation_id"] for case in house.books()["open_cases"]] != []
    house.later(HOUR_S)

    assert [entry[1:] for entry in entries(house.platforms)] == [(6500, "STANDING")]
    pay(house, patient, *bills)


@pytest.mark.expects_warnings("settlement_backend.base.outside")
def test_a_lost_answer_of_the_city_makes_one_entry(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, _ = visit(house, patient, "HBA1C")
    end_visit(house, visit_id)
    house.platforms.city.fault("/credit/suspend", "answer_lost", 1)
    house.later(31 * DAY_S)
    house.later(5)
    house.later(5)
    house.later(5)

    assert [entry[1:] for entry in entries(house.platforms)] == [(6500, "STANDING")]
