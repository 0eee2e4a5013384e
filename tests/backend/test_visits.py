"""Places with doctors and what a consultation orders: kept, paid, given back, expired."""

from __future__ import annotations

from datetime import timedelta

import pytest
from backend_bench import Json
from people_bench import window
from service_bench import CLINIC, LI_ID, WINDOW, ZHOU_ID, House, settlement_body
from visit_bench import doctor, group, kept, paid

QUARTER_S = 15 * 60


def give_back(made: Json) -> str:
    return f"/v1/registrations/{made['registration_id']}/cancel"


def test_todays_departments_list_their_doctors_with_places_left(house: House) -> None:
    told = house.get("/v1/departments")

    assert told["date"] == house.clock.now().date().isoformat()
    assert [entry["code"] for entry in told["departments"]] == ["CARD", "ENDO", "OPHT"]
    assert doctor(house) == {
        "schedule_id": f"{told['date']}-0",
        "name": {"zh": "王敏", "en": "Wang Min"},
        "title": {"zh": "主任医师", "en": "chief physician"},
        "session": {"zh": "今天", "en": "Today"},
        "half": "DAY",
        "room": {"zh": "B12 诊室", "en": "Room B12"},
        "fee_fen": 3000,
        "remaining": 30,
    }


def test_day_without_doctors_lists_no_department(house: House) -> None:
    house.clock.pass_seconds(timedelta(days=30).total_seconds())

    assert house.get("/v1/departments")["departments"] == []


def test_s29_registration_keeps_a_place_and_bills_its_fee(house: House) -> None:
    patient = house.person(LI_ID)

    made = kept(house, patient)

    assert (made["queue_number"], made["room"]["en"]) == ("", "Room B12")
    assert (made["bill"]["kind"], made["bill"]["total_fen"]) == ("REGISTRATION", 3000)
    assert made["bill"]["lines"][0]["insurance_class"] == "OWN"
    assert doctor(house)["remaining"] == 29
    assert house.get(f"/v1/registrations/{made['registration_id']}") == made


def test_fee_of_a_registration_is_not_among_the_open_bills(house: House) -> None:
    patient = house.person(LI_ID)
    before = house.get(f"/v1/patients/{patient}/bills")

    kept(house, patient)

    assert house.get(f"/v1/patients/{patient}/bills") == before


def test_paid_registration_gets_its_number_in_order(house: House) -> None:
    numbers = [paid(house, house.person(LI_ID))["queue_number"]]
    zhou = house.person(ZHOU_ID)
    made = kept(house, zhou)
    quoted = house.open(zhou, [made["bill"]["bill_id"]], token=WINDOW)
    house.commit(quoted, "CASH", token=WINDOW)
    numbers.append(house.get(f"/v1/registrations/{made['registration_id']}")["queue_number"])

    assert numbers == ["C001", "C002"]
    house.assert_world_agrees()


def test_place_nobody_pays_in_time_falls_free(house: House) -> None:
    made = kept(house, house.person(LI_ID))

    house.later(QUARTER_S)
    assert doctor(house)["remaining"] == 29
    house.later(1)

    assert doctor(house)["remaining"] == 30
    assert house.registration_state(made["registration_id"]) == "EXPIRED"
    assert house.bill_state(made["bill"]["bill_id"]) == "CANCELLED"


def test_place_that_is_being_paid_does_not_expire(house: House) -> None:
    patient = house.person(LI_ID)
    made = kept(house, patient)
    house.clock.pass_seconds(QUARTER_S - 1)
    quoted = house.open(patient, [made["bill"]["bill_id"]])
    house.later(60)
    assert house.registration_state(made["registration_id"]) == "HELD"

    house.commit(quoted)

    assert house.registration_state(made["registration_id"]) == "CONFIRMED"


def test_place_expires_once_its_payment_is_over(house: House) -> None:
    patient = house.person(LI_ID)
    made = kept(house, patient)
    quoted = house.open(patient, [made["bill"]["bill_id"]])
    house.clock.pass_seconds(QUARTER_S + 1)

    house.cancel(quoted["settlement_id"])
    house.tick()

    assert house.registration_state(made["registration_id"]) == "EXPIRED"
    assert doctor(house)["remaining"] == 30


def test_unpaid_place_is_given_back_once(house: House) -> None:
    made = kept(house, house.person(LI_ID))

    told = [house.done(give_back(made), {"reason": "left"}) for _ in range(2)]

    expected = {"registration_id": made["registration_id"], "state": "CANCELLED"}
    assert told == [expected, expected]
    assert doctor(house)["remaining"] == 30


def test_paid_place_is_not_given_back(house: House) -> None:
    made = paid(house, house.person(LI_ID))

    assert house.refused(give_back(made), {"reason": "left"}) == "bill_paid"
    assert doctor(house)["remaining"] == 29


def test_place_that_is_being_paid_is_not_given_back(house: House) -> None:
    patient = house.person(LI_ID)
    made = kept(house, patient)
    house.open(patient, [made["bill"]["bill_id"]])

    assert house.refused(give_back(made), {"reason": "left"}) == "bill_locked"


def test_full_doctor_is_sold_out(house: House) -> None:
    schedule_id = doctor(house)["schedule_id"]
    house.fill(schedule_id, leave=0)
    body = {"patient_id": house.person(LI_ID), "schedule_id": schedule_id}

    assert house.refused("/v1/registrations", body) == "sold_out"
    assert doctor(house)["remaining"] == 0


def test_same_doctor_again_is_refused_once_paid(house: House) -> None:
    patient = house.person(LI_ID)
    paid(house, patient)
    body = {"patient_id": patient, "schedule_id": doctor(house)["schedule_id"]}

    assert house.refused("/v1/registrations", body) == "already_registered"
    assert kept(house, patient, place=1)["bill"]["total_fen"] == 1000


def test_same_doctor_again_replaces_a_place_that_was_left(house: House) -> None:
    patient = house.person(LI_ID)
    left = kept(house, patient)

    again = kept(house, patient)

    assert house.registration_state(left["registration_id"]) == "CANCELLED"
    assert house.registration_state(again["registration_id"]) == "HELD"
    assert doctor(house)["remaining"] == 29
    body = settlement_body(patient, [left["bill"]["bill_id"]])
    assert house.refused("/v1/settlements", body) == "bill_changed"


def test_same_doctor_again_while_the_first_is_being_paid_is_refused(house: House) -> None:
    patient = house.person(LI_ID)
    made = kept(house, patient)
    house.open(patient, [made["bill"]["bill_id"]])
    body = {"patient_id": patient, "schedule_id": doctor(house)["schedule_id"]}

    assert house.refused("/v1/registrations", body) == "already_registered"


@pytest.mark.parametrize(
    ("method", "path", "error"),
    [
        ("GET", "/v1/registrations/none", "unknown_registration"),
        ("POST", "/v1/registrations/none/cancel", "unknown_registration"),
        ("GET", "/v1/patients/nobody/bills", "unknown_patient"),
    ],
)
def test_unknown_id_is_not_found(house: House, method: str, path: str, error: str) -> None:
    body = {"reason": "left"}
    answer = house.ask("GET", path) if method == "GET" else house.post(path, body)

    assert (answer.status_code, answer.json()) == (404, {"error": error})


def test_unknown_doctor_is_not_found(house: House) -> None:
    body = {"patient_id": house.person(LI_ID), "schedule_id": "none"}

    answer = house.post("/v1/registrations", body)

    assert (answer.status_code, answer.json()) == (404, {"error": "unknown_schedule"})


def test_consultation_orders_one_bill_for_each_group(house: House) -> None:
    patient = house.person(LI_ID)
    made = paid(house, patient)
    listed = house.get("/v1/clinic/registrations", token=CLINIC)["registrations"]
    assert listed == [
        {
            "registration_id": made["registration_id"],
            "display_name": "李*芳",
            "department": {"zh": "心血管内科", "en": "Cardiology"},
        }
    ]
    body = {"groups": [group("ECG12", 1), group("AMLO", 3, "ENDO")]}

    bills = house.done(f"/v1/visits/{made['registration_id']}/orders", body, token=CLINIC)["bills"]

    assert [bill["total_fen"] for bill in bills] == [3200, 8520]
    assert bills[1]["department"]["en"] == "Endocrinology"
    line = bills[1]["lines"][0]
    assert (line["quantity"], line["unit_price_fen"], line["amount_fen"]) == ("3", 2840, 8520)
    listed = {each["bill_id"]: each for each in house.get(f"/v1/patients/{patient}/bills")["bills"]}
    for bill in bills:
        assert listed[bill["bill_id"]] == {**bill, "state": "OPEN", "paying": ""}


@pytest.mark.parametrize(
    "wrong",
    [
        group("NONE", 1),
        group("ECG12", 0),
        group("ECG12", -1),
        group("ECG12", 1001),
        group("ECG12", 1, "NONE"),
        {"department_code": "CARD", "items": []},
    ],
)
def test_order_of_something_unknown_makes_no_bill(house: House, wrong: Json) -> None:
    patient = house.person(LI_ID)
    made = paid(house, patient)
    before = house.get(f"/v1/patients/{patient}/bills")
    path, body = (
        f"/v1/visits/{made['registration_id']}/orders",
        {"groups": [group("ECHO", 1), wrong]},
    )

    assert house.refused(path, body, token=CLINIC) == "unknown_item"
    assert house.get(f"/v1/patients/{patient}/bills") == before


def test_order_without_a_confirmed_registration_is_refused(house: House) -> None:
    made = kept(house, house.person(LI_ID))
    body = {"groups": [group("ECG12", 1)]}

    for registration_id in (made["registration_id"], "none"):
        path = f"/v1/visits/{registration_id}/orders"
        assert house.refused(path, body, token=CLINIC) == "not_registered"


def test_yesterdays_registration_is_not_in_todays_clinic(house: House) -> None:
    paid(house, house.person(LI_ID))
    house.clock.pass_seconds(24 * 3600)

    assert house.get("/v1/clinic/registrations", token=CLINIC) == {"registrations": []}


def test_s28_on_account_is_seen_at_once_and_the_fee_waits_with_the_orders(house: House) -> None:
    desk = window(house)
    somebody = {"card": "GREEN_CHANNEL", "called": "急救一", "sex": "M", "birth_date": ""}
    patient = str(desk.done("/v1/people/unknown", somebody)["patient_id"])

    made = kept(house, patient)

    assert (made["state"], bool(made["queue_number"])) == ("CONFIRMED", True)
    body = {"groups": [group("ECG12", 1)]}
    house.done(f"/v1/visits/{made['registration_id']}/orders", body, token=CLINIC)
    listed = house.get(f"/v1/patients/{patient}/bills")["bills"]
    assert sorted(bill["total_fen"] for bill in listed) == [3000, 3200]
    bills = [bill["bill_id"] for bill in listed]
    quoted = house.open(patient, bills, token=WINDOW)
    assert (quoted["total_fen"], quoted["due_fen"]) == (6200, 6200)
    house.clock.pass_seconds(QUARTER_S + 60)
    house.later(5)
    kept_place = house.get(f"/v1/registrations/{made['registration_id']}")
    assert kept_place["state"] == "CONFIRMED"


def on_account(house: House) -> tuple[str, Json]:
    """Somebody of the green channel, and the place they have."""
    somebody = {"card": "GREEN_CHANNEL", "called": "急救二", "sex": "F", "birth_date": ""}
    patient = str(window(house).done("/v1/people/unknown", somebody)["patient_id"])
    return patient, kept(house, patient)


def test_s28_place_on_account_is_given_back_with_its_fee_and_nobody_waits_for_it(
    house: House,
) -> None:
    patient, made = on_account(house)
    left = doctor(house)["remaining"]
    house.done("/v1/check-ins", {"about": made["registration_id"]})
    queue = f"/v1/queues/{doctor(house)['schedule_id']}"
    waiting = len(house.get(queue)["tickets"])
    path = f"/v1/registrations/{made['registration_id']}/cancel"

    assert house.done(path, {"reason": "left"}, token=WINDOW)["state"] == "CANCELLED"

    assert house.get(f"/v1/patients/{patient}/bills")["bills"] == []
    assert house.bill_state(made["bill"]["bill_id"]) == "CANCELLED"
    assert len(house.get(queue)["tickets"]) == waiting - 1
    assert doctor(house)["remaining"] == left + 1
    assert house.done(path, {"reason": "left"}, token=WINDOW)["state"] == "CANCELLED"
    assert house.refused("/v1/check-ins", {"about": made["registration_id"]}) == "not_registered"


def test_s28_place_on_account_is_kept_once_the_doctor_ordered_or_its_fee_is_paid(
    house: House,
) -> None:
    _patient, seen = on_account(house)
    body = {"groups": [group("ECG12", 1)]}
    house.done(f"/v1/visits/{seen['registration_id']}/orders", body, token=CLINIC)
    patient, paid_for = on_account(house)
    quoted = house.open(patient, [paid_for["bill"]["bill_id"]], token=WINDOW)
    cancel = f"/v1/registrations/{paid_for['registration_id']}/cancel"

    assert house.refused(cancel, {"reason": "left"}, token=WINDOW) == "bill_locked"
    house.commit(quoted, "CASH", "", token=WINDOW)
    assert house.refused(cancel, {"reason": "left"}, token=WINDOW) == "bill_paid"
    path = f"/v1/registrations/{seen['registration_id']}/cancel"
    assert house.refused(path, {"reason": "left"}, token=WINDOW) == "visit_begun"
