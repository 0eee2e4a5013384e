"""People at the window: found by anything, registered, given cards, joined, and what they are."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from cast import PHONE, guest, stranger, with_bill
from cast_paying import insure
from cast_people import city_code, known_to_city
from cast_window_settle import (
    blank_card,
    card_in_hand,
    insert_social_card,
    lay_id_card,
    number_on,
    registered_by_phone,
    settlements,
    take_card_away,
    told,
)
from cast_window_special import bills_of, carried_out, ordered, served, unnamed, visit_of
from PySide6.QtCore import Qt
from window_hall import SUPERVISOR, WindowHall

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]


@pytest.fixture(autouse=True)
def left_tidy(at_window: WindowHall) -> Iterator[None]:
    """Nobody's card stays on the reader, whatever became of a story."""
    yield
    take_card_away(at_window)
    at_window.leave()


# --- found


def test_f01_w15_any_medium_finds_the_same_patient_without_choosing_a_field(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    code = insure(at_window.house, who)
    for text in (who.card_number, who.person.id_number):
        at_window.scan(text, typed=True)
        at_window.stage.arrive("ServePatient")
        at_window.reads(who.person.name)
        at_window.leave()
    at_window.scan(code)
    at_window.stage.arrive("ServePatient")
    at_window.reads(who.person.name)
    at_window.leave()


def test_a_c2_w15_city_code_finds_whom_the_card_finds(at_window: WindowHall) -> None:
    at_window.as_operator()
    who, name = guest(at_window.house), uuid4().hex[:6].upper()
    known_to_city(at_window.house, who.person, name)
    at_window.scan(city_code(name))
    at_window.stage.arrive("ServePatient")
    at_window.reads(who.person.name)
    at_window.leave()


def test_s43_health_card_in_the_slot_is_served_once_until_it_leaves(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    card_in_hand(at_window, who)
    at_window.stage.arrive("ServePatient")
    at_window.reads(who.person.name)
    at_window.leave()
    at_window.stage.arrive("Desk")
    take_card_away(at_window)


def test_n19_name_and_number_find_somebody_without_card_or_phone(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    at_window.work("find_by_name")
    at_window.sheet("Find by name and ID number")
    at_window.fill(name="钱不对", id_number=who.person.id_number)
    at_window.do("find")
    at_window.reads("We have no record of this person")
    at_window.fill(name=who.person.name, id_number=who.person.id_number)
    at_window.do("find")
    at_window.stage.arrive("ServePatient")
    at_window.leave()


def test_w15_phone_number_lists_everybody_who_shares_it_masked(at_window: WindowHall) -> None:
    at_window.as_operator()
    phone, family = f"139{uuid4().int % 10**8:08d}", (stranger(), stranger())
    ids = [registered_by_phone(at_window, person, phone) for person in family]
    at_window.scan(phone, typed=True)
    at_window.sheet("Who is it?")
    assert not any(person.id_number in at_window.words() for person in family)
    at_window.take_row(ids[1])
    at_window.do("serve")
    at_window.stage.arrive("ServePatient")
    at_window.reads(family[1].name)
    at_window.leave()


def test_s41_next_code_scanned_while_serving_is_the_next_patient(at_window: WindowHall) -> None:
    at_window.as_operator()
    first, second = guest(at_window.house), guest(at_window.house)
    code = insure(at_window.house, second)
    at_window.serve(first)
    at_window.scan(code)
    at_window.reads(second.person.name)
    at_window.leave()


def test_b13_full_number_is_shown_for_a_reason_and_goes_away(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    at_window.serve(who)
    assert who.person.id_number not in at_window.words()
    at_window.key(Qt.Key.Key_F11)
    at_window.sheet("Show in full")
    at_window.do("show")
    at_window.reads(who.person.id_number)
    at_window.do("done")
    at_window.stage.arrive("ServePatient")
    assert who.person.id_number not in at_window.words()
    at_window.leave()


# --- registered


def test_h09_s06_first_visit_by_id_card_with_the_notice_agreed(at_window: WindowHall) -> None:
    at_window.as_operator()
    person = stranger()
    at_window.work("first_visit")
    at_window.sheet("First visit")
    lay_id_card(at_window, person)
    at_window.reads("Read it to the patient")
    at_window.fill(phone=PHONE)
    assert at_window.is_off("do_register")
    at_window.fill(agreed="yes")
    at_window.do("register")
    at_window.sheet("Registered")
    at_window.do("done")
    at_window.stage.arrive("ServePatient")
    at_window.reads(person.name)
    at_window.leave()


# --- cards


def test_s05_window_issues_a_real_name_card_and_s07_refuses_a_second(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    person = stranger()
    at_window.work("first_visit")
    at_window.sheet("First visit")
    lay_id_card(at_window, person)
    at_window.reads("Read it to the patient")
    at_window.fill(phone=PHONE, agreed="yes")
    at_window.do("register")
    at_window.sheet("Registered")
    at_window.do("done")
    at_window.stage.arrive("ServePatient")
    uid = blank_card(at_window)
    at_window.work("new_card")
    at_window.sheet("New card")
    at_window.do("write")
    at_window.sheet("The card is ready")
    at_window.do("done")
    at_window.stage.arrive("ServePatient")
    assert len(number_on(at_window, uid)) == 12
    at_window.work("new_card")
    at_window.sheet("New card")
    at_window.do("write")
    at_window.reads("You have a health card already")
    take_card_away(at_window)
    at_window.leave()


def test_s05_card_of_somebody_is_never_written_over(at_window: WindowHall) -> None:
    at_window.as_operator()
    owner = guest(at_window.house)
    card_in_hand(at_window, owner)
    at_window.stage.arrive("ServePatient")
    at_window.leave()
    at_window.work("green_channel")
    at_window.sheet("Emergency green channel")
    at_window.fill(called="急救二")
    at_window.do("register")
    at_window.reads("Lay a blank card on the reader")
    at_window.do("write")
    at_window.reads("There is a number on this card already")
    take_card_away(at_window)
    at_window.leave()


def test_s26_loss_ends_the_card_and_a_new_one_is_made_at_once(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    at_window.serve(who)
    at_window.work("loss")
    at_window.sheet("Report a loss")
    at_window.fill(id_number=stranger().id_number)
    at_window.do("go")
    at_window.reads("The document does not belong to this card")
    at_window.fill(id_number=who.person.id_number)
    at_window.do("go")
    at_window.sheet("The loss is reported")
    assert told(at_window, f"/v1/cards/{who.card_number}")["state"] == "LOST"
    blank_card(at_window)
    at_window.do("renew")
    at_window.sheet("New card")
    at_window.do("write")
    at_window.sheet("The card is ready")
    assert told(at_window, f"/v1/cards/{who.card_number}")["state"] == "REPLACED"
    take_card_away(at_window)
    at_window.leave()
    at_window.agree()


def test_s26_exchange_needs_a_blank_card_and_tries_again_without_one(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    at_window.serve(who)
    at_window.work("exchange")
    at_window.sheet("Exchange the card")
    at_window.fill(id_number=who.person.id_number)
    at_window.do("go")
    at_window.reads("Lay a blank card on the reader")
    at_window.do("write")
    at_window.reads("No card lies on the reader")
    blank_card(at_window)
    at_window.do("write")
    at_window.sheet("The card is ready")
    take_card_away(at_window)
    at_window.leave()
    at_window.agree()


def test_s28_f06_green_channel_account_goes_to_the_real_identity_and_the_card_is_void(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    real = guest(at_window.house)
    number = unnamed(at_window, "green_channel", "急救三")
    nobody = served(at_window)
    at_window.key(Qt.Key.Key_F3)
    at_window.sheet("Register for today")
    at_window.do("take")
    at_window.sheet("Guide slip")
    at_window.do("done")
    at_window.stage.arrive("ServePatient")
    carried_out(
        at_window, ordered(at_window, visit_of(at_window, nobody)["registration_id"], "ECG12")
    )
    before = {bill["bill_id"] for bill in bills_of(at_window, nobody)}
    assert len(before) == len(("fee", "examination"))
    at_window.work("transfer")
    at_window.reads("Show a card, a code or the ID card of who it really is.")
    at_window.fill(number=real.person.id_number)
    at_window.do("go")
    at_window.reads("It cannot be taken back")
    at_window.fill(reason="家属认领")
    at_window.do("join")
    at_window.sheet("The account is transferred")
    at_window.reads("Bills that went along", "2")
    at_window.do("done")
    at_window.stage.arrive("ServePatient")
    at_window.reads(real.person.name)
    assert told(at_window, f"/v1/cards/{number}")["state"] == "VOID"
    gone = bills_of(at_window, real.patient.patient_id)
    assert {bill["bill_id"] for bill in gone} == before
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.press("pay_CASH")
    at_window.sheet("Cash")
    at_window.do("take")
    at_window.stage.arrive("ShowOutcome")
    at_window.press("done")
    at_window.stage.arrive("ServePatient")
    assert bills_of(at_window, real.patient.patient_id) == []
    take_card_away(at_window)
    at_window.leave()
    at_window.scan(number, typed=True)
    at_window.reads("This card is not active")
    at_window.agree()


def test_s16_anonymous_card_is_refused_where_the_profile_makes_none(at_window: WindowHall) -> None:
    at_window.as_operator()
    at_window.work("anonymous")
    at_window.sheet("Anonymous card")
    at_window.fill(called="无名一")
    at_window.do("register")
    at_window.reads("This card carries no name")
    at_window.leave()


def test_double_registration_is_joined_by_a_supervisor_alone(at_window: WindowHall) -> None:
    at_window.as_operator()
    double, real = guest(at_window.house), guest(at_window.house)
    at_window.serve(double)
    at_window.key(Qt.Key.Key_F9)
    at_window.sheet("All work")
    at_window.take_row("merge")
    assert at_window.is_off("do_begin")
    at_window.leave()
    at_window.as_operator(SUPERVISOR)
    at_window.serve(double)
    at_window.work("merge")
    at_window.sheet("Join a double registration")
    at_window.fill(number=real.person.id_number)
    at_window.do("go")
    at_window.fill(reason="重复建档")
    at_window.do("join")
    at_window.leave()


# --- what they are


def test_s20_s27_special_identity_is_set_settled_here_and_taken_away(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    who = with_bill(at_window.house)
    at_window.serve(who)
    at_window.work("identities")
    at_window.sheet("Special identities")
    at_window.fill(BENEFIT="yes")
    at_window.do("set")
    at_window.stage.arrive("ServePatient")
    at_window.reads("Benefit identity")
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.press("pay_CASH")
    at_window.sheet("Cash")
    at_window.do("take")
    at_window.stage.arrive("ShowOutcome")
    at_window.press("done")
    at_window.stage.arrive("ServePatient")
    assert len(settlements(at_window, who.patient.patient_id)) == 2
    at_window.work("identities")
    at_window.sheet("Special identities")
    at_window.fill(BENEFIT="")
    at_window.do("set")
    at_window.stage.arrive("ServePatient")
    at_window.leave()
    at_window.agree()


def test_s06_s43_own_social_card_is_added_and_ended_and_our_own_card_is_not(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    number = f"A{uuid4().int % 10**8:08d}"
    known_to_city(at_window.house, who.person, "", card=number)
    at_window.serve(who)
    at_window.work("media")
    at_window.sheet("Cards and codes")
    at_window.fill(about=who.person.id_number)
    at_window.do("attach")
    at_window.reads("Show the card or code that it is about.")
    at_window.fill(number=guest(at_window.house).card_number)
    at_window.do("go")
    at_window.reads("This kind of card or code is not accepted here")
    at_window.do("done")
    at_window.sheet("Cards and codes")
    at_window.fill(about=who.person.id_number)
    at_window.do("attach")
    at_window.reads("Show the card or code that it is about.")
    insert_social_card(at_window, who.person, number)
    at_window.reads("Social-security card")
    at_window.fill(about="已换新卡")
    at_window.do("end")
    at_window.reads("No longer accepted")


def test_w32_contact_is_kept_and_its_real_name_taken_a_second_time(at_window: WindowHall) -> None:
    at_window.as_operator()
    who, mother = guest(at_window.house), stranger()
    at_window.serve(who)
    at_window.work("contact")
    at_window.sheet("Contact")
    at_window.fill(name=mother.name, phone=PHONE)
    at_window.do("keep")
    at_window.sheet("Kept")
    at_window.do("done")
    at_window.stage.arrive("ServePatient")
    at_window.work("contact_again")
    at_window.sheet("Contact, second submission")
    at_window.fill(name=mother.name, id_number=mother.id_number)
    at_window.do("keep")
    at_window.sheet("Kept")
    at_window.leave()


def test_n22_guardian_is_valid_with_the_proof_that_was_seen(at_window: WindowHall) -> None:
    at_window.as_operator()
    who, father = guest(at_window.house), stranger()
    at_window.serve(who)
    at_window.work("guardian")
    at_window.sheet("Guardian")
    at_window.fill(name=father.name, id_number=father.id_number, phone=PHONE, proof="户口簿第3页")
    at_window.do("keep")
    at_window.sheet("Kept")
    at_window.leave()
    found = told(at_window, f"/v1/patients/{who.patient.patient_id}/relatives")["relations"]
    assert [(one["kind"], one["state"]) for one in found] == [("GUARDIAN", "ACTIVE")]


def test_w34_f38_death_wants_its_proof_and_names_what_is_missing(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    at_window.serve(who)
    at_window.work("death")
    at_window.sheet("A death")
    at_window.fill(died_on="2026-03-01")
    at_window.do("record")
    at_window.reads("The proof of the death is missing")
    at_window.do("done")
    at_window.stage.arrive("ServePatient")
    at_window.work("death")
    at_window.sheet("A death")
    at_window.fill(died_on="2026-03-01", DEATH_PROOF="yes", AGENT_ID="yes")
    at_window.do("record")
    at_window.sheet("The death is recorded")
    at_window.reads("A refund still needs the documents that are missing")
    at_window.leave()


def test_h34_staff_acts_for_a_patient_who_agreed_and_it_is_on_record(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    at_window.serve(guest(at_window.house))
    at_window.work("assist")
    at_window.sheet("Act for the patient")
    assert at_window.is_off("do_begin")
    at_window.fill(agreed="yes")
    at_window.do("begin")
    at_window.reads("The patient confirms each amount.")
    assert "confirm each amount yourself" in at_window.customer_reads()
    at_window.do("end")
    at_window.sheet("The help is ended")
