"""A stay from the doctor's request to discharge: who may do what where, and where money is."""

from __future__ import annotations

import pytest
from backend_bench import Json
from service_bench import CLINIC, KIOSK, LI_ID, WINDOW, House
from visit_bench import (
    DAY_S,
    MOBILE,
    STAY,
    WARD,
    admitted,
    asked_deposit,
    charged,
    notice,
    requested,
    settle,
    told,
)

from settlement_backend.inpatient import deposits, rules
from settlement_backend.ledger import ledger
from settlement_backend.policy.profile import DepositRules
from tests.helpers.ink import DRAWN_JSON

CHANNELS = DepositRules(
    enabled=True, channels=("kiosk", "window", "ward", "mobile"), methods=("SCAN",)
)
OFF = DepositRules(enabled=False, channels=("kiosk",), methods=("SCAN",))


@pytest.mark.parametrize(
    ("state", "admit", "charge", "discharge"),
    [
        ("REQUESTED", "", "not_admitted", "no_discharge_notice"),
        ("ADMITTED", "", "", "no_discharge_notice"),
        ("NOTICED", "admission_over", "not_admitted", ""),
        ("SETTLED", "admission_over", "not_admitted", "no_discharge_notice"),
        ("CANCELLED", "admission_over", "not_admitted", "no_discharge_notice"),
    ],
)
def test_h22_h25_what_a_stay_allows(state: str, admit: str, charge: str, discharge: str) -> None:
    decisions = (rules.may_admit(state), rules.may_charge(state), rules.may_discharge(state))

    assert [one.message_key for one in decisions] == [admit, charge, discharge]
    assert all(one.allow == (one.message_key == "") for one in decisions)


@pytest.mark.parametrize(
    ("channel", "profile", "message"),
    [
        ("kiosk", CHANNELS, ""),
        ("window", CHANNELS, ""),
        ("ward", CHANNELS, ""),
        ("mobile", CHANNELS, ""),
        ("clinic", CHANNELS, "deposit_not_here"),
        ("kiosk", OFF, "deposit_off"),
    ],
)
def test_c14_h24_a_a9_a_a15_deposit_is_paid_where_the_profile_says(
    channel: str, profile: DepositRules, message: str
) -> None:
    told_word = rules.may_pay_deposit(channel, profile)

    assert (told_word.allow, told_word.message_key) == (message == "", message)


@pytest.mark.parametrize(
    ("state", "profile", "message"),
    [
        ("REQUESTED", CHANNELS, ""),
        ("ADMITTED", CHANNELS, ""),
        ("NOTICED", CHANNELS, "admission_over"),
        ("ADMITTED", OFF, "deposit_off"),
    ],
)
def test_h23_deposit_is_asked_for_while_the_stay_lasts(
    state: str, profile: DepositRules, message: str
) -> None:
    told_word = rules.may_ask_deposit(state, profile)

    assert (told_word.allow, told_word.message_key) == (message == "", message)


def stay_bill(house: House, admission_id: str) -> Json:
    told_bill: Json = house.get(f"/v1/admissions/{admission_id}")["bill"]
    return told_bill


def deposit_fen(house: House, admission_id: str) -> int:
    with house.service.db.read() as session:
        return deposits.balance_fen(session, admission_id)


@pytest.mark.parametrize("token", [KIOSK, WINDOW, WARD, MOBILE])
def test_h22_a_a8_a_a14_requested_stay_is_admitted_anywhere(house: House, token: str) -> None:
    patient = house.person(LI_ID)
    made = requested(house, patient)
    path = f"/v1/admissions/{made['admission_id']}/admit"

    told_now = [house.done(path, {}, token=token) for _ in range(2)]

    assert (made["state"], made["slip"]) == ("REQUESTED", None)
    assert {one["state"] for one in told_now} == {"ADMITTED"}
    assert told_now[0]["slip"] == told_now[1]["slip"]
    assert told(house, patient) == ["admission_requested", "admitted"]


def test_one_person_has_one_open_stay(house: House) -> None:
    patient = house.person(LI_ID)
    made = requested(house, patient)

    body = {"patient_id": patient, **STAY}
    assert house.refused("/v1/admissions", body, token=CLINIC) == "already_admitted"
    house.done(
        f"/v1/admissions/{made['admission_id']}/cancel", {"reason": "went home"}, token=CLINIC
    )
    assert requested(house, patient)["state"] == "REQUESTED"


def test_nobody_but_a_doctor_asks_for_a_stay_or_a_deposit(house: House) -> None:
    admission_id = admitted(house, house.person(LI_ID))
    path = f"/v1/admissions/{admission_id}/deposit-requests"

    for token in (KIOSK, WINDOW, MOBILE):
        assert house.post(path, {"amount_fen": 100000}, token=token).status_code == 401
        body = {"patient_id": "P", **STAY}
        assert house.post("/v1/admissions", body, token=token).status_code == 401


@pytest.mark.parametrize("token", [KIOSK, WINDOW, WARD])
def test_h24_s39_deposit_of_the_requests_amount_is_kept_for_the_stay(
    house: House, token: str
) -> None:
    patient = house.person(LI_ID)
    admission_id = admitted(house, patient)
    bill = asked_deposit(house, admission_id, 200000)
    assert (bill["kind"], bill["total_fen"]) == ("DEPOSIT", 200000)

    paid = settle(house, patient, bill, token=token)

    assert paid["state"] == "COMPLETED"
    parts = {part["kind"]: part["amount_fen"] for part in paid["components"]}
    assert parts["SELF_PAY"] == 200000
    assert deposit_fen(house, admission_id) == 200000
    told_stay = house.get(f"/v1/admissions/{admission_id}")
    assert told_stay["deposit_fen"] == 200000
    receipt = house.get(f"/v1/slips/{paid['slip']['slip_id']}/receipt", token=token)
    assert receipt["title"]["en"] == "Inpatient deposit slip"


def test_c14_outpatient_ban_and_prepaid_balance_have_no_part_in_a_deposit(house: House) -> None:
    patient = house.person(LI_ID)
    prepaid = house.prepaid_fen(patient)
    bill = asked_deposit(house, admitted(house, patient), 50000)

    paid = settle(house, patient, bill)

    assert paid["state"] == "COMPLETED"
    assert [tender["kind"] for tender in paid["tenders"]] == ["SCAN"]
    assert house.prepaid_fen(patient) == prepaid


def test_deposit_is_spent_once_under_a_name_and_never_below_zero(house: House) -> None:
    admission_id = admitted(house, house.person(LI_ID))
    now = house.clock.now()
    with house.service.db.write() as session:
        deposits.collect(session, admission_id, 1000, "take/d1", "outside:cash", now)
        deposits.collect(session, admission_id, 1000, "take/d1", "outside:cash", now)
        spent = [
            deposits.spend(session, admission_id, 700, name, "settling:S1", now)
            for name in ("take/s1", "take/s1", "take/s2")
        ]
        deposits.collect(session, admission_id, 700, "return/s1", "settling:S1", now)

        assert spent == [True, True, False]
        assert deposits.balance_fen(session, admission_id) == 1000
        assert ledger.balanced(session)


def test_h25_stay_is_settled_after_the_notice_only(house: House) -> None:
    patient = house.person(LI_ID)
    admission_id = admitted(house, patient)
    charged(house, admission_id, "BED", "NURSE", "AMLO")
    open_bill = stay_bill(house, admission_id)
    body = {
        "patient_id": patient,
        "bills": [{"bill_id": open_bill["bill_id"], "version": open_bill["version"]}],
    }
    assert house.refused("/v1/settlements", body) == "no_discharge_notice"

    noticed = notice(house, admission_id)
    paid = settle(house, patient, noticed["bill"])

    assert (paid["state"], paid["total_fen"]) == ("COMPLETED", 9640)
    assert house.get(f"/v1/admissions/{admission_id}")["state"] == "SETTLED"
    assert "discharged" in told(house, patient)
    receipt = house.get(f"/v1/slips/{paid['slip']['slip_id']}/receipt")
    assert receipt["title"]["en"] == "Discharge settlement slip"


@pytest.mark.parametrize("token", [KIOSK, WINDOW, WARD, MOBILE])
def test_a_a10_a_a16_l05_stay_is_settled_out_of_its_deposit_anywhere(
    house: House, token: str
) -> None:
    patient = house.person(LI_ID)
    admission_id = admitted(house, patient)
    settle(house, patient, asked_deposit(house, admission_id, 100000))
    charged(house, admission_id, "BED", "NURSE")

    paid = settle(house, patient, notice(house, admission_id)["bill"], token=token)

    assert paid["state"] == "COMPLETED"
    self_pay = {part["kind"]: part["amount_fen"] for part in paid["components"]}["SELF_PAY"]
    assert deposit_fen(house, admission_id) == 100000 - self_pay


def test_notice_ends_charges_and_unpaid_deposit_requests(house: House) -> None:
    admission_id = admitted(house, house.person(LI_ID))
    asked = asked_deposit(house, admission_id, 100000)
    charged(house, admission_id, "BED")

    noticed = [notice(house, admission_id) for _ in range(2)]

    assert {one["state"] for one in noticed} == {"NOTICED"}
    assert house.bill_state(asked["bill_id"]) == "CANCELLED"
    body = {
        "day": house.clock.now().date().isoformat(),
        "items": [{"code": "BED", "quantity": 1}],
    }
    path = f"/v1/admissions/{admission_id}/charges"
    assert house.refused(path, body, token=WARD) == "not_admitted"


def test_stay_without_a_charge_is_over_with_the_notice(house: House) -> None:
    admission_id = admitted(house, house.person(LI_ID))

    assert notice(house, admission_id)["state"] == "SETTLED"


def test_l06_signed_sheet_is_kept_once(house: House) -> None:
    patient = house.person(LI_ID)
    admission_id = admitted(house, patient)
    charged(house, admission_id, "BED")
    paid = settle(house, patient, notice(house, admission_id)["bill"], token=WINDOW)
    path = f"/v1/settlements/{paid['settlement_id']}/signature"
    assert house.ask("GET", path, token=WINDOW).status_code == 404

    signed = house.done(path, {"signature": DRAWN_JSON}, token=WINDOW)

    assert (signed["way"], signed["terminal_id"]) == ("PAD", "W07")
    assert house.get(path, token=WARD) == signed
    assert house.refused(path, {"signature": None}, token=WARD) == "already_signed"


def test_h25_a_a10_sheet_is_signed_at_the_kiosk_that_settled_and_read_at_a_counter(
    house: House,
) -> None:
    patient = house.person(LI_ID)
    admission_id = admitted(house, patient)
    charged(house, admission_id, "BED")
    paid = settle(house, patient, notice(house, admission_id)["bill"], token=KIOSK)
    path = f"/v1/settlements/{paid['settlement_id']}/signature"

    signed = house.done(path, {"signature": DRAWN_JSON}, token=KIOSK)

    assert (signed["way"], signed["terminal_id"]) == ("PAD", "K01")
    assert house.ask("GET", path, token=KIOSK).status_code == 401
    assert house.get(path, token=WINDOW) == signed


def test_l06_unsettled_sheet_is_not_signed(house: House) -> None:
    patient = house.person(LI_ID)
    quoted = house.open(
        patient, [house.get(f"/v1/patients/{patient}/bills")["bills"][0]["bill_id"]]
    )
    path = f"/v1/settlements/{quoted['settlement_id']}/signature"

    assert house.refused(path, {"signature": None}, token=WINDOW) == "not_settled"


def test_bed_is_the_wards_word(house: House) -> None:
    admission_id = admitted(house, house.person(LI_ID))
    path, body = f"/v1/admissions/{admission_id}/bed", {"ward": STAY["ward"], "bed": "12"}

    assert house.done(path, body, token=WARD)["bed"] == "12"
    assert house.post(path, body, token=KIOSK).status_code == 401
    house.clock.pass_seconds(DAY_S)
    (listed,) = house.get(f"/v1/patients/{house.person(LI_ID)}/admissions")["admissions"]
    assert (listed["admission_id"], listed["display_name"]) == (admission_id, "李*芳")
