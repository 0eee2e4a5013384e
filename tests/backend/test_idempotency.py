"""Keys: the same request is done once and answered byte for byte, success and refusal alike."""

from __future__ import annotations

import pytest
from backend_bench import Line, Platforms
from service_bench import (
    AUDIT,
    LI_ID,
    WINDOW,
    House,
    commit_body,
    new_key,
    new_person,
    settlement_body,
)

pytestmark = pytest.mark.both_databases


def test_repeated_request_gets_the_same_bytes_and_says_so(house: House) -> None:
    key = new_key()

    first = house.post("/v1/people", new_person(), key=key)
    again = house.post("/v1/people", new_person(), key=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"


def test_answer_is_stored_and_not_made_anew(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(1000, "A"))
    key, body = new_key(), settlement_body(patient, [bill_id])
    first = house.post("/v1/settlements", body, key=key)
    house.cancel(key)

    again = house.post("/v1/settlements", body, key=key)

    assert again.content == first.content
    assert again.json()["state"] == "QUOTED"
    assert house.settlement(key)["state"] == "CANCELLED"


def test_answer_survives_a_new_process(house: House) -> None:
    key = new_key()
    first = house.post("/v1/people", new_person(), key=key)
    house.revive()

    again = house.post("/v1/people", new_person(), key=key)

    assert again.content == first.content
    assert again.headers["Idempotent-Replay"] == "true"


def test_key_with_another_body_is_malformed_and_changes_nothing(house: House) -> None:
    patient = house.person(LI_ID)
    key = new_key()
    bills = [house.bill(patient, Line(1000, "A")) for _ in range(2)]
    house.post("/v1/settlements", settlement_body(patient, bills[:1]), key=key)

    answer = house.post("/v1/settlements", settlement_body(patient, bills[1:]), key=key)

    assert (answer.status_code, answer.json()) == (422, {"error": "key_reused"})
    assert house.bill_state(bills[1]) == "OPEN"


def test_key_of_another_route_is_malformed(house: House) -> None:
    patient = house.register_wang()
    key = new_key()
    house.done("/v1/cards", {"patient_id": patient}, key=key)

    answer = house.post("/v1/people", new_person(), key=key)

    assert (answer.status_code, answer.json()) == (422, {"error": "key_reused"})


def test_refusal_is_stored_even_when_its_reason_is_gone(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(1000, "A"))
    first = house.open(patient, [bill_id])
    key, body = new_key(), settlement_body(patient, [bill_id])
    assert house.refused("/v1/settlements", body, key=key) == "bill_locked"
    house.cancel(first["settlement_id"])

    again = house.post("/v1/settlements", body, key=key)

    assert (again.status_code, again.json()) == (409, {"refused": "bill_locked", "detail": ""})
    assert again.headers["Idempotent-Replay"] == "true"
    assert house.done("/v1/settlements", body)["state"] == "QUOTED"


def test_malformed_request_does_not_use_up_its_key(house: House) -> None:
    key = new_key()
    assert house.post("/v1/people", {}, key=key).status_code == 422

    assert house.post("/v1/people", new_person(), key=key).status_code == 201


def test_unknown_id_does_not_use_up_its_key(house: House) -> None:
    key, body = new_key(), {"patient_id": "nobody", "schedule_id": "none"}
    first = house.post("/v1/registrations", body, key=key)

    again = house.post("/v1/registrations", body, key=key)

    assert (first.status_code, first.json()) == (404, {"error": "unknown_patient"})
    assert again.status_code == 404
    assert "Idempotent-Replay" not in again.headers


@pytest.mark.expects_warnings("settlement_backend")
def test_request_a_platform_left_open_does_not_use_up_its_key(
    house: House, platforms: Platforms
) -> None:
    patient = house.person(LI_ID)
    made = platforms.place_hold("R1", 20000)
    body = {
        "patient_id": patient,
        "reference": "R1",
        "amount_fen": 20000,
        "masked_card": "622202******0017",
        "auth_code": made["auth_code"],
        "rrn": made["rrn"],
        "trace": "1",
        "receipt": "1",
        "pos_terminal_id": "P1",
        "merchant_id": "M1",
    }
    key = new_key()
    platforms.acquirer.fault("/holds/query", "http_500")

    first = house.post("/v1/holds", body, key=key)
    again = house.post("/v1/holds", body, key=key)

    assert (first.status_code, first.json()) == (503, {"error": "no_word"})
    assert (again.status_code, again.json()["state"]) == (201, "HELD")


@pytest.mark.parametrize("key", [None, "", "k" * 121])
def test_key_that_is_missing_or_too_long_is_malformed(house: House, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}

    answer = house.ask("POST", "/v1/people", new_person(), headers=headers)

    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["error"]


def test_doubt_is_opened_once_for_its_operation(house: House) -> None:
    body = {
        "operation_kind": "scan",
        "operation_id": "0" * 13 + "A",
        "amount_fen": 1200,
        "evidence": "no answer",
        "patient_id": None,
    }

    first, second = house.done("/v1/suspense", body), house.done("/v1/suspense", body)

    assert first == second
    assert (first["owner"], first["due_at"][:10] > house.clock.now().isoformat()[:10]) == (
        "cashier-office",
        True,
    )
    assert [case["amount_fen"] for case in house.books()["open_cases"]] == [1200]


def test_doubts_of_operations_that_begin_alike_are_two_cases(house: House) -> None:
    """Identifiers of one terminal may share a long beginning."""
    body = {"operation_kind": "scan", "amount_fen": 1, "evidence": "", "patient_id": None}

    told = [
        house.done("/v1/suspense", {**body, "operation_id": "019ab34c5d6e7" + end})
        for end in ("A", "B")
    ]

    assert told[0]["case_id"] != told[1]["case_id"]
    assert len(house.get("/v1/books", token=AUDIT)["open_cases"]) == 2


def test_commit_with_another_amount_under_its_key_is_malformed(house: House) -> None:
    patient = house.person(LI_ID)
    quoted = house.open(patient, [house.bill(patient, Line(9000, "OWN"))], token=WINDOW)
    path, key = f"/v1/settlements/{quoted['settlement_id']}/commit", new_key()
    wrong = {**commit_body(quoted), "amount_fen": 1}
    assert house.refused(path, wrong, key=key) == "amount_changed"

    answer = house.post(path, commit_body(quoted), key=key)

    assert (answer.status_code, answer.json()) == (422, {"error": "key_reused"})
    assert house.settlement(quoted["settlement_id"])["state"] == "QUOTED"
