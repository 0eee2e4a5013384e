"""Guide slip, summary slip, list of visits, and the progress feed (N24, S21, S35, N20, A.c3)."""

from __future__ import annotations

from backend_bench import Json
from service_bench import CLINIC, LI_ID, ZHOU_ID, House
from visit_bench import EXAM, MOBILE, booked, kept, ordered, paid, settle, told

from settlement_backend.bills.tables import Bill
from settlement_backend.visits.tables import Registration


def visit(house: House, *codes: str) -> tuple[str, Json, list[Json]]:
    patient = house.person(LI_ID)
    made = paid(house, patient)
    house.clock.pass_seconds(60)
    return patient, made, ordered(house, made["registration_id"], *codes)


def guide(house: House, made: Json) -> list[Json]:
    told_guide = house.get(f"/v1/registrations/{made['registration_id']}/guide")
    stations: list[Json] = told_guide["stations"]
    return stations


def test_n24_guide_says_pay_first_then_blood_exam_and_drugs(house: House) -> None:
    _patient, made, bills = visit(house, "AMLO", "ECHO", "LIPID")
    line_id = bills[1]["lines"][0]["line_id"]
    session_id = house.get(f"/v1/lines/{line_id}/exam-sessions")["sessions"][1]["session_id"]
    house.done("/v1/exam-appointments", {"line_id": line_id, "session_id": session_id})

    stations = guide(house, made)

    assert [(one["order"], one["kind"]) for one in stations] == [
        (1, "PAY"),
        (2, "LAB"),
        (3, "EXAM"),
        (4, "DRUG"),
    ]
    assert stations[0]["amount_fen"] == 2840 + 22000 + 3600
    assert stations[1]["preparation"][0]["en"] == "No food for twelve hours; a little water is fine"
    assert (stations[2]["number"], stations[2]["place"]["en"]) == (
        "US001",
        "Ultrasound, 3F, machine 2",
    )
    assert stations[2]["when"].endswith("13:30")
    assert stations[3]["place"]["zh"] == "门诊药房 1F"


def test_n24_guide_follows_payment_and_execution(house: House) -> None:
    patient, made, bills = visit(house, "LIPID", "AMLO")
    settle(house, patient, bills[0])
    line_id = bills[0]["lines"][0]["line_id"]
    house.done(f"/v1/lines/{line_id}/execute", {}, token=EXAM)

    stations = guide(house, made)

    assert [(one["kind"], one["paid"], one["done"]) for one in stations] == [
        ("PAY", False, False),
        ("LAB", True, True),
        ("DRUG", False, False),
    ]
    assert stations[0]["amount_fen"] == 2840


def test_s21_summary_sums_the_visit_and_what_the_insurance_bore(house: House) -> None:
    patient, made, bills = visit(house, "ECG12", "AMLO")
    settle(house, patient, bills[0])

    summary = house.get(f"/v1/registrations/{made['registration_id']}/summary")

    assert (summary["total_fen"], summary["unpaid_fen"]) == (3000 + 3200 + 2840, 2840)
    assert [one["total_fen"] for one in summary["settlements"]] == [3000, 3200]
    for one in summary["settlements"]:
        assert one["insurance_fen"] + one["self_pay_fen"] == one["total_fen"]
    assert summary["registration"]["queue_number"] == "C001"


def test_s35_visits_are_listed_newest_first_with_what_is_unpaid(house: House) -> None:
    patient, made, _bills = visit(house, "ECG12")
    coming = booked(house, patient)

    visits = house.get(f"/v1/patients/{patient}/visits")["visits"]

    assert [one["registration_id"] for one in visits] == [
        coming["registration_id"],
        made["registration_id"],
    ]
    assert [(one["total_fen"], one["unpaid_fen"]) for one in visits] == [(0, 0), (6200, 3200)]


def test_n20_a_c3_feed_tells_every_step_in_order(house: House) -> None:
    patient, made, bills = visit(house, "LIPID")
    registration_id = made["registration_id"]
    for path, body, token in (
        ("/v1/check-ins", {"about": registration_id}, "demo-kiosk-01"),
        (
            f"/v1/queues/{registration_of(house, registration_id).schedule_id}/next",
            {"place": {"zh": "B12", "en": "B12"}},
            CLINIC,
        ),
    ):
        house.clock.pass_seconds(60)
        house.done(path, body, token=token)
    house.clock.pass_seconds(60)
    settle(house, patient, bills[0])
    line_id = bills[0]["lines"][0]["line_id"]
    house.clock.pass_seconds(60)
    house.done(f"/v1/lines/{line_id}/execute", {}, token=EXAM)
    house.clock.pass_seconds(60)
    report = {
        "line_id": line_id,
        "findings": "",
        "conclusion": "normal",
        "reported_by": "3",
        "rows": [],
    }
    house.done("/v1/reports", report, token=EXAM)
    house.clock.pass_seconds(60)
    house.done(f"/v1/visits/{registration_id}/end", {}, token=CLINIC)

    (feed,) = house.get(f"/v1/patients/{patient}/progress", token=MOBILE)["visits"]

    assert [step["step"] for step in feed["steps"]] == [
        "REGISTERED",
        "PAID",
        "ORDERED",
        "WAITING",
        "CALLED",
        "PAID",
        "DONE",
        "REPORT",
        "ENDED",
    ]
    assert feed["steps"][2]["amount_fen"] == 3600
    kinds = told(house, patient)
    for kind in (
        "registered",
        "ordered",
        "waiting",
        "called",
        "settled",
        "report_ready",
        "visit_ended",
    ):
        assert kind in kinds


def registration_of(house: House, registration_id: str) -> Registration:
    with house.service.db.read() as session:
        return session.get_one(Registration, registration_id)


def test_h11_h14_patient_is_told_of_number_and_orders(house: House) -> None:
    patient, _made, _bills = visit(house, "ECG12", "AMLO")

    kinds = told(house, patient)
    assert kinds.index("registered") < kinds.index("ordered")


def test_end_of_the_visit_is_its_first_end(house: House) -> None:
    _patient, made, _bills = visit(house, "ECG12")
    path = f"/v1/visits/{made['registration_id']}/end"
    first = house.done(path, {}, token=CLINIC)["ended_at"]
    house.clock.pass_seconds(3600)

    assert house.done(path, {}, token=CLINIC)["ended_at"] == first
    assert first.startswith(f"{house.clock.now():%Y-%m-%d}")


def test_c15_n08_liability_excludes_the_open_bills_and_leaves_the_scene(house: House) -> None:
    _patient, made, bills = visit(house, "ECG12")
    path = f"/v1/visits/{made['registration_id']}/facts"
    body = {"scene": "EMERGENCY", "liability": "THIRD_PARTY_LIABILITY"}

    stated = house.done(path, body, token=CLINIC)

    later = ordered(house, made["registration_id"], "AMLO")
    with house.service.db.read() as session:
        marks = {session.get_one(Bill, bill["bill_id"]).exclusion for bill in (bills[0], later[0])}
    assert (stated["scene"], marks) == ("EMERGENCY", {"THIRD_PARTY_LIABILITY"})
    body["liability"] = "UNHEARD_OF"
    assert house.refused(path, body, token=CLINIC) == "unknown_exclusion"


def test_n08_one_excluded_group_leaves_the_others_deferrable(house: House) -> None:
    made = paid(house, house.person(LI_ID))
    groups = [
        {
            "department_code": "CARD",
            "items": [{"code": code, "quantity": 1}],
            "exclusion": exclusion,
        }
        for code, exclusion in (("ECG12", "OTHER_UNSUITABLE"), ("AMLO", ""))
    ]
    path = f"/v1/visits/{made['registration_id']}/orders"

    bills = house.done(path, {"groups": groups}, token=CLINIC)["bills"]

    with house.service.db.read() as session:
        marks = [session.get_one(Bill, bill["bill_id"]).exclusion for bill in bills]
    assert marks == ["OTHER_UNSUITABLE", ""]


def test_facts_of_an_unpaid_registration_are_refused(house: House) -> None:
    made = kept(house, house.person(ZHOU_ID))
    body = {"scene": "EMERGENCY", "liability": ""}

    path = f"/v1/visits/{made['registration_id']}/facts"
    assert house.refused(path, body, token=CLINIC) == "not_registered"
