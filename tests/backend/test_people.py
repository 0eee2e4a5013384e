"""Who somebody is: identification, registration by ID card, masks, and a terminal's sign-on."""

from __future__ import annotations

import pytest
from backend_bench import Json, Platforms
from service_bench import (
    CLINIC,
    FUNCTIONS,
    KIOSK,
    LI_CODE,
    LI_ID,
    WANG_ID,
    WINDOW,
    ZHOU_ID,
    House,
    new_person,
)

from settlement_backend.base.tables import AuditLine
from settlement_backend.people.tables import Person
from settlement_backend.terminals.tables import Terminal

SILENCE = pytest.mark.expects_warnings("settlement_backend")


def medium(kind: str, value: str) -> Json:
    return {"medium": {"kind": kind, "value": value}}


@pytest.mark.parametrize(
    ("kind", "value"),
    [("ID_CARD", LI_ID), ("HEALTH_CARD", "260000000025"), ("EC_CODE", LI_CODE)],
)
def test_every_medium_finds_its_person(house: House, kind: str, value: str) -> None:
    told = house.done("/v1/people/identify", medium(kind, value))

    assert told == {
        "patient_id": told["patient_id"],
        "display_name": "李*芳",
        "display_id": "3***************25",
        "display_phone": "139****1234",
        "sex": "F",
        "age": told["age"],
        "identities": [],
        "insurance": "310",
        "card_number": "********0025",
        "by_relative": False,
    }


def test_window_sees_the_name_and_more_of_the_number(house: House) -> None:
    told = house.done("/v1/people/identify", medium("ID_CARD", ZHOU_ID), token=WINDOW)

    assert (told["display_name"], told["display_id"]) == ("周明华", "330302********5623")
    assert told["identities"] == ["BENEFIT"]
    shown = house.get(f"/v1/patients/{told['patient_id']}", token=WINDOW)
    assert {**shown, "by_relative": False} == told


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("ID_CARD", WANG_ID, "not_found"),
        ("ID_CARD", "nobody", "not_found"),
        ("HEALTH_CARD", "269999999999", "not_found"),
        ("EC_CODE", "ECDEMO0000000000000000WANGJ1", "not_found"),
        ("EC_CODE", "ECDEMO00000000000000000NOBODY", "code_expired"),
        ("EC_CODE", "ECDEMO0000000000000000000EXP", "code_expired"),
        ("FACE", "260000000025", "not_found"),
    ],
)
def test_medium_that_finds_nobody_is_refused_by_name(
    house: House, kind: str, value: str, reason: str
) -> None:
    assert house.refused("/v1/people/identify", medium(kind, value)) == reason


def test_code_of_the_insurance_is_good_once(house: House) -> None:
    house.done("/v1/people/identify", medium("EC_CODE", LI_CODE))

    assert house.refused("/v1/people/identify", medium("EC_CODE", LI_CODE)) == "code_expired"


@SILENCE
def test_silent_decoder_is_told_apart_from_an_expired_code(
    house: House, platforms: Platforms
) -> None:
    platforms.insurance.fault("/ecquery", "http_500")

    assert house.refused("/v1/people/identify", medium("EC_CODE", LI_CODE)) == "insurance_silent"


def test_card_that_is_only_reserved_identifies_nobody(house: House) -> None:
    patient = house.register_wang()
    number = house.done("/v1/cards", {"patient_id": patient})["card_number"]

    body = medium("HEALTH_CARD", number)

    assert house.refused("/v1/people/identify", body) == "card_not_active"


def test_s03_new_person_is_registered_from_the_id_card(house: House) -> None:
    told = house.done("/v1/people", new_person())

    assert (told["display_name"], told["display_id"]) == ("王*国", "3***************11")
    assert (told["display_phone"], told["sex"]) == ("138****0000", "M")
    assert told["card_number"] is None
    assert house.done("/v1/people/identify", medium("ID_CARD", WANG_ID)) == {
        **told,
        "insurance": "310",
        "by_relative": False,
    }


def test_known_person_without_a_card_is_the_same_person(house: House) -> None:
    first = house.done("/v1/people", new_person())

    again = house.done("/v1/people", {**new_person(), "phone": "13911112222"})

    assert again["patient_id"] == first["patient_id"]
    assert again["display_phone"] == "139****2222"
    with house.service.db.read() as session:
        assert session.query(Person).filter_by(id_number=WANG_ID).count() == 1


def test_person_with_a_card_is_refused_with_its_masked_number(house: House) -> None:
    document = {"name": "李秀芳", "id_number": LI_ID, "birth_date": "1962-07-18", "sex": "F"}

    answer = house.post("/v1/people", new_person(**document))

    assert answer.status_code == 409
    assert answer.json() == {"refused": "has_card", "detail": "********0025"}


def test_registration_is_on_the_record_without_a_name(house: House) -> None:
    house.register_wang()

    with house.service.db.read() as session:
        line = session.query(AuditLine).filter_by(event="person_registered").one()
    assert line.terminal_id == "K01"
    assert "王" not in line.facts
    assert WANG_ID not in line.facts


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id_number": "330302195501123412"}, "bad_id_number"),
        ({"id_number": "990302195501123410"}, "bad_id_number"),
        ({"id_number": "33030219550112341"}, "bad_id_number"),
        ({"id_number": ""}, "bad_id_number"),
        ({"birth_date": "1955-01-13"}, "bad_birth_date"),
        ({"birth_date": "1955-02-30"}, "bad_birth_date"),
        ({"birth_date": "19550112"}, "bad_birth_date"),
        ({"birth_date": ""}, "bad_birth_date"),
        ({"valid_to": "2015-01-01"}, "id_expired"),
        ({"valid_to": "never"}, "id_expired"),
    ],
)
def test_document_that_is_wrong_is_refused_by_name(
    house: House, changes: dict[str, str], reason: str
) -> None:
    assert house.refused("/v1/people", new_person(**changes)) == reason


def test_birth_in_the_future_is_refused(house: House) -> None:
    """A number with a valid check digit all the same."""
    document = new_person(id_number="330302209901013013", birth_date="2099-01-01")

    assert house.refused("/v1/people", document) == "bad_birth_date"


def test_number_with_a_small_x_is_not_a_second_person(house: House) -> None:
    big = new_person(id_number="33030219550112369X")

    house.done("/v1/people", big)

    assert house.refused("/v1/people", new_person(id_number="33030219550112369x")) == (
        "bad_id_number"
    )


def test_card_is_valid_on_its_last_day(house: House) -> None:
    today = house.clock.now().date().isoformat()

    assert house.post("/v1/people", new_person(valid_to=today)).status_code == 201


@pytest.mark.parametrize("phone", ["", "1380000000", "12800000000", "138000000001", "1380000000a"])
def test_phone_that_is_not_a_mobile_number_is_refused(house: House, phone: str) -> None:
    assert house.refused("/v1/people", {**new_person(), "phone": phone}) == "bad_phone"


@pytest.mark.parametrize(
    "consent",
    [
        {"notice_version": "2025-01", "accepted_at": "2026-03-02T09:00:00+08:00"},
        {"notice_version": "2026-01", "accepted_at": ""},
    ],
)
def test_person_who_accepted_no_notice_of_today_is_refused(
    house: House, consent: dict[str, str]
) -> None:
    assert house.refused("/v1/people", {**new_person(), "consent": consent}) == "consent_missing"


def test_unknown_patient_is_not_found(house: House) -> None:
    answer = house.ask("GET", "/v1/patients/nobody", token=WINDOW)

    assert (answer.status_code, answer.json()) == (404, {"error": "unknown_patient"})


def sign_on(seq: int, head: str = "ab") -> Json:
    return {"journal_seq": seq, "journal_head": head, "software": "1.0"}


def test_terminal_is_told_what_it_is_and_may_do(house: House) -> None:
    told = house.done("/v1/terminals/sign-on", sign_on(0))

    assert (told["terminal_id"], told["kind"]) == ("K01", "kiosk")
    assert told["name"] == {"zh": "自助机 A-03", "en": "Machine A-03"}
    assert told["prepay_collect"] == {"allow": False, "rule_id": "OP-BAN"}
    assert told["preauth_enabled"] is True
    assert told["functions"] == list(FUNCTIONS["MULTI_FUNCTION"])
    assert set(told["notice"]) == {"version", "title", "text"}
    assert told["time"] == house.clock.now().isoformat(timespec="milliseconds")
    window = house.done("/v1/terminals/sign-on", sign_on(0), token=WINDOW)
    assert (window["terminal_id"], window["kind"]) == ("W07", "window")


def marked(house: House, seq: int, head: str) -> None:
    """Any request may carry the journal's mark."""
    headers = {"X-Journal-Seq": str(seq), "X-Journal-Head": head}
    house.ask("GET", "/v1/departments", token=KIOSK, headers=headers)


def test_journal_mark_only_rises(house: House) -> None:
    for seq, head in [(7, "aa"), (9, "bb"), (8, "cc"), (9, "dd")]:
        marked(house, seq, head)

    with house.service.db.read() as session:
        terminal = session.get_one(Terminal, "K01")
    assert (terminal.journal_seq, terminal.journal_head) == (9, "bb")


def test_journal_behind_its_mark_is_refused_and_one_at_it_is_not(house: House) -> None:
    marked(house, 9, "ab")

    assert house.refused("/v1/terminals/sign-on", sign_on(8)) == "journal_behind"
    assert house.done("/v1/terminals/sign-on", sign_on(9))["terminal_id"] == "K01"
    assert house.done("/v1/terminals/sign-on", sign_on(0), token=CLINIC)["kind"] == "clinic"


def test_sign_on_raises_the_mark_too(house: House) -> None:
    house.done("/v1/terminals/sign-on", sign_on(9))

    assert house.refused("/v1/terminals/sign-on", sign_on(4)) == "journal_behind"


@pytest.mark.parametrize("seq", ["-1", "1.5", "many", str(2**64)])
def test_journal_mark_that_is_no_number_is_malformed(house: House, seq: str) -> None:
    answer = house.ask("GET", "/v1/departments", headers={"X-Journal-Seq": seq})

    assert answer.status_code == 422


def test_referral_names_the_patients_own_bills_only(house: House) -> None:
    zhou, li = house.person(ZHOU_ID), house.person(LI_ID)
    own = house.get(f"/v1/patients/{zhou}/bills")["bills"][0]["bill_id"]
    body = {"patient_id": zhou, "bill_ids": [own], "reason": "window_only"}

    assert house.refused("/v1/referrals", {**body, "patient_id": li}) == "not_found"
    assert house.refused("/v1/referrals", {**body, "bill_ids": ["none"]}) == "not_found"

    slip = house.done("/v1/referrals", body)["slip"]
    told = house.done("/v1/slips/resolve", {"text": slip["qr_text"]}, token=WINDOW)
    assert (told["kind"], told["bill_ids"]) == ("R", [own])
    assert told["patient"]["display_name"] == "周明华"
