"""Papers over HTTP: invoices at any terminal, the print token, slips and their copies."""

from __future__ import annotations

import pytest
from backend_bench import Json, Line
from service_bench import AUDIT, CLINIC, KIOSK, LI_ID, WINDOW, House, new_key
from staff_bench import CASHIER, FINANCE, TECH, TECHNICIAN, sign_in
from visit_bench import admitted, charged, notice, settle

pytestmark = pytest.mark.slow


def paid(house: House) -> tuple[str, Json]:
    """The patient and the settlement of 100.00 class A and 50.00 own."""
    patient = house.person(LI_ID)
    quoted = house.open(patient, [house.bill(patient, Line(10000, "A"), Line(5000, "OWN"))])
    told = house.commit(quoted)
    assert told["state"] == "COMPLETED"
    return patient, told


def issued(house: House) -> tuple[str, Json]:
    """The patient and the invoice."""
    patient, told = paid(house)
    house.later(1)
    invoices = house.get(f"/v1/settlements/{told['settlement_id']}/invoices")["invoices"]
    assert len(invoices) == 1
    found: Json = invoices[0]
    return patient, found


def take(house: House, invoice: Json, key: str = "", token: str = KIOSK) -> Json:
    path = f"/v1/invoices/{invoice['invoice_id']}/sheets"
    return house.done(path, {}, key=key, token=token)


def why_not(house: House, invoice: Json, token: str = KIOSK) -> str:
    return house.refused(f"/v1/invoices/{invoice['invoice_id']}/sheets", {}, token=token)


def report(house: House, sheet: Json, outcome: str, token: str = KIOSK) -> Json:
    path = f"/v1/invoices/{sheet['invoice']['invoice_id']}/printed"
    return house.done(path, {"token": sheet["token"], "outcome": outcome}, token=token)


def test_h21_invoice_is_found_by_person_and_by_its_code_at_any_terminal(house: House) -> None:
    patient, invoice = issued(house)

    papers = house.get(f"/v1/patients/{patient}/papers", token=WINDOW)
    assert [each["bill_no"] for each in papers["invoices"]] == [invoice["bill_no"]]
    assert [each["kind"] for each in papers["slips"]] == ["S"]
    found = house.ask("POST", "/v1/invoices/find", {"text": invoice["qr_text"]})
    assert found.json()["invoice_id"] == invoice["invoice_id"]
    wrong = invoice["qr_text"].replace(invoice["check_code"], "000000")
    assert house.ask("POST", "/v1/invoices/find", {"text": wrong}).status_code == 404
    assert house.ask("POST", "/v1/invoices/find", {"text": "EINV"}).status_code == 404


def test_s38_kiosk_prints_the_official_paper_once(house: House) -> None:
    _, invoice = issued(house)
    may = house.get(f"/v1/invoices/{invoice['invoice_id']}/may-print")
    assert (may["allow"], may["rule_id"]) == (True, "IN-ONCE")
    key = new_key()
    sheet = take(house, invoice, key)

    assert take(house, invoice, key) == sheet
    assert len(sheet["paper_no"]) == 10
    assert sheet["payer_name"] == "李秀芳"
    assert sum(item["amount_fen"] for item in sheet["items"]) == invoice["total_fen"] == 15000
    parts_fen = sheet["fund_fen"] + sheet["account_fen"] + sheet["own_fen"]
    assert parts_fen == sum(each["amount_fen"] for each in sheet["channels"]) == 15000
    assert why_not(house, invoice, WINDOW) == "invoice.being_printed"
    assert report(house, sheet, "PRINTED")["state"] == "PRINTED"
    assert why_not(house, invoice) == "invoice.printed"
    clinic = house.post(f"/v1/invoices/{invoice['invoice_id']}/sheets", {}, token=CLINIC)
    assert clinic.status_code == 401


def test_h27_kiosk_prints_the_invoice_of_a_stay(house: House) -> None:
    patient = house.person(LI_ID)
    admission_id = admitted(house, patient)
    charged(house, admission_id, "BED", "NURSE")
    settle(house, patient, notice(house, admission_id)["bill"])
    house.later(1)

    (invoice,) = house.get(f"/v1/patients/{patient}/papers")["invoices"]

    assert (invoice["kind"], invoice["total_fen"]) == ("01", 6800)
    assert report(house, take(house, invoice), "PRINTED")["state"] == "PRINTED"
    assert why_not(house, invoice) == "invoice.printed"


def test_c11_uncertain_print_is_settled_at_a_window_by_an_operator(house: House) -> None:
    _, invoice = issued(house)
    report(house, take(house, invoice), "UNCERTAIN")
    desk = sign_in(house, CASHIER)
    path = f"/v1/invoices/{invoice['invoice_id']}"
    waiting = desk.get("/v1/invoices/to-settle")["invoices"]
    assert [each["needs"] for each in waiting] == [["RECALL_OF_DAMAGED_SHEET"]]
    without_operator = house.post(f"{path}/recall", {"reason": "jam"}, token=WINDOW)
    assert without_operator.status_code == 401

    assert desk.done(f"{path}/recall", {"reason": "jam"})["state"] == "E_ISSUED"
    second = take(house, invoice, token=WINDOW)
    report(house, second, "UNCERTAIN", WINDOW)
    assert desk.done(f"{path}/mark-printed", {})["state"] == "PRINTED"

    steps = [(step["step"], step["operator"]) for step in house.get(path)["steps"]]
    assert steps[-4:] == [
        ("RECALLED", CASHIER),
        ("TOKEN", ""),
        ("UNCERTAIN", ""),
        ("MARKED_PRINTED", CASHIER),
    ]
    assert desk.get("/v1/invoices/to-settle")["invoices"] == []


def test_i7_finance_sees_what_became_of_each_number(house: House) -> None:
    _, invoice = issued(house)
    sheet = take(house, invoice, token=WINDOW)
    desk = sign_in(house, CASHIER)
    spoilt = {
        "paper_batch_code": sheet["paper_batch_code"],
        "paper_no": f"{int(sheet['paper_no']) + 1:010d}",
        "reason": "torn",
    }
    assert desk.done("/v1/invoices/spoilt-sheets", spoilt)["state"] == "SPOILT"

    told = sign_in(house, FINANCE).get("/v1/invoices/sheets?place=W07")["sheets"]

    assert {(each["paper_no"], each["state"]) for each in told} == {
        (sheet["paper_no"], "PRINTING"),
        (spoilt["paper_no"], "SPOILT"),
    }
    technician = sign_in(house, TECHNICIAN, TECH)
    answer = house.ask("GET", "/v1/invoices/sheets", token=TECH, headers=technician.headers)
    assert answer.status_code == 401


def test_terminal_that_died_with_the_token_leaves_it_uncertain(house: House) -> None:
    _, invoice = issued(house)
    take(house, invoice)

    house.later(11 * 60)

    assert house.get(f"/v1/invoices/{invoice['invoice_id']}")["state"] == "PRINT_UNCERTAIN"
    assert why_not(house, invoice, WINDOW) == "invoice.uncertain"


def test_c11_slip_is_printed_again_with_the_mark_of_a_copy(house: House) -> None:
    _, told = paid(house)
    path = f"/v1/slips/{told['slip']['slip_id']}/prints"
    key = new_key()

    first, again = house.done(path, {}, key=key), house.done(path, {}, key=key)
    second = house.done(path, {}, token=WINDOW)
    third = house.done(path, {})

    assert (first["number"], first["mark"], again) == (1, None, first)
    assert second["mark"] == {"zh": "补打 1", "en": "COPY 1"}
    assert third["mark"] == {"zh": "补打 2", "en": "COPY 2"}
    assert house.post("/v1/slips/S260101AAAAAA/prints", {}).status_code == 404


def test_slip_is_verified_without_naming_anybody(house: House) -> None:
    _, told = paid(house)
    text = told["slip"]["qr_text"]

    genuine = house.ask("POST", "/v1/slips/verify", {"text": text}, token=AUDIT).json()
    forged = house.ask("POST", "/v1/slips/verify", {"text": text[:-1] + "2"}).json()

    assert (genuine["genuine"], genuine["known"], genuine["kind"]) == (True, True, "S")
    assert set(genuine) == {"genuine", "known", "kind", "title", "at", "prints"}
    assert (forged["genuine"], forged["known"]) == (False, False)


def test_s21_l07_receipt_tells_items_and_who_bears_what_in_both_languages(house: House) -> None:
    _, told = paid(house)

    receipt = house.get(f"/v1/slips/{told['slip']['slip_id']}/receipt")

    assert receipt["title"] == {"zh": "诊疗费用结算凭条", "en": "Settlement slip"}
    assert (receipt["patient"], receipt["total_fen"]) == ("李*芳", 15000)
    items, borne, ways = receipt["sections"]
    assert items["title"] == {"zh": "心内科 陈医生", "en": "Cardiology Dr Chen"}
    assert sum(row["amount_fen"] for row in items["rows"]) == 15000
    bearing = {row["label"]["en"]: row["amount_fen"] for row in borne["rows"]}
    assert sum(bearing.values()) == 15000
    assert bearing["Insurance fund"] == 8000
    assert sum(row["amount_fen"] for row in ways["rows"]) == bearing["Self-pay"]


def test_referral_slip_is_told_as_a_receipt_too(house: House) -> None:
    patient = house.person(LI_ID)
    body = {"patient_id": patient, "bill_ids": [], "reason": "refund"}
    slip = house.done("/v1/referrals", body)["slip"]

    receipt = house.get(f"/v1/slips/{slip['slip_id']}/receipt", token=WINDOW)

    assert (receipt["kind"], receipt["sections"], receipt["patient"]) == ("R", [], "李秀芳")
