"""The end of a visit in the doctor's room: what somebody signed for is taken there, once."""

from __future__ import annotations

import pytest
from channel_clients import Hospital
from service_bench import LI_ID, ZHOU_ID, House, new_key, tenders
from tender_bench import CONTRACT, lend

# Two bottles of 52.60 that no insurance pays for.
ITEMS = ("HYAL", "HYAL")


def test_h16_a_b3_w07_credit_patient_is_debited_at_the_end_of_the_visit(house: House) -> None:
    hospital = Hospital(house)
    clinic, kiosk = hospital.clinic, hospital.kiosk
    patient = kiosk.identify("ID_CARD", LI_ID)
    lend(house, patient)
    kiosk.pay(patient, kiosk.bills(patient))
    visit_id = kiosk.register(patient)
    bills = clinic.order(visit_id, *ITEMS)
    clinic.end(visit_id)

    settled = clinic.settle(visit_id)

    assert settled["state"] == "COMPLETED"
    assert tenders(settled)[-1][0] == "CREDIT_LINE"
    assert sum(fen for _kind, fen, _state in tenders(settled)) == 2 * 5260
    assert kiosk.refused_quote(patient, bills) == ("bill_paid", "")
    assert kiosk.bills(patient) == []
    assert clinic.refused(f"/v1/visits/{visit_id}/automatic-settlement", {}) == "nothing_to_settle"
    assert hospital.phone.notices(patient).count("settled") == 3
    contract = house.platforms.acquirer.books()["contracts"][0]
    assert (contract["contract_no"], contract["confirmed"]) == (CONTRACT, True)
    house.assert_world_agrees()


def test_w01_w02_w05_w07_payers_account_is_debited_and_both_are_told(house: House) -> None:
    hospital = Hospital(house)
    phone, clinic = hospital.phone, hospital.clinic
    patient, payer = house.person(LI_ID), house.person(ZHOU_ID)
    key = new_key()
    body = {"patient_id": patient, "product": "BOUND_DEBIT", "payer_id": payer}
    unknown = {**body, "payer_id": "nobody"}
    assert house.post("/v1/agreements", unknown, token=phone.token).status_code == 404
    assert phone.done("/v1/agreements", body, key=key)["state"] == "WAITING"
    house.platforms.acquirer.control(
        "sign_agreement", reference=key, channel="ALIPAY", payer="周明华"
    )
    hospital.a_minute_later()
    (mine,) = phone.get(f"/v1/patients/{patient}/agreements")["agreements"]
    assert (mine["state"], mine["payer"]) == ("SIGNED", "周**")
    visit_id = hospital.kiosk.register(patient)
    bills = clinic.order(visit_id, *ITEMS)
    clinic.end(visit_id)

    settled = clinic.settle(visit_id)

    assert tenders(settled)[-1][0] == "BOUND_DEBIT"
    assert settled["tenders"][-1]["payer"].startswith("周")
    assert phone.notices(payer) == ["paid_for"]
    assert {"agreement_signed", "ordered", "visit_ended", "settled"} <= set(phone.notices(patient))
    assert hospital.kiosk.refused_quote(patient, bills) == ("bill_paid", "")
    ended = phone.done(f"/v1/agreements/{key}/cancel", {"reason": "asked by the payer"})
    assert ended["state"] == "CANCELLED"
    house.assert_world_agrees()


def test_s18_s50_room_reads_the_card_and_settles_only_what_the_money_there_is_enough_for(
    house: House,
) -> None:
    hospital = Hospital(house)
    clinic, kiosk = hospital.clinic, hospital.kiosk
    patient = clinic.identify("HEALTH_CARD", "260000000025")
    assert patient == house.person(LI_ID)
    visit_id = kiosk.register(patient, place=1)
    (listed,) = clinic.get("/v1/clinic/registrations")["registrations"]
    assert (listed["registration_id"], listed["display_name"]) == (visit_id, "李*芳")
    bills = clinic.order(visit_id, *ITEMS)

    path = f"/v1/visits/{visit_id}/automatic-settlement"
    assert clinic.refused(path, {}) == "no_automatic_tender"
    house.hold(patient, 30000)
    settled = clinic.settle(visit_id)

    assert [kind for kind, _fen, _state in tenders(settled)] == ["PREPAY_BALANCE", "PREAUTH"]
    assert kiosk.refused_quote(patient, bills) == ("bill_paid", "")
    assert "prepay_spent" in hospital.phone.notices(patient)
    assert hospital.phone.get(f"/v1/patients/{patient}/prepay")["balance_fen"] == 0


@pytest.mark.expects_warnings("settlement_backend")
def test_w07_bank_that_says_nothing_in_the_room_debits_once(house: House) -> None:
    hospital = Hospital(house)
    patient = house.person(LI_ID)
    lend(house, patient)
    visit_id = hospital.kiosk.register(patient)
    bills = hospital.clinic.order(visit_id, *ITEMS)
    house.platforms.acquirer.fault("/credit/debit", "answer_lost")

    told = hospital.clinic.settle(visit_id)

    assert hospital.kiosk.refused_quote(patient, bills)[0] == "bill_locked"
    assert house.to_the_end(told["settlement_id"])["state"] == "COMPLETED"
    assert hospital.kiosk.refused_quote(patient, bills)[0] == "bill_paid"
    house.assert_world_agrees()
