"""Health cards: one that is not void per person, reserved before the motor moves."""

from __future__ import annotations

import pytest
import requests
from backend_bench import Platforms
from people_bench import audited, medium, window
from service_bench import LI_ID, WANG_ID, WINDOW, ZHOU_ID, House, new_key

from settlement_backend.cases.tables import Case

WANGS_UID = "04A1B2C3"
LI_CARD = "260000000025"


def reserved(house: House, patient: str, key: str = "") -> str:
    told = house.done("/v1/cards", {"patient_id": patient}, key=key)
    assert told["state"] == "RESERVED"
    return str(told["card_number"])


def test_s02_reserved_card_becomes_active_with_its_chip(house: House) -> None:
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


def test_s07_person_with_an_active_card_gets_no_second(house: House) -> None:
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


def state(house: House, number: str) -> str:
    return str(house.get(f"/v1/cards/{number}")["state"])


def find_by(house: House, number: str) -> str:
    return house.refused("/v1/people/identify", medium("HEALTH_CARD", number))


def test_s26_lost_card_identifies_nobody_and_another_is_made_at_the_window(house: House) -> None:
    li, desk = house.person(LI_ID), window(house, "2107")

    desk.done(f"/v1/cards/{LI_CARD}/loss", {"id_number": LI_ID})

    assert (state(house, LI_CARD), find_by(house, LI_CARD)) == ("LOST", "card_not_active")
    assert house.refused("/v1/cards", {"patient_id": li}) == "has_card"
    new = desk.done(f"/v1/cards/{LI_CARD}/replacement", {"id_number": LI_ID})["card_number"]
    desk.done(f"/v1/cards/{new}/activate", {"uid": WANGS_UID})
    assert (state(house, LI_CARD), state(house, new)) == ("REPLACED", "ACTIVE")
    told = house.done("/v1/people/identify", medium("HEALTH_CARD", new))
    assert (told["patient_id"], told["card_number"]) == (li, "*" * 8 + new[-4:])
    assert [line.actor for line in audited(house, "card_lost")] == ["2107"]


def test_s26_exchange_ends_the_old_card_at_once(house: House) -> None:
    desk, key, body = window(house), new_key(), {"id_number": LI_ID}

    new = desk.done(f"/v1/cards/{LI_CARD}/replacement", body, key)["card_number"]

    assert (state(house, LI_CARD), state(house, new)) == ("REPLACED", "RESERVED")
    assert desk.done(f"/v1/cards/{LI_CARD}/replacement", body, key)["card_number"] == new
    assert desk.refused(f"/v1/cards/{LI_CARD}/replacement", body) == "card_not_active"


@pytest.mark.parametrize("what", ["loss", "replacement"])
def test_s26_loss_and_exchange_want_the_window_and_the_holders_document(
    house: House, what: str
) -> None:
    path, body = f"/v1/cards/{LI_CARD}/{what}", {"id_number": LI_ID}

    assert house.post(path, body).status_code == 401
    assert house.post(path, body, token=WINDOW).status_code == 401
    assert window(house).refused(path, {"id_number": ZHOU_ID}) == "wrong_document"
    assert state(house, LI_CARD) == "ACTIVE"


def test_s08_other_hospitals_are_told_of_cards_in_use_lost_and_replaced(
    house: House, platforms: Platforms
) -> None:
    patient = house.register_wang()
    number = reserved(house, patient)
    house.later(2)
    assert published(platforms, number) == []
    house.done(f"/v1/cards/{number}/activate", {"uid": WANGS_UID})
    house.later(2)
    assert published(platforms, number) == [("ACTIVE", WANG_ID)]

    window(house).done(f"/v1/cards/{number}/loss", {"id_number": WANG_ID})
    house.later(2)

    assert published(platforms, number) == [("LOST", WANG_ID)]


@pytest.mark.expects_warnings("settlement_backend")
def test_s08_silent_city_is_told_later(house: House, platforms: Platforms) -> None:
    platforms.city.fault("/cards/publish", "http_500")
    window(house).done(f"/v1/cards/{LI_CARD}/loss", {"id_number": LI_ID})
    house.later(2)
    assert published(platforms, LI_CARD) == []

    house.later(2)

    assert published(platforms, LI_CARD) == [("LOST", LI_ID)]


def test_s08_number_of_another_hospitals_card_becomes_a_case(
    house: House, platforms: Platforms
) -> None:
    card = {"number": LI_CARD, "hospital": "H33030200007", "id_number": "", "name": ""}
    told = requests.post(
        f"{platforms.city.url}/cards/publish", json={**card, "state": "ACTIVE"}, timeout=5
    )
    assert told.json()["result"] == "SUCCESS"
    window(house).done(f"/v1/cards/{LI_CARD}/loss", {"id_number": LI_ID})

    house.later(2)
    house.later(2)

    with house.service.db.read() as session:
        case = session.query(Case).filter_by(operation_kind="CARD_NUMBER").one()
    assert (case.operation_id, case.evidence) == (f"card/{LI_CARD}", "FOREIGN_NUMBER")


def published(platforms: Platforms, number: str) -> list[tuple[str, str]]:
    cards = platforms.city.books()["cards"]
    return [(card["state"], card["id_number"]) for card in cards if card["number"] == number]
