"""Health cards: one that is not void per person, reserved before the motor moves."""

from __future__ import annotations

import pytest
from service_bench import LI_ID, House, new_key

WANGS_UID = "04A1B2C3"


def reserved(house: House, patient: str, key: str = "") -> str:
    told = house.done("/v1/cards", {"patient_id": patient}, key=key)
    assert told["state"] == "RESERVED"
    return str(told["card_number"])


def test_reserved_card_becomes_active_with_its_chip(house: House) -> None:
    patient = house.register_wang()
    number = reserved(house, patient)
    assert (len(number), number.isdigit()) == (12, True)

    told = house.done(f"/v1/cards/{number}/activate", {"uid": WANGS_UID})

    assert told == {"card_number": number, "state": "ACTIVE"}
    assert house.get(f"/v1/cards/{number}") == told
    found = {"medium": {"kind": "HEALTH_CARD", "value": number}}
    assert house.done("/v1/people/identify", found)["patient_id"] == patient


def test_same_operation_reserves_the_same_number(house: House) -> None:
    patient, key = house.register_wang(), new_key()

    assert reserved(house, patient, key) == reserved(house, patient, key)


def test_another_reservation_voids_the_one_left_behind(house: House) -> None:
    patient = house.register_wang()
    first, second = reserved(house, patient), reserved(house, patient)

    assert house.get(f"/v1/cards/{first}")["state"] == "VOID"
    assert house.get(f"/v1/cards/{second}")["state"] == "RESERVED"


def test_person_with_an_active_card_gets_no_second(house: House) -> None:
    answer = house.post("/v1/cards", {"patient_id": house.person(LI_ID)})

    assert (answer.status_code, answer.json()) == (
        409,
        {"refused": "has_card", "detail": "********0025"},
    )


def test_card_for_nobody_is_not_found(house: House) -> None:
    answer = house.post("/v1/cards", {"patient_id": "nobody"})

    assert (answer.status_code, answer.json()) == (404, {"error": "unknown_patient"})


def test_void_card_is_never_activated(house: House) -> None:
    number = reserved(house, house.register_wang())
    told = house.done(f"/v1/cards/{number}/void", {"reason": "jammed"})
    assert told == {"card_number": number, "state": "VOID"}

    refused = house.refused(f"/v1/cards/{number}/activate", {"uid": WANGS_UID})

    assert refused == "card_void"
    assert house.get(f"/v1/cards/{number}")["state"] == "VOID"


def test_active_card_is_not_voided(house: House) -> None:
    number = reserved(house, house.register_wang())
    house.done(f"/v1/cards/{number}/activate", {"uid": WANGS_UID})

    assert house.refused(f"/v1/cards/{number}/void", {"reason": "jammed"}) == "card_active"
    assert house.get(f"/v1/cards/{number}")["state"] == "ACTIVE"


def test_repeating_under_another_key_changes_nothing(house: House) -> None:
    number = reserved(house, house.register_wang())
    house.done(f"/v1/cards/{number}/activate", {"uid": WANGS_UID})

    again = house.done(f"/v1/cards/{number}/activate", {"uid": WANGS_UID})

    assert again == {"card_number": number, "state": "ACTIVE"}


def test_new_card_after_a_void_one_has_another_number(house: House) -> None:
    patient = house.register_wang()
    first = reserved(house, patient)
    house.done(f"/v1/cards/{first}/void", {"reason": "jammed"})

    second = reserved(house, patient)

    assert second != first
    assert house.books()["cards"][first] == "VOID"


@pytest.mark.parametrize(
    ("path", "body"), [("activate", {"uid": WANGS_UID}), ("void", {"reason": "jammed"})]
)
def test_unknown_card_is_not_found(house: House, path: str, body: dict[str, str]) -> None:
    answer = house.post(f"/v1/cards/269999999999/{path}", body)

    assert (answer.status_code, answer.json()) == (404, {"error": "unknown_card"})
    assert house.ask("GET", "/v1/cards/269999999999").status_code == 404
