"""Media: whoever made them, they name one person, at any step and any terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest
import requests
from backend_bench import Platforms
from people_bench import (
    ACCEPTED,
    DAUGHTER_ID,
    HE_CARD,
    HE_CITY_CODE,
    HE_ID,
    LI_CITY_CODE,
    LI_SOCIAL_CARD,
    WANG_CITY_CODE,
    WANG_FAMILY_CODE,
    WANG_SOCIAL_CARD,
    audited,
    kiosk,
    medium,
    window,
)
from service_bench import CLINIC, KIOSK, LI_CODE, LI_ID, WANG_ID, WINDOW, ZHOU_ID, House

from settlement_backend.people.identify import Identities
from settlement_backend.people.media import Shown

IDENTIFY = "/v1/people/identify"
SILENCE = pytest.mark.expects_warnings("settlement_backend")
MEDIA_OF_LI = [
    ("ID_CARD", LI_ID),
    ("HEALTH_CARD", "260000000025"),
    ("EC_CODE", LI_CODE),
    ("CITY_CODE", LI_CITY_CODE),
    ("SS_CARD", LI_SOCIAL_CARD),
]


@pytest.mark.parametrize(("kind", "value"), MEDIA_OF_LI)
def test_a_c2_c06_every_medium_finds_the_same_person(house: House, kind: str, value: str) -> None:
    told = house.done(IDENTIFY, medium(kind, value))

    assert told["patient_id"] == house.person(LI_ID)


@pytest.mark.parametrize("token", [KIOSK, WINDOW, CLINIC])
def test_a_c1_every_system_decodes_both_codes(house: House, token: str) -> None:
    by_insurance = house.done(IDENTIFY, medium("EC_CODE", LI_CODE), token=token)
    by_city = house.done(IDENTIFY, medium("CITY_CODE", LI_CITY_CODE), token=token)

    assert by_insurance == by_city


def test_a_c1_exam_desk_pharmacy_and_ward_decode_too(house: House) -> None:
    for place, kind in enumerate(("exam", "pharmacy", "ward", "mobile")):
        code = LI_CITY_CODE[:-1] + str(place)
        told = house.done(IDENTIFY, medium("CITY_CODE", code), token=f"demo-{kind}")
        assert told["patient_id"] == house.person(LI_ID)


def test_a_c2_one_visit_begun_by_a_code_goes_on_by_a_card(house: House) -> None:
    """The registration is paid by the e-code's person, the bill is asked for by the card's."""
    registered = house.done(IDENTIFY, medium("EC_CODE", LI_CODE, purpose="01101"))
    paying = house.done(IDENTIFY, medium("SS_CARD", LI_SOCIAL_CARD))

    bills = house.get(f"/v1/patients/{paying['patient_id']}/bills")
    assert bills == house.get(f"/v1/patients/{registered['patient_id']}/bills")


def test_a_a2_social_security_card_is_linked_by_being_shown(house: House) -> None:
    person_id = house.person(LI_ID)

    house.done(IDENTIFY, medium("SS_CARD", LI_SOCIAL_CARD))

    media = house.get(f"/v1/patients/{person_id}/media")["media"]
    assert media == [
        {"kind": "HEALTH_CARD", "display_value": "********0025", "state": "ACTIVE"},
        {"kind": "SS_CARD", "display_value": "*****0102", "state": "ACTIVE"},
    ]


@SILENCE
def test_linked_social_security_card_needs_the_city_no_more(
    house: House, platforms: Platforms
) -> None:
    house.done(IDENTIFY, medium("SS_CARD", LI_SOCIAL_CARD))
    platforms.city.fault("/sscard/find", "http_500")

    house.done(IDENTIFY, medium("SS_CARD", LI_SOCIAL_CARD))

    assert house.refused(IDENTIFY, medium("SS_CARD", WANG_SOCIAL_CARD)) == "city_silent"


def test_code_is_good_once_for_each_purpose(house: House) -> None:
    for purpose in ("01101", "01301"):
        house.done(IDENTIFY, medium("CITY_CODE", LI_CITY_CODE, purpose=purpose))
        house.done(IDENTIFY, medium("EC_CODE", LI_CODE, purpose=purpose))

    assert house.refused(IDENTIFY, medium("CITY_CODE", LI_CITY_CODE)) == "code_expired"
    assert house.refused(IDENTIFY, medium("EC_CODE", LI_CODE)) == "code_expired"


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("CITY_CODE", "CITYLIXF01" + "0" * 22 + "0EXP", "code_expired"),
        ("CITY_CODE", "CITYNOBODY" + "0" * 26, "not_found"),
        ("CITY_CODE", "city", "not_found"),
        ("CITY_CODE", HE_CITY_CODE, "not_found"),
        ("SS_CARD", "A99999999", "not_found"),
        ("SS_CARD", "no card", "not_found"),
        ("HEALTH_CARD", HE_CARD, "not_found"),
        ("HEALTH_CARD", "卡", "not_found"),
        ("FACE", "a look", "not_found"),
        ("LIBRARY_CARD", "1", "medium_not_accepted"),
    ],
)
def test_medium_that_finds_nobody_here_is_refused_by_name(
    house: House, kind: str, value: str, reason: str
) -> None:
    assert house.refused(IDENTIFY, medium(kind, value)) == reason


def he_is_registered(house: House) -> str:
    body = medium("CITY_CODE", HE_CITY_CODE) | {"phone": "13800000001", "consent": ACCEPTED}
    return str(house.done("/v1/people/first-visit", body)["patient_id"])


def test_s08_s50_card_of_another_hospital_is_accepted(house: House) -> None:
    person_id = he_is_registered(house)

    told = house.done(IDENTIFY, medium("HEALTH_CARD", HE_CARD), token=CLINIC)

    assert told["patient_id"] == person_id


def test_s07_card_of_another_hospital_is_a_card(house: House) -> None:
    person_id = he_is_registered(house)
    house.done(IDENTIFY, medium("HEALTH_CARD", HE_CARD))

    assert house.refused("/v1/cards", {"patient_id": person_id}) == "has_card"


@SILENCE
def test_s08_loss_elsewhere_is_known_here_and_silence_is_no_word(
    house: House, platforms: Platforms
) -> None:
    he_is_registered(house)
    house.done(IDENTIFY, medium("HEALTH_CARD", HE_CARD))
    platforms.city.fault("/cards/find", "http_500")
    assert house.refused(IDENTIFY, medium("HEALTH_CARD", HE_CARD)) == "city_silent"

    publish = {"number": HE_CARD, "hospital": "H33030200007", "id_number": HE_ID}
    lost = {**publish, "name": "何志强", "state": "LOST"}
    requests.post(f"{platforms.city.url}/cards/publish", json=lost, timeout=5).raise_for_status()

    assert house.refused(IDENTIFY, medium("HEALTH_CARD", HE_CARD)) == "card_not_active"


def test_h28_h29_n21_relatives_code_identifies_the_patient(house: House) -> None:
    patient = house.register_wang()

    told = house.done(IDENTIFY, medium("CITY_CODE", WANG_FAMILY_CODE))

    assert (told["patient_id"], told["by_relative"]) == (patient, True)
    assert DAUGHTER_ID not in str(told)
    (line,) = audited(house, "identified_by_relative")
    assert line.facts == f'{{"of": "{patient}"}}'


def test_n19_n21_neither_card_nor_phone_but_name_and_number_at_the_window(house: House) -> None:
    asked = {"name": "李秀芳", "id_number": LI_ID}
    desk = window(house, "2107")

    assert desk.done("/v1/people/find", asked)["patient_id"] == house.person(LI_ID)
    assert desk.refused("/v1/people/find", {**asked, "name": "李秀"}) == "not_found"
    assert desk.refused("/v1/people/find", {**asked, "id_number": ZHOU_ID}) == "not_found"
    assert house.post("/v1/people/find", asked, token=WINDOW).status_code == 401
    assert house.post("/v1/people/find", asked, token=KIOSK).status_code == 401


def test_w08_every_medium_of_one_number_is_one_person(house: House) -> None:
    """What is agreed with the person holds for every card of the same ID number."""
    ids = {house.done(IDENTIFY, medium(kind, value))["patient_id"] for kind, value in MEDIA_OF_LI}

    assert len(ids) == 1


def test_s06_first_use_of_a_social_security_card_with_the_document(house: House) -> None:
    patient, other = house.register_wang(), house.person(LI_ID)
    body = medium("SS_CARD", WANG_SOCIAL_CARD, id_number=WANG_ID)
    path = f"/v1/patients/{patient}/media"

    assert kiosk(house).refused(path, {**body, "id_number": LI_ID}) == "wrong_document"
    stolen = medium("SS_CARD", WANG_SOCIAL_CARD, id_number=LI_ID)
    assert kiosk(house).refused(f"/v1/patients/{other}/media", stolen) == "medium_of_another"
    told = kiosk(house).done(path, body)

    assert [kept["kind"] for kept in told["media"]] == ["SS_CARD"]
    assert house.refused("/v1/cards", {"patient_id": patient}) == "has_card"


@pytest.mark.parametrize("kind", ["ID_CARD", "EC_CODE", "GREEN_CHANNEL", "HEALTH_CARD_ANON"])
def test_what_names_itself_or_nobody_is_not_attached(house: House, kind: str) -> None:
    path = f"/v1/patients/{house.person(LI_ID)}/media"

    assert kiosk(house).refused(path, medium(kind, "1", id_number=LI_ID)) == "medium_not_accepted"


def test_medium_given_up_at_the_window_identifies_nobody(house: House) -> None:
    person_id = house.person(LI_ID)
    house.done(IDENTIFY, medium("SS_CARD", LI_SOCIAL_CARD))
    ended = medium("SS_CARD", LI_SOCIAL_CARD, reason="handed in")

    window(house).done(f"/v1/patients/{person_id}/media/end", ended)

    assert house.refused(IDENTIFY, medium("SS_CARD", LI_SOCIAL_CARD)) == "card_not_active"
    again = medium("SS_CARD", LI_SOCIAL_CARD, id_number=LI_ID)
    window(house).done(f"/v1/patients/{person_id}/media", again)
    house.done(IDENTIFY, medium("SS_CARD", LI_SOCIAL_CARD))


def test_s43_a_new_kind_of_medium_is_a_word_in_the_profile(house: House) -> None:
    person_id, card = house.person(LI_ID), medium("CITIZEN_CARD", "0571-1", id_number=LI_ID)
    path = f"/v1/patients/{person_id}/media"
    assert kiosk(house).refused(path, card) == "medium_not_accepted"
    context, policy = house.service.context, house.service.policy
    rules = policy.identity.model_copy(update={"media": (*policy.identity.media, "CITIZEN_CARD")})
    wider = replace(context, policy=policy.model_copy(update={"identity": rules}))
    identities = Identities(wider, house.service.insurance, None, None)

    identities.attach(person_id, Shown("CITIZEN_CARD", "0571-1"))

    found = identities.identify(Shown("CITIZEN_CARD", "0571-1"), "")
    assert found.person_id == person_id


@SILENCE
def test_silent_city_is_told_apart_from_an_unknown_code(house: House, platforms: Platforms) -> None:
    platforms.city.fault("/citycode/decode", "http_500")

    assert house.refused(IDENTIFY, medium("CITY_CODE", WANG_CITY_CODE)) == "city_silent"
    assert house.refused(IDENTIFY, medium("CITY_CODE", WANG_CITY_CODE)) == "not_found"
