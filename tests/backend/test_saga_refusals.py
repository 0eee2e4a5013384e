"""What cannot be paid is refused by name before anything moves (backend_api.md, F90, F91, S20)."""

from __future__ import annotations

import pytest
from backend_bench import PAY_CODE, Json, Line
from service_bench import (
    LI_CODE,
    LI_ID,
    WINDOW,
    ZHOU_ID,
    House,
    commit_body,
    new_key,
    settlement_body,
)

from settlement_backend.bills.tables import Bill

pytestmark = pytest.mark.slow


def due(house: House, token: str = WINDOW) -> tuple[str, Json]:
    """A quote with 10.00 to be paid, and the path that commits it."""
    patient = house.person(LI_ID)
    quoted = house.open(patient, [house.bill(patient, Line(9000, "OWN"))], token=token)
    assert quoted["due_fen"] == 1000
    return f"/v1/settlements/{quoted['settlement_id']}/commit", quoted


@pytest.mark.parametrize(
    ("changes", "token", "reason"),
    [
        ({"amount_fen": 999}, WINDOW, "amount_changed"),
        ({"amount_fen": 0}, WINDOW, "amount_changed"),
        ({"tender": "NONE", "auth_code": ""}, WINDOW, "needs_tender"),
        ({"tender": "CASH", "auth_code": ""}, "demo-kiosk-01", "tender_not_allowed"),
        ({"tender": "CASH", "auth_code": ""}, "demo-clinic", "tender_not_allowed"),
        ({"auth_code": ""}, WINDOW, "code_not_payment"),
        ({"auth_code": LI_CODE}, WINDOW, "code_not_payment"),
        ({"auth_code": "https://pay.example"}, WINDOW, "code_not_payment"),
        ({"auth_code": PAY_CODE[:-1]}, WINDOW, "code_not_payment"),
    ],
)
def test_commit_that_cannot_be_paid_is_refused_and_the_quote_stays(
    house: House, changes: Json, token: str, reason: str
) -> None:
    path, quoted = due(house)

    assert house.refused(path, {**commit_body(quoted), **changes}, token=token) == reason

    assert house.settlement(quoted["settlement_id"])["state"] == "QUOTED"
    assert house.done(path, commit_body(quoted))["state"] == "COMPLETED"
    house.assert_world_agrees()


def test_tender_for_nothing_is_refused(house: House) -> None:
    patient = house.person(LI_ID)
    quoted = house.open(patient, [house.bill(patient, Line(1000, "OWN"))])
    path = f"/v1/settlements/{quoted['settlement_id']}/commit"
    body = {"tender": "SCAN", "auth_code": PAY_CODE, "amount_fen": 0}

    assert house.refused(path, body) == "tender_not_allowed"


@pytest.mark.parametrize("end", ["committed", "cancelled", "expired"])
def test_settlement_that_is_not_quoted_any_more_is_not_committed(house: House, end: str) -> None:
    path, quoted = due(house)
    match end:
        case "committed":
            house.commit(quoted)
        case "cancelled":
            house.cancel(quoted["settlement_id"])
        case _:
            house.later(301)

    assert house.refused(path, commit_body(quoted)) == "not_open"
    house.assert_world_agrees()


def test_unknown_settlement_is_not_found(house: House) -> None:
    body = {"tender": "NONE", "auth_code": "", "amount_fen": 0}
    answers = [
        house.ask("GET", "/v1/settlements/none"),
        house.post("/v1/settlements/none/commit", body),
        house.post("/v1/settlements/none/cancel", {"reason": "left"}),
    ]

    told = [(answer.status_code, answer.json()) for answer in answers]
    assert told == [(404, {"error": "unknown_settlement"})] * 3


def test_special_identity_is_for_windows_only(house: House) -> None:
    patient = house.person(ZHOU_ID)
    bill = house.get(f"/v1/patients/{patient}/bills")["bills"][0]
    body = settlement_body(patient, [bill["bill_id"]])

    assert house.refused("/v1/settlements", body) == "window_only"

    assert house.bill_state(bill["bill_id"]) == "OPEN"
    quoted = house.open(patient, [bill["bill_id"]], token=WINDOW)
    assert (quoted["total_fen"], quoted["due_fen"]) == (13720, 11160)


def test_bill_with_another_version_has_changed(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(1000, "A"))
    with house.service.db.write() as session:
        session.get_one(Bill, bill_id).version = 2

    assert house.refused("/v1/settlements", settlement_body(patient, [bill_id])) == "bill_changed"
    body = settlement_body(patient, [bill_id], version=2)
    assert house.done("/v1/settlements", body)["state"] == "QUOTED"


def test_bill_that_was_withdrawn_has_changed(house: House) -> None:
    patient = house.person(LI_ID)
    doctor = house.get("/v1/departments")["departments"][0]["doctors"][0]
    asked = {"patient_id": patient, "schedule_id": doctor["schedule_id"]}
    made = house.done("/v1/registrations", asked)
    path = f"/v1/registrations/{made['registration_id']}/cancel"
    house.done(path, {"reason": "left"})

    body = settlement_body(patient, [made["bill"]["bill_id"]])

    assert house.refused("/v1/settlements", body) == "bill_changed"


def test_paid_bill_is_not_paid_again(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(1000, "A"))
    house.commit(house.open(patient, [bill_id]))

    assert house.refused("/v1/settlements", settlement_body(patient, [bill_id])) == "bill_paid"


def test_bill_of_a_settlement_under_way_is_locked(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(1000, "A"))
    house.open(patient, [bill_id])

    assert house.refused("/v1/settlements", settlement_body(patient, [bill_id])) == "bill_locked"


def test_one_bad_bill_leaves_the_others_open(house: House) -> None:
    patient = house.person(LI_ID)
    good, paid = (house.bill(patient, Line(1000, "A")) for _ in range(2))
    house.commit(house.open(patient, [paid]))

    assert house.refused("/v1/settlements", settlement_body(patient, [good, paid])) == "bill_paid"
    assert house.bill_state(good) == "OPEN"


def test_same_bill_twice_in_one_settlement_is_refused(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(1000, "A"))

    body = settlement_body(patient, [bill_id, bill_id])

    assert house.refused("/v1/settlements", body) == "bill_locked"
    assert house.bill_state(bill_id) == "OPEN"


def test_bill_nobody_knows_and_bill_of_another_person_are_refused(house: House) -> None:
    li, zhou = house.person(LI_ID), house.person(ZHOU_ID)
    body = settlement_body(li, [new_key()])
    assert house.refused("/v1/settlements", body) == "not_found"

    body = settlement_body(li, [house.bill(zhou, Line(1000, "A"))])

    assert house.refused("/v1/settlements", body) == "not_found"


def test_settlement_of_nobody_is_not_found(house: House) -> None:
    answer = house.post("/v1/settlements", settlement_body("nobody", ["none"]))

    assert (answer.status_code, answer.json()) == (404, {"error": "unknown_patient"})
