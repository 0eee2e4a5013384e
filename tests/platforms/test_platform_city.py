"""The city over HTTP: credit of all hospitals, city codes, cards of other hospitals."""

import pytest
from platforms_bench import HTTP, WANG_ID, Json, Platform

HE_ID = "330302197905168818"
LI_ID = "330302196207184525"
OURS, THEIRS = "H33030200001", "H33030200007"
ARREARS: Json = {
    "id_number": LI_ID,
    "hospital": OURS,
    "reference": "ARREARS-1",
    "amount_fen": 12000,
    "since": "2026-02-01",
}
REPAIR: Json = {"id_number": LI_ID, "hospital": OURS, "reference": "ARREARS-1"}
FLAG: Json = {**REPAIR, "evidence_digest": "a" * 64, "operator": "2101"}
DONE = {"result": "SUCCESS"}
CLEAR = {"result": "SUCCESS", "state": "CLEAR", "since": "", "hospital": "", "malicious": False}
WANG_CODE = "CITYWANGJ100000000000000000000000001"


def _refused(code: str) -> Json:
    return {"result": "FAIL", "code": code}


def _state(city: Platform, id_number: str) -> Json:
    return city.ask("/credit/status", id_number=id_number)


def test_n15_suspension_by_another_hospital_holds_in_the_whole_city(city: Platform) -> None:
    assert _state(city, HE_ID) == {
        "result": "SUCCESS",
        "state": "SUSPENDED",
        "since": "2026-01-12",
        "hospital": THEIRS,
        "malicious": False,
    }
    assert _state(city, LI_ID) == CLEAR


def test_n29_person_stays_suspended_while_any_hospitals_entry_stands(city: Platform) -> None:
    assert city.ask("/credit/suspend", **ARREARS) == DONE
    older = {**ARREARS, "hospital": THEIRS, "since": "2026-01-31"}
    assert city.ask("/credit/suspend", **older) == DONE
    assert _state(city, LI_ID)["hospital"] == THEIRS
    assert city.ask("/credit/repair", **{**REPAIR, "hospital": THEIRS}) == DONE
    assert _state(city, LI_ID)["hospital"] == OURS
    assert city.ask("/credit/repair", **REPAIR) == DONE
    assert _state(city, LI_ID) == CLEAR


def test_suspension_sent_again_after_its_repair_suspends_nobody(city: Platform) -> None:
    city.ask("/credit/suspend", **ARREARS)
    city.ask("/credit/repair", **REPAIR)
    assert city.ask("/credit/suspend", **ARREARS) == DONE
    assert city.ask("/credit/repair", **REPAIR) == DONE
    assert _state(city, LI_ID) == CLEAR


def test_suspension_that_comes_after_its_repair_is_refused(city: Platform) -> None:
    assert city.ask("/credit/repair", **REPAIR) == DONE
    assert city.ask("/credit/suspend", **ARREARS) == _refused("REFERENCE_CLOSED")
    assert _state(city, LI_ID) == CLEAR


def test_reference_with_other_content_is_refused(city: Platform) -> None:
    city.ask("/credit/suspend", **ARREARS)
    other = {**ARREARS, "amount_fen": 12001}
    assert city.ask("/credit/suspend", **other) == _refused("REFERENCE_USED")
    foreign = {**REPAIR, "id_number": WANG_ID}
    assert city.ask("/credit/repair", **foreign) == _refused("REFERENCE_USED")
    assert _state(city, LI_ID)["state"] == "SUSPENDED"


def test_n16_malicious_flag_carries_evidence_and_operator_and_can_be_withdrawn(
    city: Platform,
) -> None:
    assert city.ask("/credit/malicious", **FLAG) == DONE
    assert _state(city, LI_ID) == {**CLEAR, "malicious": True}
    withdrawal = {**REPAIR, "operator": "2107"}
    assert city.ask("/credit/malicious/withdraw", **withdrawal) == DONE
    assert _state(city, LI_ID) == CLEAR
    assert city.books()["flags"] == [{**FLAG, "withdrawn_by": "2107", "state": "WITHDRAWN"}]


@pytest.mark.parametrize("missing", [{"operator": ""}, {"evidence_digest": ""}])
def test_n16_malicious_flag_without_a_person_or_evidence_is_no_request(
    city: Platform, missing: Json
) -> None:
    answer = HTTP.post(f"{city.url}/credit/malicious", json={**FLAG, **missing})
    assert answer.status_code == 422
    assert city.books()["flags"] == []


def test_c16_silent_city_says_nothing_about_a_person(city: Platform) -> None:
    city.control("fault", path="/credit/status", kind="http_500")
    answer = HTTP.post(f"{city.url}/credit/status", json={"id_number": LI_ID})
    assert answer.status_code == 500


def test_h09_city_code_names_a_person_once_for_each_purpose(city: Platform) -> None:
    wang = {"result": "SUCCESS", "id_number": WANG_ID, "name": "王建国", "family_of": None}
    assert city.ask("/citycode/decode", code=WANG_CODE, purpose="01101") == wang
    assert city.ask("/citycode/decode", code=WANG_CODE, purpose="01301") == wang
    again = city.ask("/citycode/decode", code=WANG_CODE, purpose="01301")
    assert again == _refused("USED")


def test_h28_code_on_a_relatives_phone_names_patient_and_relative(city: Platform) -> None:
    shown = "CITYWANGJ2" + "0" * 26
    found = city.ask("/citycode/decode", code=shown, purpose="01301")
    assert (found["id_number"], found["family_of"]) == (WANG_ID, "330302198203151549")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("CITYWANGJ100000000000000000000000EXP", "EXPIRED"),
        ("CITYNOBODY00000000000000000000000001", "UNKNOWN"),
        ("CITYWANGJ10000000000000000000000001", "UNKNOWN"),
        ("ECDEMO0000000000000000WANGJ1", "UNKNOWN"),
        ("134500000000000001", "UNKNOWN"),
    ],
)
def test_code_that_names_nobody_now_is_refused(city: Platform, code: str, reason: str) -> None:
    assert city.ask("/citycode/decode", code=code, purpose="01101") == _refused(reason)


def test_added_person_shows_codes_and_a_social_card(city: Platform) -> None:
    person: Json = {"id_number": HE_ID, "name": "何志强", "code_name": "CHILD1"}
    city.control("add_person", **person, family_of=LI_ID, sscard_no="B00000001")
    found = city.ask("/citycode/decode", code="CITYCHILD1" + "0" * 26, purpose="01101")
    assert found["family_of"] == LI_ID
    assert city.ask("/sscard/find", card_no="B00000001")["id_number"] == HE_ID


def test_s08_card_of_another_hospital_is_found(city: Platform) -> None:
    assert city.ask("/cards/find", number="880000000016") == {
        "result": "SUCCESS",
        "hospital": THEIRS,
        "id_number": HE_ID,
        "name": "何志强",
        "state": "ACTIVE",
    }
    assert city.ask("/cards/find", number="260000000017") == _refused("NOT_FOUND")


def test_s08_last_word_of_the_cards_own_hospital_counts(city: Platform) -> None:
    card: Json = {"number": "260000000025", "hospital": OURS, "id_number": LI_ID, "name": "李秀芳"}
    assert city.ask("/cards/publish", **card, state="ACTIVE") == DONE
    assert city.ask("/cards/publish", **card, state="LOST") == DONE
    foreign = {**card, "hospital": THEIRS}
    assert city.ask("/cards/publish", **foreign, state="ACTIVE") == _refused("FOREIGN_NUMBER")
    assert city.ask("/cards/find", number="260000000025")["state"] == "LOST"


def test_s08_anonymous_card_is_published_without_a_person(city: Platform) -> None:
    card: Json = {"number": "260000000033", "hospital": OURS, "id_number": "", "name": ""}
    city.ask("/cards/publish", **card, state="ACTIVE")
    assert city.ask("/cards/find", number="260000000033")["id_number"] == ""


def test_a_a2_social_security_card_leads_to_its_person(city: Platform) -> None:
    found = city.ask("/sscard/find", card_no="A33030101")
    assert found == {"result": "SUCCESS", "id_number": WANG_ID, "name": "王建国"}
    assert city.ask("/sscard/find", card_no="A99999999") == _refused("NOT_FOUND")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/credit/status", {"id_number": "33030219550112341"}),
        ("/credit/suspend", {**ARREARS, "since": "2026-02-30"}),
        ("/credit/suspend", {**ARREARS, "amount_fen": 120.0}),
        ("/credit/suspend", {**ARREARS, "hospital": "OURS"}),
        ("/citycode/decode", {"code": WANG_CODE, "purpose": "pay"}),
    ],
)
def test_request_of_a_wrong_shape_is_422(city: Platform, path: str, body: Json) -> None:
    assert HTTP.post(city.url + path, json=body).status_code == 422


def test_ordered_refusal_meets_one_request_and_does_nothing(city: Platform) -> None:
    city.control("refuse", path="/credit/suspend", code="BUSY")
    assert city.ask("/credit/suspend", **ARREARS) == _refused("BUSY")
    assert _state(city, LI_ID) == CLEAR
    assert city.ask("/credit/suspend", **ARREARS) == DONE
