"""First-visit registration by a code or a card, permission, and people without a name."""

from __future__ import annotations

import pytest
from backend_bench import Json, Platforms
from people_bench import (
    ACCEPTED,
    HE_CARD,
    HE_CITY_CODE,
    HE_ID,
    WANG_CITY_CODE,
    WANG_FAMILY_CODE,
    WANG_SOCIAL_CARD,
    Desk,
    audited,
    kiosk,
    medium,
    phone,
    window,
)
from service_bench import KIOSK, LI_CODE, LI_ID, WANG_ID, WINDOW, House, new_key

from settlement_backend.acquirers.tables import Agreement
from settlement_backend.people import cards, people
from settlement_backend.people.people import Unknown

FIRST_VISIT = "/v1/people/first-visit"
WANG_CODE = "ECDEMO0000000000000000WANGJ1"
NOBODY = {"card": "GREEN_CHANNEL", "called": "急救一", "sex": "M", "birth_date": ""}


def visit(kind: str, value: str, *, permitted: bool = False) -> Json:
    more = {"permission": ACCEPTED} if permitted else {}
    return medium(kind, value) | {"phone": "13800000000", "consent": ACCEPTED} | more


@pytest.mark.parametrize("token", [KIOSK, WINDOW])
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("EC_CODE", WANG_CODE),
        ("CITY_CODE", WANG_CITY_CODE),
        ("CITY_CODE", WANG_FAMILY_CODE),
        ("SS_CARD", WANG_SOCIAL_CARD),
    ],
)
def test_h09_a_a1_a_a3_s06_first_visit_by_a_medium_of_an_issuer(
    house: House, token: str, kind: str, value: str
) -> None:
    told = Desk(house, token).done(FIRST_VISIT, visit(kind, value))

    assert (told["sex"], told["insurance"]) == ("M", "310")
    assert house.person(WANG_ID) == told["patient_id"]
    shown = house.get(f"/v1/patients/{told['patient_id']}", token=WINDOW)
    assert (shown["display_name"], shown["display_phone"]) == ("王建国", "138****0000")
    assert [line.terminal_id for line in audited(house, "first_visit")] == [told_at(token)]


def told_at(token: str) -> str:
    return {KIOSK: "K01", WINDOW: "W07"}[token]


def test_s06_s08_card_of_another_hospital_registers_its_holder(house: House) -> None:
    told = house.done(FIRST_VISIT, visit("HEALTH_CARD", HE_CARD))

    again = house.done("/v1/people/identify", medium("HEALTH_CARD", HE_CARD))
    assert again["patient_id"] == told["patient_id"]


def test_first_visit_of_somebody_known_is_the_same_person(house: House) -> None:
    body = {**visit("EC_CODE", LI_CODE), "phone": "13911112222"}

    told = house.done(FIRST_VISIT, body)

    assert told["patient_id"] == house.person(LI_ID)
    assert told["display_phone"] == "139****2222"


def test_first_visit_is_answered_once(house: House) -> None:
    key, body = new_key(), visit("CITY_CODE", HE_CITY_CODE)

    assert house.done(FIRST_VISIT, body, key=key) == house.done(FIRST_VISIT, body, key=key)
    assert house.refused(FIRST_VISIT, body) == "code_expired"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (medium("ID_CARD", WANG_ID), "document_needed"),
        ({"phone": "1"}, "bad_phone"),
        ({"consent": {**ACCEPTED, "notice_version": "2020-01"}}, "consent_missing"),
        ({"permission": {**ACCEPTED, "notice_version": "2020-01"}}, "consent_missing"),
        (medium("CITY_CODE", "CITYNOBODY" + "0" * 26), "not_found"),
    ],
)
def test_first_visit_that_lacks_something_is_refused(
    house: House, changes: Json, reason: str
) -> None:
    assert house.refused(FIRST_VISIT, visit("EC_CODE", WANG_CODE) | changes) == reason


def test_h06_h10_permission_and_first_visit_make_the_precondition(house: House) -> None:
    told = house.done(FIRST_VISIT, visit("EC_CODE", WANG_CODE))
    patient, desk = told["patient_id"], kiosk(house)
    assert desk.may(patient, "be-served") == (False, "H10")

    desk.done(f"/v1/patients/{patient}/consents", {"kind": "E_CERTIFICATE", "consent": ACCEPTED})

    assert desk.may(patient, "be-served") == (True, "H10")
    phone(house).done(f"/v1/patients/{patient}/consents/withdraw", {"kind": "E_CERTIFICATE"})
    assert desk.may(patient, "be-served") == (False, "H10")
    assert [line.facts for line in audited(house, "decided_be_served")][1] == (
        f'{{"allow": true, "of": "{patient}", "rule": "H10"}}'
    )


def test_h06_permission_can_be_given_with_the_first_visit(house: House) -> None:
    told = house.done(FIRST_VISIT, visit("EC_CODE", WANG_CODE, permitted=True))

    assert kiosk(house).may(told["patient_id"], "be-served") == (True, "H10")


def test_a_b1_h10_signed_credit_line_stands_for_the_permission(house: House) -> None:
    patient, desk = house.person(LI_ID), kiosk(house)
    assert desk.may(patient, "be-served") == (False, "H10")
    line = Agreement(id="G1", person_id=patient, kind="CREDIT_LINE", state="SIGNED", acquirer="")
    line.asked_at = "2026-01-02T10:00:00.000+08:00"
    with house.service.db.write() as session:
        session.add(line)

    assert desk.may(patient, "be-served") == (True, "H10")


def test_a_a1_s20_insurance_tells_what_makes_a_person_a_windows(
    house: House, platforms: Platforms
) -> None:
    told = {"psn_no": "33030000000000000000000190", "id_number": HE_ID, "name": "何志强"}
    platforms.insurance.control(
        "add_person", **told, account_fen=0, e_code="X" * 28, insutype="390", medical_aid=True
    )

    patient = house.done(FIRST_VISIT, visit("CITY_CODE", HE_CITY_CODE))

    assert (patient["insurance"], patient["identities"]) == ("390", ["BENEFIT"])
    assert kiosk(house).may(patient["patient_id"], "use-kiosk") == (False, "S20")


# --- people without a name


def test_s05_c07_anonymous_card_is_off_by_the_profile_and_never_a_kiosks(house: House) -> None:
    body = {**NOBODY, "card": "HEALTH_CARD_ANON"}

    assert window(house).refused("/v1/people/unknown", body) == "anonymous_card"
    assert house.post("/v1/people/unknown", body).status_code == 401


def test_s04_kiosk_makes_no_card_for_somebody_without_a_name(house: House) -> None:
    patient = window(house).done("/v1/people/unknown", NOBODY)["patient_id"]

    assert kiosk(house).refused("/v1/cards", {"patient_id": patient}) == "window_only"


def test_s16_s20_anonymous_holder_is_a_windows_and_leaves_no_money(house: House) -> None:
    told = window(house).done("/v1/people/unknown", NOBODY)
    patient, desk = told["patient_id"], kiosk(house)

    assert (told["display_id"], told["age"], told["identities"]) == ("", 0, ["ON_ACCOUNT"])
    for question in ("use-kiosk", "leave-money", "sign-alone", "agree-alone", "be-served"):
        assert desk.may(patient, question)[0] is False
    assert desk.may(patient, "register") == (True, "W38")
    hold_terms = house.get(f"/v1/patients/{patient}/hold-terms")
    assert (hold_terms["allowed"], hold_terms["reason"]) == (False, "anonymous")
    relative = {"kind": "CHILD", "name": "王静", "id_number": LI_ID, "phone": "", "proof": ""}
    body = {**relative, "may_see": True, "may_pay": True}
    assert phone(house).refused(f"/v1/patients/{patient}/relatives", body) == "anonymous"


def test_two_people_without_a_name_are_two(house: House) -> None:
    desk = window(house)
    first, second = (desk.done("/v1/people/unknown", NOBODY)["patient_id"] for _ in range(2))

    assert first != second
    inside = f"~{first}"
    assert house.refused("/v1/people/identify", medium("ID_CARD", inside)) == "not_found"
    assert house.refused("/v1/people/identify", medium("ID_CARD", "~")) == "not_found"


def test_s05_s26_anonymous_card_where_the_profile_allows_has_no_loss_report(house: House) -> None:
    policy = house.service.policy.identity
    allowed = policy.model_copy(update={"anonymous_card_issue": "WINDOW_ONLY"})
    with house.service.db.write() as session:
        person = people.add_unknown(session, Unknown("ANONYMOUS", "无名", "F", "1990-01-01"))
        wish = cards.Wish("K1/anonymous", "window")
        card = cards.reserve_card(session, allowed, person, wish)
        cards.activate_card(session, card.number, "04AA")
        assert (card.kind, card.state, card.to_publish) == ("HEALTH_CARD_ANON", "ACTIVE", "")

    told = house.done("/v1/people/identify", medium("HEALTH_CARD", card.number))
    assert told["identities"] == ["ANONYMOUS"]
    path = f"/v1/cards/{card.number}/loss"
    assert window(house).refused(path, {"id_number": ""}) == "anonymous"


def test_w38_birth_date_of_somebody_unknown_may_be_a_guess_or_nothing(house: House) -> None:
    desk, today = window(house), house.clock.now().date()

    told = desk.done("/v1/people/unknown", {**NOBODY, "birth_date": "1950-01-01"})

    assert told["age"] == today.year - 1950
    assert desk.refused("/v1/people/unknown", {**NOBODY, "birth_date": "old"}) == "bad_birth_date"
