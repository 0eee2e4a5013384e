"""Exam appointments, the exam desk and the pharmacy (H17-H19, N23)."""

from __future__ import annotations

import pytest
from backend_bench import Json
from service_bench import CLINIC, LI_ID, WINDOW, House
from visit_bench import EXAM, PHARMACY, ordered, paid, settle

from settlement_backend.exams import rules
from settlement_backend.exams.tables import ExamSession
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import Decision

PAY_NOW = Decision(allow=False, rule_id="N08", message_key="pay_now")
MAY_WAIT = Decision(allow=True, rule_id="N06")


@pytest.mark.parametrize(
    ("state", "on_account", "waits", "executed", "refunded", "message"),
    [
        ("PAID", False, PAY_NOW, False, False, ""),
        ("OPEN", False, PAY_NOW, False, False, "not_paid"),
        ("LOCKED", False, MAY_WAIT, False, False, "not_paid"),
        ("OPEN", True, PAY_NOW, False, False, ""),
        ("OPEN", False, MAY_WAIT, False, False, ""),
        ("CANCELLED", True, MAY_WAIT, False, False, "not_paid"),
        ("PAID", False, PAY_NOW, True, False, "already_executed"),
        ("PAID", False, PAY_NOW, False, True, "item_refunded"),
    ],
)
def test_h18_h19_s28_n06_what_a_desk_may_carry_out(
    state: str, on_account: bool, waits: Decision, executed: bool, refunded: bool, message: str
) -> None:
    told = rules.may_execute(state, on_account, waits, executed, refunded)

    assert (told.allow, told.message_key) == (message == "", message)


@pytest.mark.parametrize(
    ("exam_kind", "executed", "refunded", "same_kind", "message"),
    [
        ("US", False, False, True, ""),
        ("", False, False, True, "needs_no_appointment"),
        ("US", True, False, True, "already_executed"),
        ("US", False, True, True, "item_refunded"),
        ("US", False, False, False, "other_exam"),
    ],
)
def test_h17_what_may_be_booked(
    exam_kind: str, executed: bool, refunded: bool, same_kind: bool, message: str
) -> None:
    told = rules.may_book(exam_kind, executed, refunded, same_kind)

    assert (told.allow, told.message_key) == (message == "", message)


def visit(house: House, *codes: str) -> tuple[str, list[Json]]:
    patient = house.person(LI_ID)
    made = paid(house, patient)
    return patient, ordered(house, made["registration_id"], *codes)


def line(bill: Json) -> str:
    return str(bill["lines"][0]["line_id"])


def sessions(house: House, line_id: str) -> list[Json]:
    told: list[Json] = house.get(f"/v1/lines/{line_id}/exam-sessions")["sessions"]
    return told


def book(house: House, line_id: str, place: int = 0) -> Json:
    session_id = sessions(house, line_id)[place]["session_id"]
    return house.done("/v1/exam-appointments", {"line_id": line_id, "session_id": session_id})


def execute(house: House, line_id: str, token: str = EXAM) -> Json:
    return house.done(f"/v1/lines/{line_id}/execute", {}, token=token)


def test_h17_exam_is_booked_with_time_place_and_preparation(house: House) -> None:
    _patient, (bill,) = visit(house, "ECHO")

    made = book(house, line(bill))

    today = house.clock.now().date().isoformat()
    assert (made["session"]["day"], made["session"]["starts_at"]) == (today, "08:00")
    assert made["session"]["place"]["en"] == "Ultrasound, 3F, machine 2"
    assert made["preparation"]["en"] == "Loose clothes; come ten minutes early"
    assert (made["number"], made["state"]) == ("US001", "BOOKED")
    assert house.get(f"/v1/exam-appointments/{made['appointment_id']}") == made


def test_h17_exam_is_moved_and_its_old_place_is_free(house: House) -> None:
    _patient, (bill,) = visit(house, "ECHO")
    made = book(house, line(bill))

    moved = book(house, line(bill), place=3)

    assert moved["appointment_id"] == made["appointment_id"]
    assert moved["slip"] == made["slip"]
    assert moved["session"]["session_id"] != made["session"]["session_id"]
    assert [one["remaining"] for one in sessions(house, line(bill))[:4]] == [10, 10, 10, 9]


def test_h17_cancelled_appointment_leaves_the_item_ordered(house: House) -> None:
    patient, (bill,) = visit(house, "ECHO")
    made = book(house, line(bill))
    path = f"/v1/exam-appointments/{made['appointment_id']}/cancel"

    states = [house.done(path, {"reason": "no time"})["state"] for _ in range(2)]

    assert states == ["CANCELLED", "CANCELLED"]
    assert sessions(house, line(bill))[0]["remaining"] == 10
    assert book(house, line(bill))["number"] == "US002"
    listed = house.get(f"/v1/patients/{patient}/bills")["bills"]
    assert bill["bill_id"] in {each["bill_id"] for each in listed}


def test_h17_full_or_past_session_is_refused(house: House) -> None:
    _patient, (bill,) = visit(house, "ECHO")
    first, second = (one["session_id"] for one in sessions(house, line(bill))[:2])
    with house.service.db.write() as session:
        full = session.get_one(ExamSession, second)
        full.taken = full.capacity
    body = {"line_id": line(bill), "session_id": second}
    assert house.refused("/v1/exam-appointments", body) == "sold_out"
    house.clock.pass_seconds(3 * 3600)

    body = {"line_id": line(bill), "session_id": first}
    assert house.refused("/v1/exam-appointments", body) == "session_over"
    assert sessions(house, line(bill))[0]["session_id"] == second


def test_withdrawn_order_frees_its_exam_place(house: House) -> None:
    _patient, (bill, other) = visit(house, "ECHO", "ECHO")
    made = book(house, line(bill))
    body = {"version": 1, "reason": "mistake"}

    house.done(f"/v1/bills/{bill['bill_id']}/withdraw", body, token=CLINIC)

    state = house.get(f"/v1/exam-appointments/{made['appointment_id']}")["state"]
    assert state == "CANCELLED"
    assert sessions(house, line(other))[0]["remaining"] == 10


def test_n23_exam_slip_checks_in_before_the_exam_room(house: House) -> None:
    _patient, (bill,) = visit(house, "ECHO")
    made = book(house, line(bill))

    ticket = house.done("/v1/check-ins", {"text": made["slip"]["qr_text"]})

    assert (ticket["number"], ticket["state"], ticket["ahead"]) == ("US001", "WAITING", 0)
    queue = made["session"]["session_id"]
    place = {"place": {"zh": "2 号机", "en": "Machine 2"}}
    called = house.done(f"/v1/queues/{queue}/next", place, token=EXAM)["ticket"]
    assert called["ticket_id"] == ticket["ticket_id"]


def test_h18_exam_desk_carries_out_what_is_paid_once(house: House) -> None:
    patient, (bill, drug) = visit(house, "ECHO", "AMLO")
    made = book(house, line(bill))
    path = f"/v1/patients/{patient}/tasks"
    asked = house.get(path, token=EXAM)
    assert [task["decision"]["message_key"] for task in asked["tasks"]] == ["not_paid", "not_paid"]
    assert line(drug) not in [task["line"]["line_id"] for task in asked["tasks"]]
    assert house.refused(f"/v1/lines/{line(bill)}/execute", {}, token=EXAM) == "not_paid"
    settle(house, patient, bill)

    done = execute(house, line(bill))

    assert done["executed"]
    assert house.get(f"/v1/exam-appointments/{made['appointment_id']}")["state"] == "DONE"
    again = house.refused(f"/v1/lines/{line(bill)}/execute", {}, token=EXAM)
    assert again == "already_executed"
    left = house.get(path, token=EXAM)["tasks"]
    assert line(bill) not in [task["line"]["line_id"] for task in left]


def test_h19_pharmacy_hands_out_its_own_items_only(house: House) -> None:
    patient, (exam, drug) = visit(house, "ECG12", "AMLO")
    settle(house, patient, exam)
    settle(house, patient, drug)

    asked = house.get(f"/v1/patients/{patient}/tasks", token=PHARMACY)
    assert asked["display_name"] == "李*芳"
    assert line(drug) in [task["line"]["line_id"] for task in asked["tasks"]]
    assert execute(house, line(drug), PHARMACY)["executed"]
    path = f"/v1/lines/{line(exam)}/execute"
    assert house.refused(path, {}, token=PHARMACY) == "other_desk"


def test_carried_out_item_is_not_refunded(house: House) -> None:
    patient, (bill,) = visit(house, "ECG12")
    settled = settle(house, patient, bill)
    execute(house, line(bill))
    body = {"operator": "2107", "password": "demo-2107"}
    operator = house.done("/v1/operators/sign-in", body, token=WINDOW)["token"]
    asked = {
        "settlement_id": settled["settlement_id"],
        "line_ids": [line(bill)],
        "reason": "changed mind",
    }

    answer = house.post("/v1/refunds", asked, token=WINDOW, operator=operator)

    assert answer.json()["refused"] == "item_executed"


def test_s28_charged_on_account_is_carried_out_before_it_is_paid(house: House) -> None:
    patient, (bill,) = visit(house, "ECG12")
    with house.service.db.write() as session:
        session.get_one(Person, patient).identities = "ON_ACCOUNT"

    assert execute(house, line(bill))["executed"]
    assert house.bill_state(bill["bill_id"]) == "OPEN"


def test_kiosk_carries_nothing_out(house: House) -> None:
    _patient, (bill,) = visit(house, "ECG12")

    assert house.post(f"/v1/lines/{line(bill)}/execute", {}).status_code == 401


def test_h17_what_needs_a_place_is_listed_with_the_place_it_has(house: House) -> None:
    patient = house.person(LI_ID)
    made = paid(house, patient)
    ordered(house, made["registration_id"], "ECHO", "LIPID")
    (order,) = house.get(f"/v1/patients/{patient}/exam-orders")["orders"]
    room = house.get(f"/v1/lines/{order['line_id']}/exam-sessions")["sessions"][-1]

    body = {"line_id": order["line_id"], "session_id": room["session_id"]}
    booked = house.done("/v1/exam-appointments", body)

    assert (order["item"]["en"], order["appointment"]) == ("Cardiac ultrasound", None)
    (listed,) = house.get(f"/v1/patients/{patient}/exam-orders")["orders"]
    assert listed["appointment"] == booked
