"""Paying after the visit and what is signed on a phone, at the real screens."""

from __future__ import annotations

import cast_later as cast
import pytest
from cast import Guest
from cast_faces import signature_under
from cast_inpatient import sign
from hall import Hall
from money_steps import read_to_the_end

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]


def eligible(hall: Hall, **insurance: object) -> tuple[Guest, str]:
    """Insured here, today's registration paid; and its id."""
    who = hall.guest()
    cast.insured(hall.house, who.person, **insurance)
    return who, cast.visited(hall.house, who)


def begin(hall: Hall, service: str, who: Guest) -> None:
    """From home to the first page, by the health card."""
    hall.stage.begin(service)
    hall.stage.arrive("Identify")
    hall.insert(who.card_uid)


def reach(hall: Hall, screen: str, *sentences: str) -> None:
    """This page of several with one screen."""
    hall.stage.arrive(screen)
    hall.reads(*sentences)


def read_and_agree(hall: Hall) -> None:
    """From the explanation through the text to its end."""
    reach(hall, "Show", "These five are always paid at once")
    hall.stage.press("press_go_on")
    reach(hall, "Show", "Commitment to pay after treatment")
    read_to_the_end(hall)
    hall.stage.press("press_agree")


def test_n01_n02_n05_n08_commitment_is_read_signed_and_kept_at_the_kiosk(hall: Hall) -> None:
    who, _ = eligible(hall)
    begin(hall, "pay_later", who)
    reach(hall, "Choose", "You may sign up now. It is free.")
    hall.stage.press("choose_sign")
    reach(hall, "Show", "An abortion without medical need")

    read_and_agree(hall)
    reach(hall, "Sign", "Please sign here", "2026-01")
    sign(hall.stage)

    reach(hall, "Finished", "You are signed up", "Please take your slip below")
    told = cast.deferral(hall.house, who)["signature"]
    assert (told["state"], told["text_version"], told["signer"]) == ("SIGNED", "2026-01", "PATIENT")
    assert (told["channel"], told["terminal_id"]) == ("kiosk", "K01")
    picture = signature_under(hall.house, told["agreement_id"])
    assert (picture["kind"], picture["sha256"]) == ("COMMITMENT", told["signature_digest"])
    hall.finish()


def test_n02_h35_who_is_insured_elsewhere_reads_why_and_what_else_there_is(hall: Hall) -> None:
    who, _ = eligible(hall, insuplc_admdvs="340100")
    begin(hall, "pay_later", who)
    reach(hall, "Choose", "It is not open to you now", "people insured in this city")

    hall.stage.press("choose_sign")

    reach(
        hall, "Show", "You are treated just the same.", "Other ways to pay", "Pre-authorise a card"
    )
    hall.stage.press("press_done")
    hall.home()


def test_n03_paused_insurance_signs_nothing(hall: Hall) -> None:
    who, _ = eligible(hall, paused=True)
    begin(hall, "pay_later", who)

    reach(hall, "Choose", "Your insurance is not in force now")

    hall.stage.press("dock_leave")
    hall.home()


def test_n04_signing_begins_with_a_paid_registration(hall: Hall) -> None:
    who = hall.guest()
    cast.insured(hall.house, who.person)
    begin(hall, "pay_later", who)

    reach(hall, "Choose", "Pay-later begins with a paid registration of today")

    hall.stage.press("dock_leave")
    hall.home()


def test_n12_ended_at_any_time_and_signed_again(hall: Hall) -> None:
    who, _ = eligible(hall)
    cast.signed(hall.house, who)
    begin(hall, "pay_later", who)
    reach(hall, "Choose", "You are signed up, with every card of yours")
    hall.stage.press("choose_cancel")
    reach(hall, "Show", "End pay-later?", "What waits now stays due at its time.")
    hall.stage.press("press_end")
    reach(hall, "Finished", "Pay-later is ended", "Please take your slip below")
    assert cast.deferral(hall.house, who)["state"] == "CANCELLED"
    hall.finish()

    begin(hall, "pay_later", who)
    reach(hall, "Choose", "You ended it. What you owe stays due.")
    hall.stage.press("choose_sign")
    read_and_agree(hall)
    hall.stage.arrive("Sign")
    sign(hall.stage)

    reach(hall, "Finished", "You are signed up")
    assert cast.deferral(hall.house, who)["state"] == "SIGNED"
    hall.finish()


def test_n06_n07_n13_w09_w11_visit_is_paid_at_once_by_its_due_time(hall: Hall) -> None:
    who, registration_id = eligible(hall)
    cast.signed(hall.house, who)
    cast.order(hall.house, registration_id, "HYAL")
    cast.order(hall.house, registration_id, "HBA1C")
    cast.end_visit(hall.house, registration_id)
    cast.wait_for_visit(hall.house, who, "DUE", bills=2)
    begin(hall, "pay_later", who)
    reach(hall, "Choose", "Pay what is waiting", "¥117.60")

    hall.stage.press("choose_repay")
    hall.stage.arrive("ConfirmQuote")
    hall.show_wallet("WECHAT", "4321")

    hall.stage.arrive("ShowSettled")
    hall.finish()
    cast.wait_for_visit(hall.house, who, "PAID", bills=2)
    begin(hall, "pay_later", who)
    hall.stage.arrive("Choose")
    hall.stage.press("choose_visits")
    reach(hall, "Choose", "Paid at")
    hall.stage.press("dock_leave")
    hall.home()


def test_w10_w08_account_shows_bills_due_time_and_payments_by_any_card_of_the_person(
    hall: Hall,
) -> None:
    who, registration_id = eligible(hall)
    cast.signed(hall.house, who)
    cast.order(hall.house, registration_id, "HYAL")
    cast.end_visit(hall.house, registration_id)
    cast.wait_for_visit(hall.house, who, "DUE")
    hall.stage.begin("pay_later")
    hall.stage.arrive("Identify")
    hall.lay_id_card(who)
    hall.stage.arrive("Choose")

    hall.stage.press("choose_visits")
    reach(hall, "Choose", "Please pay by")
    hall.stage.press(f"choose_{registration_id}")

    reach(hall, "Show", "Still to be paid", "¥52.60", "Waits", "Please pay by")
    hall.stage.press("press_done")
    reach(hall, "Choose", "Please choose a visit.")
    hall.stage.press("dock_leave")
    hall.home()


def test_n08_excluded_bill_is_paid_now_and_says_why(hall: Hall) -> None:
    who, registration_id = eligible(hall)
    cast.signed(hall.house, who)
    cast.order(hall.house, registration_id, "HYAL", exclusion="THIRD_PARTY_LIABILITY")
    begin(hall, "pay_later", who)
    hall.stage.arrive("Choose")

    hall.stage.press("choose_pay_now")

    reach(hall, "Show", "Fees that somebody else must bear", "¥52.60")
    hall.stage.press("dock_leave")
    hall.home()


def test_n15_suspended_in_the_city_reads_why_and_signs_nothing(hall: Hall) -> None:
    who, _ = eligible(hall)
    cast.suspended_elsewhere(hall.house, who)
    begin(hall, "pay_later", who)
    reach(hall, "Choose", "It is stopped in all hospitals of the city")

    hall.stage.press("choose_credit")

    reach(hall, "Show", "Arrears at another hospital", "You are treated just the same")
    hall.stage.press("dock_leave")
    hall.home()


def test_n22_guardian_signs_for_a_child_with_the_own_id_card(hall: Hall) -> None:
    child = cast.child(hall.house, "20180317")
    cast.insured(hall.house, child.person, insutype="390")
    cast.visited(hall.house, child)
    guardian = cast.guardian(hall.house, child)
    hall.stage.begin("pay_later")
    hall.stage.arrive("Identify")
    hall.lay_id_card(child)
    hall.stage.arrive("Choose")
    hall.stage.press("choose_sign")
    read_and_agree(hall)
    reach(hall, "Show", "A guardian signs for this child")
    hall.lift_id_card()
    hall.stage.press("press_go_on")
    hall.stage.arrive("PlaceIdCard")
    hall.stage.do("id_reader", "place", **guardian.id_card())

    reach(hall, "Sign", "The guardian")
    sign(hall.stage)

    reach(hall, "Finished", "You are signed up", "The guardian")
    assert cast.deferral(hall.house, child)["signature"]["signer"] == "GUARDIAN"
    hall.finish()


def test_w11_automatic_repayment_is_asked_of_who_bound_an_account(hall: Hall) -> None:
    who, _ = eligible(hall)
    cast.bound(hall.house, who)
    begin(hall, "pay_later", who)
    hall.stage.arrive("Choose")
    hall.stage.press("choose_sign")
    read_and_agree(hall)
    reach(hall, "Choose", "How would you like to pay afterwards?", "Bound account of")
    hall.stage.press("choose_debit")
    hall.stage.arrive("Sign")
    sign(hall.stage)

    reach(hall, "Finished", "From the bound account")
    assert cast.deferral(hall.house, who)["signature"]["repay_by_debit"] is True
    hall.finish()


def test_w02_bound_debit_is_signed_by_a_code_and_ended_with_the_id_card(hall: Hall) -> None:
    who = hall.guest()
    begin(hall, "sign_elsewhere", who)
    hall.stage.arrive("Choose")
    hall.stage.press("choose_BOUND_DEBIT")
    reach(hall, "Show", "Scan the code with your phone")
    assert hall.view["qr"]
    hall.stage.press("press_check")
    hall.reads("It is not signed on the phone yet")
    cast.sign_on_phone(hall.house, who)
    hall.stage.press("press_check")
    reach(hall, "Finished", "Signed and valid", who.person.name[0] + "*")
    hall.finish()

    agreement_id = cast.agreements(hall.house, who)[-1]["agreement_id"]
    begin(hall, "sign_elsewhere", who)
    hall.stage.arrive("Choose")
    hall.stage.press(f"choose_{agreement_id}")
    reach(hall, "Show", "Signed and valid")
    hall.stage.press("press_end")
    reach(hall, "Show", "Please have your ID card ready.")
    hall.stage.press("press_end")
    hall.stage.arrive("PlaceIdCard")
    hall.lay_id_card(who)
    reach(hall, "Finished", "The agreement is ended")
    assert cast.agreements(hall.house, who)[-1]["state"] == "CANCELLED"
    hall.finish()


def test_w02_another_persons_id_card_ends_nothing(hall: Hall) -> None:
    who, other = hall.guest(), hall.guest()
    cast.bound(hall.house, who)
    agreement_id = cast.agreements(hall.house, who)[-1]["agreement_id"]
    begin(hall, "sign_elsewhere", who)
    hall.stage.arrive("Choose")
    hall.stage.press(f"choose_{agreement_id}")
    hall.stage.arrive("Show")
    hall.stage.press("press_end")
    hall.reads("Please have your ID card ready.")
    hall.stage.press("press_end")
    hall.stage.arrive("PlaceIdCard")

    hall.lay_id_card(other)

    hall.trouble(
        "another_person",
        "This is another person's ID card",
        "Nothing was charged",
        "Please lay the patient's own ID card on the reader.",
    )
    assert cast.agreements(hall.house, who)[-1]["state"] == "SIGNED"
    hall.finish()


def test_h07_h08_l13_a_b1_bank_credit_is_signed_by_a_code_and_found_at_the_bank(
    hall: Hall,
) -> None:
    who = hall.guest()
    begin(hall, "sign_elsewhere", who)
    reach(hall, "Choose", "As a credit card or as digital credit", "Credit of a payment app")
    hall.stage.press("choose_BANK_CREDIT_LINE")
    reach(hall, "Show", "Confirm who you are, and sign, on the phone")
    cast.sign_credit(hall.house, who)
    hall.stage.press("press_check")

    reach(hall, "Finished", "Digital credit", "Signed and valid")
    hall.finish()

    begin(hall, "sign_elsewhere", who)
    reach(hall, "Choose", "Credit line", "Signed and valid")
    agreement_id = cast.agreements(hall.house, who)[-1]["agreement_id"]
    hall.stage.press(f"choose_{agreement_id}")
    reach(hall, "Show", "Credit is ended where it was signed: at its bank.")
    hall.stage.press("dock_leave")
    hall.home()


def test_h06_permission_of_the_e_certificate_says_where_it_is(hall: Hall) -> None:
    begin(hall, "sign_elsewhere", hall.guest())
    hall.stage.arrive("Choose")

    hall.stage.press("choose_certificate")

    reach(hall, "Show", "It has its own page at this machine.")
    hall.stage.press("dock_leave")
    hall.home()
