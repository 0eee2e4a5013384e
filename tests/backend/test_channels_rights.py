"""Each channel is refused what is another's, by its kind or by the hospital's rules."""

from __future__ import annotations

from channel_clients import Channel, Hospital
from service_bench import LI_ID, House
from visit_bench import STAY


def test_a_a11_c05_h18_h19_each_channel_is_refused_what_is_not_its_own(house: House) -> None:
    hospital = Hospital(house)
    order = {"groups": [{"department_code": "CARD", "items": [{"code": "ECG12", "quantity": 1}]}]}
    stay = {"patient_id": "P", **STAY}
    deposit = {"admission_id": "A", "reason": "x"}
    refund = {"settlement_id": "S", "line_ids": ["L"], "reason": "x"}
    pay = {"patient_id": "P", "bills": [{"bill_id": "B", "version": 1}]}
    sold: list[tuple[Channel, list[tuple[str, object]]]] = [
        (
            hospital.phone,
            [
                ("/v1/visits/R/orders", order),
                ("/v1/admissions", stay),
                ("/v1/lines/L/execute", {}),
                ("/v1/refunds/R/confirm", {}),
                ("/v1/invoices/I/sheets", {}),
                ("/v1/patients/P/settlements", None),
            ],
        ),
        (
            hospital.clinic,
            [
                ("/v1/registrations", {"patient_id": "P", "schedule_id": "S"}),
                ("/v1/refunds", refund),
                ("/v1/admissions/A/admit", {}),
                ("/v1/relatives/R/agree", {}),
            ],
        ),
        (
            hospital.exam,
            [("/v1/settlements", pay), ("/v1/refunds", refund), ("/v1/patients/P/prepay", None)],
        ),
        (
            hospital.pharmacy,
            [("/v1/settlements", pay), ("/v1/check-ins", {}), ("/v1/reports", {})],
        ),
        (
            hospital.ward,
            [
                ("/v1/refunds/deposits", deposit),
                ("/v1/patients/P/deferral/sign", {}),
                ("/v1/appointments", {"patient_id": "P", "schedule_id": "S"}),
            ],
        ),
        (
            hospital.kiosk,
            [
                ("/v1/visits/R/end", {}),
                ("/v1/admissions/A/charges", {}),
                ("/v1/relatives/patients", {"id_number": "1"}),
            ],
        ),
    ]

    let_in = [
        (type(channel).__name__, path)
        for channel, requests in sold
        for path, body in requests
        if not channel.not_allowed(path, body)
    ]

    assert let_in == []


def test_c08_c14_h18_h19_rules_refuse_what_a_channel_must_not_take(house: House) -> None:
    hospital = Hospital(house)
    phone, clinic = hospital.phone, hospital.clinic
    patient = house.person(LI_ID)
    quoted = phone.quote(patient, phone.bills(patient))
    commit = f"/v1/settlements/{quoted['settlement_id']}/commit"
    for tender in ("CASH", "SCAN", "BANK_CARD", "ONE_CODE"):
        body = {"tender": tender, "auth_code": "", "amount_fen": quoted["due_fen"]}
        assert phone.refused(commit, body) == "tender_not_allowed", tender
    phone.done(f"/v1/settlements/{quoted['settlement_id']}/cancel", {"reason": "left"})

    stay = clinic.done("/v1/admissions", {"patient_id": patient, **STAY})
    bill = hospital.ward.ask_deposit(stay["admission_id"], 50000)
    assert clinic.refused_quote(patient, [bill])[0] == "deposit_not_here"

    made = clinic.order(hospital.kiosk.register(patient), "ECG12", "AMLO")
    hospital.kiosk.pay(patient, made)
    exam, drug = (each["lines"][0]["line_id"] for each in made)
    assert hospital.pharmacy.refused(f"/v1/lines/{exam}/execute", {}) == "other_desk"
    assert hospital.exam.refused(f"/v1/lines/{drug}/execute", {}) == "other_desk"
