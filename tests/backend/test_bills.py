"""Bills as doctors and windows change them; what was shown before is refused afterwards."""

from __future__ import annotations

import pytest
from backend_bench import Json
from service_bench import CLINIC, LI_ID, WINDOW, House, settlement_body
from visit_bench import PHARMACY, group, ordered, paid, settle

from settlement_backend.bills.tables import BillLine


def visit_with(house: House, *codes: str) -> tuple[str, list[Json]]:
    """The patient, and a bill for each code."""
    patient = house.person(LI_ID)
    made = paid(house, patient)
    return patient, ordered(house, made["registration_id"], *codes)


def pair(house: House) -> tuple[str, Json]:
    """The patient, and one bill of two items."""
    patient = house.person(LI_ID)
    made = paid(house, patient)
    items = [{"code": "ECG12", "quantity": 1}, {"code": "AMLO", "quantity": 2}]
    body = {"groups": [{"department_code": "CARD", "items": items}]}
    path = f"/v1/visits/{made['registration_id']}/orders"
    return patient, house.done(path, body, token=CLINIC)["bills"][0]


def operator(house: House) -> str:
    body = {"operator": "2107", "password": "demo-2107"}
    return str(house.done("/v1/operators/sign-in", body, token=WINDOW)["token"])


def decide(house: House, slip_id: str, version: int, agree: bool) -> Json:
    path, body = f"/v1/give-ups/{slip_id}/decide", {"version": version, "agree": agree}
    answer = house.post(path, body, token=WINDOW, operator=operator(house))
    told: Json = answer.json()
    return told


def execute(house: House, line_id: str) -> None:
    with house.service.db.write() as session:
        session.get_one(BillLine, line_id).executed = True


def test_b8_price_with_more_decimals_than_a_fen_is_rounded_at_the_line(house: House) -> None:
    made = paid(house, house.person(LI_ID))
    body = {"groups": [group("NACL", 7), group("NACL", "0.5")]}

    path = f"/v1/visits/{made['registration_id']}/orders"
    bills = house.done(path, body, token=CLINIC)["bills"]

    assert [bill["total_fen"] for bill in bills] == [864, 62]
    line = bills[1]["lines"][0]
    assert (line["unit_price"], line["unit_price_fen"], line["quantity"]) == ("1.23456", 123, "0.5")


def test_withdrawn_bill_is_refused_with_its_new_state(house: House) -> None:
    patient, (bill,) = visit_with(house, "ECG12")
    path = f"/v1/bills/{bill['bill_id']}/withdraw"

    house.done(path, {"version": 1, "reason": "mistake"}, token=CLINIC)

    assert house.bill_state(bill["bill_id"]) == "CANCELLED"
    body = {"patient_id": patient, "bills": [{"bill_id": bill["bill_id"], "version": 1}]}
    assert house.refused("/v1/settlements", body) == "bill_changed"


def test_changed_bill_has_a_new_version_and_the_old_one_is_not_paid(house: House) -> None:
    patient, bill = pair(house)
    body = {"version": 1, "items": [{"code": "AMLO", "quantity": 1}]}

    changed = house.done(f"/v1/bills/{bill['bill_id']}/items", body, token=CLINIC)

    assert (changed["version"], changed["total_fen"], len(changed["lines"])) == (2, 2840, 1)
    assert house.refused("/v1/settlements", settlement_body(patient, [bill["bill_id"]])) == (
        "bill_changed"
    )
    assert settle(house, patient, changed)["state"] == "COMPLETED"


def test_locked_and_paid_bills_do_not_change(house: House) -> None:
    patient, (first, second) = visit_with(house, "ECG12", "AMLO")
    house.open(patient, [first["bill_id"]])
    settle(house, patient, second)

    for bill, reason in ((first, "bill_locked"), (second, "bill_paid")):
        path = f"/v1/bills/{bill['bill_id']}"
        body: Json = {"version": 1, "reason": "mistake"}
        assert house.refused(f"{path}/withdraw", body, token=CLINIC) == reason
        body = {"version": 1, "items": [{"code": "AMLO", "quantity": 1}]}
        assert house.refused(f"{path}/items", body, token=CLINIC) == reason


def test_bill_with_something_carried_out_is_not_withdrawn(house: House) -> None:
    _patient, bill = pair(house)
    execute(house, bill["lines"][0]["line_id"])
    path = f"/v1/bills/{bill['bill_id']}/withdraw"

    assert house.refused(path, {"version": 1, "reason": "late"}, token=CLINIC) == "item_executed"
    assert house.bill_state(bill["bill_id"]) == "OPEN"


def test_n10_given_up_item_goes_by_slip_and_the_window_cancels_it(house: House) -> None:
    patient, bill = pair(house)
    line_id = bill["lines"][0]["line_id"]

    asked = house.done(f"/v1/bills/{bill['bill_id']}/give-ups", {"line_ids": [line_id]})
    listed = house.get(f"/v1/patients/{patient}/bills")["bills"]
    assert {**bill, "state": "OPEN", "paying": ""} in listed
    slip = house.done("/v1/slips/resolve", {"text": asked["slip"]["qr_text"]}, token=WINDOW)
    assert (slip["kind"], slip["bill_ids"]) == ("R", [bill["bill_id"]])
    decided = decide(house, asked["slip"]["slip_id"], 1, True)

    assert (asked["state"], decided["state"]) == ("ASKED", "DONE")
    assert (decided["bill"]["version"], decided["bill"]["total_fen"]) == (2, 5680)
    assert settle(house, patient, decided["bill"])["state"] == "COMPLETED"
    again = decide(house, asked["slip"]["slip_id"], 2, True)
    assert again["refused"] == "already_decided"


def test_n10_window_that_says_no_leaves_the_bill(house: House) -> None:
    _patient, bill = pair(house)
    line_id = bill["lines"][0]["line_id"]
    asked = house.done(f"/v1/bills/{bill['bill_id']}/give-ups", {"line_ids": [line_id]})

    decided = decide(house, asked["slip"]["slip_id"], 1, False)

    assert (decided["state"], decided["bill"]) == ("KEPT", bill)


def test_n10_all_items_given_up_end_the_bill(house: House) -> None:
    _patient, bill = pair(house)
    line_ids = [line["line_id"] for line in bill["lines"]]
    asked = house.done(f"/v1/bills/{bill['bill_id']}/give-ups", {"line_ids": line_ids})

    decided = decide(house, asked["slip"]["slip_id"], 1, True)

    assert (decided["bill"]["lines"], decided["bill"]["total_fen"]) == ([], 0)
    assert house.bill_state(bill["bill_id"]) == "CANCELLED"


def test_n10_item_carried_out_meanwhile_is_not_given_up(house: House) -> None:
    _patient, bill = pair(house)
    line_id = bill["lines"][0]["line_id"]
    path, body = f"/v1/bills/{bill['bill_id']}/give-ups", {"line_ids": [line_id]}
    asked = house.done(path, body)
    execute(house, line_id)

    assert decide(house, asked["slip"]["slip_id"], 1, True)["refused"] == "item_executed"
    assert house.refused(path, body) == "item_executed"
    assert house.refused(path, {"line_ids": ["none"]}) == "not_found"


def test_n10_paid_bill_is_a_matter_of_refunds(house: House) -> None:
    patient, (bill,) = visit_with(house, "ECG12")
    settle(house, patient, bill)
    body = {"line_ids": [bill["lines"][0]["line_id"]]}

    assert house.refused(f"/v1/bills/{bill['bill_id']}/give-ups", body) == "bill_paid"


def test_w07_bill_settled_in_the_clinic_is_not_charged_at_the_kiosk(house: House) -> None:
    patient, (bill,) = visit_with(house, "ECG12")
    settle(house, patient, bill, token=CLINIC)

    listed = house.get(f"/v1/patients/{patient}/bills")["bills"]
    assert bill["bill_id"] not in [each["bill_id"] for each in listed]
    body = {"patient_id": patient, "bills": [{"bill_id": bill["bill_id"], "version": 1}]}
    for token in ("demo-kiosk-01", WINDOW):
        assert house.refused("/v1/settlements", body, token=token) == "bill_paid"


def test_w26_n06_bills_of_a_day_are_settled_by_one_payment(house: House) -> None:
    patient, bills = visit_with(house, "ECG12", "AMLO", "LIPID")

    quoted = house.open(patient, [bill["bill_id"] for bill in bills])

    assert house.commit(quoted)["state"] == "COMPLETED"
    assert {house.bill_state(bill["bill_id"]) for bill in bills} == {"PAID"}


@pytest.mark.parametrize(
    ("search", "codes"),
    [
        ("心", ["ECG12", "ECHO", "HOLTER"]),
        ("ultra", ["ECHO"]),
        ("lip", ["LIPID"]),
        ("100%", []),
        ("_", []),
    ],
)
def test_s35_price_list_is_searched_by_name_and_code(
    house: House, search: str, codes: list[str]
) -> None:
    found = house.get(f"/v1/prices?search={search}")["items"]

    assert [item["code"] for item in found] == codes


def test_s35_price_is_told_exactly(house: House) -> None:
    (item,) = house.get("/v1/prices?search=NACL")["items"]

    assert (item["unit_price"], item["unit_price_fen"], item["kind"]) == ("1.23456", 123, "DRUG")


def test_only_a_doctor_changes_a_bill(house: House) -> None:
    _patient, (bill,) = visit_with(house, "ECG12")
    path, body = f"/v1/bills/{bill['bill_id']}/withdraw", {"version": 1, "reason": "x"}

    assert [house.post(path, body, token=t).status_code for t in (WINDOW, PHARMACY)] == [401, 401]
