"""Every form of payment at every place that may take it: machine, window, doctor's room, phone.

What a reader would get wrong: a phone scans nothing, so what is paid there has been signed before
or is paid by a relative.
"""

from __future__ import annotations

import pytest
from backend_bench import Json, Line
from people_bench import LI_CITY_CODE, medium
from service_bench import (
    CLINIC,
    KIOSK,
    LI_CODE,
    LI_ID,
    WANG_ID,
    WHOLE_BILL,
    WINDOW,
    House,
    components,
    tenders,
)
from tender_bench import CREDIT, DEBIT, FAMILY, MOBILE, REMOTE, Way, due, lend, pay, prepare
from visit_bench import admitted, charged, kept, notice, ordered, paid, told

pytestmark = pytest.mark.slow


def by_code(house: House, token: str, kind: str, code: str) -> str:
    """Whose code was scanned at this terminal."""
    found = house.done("/v1/people/identify", medium(kind, code), token=token)
    return str(found["patient_id"])


@pytest.mark.parametrize(
    ("token", "kind", "code"), [(KIOSK, "EC_CODE", LI_CODE), (WINDOW, "CITY_CODE", LI_CITY_CODE)]
)
def test_h15_s34_a_a5_scanned_code_settles_with_slip_and_receipt(
    house: House, token: str, kind: str, code: str
) -> None:
    patient = by_code(house, token, kind, code)
    bill_id = house.bill(patient, Line(10000, "A"), Line(9000, "OWN"))

    settled = house.commit(house.open(patient, [bill_id], token=token), token=token)

    assert (settled["state"], settled["total_fen"]) == ("COMPLETED", 19000)
    house.later(1)
    receipt = house.get(f"/v1/slips/{settled['slip']['slip_id']}/receipt", token=token)
    assert receipt["total_fen"] == 19000
    path = f"/v1/settlements/{settled['settlement_id']}/invoices"
    (invoice,) = house.get(path, token=token)["invoices"]
    assert invoice["total_fen"] == 19000


@pytest.mark.parametrize("token", [KIOSK, WINDOW])
def test_h12_scanned_code_registers_with_visit_slip_and_receipt(house: House, token: str) -> None:
    patient = by_code(house, token, "EC_CODE", LI_CODE)
    made = kept(house, patient)

    settled = house.commit(house.open(patient, [made["bill"]["bill_id"]], token=token), token=token)

    registration = house.get(f"/v1/registrations/{made['registration_id']}", token=token)
    assert registration["queue_number"]
    assert registration["slip"]["qr_text"].startswith("ZF1.V.")
    receipt = house.get(f"/v1/slips/{settled['slip']['slip_id']}/receipt", token=token)
    assert receipt["total_fen"] == 3000


def test_s19_kiosk_that_is_short_of_balance_holds_a_card_and_settles(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, *WHOLE_BILL)
    short = house.open(patient, [bill_id])
    assert short["due_fen"] == 42000
    terms = house.get(f"/v1/patients/{patient}/prepay-terms")
    assert [m["allowed"] for m in terms["methods"] if m["method"] == "PREAUTH"] == [True]
    house.cancel(short["settlement_id"])

    house.hold(patient, 42000)
    quoted = house.open(patient, [bill_id])

    assert quoted["due_fen"] == 0
    assert house.commit(quoted)["state"] == "COMPLETED"
    house.assert_world_agrees()


@pytest.mark.parametrize(
    "way", [Way(kind, MOBILE) for kind in (CREDIT, DEBIT)] + [Way(REMOTE, MOBILE, "ALIPAY")]
)
def test_a_a13_bill_is_paid_online_from_the_phone(house: House, way: Way) -> None:
    prepare(house, house.person(LI_ID), way.kind)

    settled = pay(house, due(house, token=MOBILE), way)

    assert (settled["state"], tenders(settled)[-1]) == ("COMPLETED", (way.kind, 2000, "TAKEN"))


@pytest.mark.parametrize("token", [KIOSK, WINDOW])
@pytest.mark.parametrize("kind", [CREDIT, FAMILY])
def test_h29_a_b2_credit_pays_registration_and_charges(house: House, kind: str, token: str) -> None:
    patient = house.person(LI_ID)
    lend(house, patient, family=kind == FAMILY)
    made = kept(house, patient)

    fee = house.open(patient, [made["bill"]["bill_id"]], token=token)
    house.commit(fee, kind, "", token=token)
    charge = house.open(patient, [house.bill(patient, Line(9000, "OWN"))], token=token)
    settled = house.commit(charge, kind, "", token=token)

    assert house.registration_state(made["registration_id"]) == "CONFIRMED"
    assert (settled["state"], tenders(settled)[-1][0]) == ("COMPLETED", kind)


@pytest.mark.parametrize(("kind", "family"), [(CREDIT, False), (FAMILY, True)])
def test_h30_h31_insurance_at_once_and_the_rest_from_the_credit_line(
    house: House, kind: str, family: bool
) -> None:
    patient = house.person(LI_ID)
    lend(house, patient, family=family)
    quoted = house.open(patient, [house.bill(patient, Line(10000, "A"), Line(50000, "OWN"))])

    settled = house.commit(quoted, kind, "")

    assert settled["state"] == "COMPLETED"
    assert components(settled)["INSURANCE_FUND"] == 8000
    assert tenders(settled) == [("PREPAY_BALANCE", 8000, "TAKEN"), (kind, 42000, "TAKEN")]
    house.assert_world_agrees()


@pytest.mark.parametrize("kind", [CREDIT, FAMILY])
def test_h29_a_b5_credit_pays_a_stay_at_the_window_and_not_at_a_kiosk(
    house: House, kind: str
) -> None:
    patient = house.person(LI_ID)
    lend(house, patient, family=kind == FAMILY)
    admission_id = admitted(house, patient)
    charged(house, admission_id, "BED", "HYAL", "HYAL")
    bill_id = notice(house, admission_id)["bill"]["bill_id"]
    version = house.get(f"/v1/admissions/{admission_id}")["bill"]["version"]
    body = {"patient_id": patient, "bills": [{"bill_id": bill_id, "version": version}]}

    at_kiosk = house.done("/v1/settlements", body)
    assert why_not(at_kiosk, kind) == "window_only"
    house.cancel(at_kiosk["settlement_id"])
    settled = house.commit(
        house.done("/v1/settlements", body, token=WINDOW), kind, "", token=WINDOW
    )

    assert (settled["state"], tenders(settled)[-1][0]) == ("COMPLETED", kind)


def why_not(quoted: Json, kind: str) -> str:
    reason: str = next(o["reason"] for o in quoted["options"] if o["kind"] == kind)
    return reason


@pytest.mark.parametrize(
    ("product", "bearer"), [("BANK_LOAN", "BANK"), ("PLATFORM_CREDIT", "PLATFORM")]
)
def test_w09_l13_l15_signed_patient_leaves_and_all_is_settled_in_one_step(
    house: House, product: str, bearer: str
) -> None:
    patient = house.register_wang()
    registration_id = str(paid(house, patient)["registration_id"])
    house.platforms.acquirer.control(
        "sign_credit",
        contract_no="CL9",
        id_number=WANG_ID,
        owner="王建国",
        limit_fen=500_000,
        product=product,
    )
    (line,) = house.done(f"/v1/patients/{patient}/agreements/find", {})["agreements"]
    assert (line["state"], line["risk_bearer"]) == ("SIGNED", bearer)
    bills = [bill["bill_id"] for bill in ordered(house, registration_id, "HBA1C", "HYAL")]

    path = f"/v1/visits/{registration_id}/automatic-settlement"
    settled = house.done(path, {}, token=CLINIC)

    assert settled["state"] == "COMPLETED"
    assert [house.bill_state(bill_id) for bill_id in bills] == ["PAID", "PAID"]
    assert house.get(f"/v1/patients/{patient}/bills") == {"bills": []}
    assert tenders(settled) == [(CREDIT, 5260, "TAKEN")]


def test_w39_payment_that_is_decided_later_needs_nobody_and_is_told(house: House) -> None:
    patient = house.register_wang()
    registration_id = str(paid(house, patient)["registration_id"])
    lent = {"contract_no": "CL9", "id_number": WANG_ID, "owner": "王建国", "limit_fen": 500_000}
    house.platforms.acquirer.control("sign_credit", **lent)
    house.done(f"/v1/patients/{patient}/agreements/find", {})
    ordered(house, registration_id, "HYAL")
    house.platforms.acquirer.control("next_pay", outcome="userpaying", polls=3)

    path = f"/v1/visits/{registration_id}/automatic-settlement"
    settled = house.done(path, {}, token=CLINIC)
    before = told(house, patient).count("settled")
    ended = house.to_the_end(settled["settlement_id"])

    assert (settled["state"], ended["state"]) == ("PAYING", "COMPLETED")
    assert told(house, patient).count("settled") == before + 1
