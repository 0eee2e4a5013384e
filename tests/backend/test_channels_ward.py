"""A stay from the phone and the bed: admission, deposits, daily list, settlement, the rest back."""

from __future__ import annotations

from datetime import timedelta

from backend_bench import Json
from channel_clients import Hospital
from people_bench import ACCEPTED, medium
from service_bench import LI_ID, House, components, tenders
from visit_bench import STAY, WARD


def admitted(hospital: Hospital) -> tuple[str, str]:
    """The doctor asks for a stay; the patient registers it on the phone, at home (A.a14)."""
    patient = hospital.house.person(LI_ID)
    asked = hospital.clinic.done("/v1/admissions", {"patient_id": patient, **STAY})
    assert "admission_requested" in hospital.phone.notices(patient)
    path = f"/v1/admissions/{asked['admission_id']}/admit"
    told = hospital.phone.done(path, {})
    assert (told["state"], told["slip"] is not None) == ("ADMITTED", True)
    return patient, str(asked["admission_id"])


def deposited(hospital: Hospital, patient: str, admission_id: str, amount_fen: int) -> Json:
    """What the doctor asked for, paid on line."""
    hospital.ward.ask_deposit(admission_id, amount_fen)
    (waiting,) = [
        asked["bill"]
        for asked in hospital.phone.stay(patient)["deposit_requests"]
        if asked["state"] == "OPEN"
    ]
    assert waiting["total_fen"] == amount_fen
    return hospital.scan(hospital.phone.pay_on_line(patient, [waiting]), payer="李秀芳")


def test_h22_h23_h24_a_a14_a_a15_admission_and_deposit_from_the_phone(house: House) -> None:
    hospital = Hospital(house)
    patient, admission_id = admitted(hospital)

    paid = deposited(hospital, patient, admission_id, 60000)

    assert (paid["state"], paid["kind"]) == ("COMPLETED", "DEPOSIT")
    stay = hospital.phone.stay(patient)
    assert (stay["deposit_fen"], stay["pay_deposit"]["allow"]) == (60000, True)
    assert paid["slip"] is not None
    seen = house.done("/v1/slips/resolve", {"text": paid["slip"]["qr_text"]})
    assert seen["settlement_id"] == paid["settlement_id"]
    assert {"admitted", "deposit_requested", "deposit_paid"} <= set(hospital.phone.notices(patient))
    house.assert_world_agrees()


def test_l04_l05_h25_a_a11_h26_settled_at_the_bed_and_the_rest_goes_back(house: House) -> None:
    hospital = Hospital(house)
    patient, admission_id = admitted(hospital)
    deposited(hospital, patient, admission_id, 60000)
    charged = hospital.ward.charge(admission_id, "BED", "NURSE", "ECHO")
    day = house.clock.now().date().isoformat()
    path = f"/v1/admissions/{admission_id}/daily-list?day={day}"
    listed = hospital.phone.get(path)
    assert (listed["day_fen"], listed["deposit_fen"]) == (charged["day_fen"], 60000)
    bill = hospital.ward.give_notice(admission_id)

    settled = hospital.ward.commit(hospital.ward.quote(patient, [bill]))

    assert (settled["state"], tenders(settled)[0][0]) == ("COMPLETED", "DEPOSIT")
    own_fen = components(settled)["SELF_PAY"]
    assert hospital.phone.stay(patient)["state"] == "SETTLED"
    body = {"admission_id": admission_id, "reason": "discharged"}
    for channel in (hospital.phone, hospital.kiosk):
        assert channel.refused("/v1/refunds/deposits", body) == "refund.elsewhere"
    assert hospital.ward.not_allowed("/v1/refunds/deposits", body)

    (refund,) = hospital.staffed_ward().done("/v1/refunds/deposits", body)["refunds"]
    told = hospital.window.pay_back(refund["refund_id"])

    assert (told["state"], told["total_fen"]) == ("PAID", 60000 - own_fen)
    assert {"discharged", "refund_accepted", "refund_paid"} <= set(hospital.phone.notices(patient))
    house.assert_world_agrees()


def test_a_a16_l05_stay_is_settled_on_line_when_the_deposit_is_not_enough(house: House) -> None:
    hospital = Hospital(house)
    patient, admission_id = admitted(hospital)
    deposited(hospital, patient, admission_id, 2000)
    hospital.ward.charge(admission_id, "BED", "HYAL", "HYAL")
    open_bill = hospital.phone.stay(patient)["bill"]
    assert hospital.phone.refused_quote(patient, [open_bill])[0] == "no_discharge_notice"
    hospital.ward.give_notice(admission_id)

    bill = hospital.phone.stay(patient)["bill"]
    paid = hospital.scan(hospital.phone.pay_on_line(patient, [bill]), payer="李秀芳")

    assert paid["state"] == "COMPLETED"
    assert [kind for kind, _fen, _state in tenders(paid)][:1] == ["DEPOSIT"]
    assert [kind for kind, _fen, _state in tenders(paid)][-1:] == ["REMOTE"]
    assert hospital.ward.refused_quote(patient, [bill])[0] == "bill_paid"
    stay = house.get(f"/v1/admissions/{admission_id}", token=WARD)
    assert (stay["state"], stay["deposit_fen"]) == ("SETTLED", 0)
    house.assert_world_agrees()


def test_l03_stay_of_somebody_insured_elsewhere_needs_the_referral_bound_on_the_phone(
    house: House,
) -> None:
    hospital = Hospital(house)
    phone, ward = hospital.phone, hospital.ward
    code = medium("EC_CODE", "ECDEMO0000000000000000WUHT01")
    body = {**code, "phone": "13700000000", "consent": ACCEPTED}
    patient = str(phone.done("/v1/people/first-visit", body)["patient_id"])
    asked = hospital.clinic.done("/v1/admissions", {"patient_id": patient, **STAY})
    phone.done(f"/v1/admissions/{asked['admission_id']}/admit", {})
    ward.charge(asked["admission_id"], "BED", "ECHO")
    bill = ward.give_notice(asked["admission_id"])
    assert phone.refused_quote(patient, [bill])[0] == "insurance_refused"

    today = house.clock.now().date()
    slip = {
        "slip_no": "ZZ20261",
        "from_region": "340100",
        "valid_from": today.isoformat(),
        "valid_to": (today + timedelta(days=90)).isoformat(),
    }
    phone.done(f"/v1/patients/{patient}/insurance-referrals", slip)
    told = phone.pay_on_line(patient, [bill])
    paid = hospital.scan(told, payer="何静") if told["state"] == "PAYING" else told

    assert (paid["state"], phone.stay(patient)["state"]) == ("COMPLETED", "SETTLED")
    told = phone.get(f"/v1/settlements/{paid['settlement_id']}/insurance")
    assert (told["treatment"], told["total_fen"]) == ("21", bill["total_fen"])
    house.assert_world_agrees()
