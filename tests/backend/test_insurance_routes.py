"""The insurance's routes on the whole service: breakdown, slips, special diseases, fund claims."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend_bench import Line, person
from service_bench import CLINIC, KIOSK, LI_ID, WINDOW, House
from staff_bench import sign_in

from settlement_backend.base.clock import CHINA

FINANCE = "2401"
XU_ID = "330302196003186449"


def paid(house: House, id_number: str, *lines: Line) -> str:
    """A settlement that somebody paid at the window, in cash."""
    patient = house.person(id_number)
    quoted = house.open(patient, [house.bill(patient, *lines)], token=WINDOW)
    tender = "CASH" if quoted["due_fen"] else "NONE"
    told = house.commit(quoted, tender, "", token=WINDOW)
    assert told["state"] == "COMPLETED", told
    return str(told["settlement_id"])


def stranger(house: House, person_id: str, id_number: str) -> None:
    """Somebody the demo does not know."""
    with house.service.db.write() as session:
        session.add(person(person_id, id_number))


def test_l07_patient_reads_who_pays_and_why(house: House) -> None:
    settlement_id = paid(house, LI_ID, Line(10000, "A"), Line(10000, "B"), Line(5000, "OWN"))

    told = house.get(f"/v1/settlements/{settlement_id}/insurance")

    assert told["total_fen"] == 25000
    assert told["funds"] == [
        {
            "kind": "BASIC",
            "name": {"zh": "基本医疗保险统筹基金", "en": "Basic insurance fund"},
            "amount_fen": 15200,
        }
    ]
    kinds = ("own_expense_fen", "pay_first_fen", "in_scope_fen")
    assert [told[kind] for kind in kinds] == [5000, 1000, 19000]
    assert (told["fund_fen"], told["account_fen"], told["cash_fen"]) == (15200, 4800, 5000)
    assert told["account_balance_fen"] == 12000 - 4800


def test_cashier_sees_what_the_platform_has_of_a_visit(house: House) -> None:
    settlement_id = paid(house, LI_ID, Line(10000, "A"), Line(5000, "OWN"))
    setl_id = house.platforms.insurance.books()["settlements"][0]["setl_id"]

    told = sign_in(house, "2107").get(f"/v1/settlements/{settlement_id}/insurance/visit")

    assert (told["treatment"], told["state"]) == ("11", "OPEN")
    lines = sorted((line["amount_fen"], line["setl_id"]) for line in told["lines"])
    assert lines == [(5000, setl_id), (10000, setl_id)]


def test_settlement_without_insurance_has_no_breakdown(house: House) -> None:
    answer = house.ask("GET", "/v1/settlements/none/insurance", token=KIOSK)

    assert (answer.status_code, answer.json()) == (404, {"error": "not_insured"})


def test_l03_slip_is_bound_at_a_window_and_read_everywhere(house: House) -> None:
    patient = house.person(LI_ID)
    path = f"/v1/patients/{patient}/insurance-referrals"
    today = house.clock.now().date()
    last = (today + timedelta(days=30)).isoformat()
    body = {"slip_no": "T1", "from_region": "340100", "valid_from": today.isoformat()}

    kiosk = house.post(path, {**body, "valid_to": last})
    bound = house.done(path, {**body, "valid_to": last}, token=WINDOW)

    assert kiosk.status_code == 401
    assert bound["valid_to"] == last
    assert house.get(path)["referrals"] == [bound]
    late = {**body, "slip_no": "T2", "valid_from": "2026-01-01", "valid_to": "2026-01-31"}
    assert house.refused(path, late, token=WINDOW) == "referral_expired"


def test_special_disease_is_declared_by_the_doctor_and_pays_more(house: House) -> None:
    stranger(house, "P-XU", XU_ID)
    path = "/v1/patients/P-XU/special-diseases"
    assert house.get(path, token=CLINIC)["diseases"] == [{"code": "M01600", "name": "糖尿病"}]
    schedule = house.get("/v1/departments")["departments"][0]["doctors"][0]["schedule_id"]
    body = {"patient_id": "P-XU", "schedule_id": schedule}
    registration_id = house.done("/v1/registrations", body)["registration_id"]
    declare = f"/v1/registrations/{registration_id}/special-disease"

    wrong = house.refused(declare, {"disease_code": "M00000"}, token=CLINIC)
    told = house.done(declare, {"disease_code": "M01600"}, token=CLINIC)

    assert wrong == "disease_not_registered"
    assert (told["treatment"], told["disease_code"]) == ("14", "M01600")
    assert house.post(declare, {"disease_code": ""}).status_code == 401


def test_l08_finance_claims_the_funds_of_a_month_and_takes_it_back(house: House) -> None:
    paid(house, LI_ID, Line(10000, "A"))
    body = {"month": f"{datetime.now(CHINA):%Y-%m}", "clearing_type": "11"}
    path = "/v1/insurance/fund-claims"

    early = sign_in(house, FINANCE).refused(path, body)
    house.clock.pass_seconds(32 * 24 * 3600)
    desk = sign_in(house, FINANCE)
    made = desk.done(path, body)
    again = desk.refused(path, body)
    back = desk.done(f"{path}/{made['claim_id']}/cancel", {})

    assert (early, again) == ("month_not_over", "claim_stands")
    assert (made["state"], made["settlements"], made["fund_fen"]) == ("APPLIED", 1, 8000)
    assert made["by"] == FINANCE
    assert back["state"] == "CANCELLED"
    assert desk.get(path)["claims"] == [back]


def test_l08_nobody_but_finance_claims(house: House) -> None:
    body = {"month": "2026-03", "clearing_type": "11"}

    assert house.post("/v1/insurance/fund-claims", body, token=WINDOW).status_code == 401
    assert house.post("/v1/insurance/fund-claims", body, token=KIOSK).status_code == 401
