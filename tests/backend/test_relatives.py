"""Relatives, guardians and contacts: who asks, who agrees, what they may then do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from backend_bench import Json
from people_bench import (
    ACCEPTED,
    DAUGHTER_ID,
    Desk,
    audited,
    child,
    id_number,
    kiosk,
    phone,
    window,
)
from service_bench import LI_ID, WANG_ID, House

from settlement_backend.notices.tables import Notice
from settlement_backend.people import relatives

CONSENT = {"consent": ACCEPTED}
MOTHER_ID = id_number("19850315", "222")


def relative(number: str = DAUGHTER_ID, **changes: object) -> Json:
    asked = {"kind": "CHILD", "name": "王静", "id_number": number, "phone": "13900000000"}
    return {**asked, "proof": "", "may_see": True, "may_pay": True, **changes}


def bound(desk: Desk, patient: str, body: Json) -> Json:
    asked = desk.done(f"/v1/patients/{patient}/relatives", body)
    return desk.done(f"/v1/relatives/{asked['relation_id']}/agree", CONSENT)


def allowed(house: House, patient: str, number: str) -> tuple[bool, bool]:
    with house.service.db.read() as session:
        return (
            relatives.may_see(session, patient, number),
            relatives.may_pay(session, patient, number),
        )


def test_n17_relative_is_bound_on_the_phone_when_the_patient_agrees(house: House) -> None:
    patient, desk = house.register_wang(), phone(house)

    asked = desk.done(f"/v1/patients/{patient}/relatives", relative())

    assert (asked["state"], allowed(house, patient, DAUGHTER_ID)) == ("ASKED", (False, False))
    told = kiosk(house).done(f"/v1/relatives/{asked['relation_id']}/agree", CONSENT)
    assert (told["state"], told["display_name"]) == ("ACTIVE", "王*")
    assert allowed(house, patient, DAUGHTER_ID) == (True, True)
    with house.service.db.read() as session:
        assert [note.person_id for note in session.query(Notice).filter_by(kind="relative_asked")]


def test_n20_relative_sees_whom_they_may_act_for(house: House) -> None:
    patient, desk = house.register_wang(), phone(house)
    bound(desk, patient, relative(may_pay=False))

    told = desk.done("/v1/relatives/patients", {"id_number": DAUGHTER_ID})

    (found,) = told["patients"]
    assert (found["patient_id"], found["display_name"]) == (patient, "王*国")
    assert (found["may_see"], found["may_pay"]) == (True, False)
    assert desk.done("/v1/relatives/patients", {"id_number": ""}) == {"patients": []}
    assert house.post("/v1/relatives/patients", {"id_number": DAUGHTER_ID}).status_code == 401


def test_n20_w31_patient_sees_the_relative_masked_and_ends_it(house: House) -> None:
    patient, desk = house.register_wang(), kiosk(house)
    relation = bound(phone(house), patient, relative())["relation_id"]
    (shown,) = house.get(f"/v1/patients/{patient}/relatives")["relations"]
    assert (shown["display_name"], shown["display_id"]) == ("王*", "3***************49")

    desk.done(f"/v1/relatives/{relation}/end", {"reason": "no longer"})

    assert allowed(house, patient, DAUGHTER_ID) == (False, False)
    assert house.get(f"/v1/patients/{patient}/relatives") == {"relations": []}
    assert desk.refused(f"/v1/relatives/{relation}/agree", CONSENT) == "relation_ended"
    assert bound(phone(house), patient, relative())["state"] == "ACTIVE"
    assert [line.terminal_id for line in audited(house, "relative_ended")] == ["K01"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id_number": "1"}, "bad_id_number"),
        ({"id_number": WANG_ID}, "same_person"),
        ({"kind": "GUARDIAN"}, "proof_needed"),
    ],
)
def test_binding_that_is_wrong_is_refused_by_name(house: House, changes: Json, reason: str) -> None:
    path = f"/v1/patients/{house.register_wang()}/relatives"

    assert phone(house).refused(path, relative(**changes)) == reason


def test_relative_is_bound_once(house: House) -> None:
    patient, desk = house.register_wang(), phone(house)
    bound(desk, patient, relative())

    assert desk.refused(f"/v1/patients/{patient}/relatives", relative()) == "already_bound"


def test_consent_to_a_text_of_yesterday_binds_nobody(house: House) -> None:
    patient, desk = house.register_wang(), phone(house)
    asked = desk.done(f"/v1/patients/{patient}/relatives", relative())
    old = {"consent": {**ACCEPTED, "notice_version": "2020-01"}}

    assert desk.refused(f"/v1/relatives/{asked['relation_id']}/agree", old) == "consent_missing"
    assert allowed(house, patient, DAUGHTER_ID) == (False, False)


def test_n22_child_signs_with_a_guardian_and_the_guardian_agrees_for_it(house: House) -> None:
    year = house.clock.now().year - 10
    patient, desk = child(house, f"{year}0101"), kiosk(house)
    assert desk.may(patient, "sign-alone") == (False, "N22")
    father = phone(house).done(f"/v1/patients/{patient}/relatives", relative())["relation_id"]
    assert desk.refused(f"/v1/relatives/{father}/agree", CONSENT) == "guardian_needed"
    mother = relative(MOTHER_ID, kind="GUARDIAN", proof="户口簿")

    guardian = window(house).done(f"/v1/patients/{patient}/relatives", mother)

    assert (guardian["state"], desk.may(patient, "sign-alone")) == ("ACTIVE", (True, "N22"))
    body = {**CONSENT, "guardian": guardian["relation_id"]}
    assert desk.done(f"/v1/relatives/{father}/agree", body)["state"] == "ACTIVE"


@pytest.mark.parametrize(("years", "alone"), [(14, True), (13, False)])
def test_n22_teenager_signs_alone_from_the_fourteenth_birthday(
    house: House, years: int, alone: bool
) -> None:
    """Fourteen years ago today, and one day later: thirteen still."""
    today = house.clock.now().date()
    born = today.replace(year=today.year - 14) + timedelta(days=14 - years)

    assert kiosk(house).may(child(house, f"{born:%Y%m%d}"), "sign-alone") == (alone, "N22")


def test_w30_w32_minors_payee_is_the_contact_once_the_name_is_clear(house: House) -> None:
    year = house.clock.now().year - 15
    patient, desk = child(house, f"{year}0101"), window(house)
    path, ask = f"/v1/patients/{patient}/contact", "be-paid-back"
    assert desk.may(patient, ask) == (False, "W30")
    desk.done(path, {"name": "妈妈", "id_number": "", "phone": "13900000000"})
    assert desk.may(patient, ask) == (False, "W32")

    named = {"name": "李芳", "id_number": MOTHER_ID}
    phone(house).done(f"{path}/real-name", named)

    assert desk.may(patient, ask) == (True, "W30")
    assert phone(house).done(f"{path}/real-name", named)["kind"] == "CONTACT"
    other = {"name": "别人", "id_number": DAUGHTER_ID}
    assert phone(house).refused(f"{path}/real-name", other) == "contact_clear"


def test_w30_new_contact_ends_the_one_before(house: House) -> None:
    patient, desk = house.person(LI_ID), window(house)
    path = f"/v1/patients/{patient}/contact"
    for number in (DAUGHTER_ID, MOTHER_ID):
        desk.done(path, {"name": "王静", "id_number": number, "phone": ""})

    with house.service.db.read() as session:
        contact = relatives.contact_of(session, patient)
        assert contact is not None
        assert contact.id_number == MOTHER_ID
    assert desk.refused(path, {"name": "王静", "id_number": "1", "phone": ""}) == "bad_id_number"


def test_w32_second_submission_needs_a_contact(house: House) -> None:
    path = f"/v1/patients/{house.person(LI_ID)}/contact/real-name"

    assert phone(house).refused(path, {"name": "王静", "id_number": MOTHER_ID}) == "contact_needed"
