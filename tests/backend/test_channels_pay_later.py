"""Paying after the visit, from the phone only: sign, be treated, pay once, cancel."""

from __future__ import annotations

from channel_clients import WANG_CODE, Hospital
from service_bench import LI_ID, House, components, new_key
from visit_bench import MOBILE

# A test of 65.00 that the insurance pays most of, and two bottles of 52.60 that it does not.
ITEMS = ("HBA1C", "HYAL", "HYAL")
OPEN_FEN = 6500 + 2 * 5260


def test_n01_n05_n07_signed_treated_and_paid_once_on_the_phone(house: House) -> None:
    hospital = Hospital(house)
    phone, kiosk, patient = hospital.phone, hospital.kiosk, house.register_wang()
    page = phone.get(f"/v1/patients/{patient}/deferral/signing")
    assert page["decision"]["message_key"] == "deferral.register_first"
    visit_id = kiosk.register(patient)

    signature = phone.sign_to_pay_later(patient)
    assert (signature["state"], signature["signer"], signature["terminal_id"]) == (
        "SIGNED",
        "PATIENT",
        "MOBILE",
    )
    hospital.clinic.order(visit_id, *ITEMS)
    hospital.a_minute_later()
    assert hospital.exam.identify("EC_CODE", WANG_CODE) == patient
    hospital.exam.carry_out(patient)
    assert len(hospital.pharmacy.carry_out(patient)) == 2
    hospital.clinic.end(visit_id)
    hospital.a_minute_later()

    (visit,) = phone.get(f"/v1/patients/{patient}/deferral")["visits"]
    assert (visit["state"], visit["open_fen"]) == ("DUE", OPEN_FEN)
    assert {"deferral_signed", "visit_ended", "deferral_due"} <= set(phone.notices(patient))
    paid = hospital.scan(phone.pay_on_line(patient, visit["bills"]), payer="王建国")
    hospital.a_minute_later()

    assert (paid["state"], paid["total_fen"]) == ("COMPLETED", OPEN_FEN)
    assert components(paid)["SELF_PAY"] < OPEN_FEN
    account = phone.get(f"/v1/patients/{patient}/deferral")
    assert (account["visits"][0]["state"], account["open_fen"]) == ("PAID", 0)
    assert kiosk.refused_quote(patient, visit["bills"])[0] == "bill_paid"
    house.assert_world_agrees()


def test_n05_n12_cancelled_on_the_phone_what_waits_stays_due(house: House) -> None:
    hospital = Hospital(house)
    phone, patient = hospital.phone, house.register_wang()
    visit_id = hospital.kiosk.register(patient)
    phone.sign_to_pay_later(patient)
    (bill,) = hospital.clinic.order(visit_id, "HYAL")
    hospital.a_minute_later()
    assert hospital.pharmacy.tasks(patient) == [("Sodium hyaluronate drops 5 ml", True)]

    ended = phone.done(f"/v1/patients/{patient}/deferral/cancel", {})

    assert ended["state"] == "CANCELLED"
    hospital.clinic.order(visit_id, "AMLO")
    hospital.a_minute_later()
    assert ("Amlodipine 5 mg × 28", False) in hospital.pharmacy.tasks(patient)
    account = phone.get(f"/v1/patients/{patient}/deferral")
    waiting = [each["bill_id"] for each in account["visits"][0]["bills"]]
    assert waiting == [bill["bill_id"]]
    path = f"/v1/patients/{patient}/deferral/cancel"
    assert phone.refused(path, {}) == "not_signed"


def test_l13_h07_h08_agreement_with_a_bank_is_opened_by_a_code_and_signed_there(
    house: House,
) -> None:
    hospital = Hospital(house)
    phone, patient, key = hospital.phone, house.person(LI_ID), new_key()
    body = {"patient_id": patient, "product": "BANK_CREDIT_LINE"}
    asked = phone.done("/v1/agreements", body, key=key)
    assert (asked["state"], asked["code_url"][:8]) == ("WAITING", "https://")
    house.platforms.acquirer.control(
        "sign_credit", contract_no="CL0009", id_number=LI_ID, owner="李秀芳", limit_fen=100_000
    )

    found = phone.done(f"/v1/patients/{patient}/agreements/find", {})["agreements"]

    signed = [each for each in found if each["state"] == "SIGNED"]
    assert [(each["kind"], each["form"], each["risk_bearer"]) for each in signed] == [
        ("CREDIT_LINE", "DIGITAL", "BANK")
    ]
    visit_id = hospital.kiosk.register(patient)
    hospital.clinic.order(visit_id, "HYAL")
    told = phone.commit(phone.quote(patient, phone.bills(patient)), "CREDIT_LINE")
    assert told["state"] == "COMPLETED"
    assert house.get(f"/v1/agreements/{signed[0]['agreement_id']}", token=MOBILE)["left_fen"] < (
        100_000
    )
    house.assert_world_agrees()
