"""Who somebody is, at the real screens: everything that can be shown, first visits, help by staff.

What a reader would get wrong: one test may prove several rows, because one visit does.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cast import PHONE, Guest, stranger
from cast_people import (
    asked_on_the_phone,
    at_window,
    city_code,
    elsewhere_card,
    known_to_city,
    person_of,
    social_card,
    told,
)
from cast_prefund import born
from hall import UNTOUCHED, Hall

from core.audit import AuditEvent, audited
from sandbox.house import VISIT
from sandbox.people import Person
from sandbox.player.hands import wait_until
from tests.helpers.kiosk_house import built_house, kiosk_at

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]


@pytest.fixture(scope="module")
def wide(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A kiosk with a tap point and a camera."""
    with (
        built_house((*VISIT, "nfc", "camera")) as house,
        kiosk_at(house, tmp_path_factory.mktemp("told")) as stage,
    ):
        yield Hall(house, stage)


def overview(hall: Hall) -> None:
    """Begin a service that only wants to know who somebody is."""
    hall.stage.begin("permissions")
    hall.stage.arrive("Identify")


def leave(hall: Hall) -> None:
    """Away, and home."""
    hall.stage.press("dock_leave")
    hall.home()


def register_by(hall: Hall, phone: str = PHONE) -> None:
    """From the offer to a registered person: phone number and notice."""
    hall.stage.arrive("TypeIn")
    hall.stage.digits(phone)
    hall.stage.press("key_enter")
    hall.stage.arrive("Show")
    hall.reads("How we use your data")
    hall.stage.press("press_agree")


def audits(hall: Hall, event: AuditEvent) -> list[dict[str, str | int]]:
    """Facts of each audit line of this kind, oldest first."""
    records = hall.stage.kiosk.machine.records()
    return [dict(record.entry.payload) for record in records if audited(record) is event]


def sees(hall: Hall, who: Guest | str) -> None:
    """The overview is this person's; numbers and name are masked."""
    hall.stage.arrive("Choose")
    name = who if isinstance(who, str) else who.patient.display_name
    hall.reads("What I agreed to", f"{name}, touch a line to change it")


def test_w15_h01_a_c1_a_c2_s43_s50_n19_n21_every_medium_finds_the_same_patient(hall: Hall) -> None:
    who = hall.guest()
    known_to_city(hall.house, who.person, "SAME01", card="B10000001")
    uid = social_card(hall.house, "B10000001", who.person)

    overview(hall)
    hall.reads("ID card", "Health card, social-security card", "Insurance code, city code")
    hall.lay_id_card(who)
    sees(hall, who)
    leave(hall)
    for card in (who.card_uid, uid):
        overview(hall)
        hall.insert(card)
        sees(hall, who)
        leave(hall)
    overview(hall)
    hall.stage.do("scanner", "show", text=city_code("SAME01"))
    sees(hall, who)
    leave(hall)
    media = told(hall, f"/v1/patients/{who.patient.patient_id}/media")["media"]
    assert [one["kind"] for one in media] == ["HEALTH_CARD", "SS_CARD"]


def test_h28_relatives_phone_shows_the_patients_code_and_is_asked(hall: Hall) -> None:
    who, child = hall.guest(), hall.guest()
    known_to_city(hall.house, who.person, "FAMIL1", relative=child.person.id_number)
    overview(hall)

    hall.stage.do("scanner", "show", text=city_code("FAMIL1"))

    hall.stage.arrive("Show")
    hall.reads("Is this the patient?", "A relative's phone showed this code")
    hall.reads(who.patient.display_name)
    hall.stage.press("press_yes")
    sees(hall, who)
    leave(hall)


def test_h09_h06_a_a1_a_a3_unknown_code_is_registered_on_the_way_and_goes_on(hall: Hall) -> None:
    person = stranger()
    known_to_city(hall.house, person, "FIRST1")
    overview(hall)

    hall.stage.do("scanner", "show", text=city_code("FIRST1"))

    hall.stage.arrive("Show")
    hall.reads("You are new at this hospital", "City code")
    hall.stage.press("press_register")
    register_by(hall)
    hall.reads("Use of your insurance e-certificate")
    hall.stage.press("press_agree")
    hall.reads("You are registered", "138****5628")
    assert person.name not in hall.words()
    hall.stage.press("press_go_on")
    hall.stage.arrive("Choose")
    hall.reads("What I agreed to", "Agreed", "Not agreed")
    leave(hall)


def test_h10_s06_s53_card_is_registered_and_the_permission_can_follow(hall: Hall) -> None:
    person = stranger()
    known_to_city(hall.house, person, "", card="B10000002")
    uid = social_card(hall.house, "B10000002", person)
    stage = hall.stage
    stage.begin("register_medium")
    stage.arrive("Identify")

    hall.insert(uid)

    register_by(hall)
    hall.reads("You are registered")
    stage.press("press_go_on")
    hall.reads("Use of your insurance e-certificate")
    stage.press("press_not_now")
    stage.arrive("Finished")
    hall.reads("Your insurance code may not be used here yet. Your cards may.")
    hall.reads("Social-security card")
    patient = person_of(hall, "SS_CARD", "B10000002")
    decision = told(hall, f"/v1/patients/{patient}/may/be-served")
    assert decision["allow"] is False
    hall.finish()
    stage.begin("register_medium")
    stage.arrive("Identify")
    hall.insert(uid)
    hall.stage.arrive("Show")
    stage.press("press_agree")
    stage.arrive("Finished")
    hall.reads("Your insurance code may be used here")
    assert told(hall, f"/v1/patients/{patient}/may/be-served")["allow"] is True
    hall.finish()


def test_h06_permission_is_withdrawn_and_seen(hall: Hall) -> None:
    who = hall.guest()
    patient = who.patient.patient_id
    overview(hall)
    hall.lay_id_card(who)
    sees(hall, who)
    hall.stage.press("choose_e_certificate")
    hall.stage.arrive("Show")
    hall.stage.press("press_agree")
    hall.stage.arrive("Choose")
    hall.reads("Agreed")
    (given,) = _standing(hall, patient, "E_CERTIFICATE")
    assert given["withdrawn_at"] == ""

    hall.stage.press("choose_e_certificate")
    hall.reads("Withdraw this agreement?")
    hall.stage.press("press_withdraw")

    hall.stage.arrive("Choose")
    wait_until(lambda: _standing(hall, patient, "E_CERTIFICATE") == [], 5, "the withdrawal")
    hall.stage.press("choose_media")
    hall.reads("My cards", "Health card", who.card_number[-4:])
    assert who.card_number not in hall.words()
    hall.stage.press("dock_back")
    hall.stage.arrive("Choose")
    leave(hall)


def _standing(hall: Hall, patient: str, kind: str) -> list[dict[str, str]]:
    consents = told(hall, f"/v1/patients/{patient}/consents")["consents"]
    return [one for one in consents if one["kind"] == kind and not one["withdrawn_at"]]


def test_own_data_is_seen_in_full_only_with_the_id_card_and_is_audited(hall: Hall) -> None:
    who = hall.guest()
    before = len(audits(hall, AuditEvent.OWN_DATA_SHOWN))
    overview(hall)
    hall.lay_id_card(who)
    sees(hall, who)
    hall.stage.press("choose_data")
    hall.reads("My data", who.patient.display_id)

    hall.stage.press("press_in_full")

    hall.reads(who.person.name, who.person.id_number, who.person.address)
    assert hall.view["seconds_total"] == 10
    shown = audits(hall, AuditEvent.OWN_DATA_SHOWN)[before:]
    assert [facts["patient_id"] for facts in shown] == [who.patient.patient_id]
    hall.stage.press("press_hide")
    hall.reads("My data")
    assert who.person.id_number not in hall.words()
    leave(hall)


def test_s02_s03_s04_s07_h35_card_is_made_once_with_a_name(hall: Hall) -> None:
    person = stranger()
    stage = hall.stage
    _to_confirm(hall, person)
    hall.reads("Is this right?")
    assert person.id_number not in hall.words()
    stage.press("confirm")
    stage.arrive("TakeCard")
    stage.do("card_dispenser", "take")
    stage.arrive("ShowCardIssued")
    stage.do("id_reader", "remove")
    hall.finish()
    patient = person_of(hall, "ID_CARD", person.id_number)
    (card,) = told(hall, f"/v1/patients/{patient}/media")["media"]
    assert (card["kind"], card["state"]) == ("HEALTH_CARD", "ACTIVE")

    _to_confirm(hall, person)
    stage.press("confirm")

    advice = "Please use that card. If it is lost, go to a window."
    hall.trouble("has_card", "You have a health card already", UNTOUCHED, advice)
    hall.finish()


def _to_confirm(hall: Hall, person: Person) -> None:
    hall.stage.begin("card")
    hall.stage.arrive("PlaceIdCard")
    hall.stage.do("id_reader", "place", **person.id_card())
    hall.stage.arrive("TypePhone")
    hall.stage.digits(PHONE)
    hall.stage.press("key_enter")
    hall.stage.arrive("ReadNotice")
    hall.stage.press("accept")
    hall.stage.arrive("ConfirmPerson")


def test_s08_card_of_another_hospital_is_accepted(hall: Hall) -> None:
    who = hall.guest()
    uid = elsewhere_card(hall.house, who.person, "770000000021")
    overview(hall)

    hall.insert(uid)

    sees(hall, who)
    leave(hall)


def test_h35_h36_a_b1_wrong_things_are_each_explained_with_an_alternative(hall: Hall) -> None:
    stage = hall.stage
    uid = "BA0000" + "11"
    stage.do("wallet", "create", uid=uid, kind="bank", fields={})
    overview(hall)
    hall.insert(uid)
    hall.reads("This is a bank card", "Please take it out. It is asked for when you pay.")
    hall.pull_card()
    stage.do("scanner", "show", text="ZF1.S.F1.AAAA")
    hall.reads("A slip does not say who you are", "Please show a card or a code of your own.")
    stage.do("scanner", "show", text="CITYNOBODY00000000000000000000000001")
    stage.arrive("Show")
    hall.reads("You are new at this hospital")
    stage.press("press_register")
    register_by(hall)
    hall.reads("Use of your insurance e-certificate")
    stage.press("press_not_now")
    hall.trouble(
        "issuer_knows_nobody",
        "The office that made this card or code does not know it",
        UNTOUCHED,
        "Please use your ID card.",
    )
    hall.finish()


def test_h35_green_channel_card_is_sent_to_its_window(hall: Hall) -> None:
    uid = at_window(hall.house).green_channel_card()
    overview(hall)

    hall.insert(uid)

    hall.stage.arrive("ShowReferred")
    hall.reads("A green-channel card is served at a window", "Please go to")
    hall.finish()


def test_h34_n27_staff_help_with_consent_both_are_recorded_and_it_ends(hall: Hall) -> None:
    who, stage = hall.guest(), hall.stage
    begun, ended = AuditEvent.ASSISTANCE_BEGUN, AuditEvent.ASSISTANCE_ENDED
    before = len(audits(hall, begun))

    stage.do("scanner", "show", text="ZF1.B.2107")

    stage.arrive("Show")
    hall.reads("Staff operates for you", "You still confirm every amount yourself")
    stage.press("press_agree")
    stage.arrive("Home")
    overview(hall)
    hall.lay_id_card(who)
    sees(hall, who)
    (facts,) = audits(hall, begun)[before:]
    assert (facts["staff"], facts["patient_id"]) == ("2107", who.patient.patient_id)
    leave(hall)
    assert audits(hall, ended)[-1]["assistance_id"] == facts["assistance_id"]


def test_h34_badge_that_nobody_has_helps_nobody(hall: Hall) -> None:
    who, stage = hall.guest(), hall.stage
    overview(hall)
    hall.lay_id_card(who)
    sees(hall, who)

    stage.do("scanner", "show", text="ZF1.B.9999")

    stage.arrive("Show")
    stage.press("press_agree")
    hall.trouble(
        "unknown_staff",
        "This badge is not known here",
        UNTOUCHED,
        "You can go on alone, or ask other staff.",
    )
    stage.press("done")
    sees(hall, who)
    leave(hall)


def test_n17_relative_who_asked_on_the_phone_is_agreed_to_and_ended(hall: Hall) -> None:
    who, child, stage = hall.guest(), hall.guest(), hall.stage
    relation = asked_on_the_phone(hall, who, child, "CHILD")
    stage.begin("relatives")
    stage.arrive("Identify")
    hall.lay_id_card(who)
    stage.arrive("Choose")
    hall.reads("Relatives who act for me", "Waits for you")
    assert child.person.name not in hall.words()
    stage.press(f"choose_{relation}")
    hall.reads("May this relative act for you?")
    stage.press("press_agree")
    hall.reads("A relative acts for you")
    stage.press("press_agree")
    stage.arrive("Choose")
    hall.reads("Acts for you")

    stage.press(f"choose_{relation}")
    hall.reads("This relative acts for you")
    stage.press("press_end")
    hall.reads("What was paid before stays paid.")
    stage.press("press_end")

    stage.arrive("Choose")
    hall.reads("Nobody acts for you. A relative begins this on the phone.")
    path = f"/v1/patients/{who.patient.patient_id}/relatives"
    assert told(hall, path)["relations"] == []
    leave(hall)


def test_trouble_is_handed_over_to_a_window_by_a_slip(hall: Hall) -> None:
    child, parent, stage = born(hall.house, 2016), hall.guest(), hall.stage
    relation = asked_on_the_phone(hall, child, parent, "PARENT")
    stage.begin("relatives")
    stage.arrive("Identify")
    hall.lay_id_card(child)
    stage.arrive("Choose")
    stage.press(f"choose_{relation}", "press_agree")
    hall.reads("A relative acts for you")
    stage.press("press_agree")
    wait_until(lambda: stage.screen() == "ShowTrouble", 10, "that a guardian must agree")
    hall.reads(UNTOUCHED, "Go on at a window")

    stage.press("window")

    stage.arrive("ShowReferred")
    hall.reads("You go on at a service window", "Please go to")
    hall.finish()
    papers = stage.units.books("printer")["papers"]
    assert isinstance(papers, list)
    (code,) = papers[-1]["qr"]
    patient = at_window(hall.house).ask("/v1/slips/resolve", {"text": code})["patient"]
    assert patient["patient_id"] == child.patient.patient_id


def test_w16_h01_tap_offers_the_page_and_says_truly_what_to_do(wide: Hall) -> None:
    overview(wide)
    wide.reads("Over the scan window; an unlocked phone at the tap point opens it")

    wide.stage.do("nfc", "tap", kind="phone", seconds=5)

    wide.reads(
        "Your phone opens its insurance code now",
        "Unlock the phone if it is locked, then hold the code over the scan window.",
    )
    leave(wide)


def test_n21_w33_face_is_looked_at_only_with_consent_and_unknown_ones_are_told(wide: Hall) -> None:
    overview(wide)
    wide.stage.press("face")
    wide.stage.arrive("Show")
    wide.reads("Checking your face", "only the result")

    wide.stage.press("press_agree")

    wide.trouble(
        "face_unknown", "We do not know this face", UNTOUCHED, "Please show a card or a code."
    )
    wide.finish()
