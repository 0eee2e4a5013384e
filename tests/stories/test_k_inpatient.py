"""A stay in hospital at the kiosk, from the doctor's request to the signed sheet, and claims."""

from __future__ import annotations

import cast_inpatient as cast
import pytest
from cast import Guest
from hall import Hall

from sandbox.player.hands import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

GOOD_CARD = {"pan": "6222021203001234567", "bank": "中国工商银行"}
DEPOSIT_FEN = 60_000


def begin(hall: Hall, service: str, who: Guest) -> None:
    """From home to the first answer, known by the ID card."""
    hall.stage.begin(service)
    hall.stage.arrive("Identify")
    hall.lay_id_card(who)


def paid_by_phone(hall: Hall) -> None:
    """From the bill to the payment."""
    hall.stage.arrive("ConfirmQuote")
    hall.show_wallet("WECHAT", "4321")


def staying(hall: Hall) -> tuple[Guest, str]:
    """A guest in a bed, and the id of the stay."""
    who = hall.guest()
    return who, cast.admitted(hall.house, who.patient.patient_id)


def noticed(hall: Hall, deposit_fen: int, *codes: str) -> tuple[Guest, str]:
    """A guest who may go home, with a deposit and charges."""
    who, admission_id = staying(hall)
    if deposit_fen:
        cast.pay_deposit(hall.house, who.patient.patient_id, admission_id, deposit_fen)
    cast.charge(hall.house, admission_id, *codes)
    cast.give_notice(hall.house, admission_id)
    return who, admission_id


def last_paper(hall: Hall) -> str:
    """What can be read on the newest slip."""
    papers = hall.stage.units.books("printer")["papers"]
    assert isinstance(papers, list)
    return "\n".join(map(str, papers[-1]["lines"]))


# --- admission and deposit


def test_h22_a_a8_admission_is_registered_by_health_card_after_the_doctors_request(
    hall: Hall,
) -> None:
    stage, who = hall.stage, hall.guest()
    admission_id = cast.asked(hall.house, who.patient.patient_id)
    cast.ask_deposit(hall.house, admission_id, DEPOSIT_FEN)
    stage.begin("admission")
    stage.arrive("Identify")
    hall.insert(who.card_uid)
    stage.arrive("Show")
    hall.reads("Is this right?", "Ward 6", "Cardiology", "¥600.00", "Please bring", "Nobody yet")

    stage.press("press_confirm")

    stage.arrive("Finished")
    hall.reads("Your stay is registered", "Ward 6", "Please take your slip below")
    told = cast.stay(hall.house, admission_id)
    assert (told["state"], told["slip"] is not None) == ("ADMITTED", True)
    hall.finish()


def test_h22_registered_stay_gets_a_copy_of_its_slip_and_nothing_else(hall: Hall) -> None:
    who, admission_id = staying(hall)
    begin(hall, "admission", who)
    hall.stage.arrive("Show")
    hall.reads("Your stay is registered already", "You need not register again.")

    hall.stage.press("press_print")

    hall.stage.arrive("Finished")
    hall.reads("Here is your slip once more", "Please take your slip below")
    assert cast.stay(hall.house, admission_id)["state"] == "ADMITTED"
    hall.finish()


def test_h22_without_a_request_nothing_is_registered(hall: Hall) -> None:
    begin(hall, "admission", hall.guest())

    hall.stage.arrive("Finished")
    hall.reads("No stay in hospital is asked for you", "The doctor asks for a stay first.")
    hall.finish()


def test_h23_h24_a_a9_deposit_of_the_doctors_amount_is_paid_by_code_with_a_slip(
    hall: Hall,
) -> None:
    who, admission_id = staying(hall)
    cast.ask_deposit(hall.house, admission_id, DEPOSIT_FEN)
    begin(hall, "deposit", who)
    hall.stage.arrive("Show")
    hall.reads("The amount comes from the doctor's request", "¥600.00")

    hall.stage.press("press_pay")
    paid_by_phone(hall)

    hall.stage.arrive("Finished")
    hall.reads("The deposit is paid", "¥600.00", "Please take your slip below")
    assert cast.stay(hall.house, admission_id)["deposit_fen"] == DEPOSIT_FEN
    assert "Inpatient deposit slip" in last_paper(hall)
    assert "600.00" in last_paper(hall)
    hall.finish()


def test_h23_c14_deposit_nobody_asked_for_is_not_taken(hall: Hall) -> None:
    who, _ = staying(hall)
    begin(hall, "deposit", who)

    hall.stage.arrive("Finished")
    hall.reads("No deposit is to be paid now", "only paid when the doctor asks for it")
    hall.finish()


def test_s39_deposit_is_paid_by_bank_card_at_the_pos(hall: Hall) -> None:
    stage = hall.stage
    who, admission_id = staying(hall)
    cast.ask_deposit(hall.house, admission_id, DEPOSIT_FEN)
    begin(hall, "deposit", who)
    stage.arrive("Show")
    stage.press("press_pay")
    stage.arrive("ConfirmQuote")

    stage.press("pay_BANK_CARD")
    wait_until(lambda: stage.unit("pos")["waiting_for_card"] is True, 10, "the POS")
    stage.do("pos", "present_card", **GOOD_CARD)

    stage.arrive("Finished")
    hall.reads("The deposit is paid")
    assert cast.stay(hall.house, admission_id)["deposit_fen"] == DEPOSIT_FEN
    hall.finish()


# --- the daily list


def test_s40_l04_daily_list_is_of_this_moment_with_classes_and_is_printed(hall: Hall) -> None:
    stage = hall.stage
    who, admission_id = staying(hall)
    cast.charge(hall.house, admission_id, "BED", "NURSE")
    begin(hall, "daily_list", who)
    stage.arrive("Choose")
    hall.reads("Which day do you want to see?", "Items: 2")
    listed = cast.charge(hall.house, admission_id, "HYAL")

    stage.press(f"choose_{listed['day']}")

    stage.arrive("Show")
    hall.reads("Class A", "Own expense", f"¥{listed['day_fen'] / 100:.2f}")
    stage.press("press_print")
    stage.arrive("Finished")
    hall.reads("Your daily list", "Please take your slip below")
    hall.finish()


def test_s40_stay_without_charges_says_so(hall: Hall) -> None:
    who, _ = staying(hall)
    begin(hall, "daily_list", who)

    hall.stage.arrive("Finished")
    hall.reads("Nothing was charged yet")
    hall.finish()


# --- discharge


def test_h25_a_a10_discharge_uses_the_deposit_is_signed_and_the_rest_goes_back(
    hall: Hall,
) -> None:
    stage = hall.stage
    who, admission_id = noticed(hall, DEPOSIT_FEN, "BED", "ECHO")
    begin(hall, "discharge", who)
    stage.arrive("Show")
    hall.reads("Please check your final list", "Class B", "¥270.00", "¥600.00")
    stage.press("press_checked")
    stage.arrive("ConfirmQuote")
    hall.reads("Inpatient deposit")
    stage.press("pay")
    stage.arrive("Sign")

    cast.sign(stage)

    stage.arrive("Finished")
    hall.reads("Your stay is settled", "¥330.00")
    told = cast.stay(hall.house, admission_id)
    assert (told["state"], told["deposit_fen"]) == ("SETTLED", DEPOSIT_FEN - 27_000)
    sheet = cast.signature(hall.house, cast.settlements(hall.house, who)[0]["settlement_id"])
    assert (sheet["way"], sheet["terminal_id"]) == ("PAD", "K01")
    stage.press("press_rest")
    stage.arrive("Finished")
    hall.reads("The rest of your deposit goes back at a window", "¥330.00")
    hall.finish()


def test_h25_stay_without_the_doctors_notice_is_not_settled(hall: Hall) -> None:
    who, admission_id = staying(hall)
    cast.charge(hall.house, admission_id, "BED")
    begin(hall, "discharge", who)

    hall.stage.arrive("Finished")
    hall.reads("Your doctor has not yet written the discharge")
    assert cast.stay(hall.house, admission_id)["state"] == "ADMITTED"
    hall.finish()


def test_h25_patient_who_does_not_sign_has_settled_and_is_told_where_to_sign(hall: Hall) -> None:
    stage = hall.stage
    who, admission_id = noticed(hall, 0, "BED")
    begin(hall, "discharge", who)
    stage.arrive("Show")
    stage.press("press_checked")
    paid_by_phone(hall)
    stage.arrive("Sign")

    stage.press("dock_back")

    stage.arrive("Finished")
    hall.reads("Your stay is settled", "The sheet is not signed yet.")
    assert cast.stay(hall.house, admission_id)["state"] == "SETTLED"
    hall.finish()


def test_h25_patient_who_leaves_at_the_bill_has_settled_nothing(hall: Hall) -> None:
    who, admission_id = noticed(hall, 0, "BED")
    begin(hall, "discharge", who)
    hall.stage.arrive("Show")
    hall.stage.press("press_checked")
    hall.stage.arrive("ConfirmQuote")

    hall.stage.press("dock_leave")

    hall.home()
    assert cast.stay(hall.house, admission_id)["state"] == "NOTICED"


def test_l10_direct_claim_is_a_tender_of_the_discharge_after_consent_and_proof(
    hall: Hall,
) -> None:
    stage = hall.stage
    who, _ = noticed(hall, 0, "BED", "ECHO")
    cast.insure(hall.house, who, direct=True)
    begin(hall, "discharge", who)
    stage.arrive("Show")
    stage.press("press_insurer")
    hall.reads("May the insurer be told about your visit?")
    assert cast.insurer_claims(hall.house, who) == []
    stage.press("press_agree")
    stage.arrive("Choose")
    stage.press(stage.option())
    hall.reads("安心保险 pays its part")
    stage.press("press_checked")

    stage.arrive("ConfirmQuote")
    hall.reads("Commercial insurance", "¥216.00")
    hall.show_wallet("WECHAT", "4321")

    stage.arrive("Sign")
    hall.reads("¥54.00")
    cast.sign(stage)
    stage.arrive("Finished")
    (claim,) = cast.insurer_claims(hall.house, who)
    assert (claim["state"], claim["paid_fen"]) == ("SUCCEEDED", 21_600)
    hall.finish()


def test_h29_c18_family_pay_patient_is_served_to_the_discharge_where_credit_is_a_windows(
    hall: Hall,
) -> None:
    stage, who = hall.stage, hall.guest()
    cast.share_credit(hall.house, who)
    admission_id = cast.asked(hall.house, who.patient.patient_id)
    begin(hall, "admission", who)
    stage.arrive("Show")
    stage.press("press_confirm")
    stage.arrive("Finished")
    hall.finish()
    cast.charge(hall.house, admission_id, "BED")
    cast.give_notice(hall.house, admission_id)
    begin(hall, "discharge", who)
    stage.arrive("Show")
    stage.press("press_checked")

    stage.arrive("ConfirmQuote")

    kinds = {option["kind"] for option in hall.view["options"]}
    assert "SCAN" in kinds
    assert kinds.isdisjoint({"CREDIT_LINE", "FAMILY_CREDIT_LINE"})
    hall.show_wallet("WECHAT", "4321")
    stage.arrive("Sign")
    cast.sign(stage)
    stage.arrive("Finished")
    assert cast.stay(hall.house, admission_id)["state"] == "SETTLED"
    hall.finish()


def test_h29_h22_relatives_phone_shows_the_patients_code_and_the_stay_is_registered(
    hall: Hall,
) -> None:
    stage = hall.stage
    patient = cast.wang(hall.house)
    admission_id = cast.asked(hall.house, patient.patient_id)
    stage.begin("admission")
    stage.arrive("Identify")
    stage.do("scanner", "show", text=cast.WANG_FAMILY_CODE)
    stage.arrive("Show")
    hall.reads("Is this the patient?", patient.display_name)
    stage.press("press_yes")
    hall.reads("Is this right?", "Ward 6")

    stage.press("press_confirm")

    stage.arrive("Finished")
    assert cast.stay(hall.house, admission_id)["state"] == "ADMITTED"
    hall.finish()


# --- fast claims


def test_l09_l11_l12_fast_claim_is_applied_after_the_word_with_proof_and_shows_its_state(
    hall: Hall,
) -> None:
    stage = hall.stage
    who, admission_id = noticed(hall, 0, "BED")
    cast.insure(hall.house, who, direct=False)
    cast.settle(hall.house, who, admission_id)
    cast.wait_for_invoice(hall.house, who)
    begin(hall, "claims", who)
    stage.arrive("Choose")
    stage.press("choose_new")
    hall.reads("What do you want to claim for?", "Stay in hospital")
    stage.press(stage.option())
    stage.arrive("Show")
    hall.reads("Nothing is sent unless you agree", "Decided within 1-2 working days.")
    assert cast.insurer_claims(hall.house, who) == []
    stage.press("press_agree")
    hall.reads("Which policy?")
    stage.press(stage.option())
    stage.arrive("Show")
    stage.press("press_apply")

    stage.arrive("Finished")
    hall.reads("Your claim is made", "安心保险", "Decided at the latest on")
    (claim,) = cast.insurer_claims(hall.house, who)
    assert claim["state"] == "APPLIED"
    hall.finish()
    begin(hall, "claims", who)
    stage.arrive("Choose")
    hall.reads("Applied for, the insurer decides")
    hall.stage.press("dock_leave")
    hall.home()


def test_l12_somebody_elses_proof_is_refused_and_nothing_is_sent(hall: Hall) -> None:
    stage = hall.stage
    who, _ = noticed(hall, 0, "BED")
    other = hall.guest()
    cast.insure(hall.house, who, direct=True)
    stage.begin("discharge")
    stage.arrive("Identify")
    hall.insert(who.card_uid)
    stage.arrive("Show")
    stage.press("press_insurer")
    hall.reads("May the insurer be told about your visit?")
    stage.press("press_agree")
    stage.arrive("Identify")

    hall.lay_id_card(other)

    hall.reads(
        "This is somebody else's proof",
        "Please show your own ID card or insurance code.",
        "Please check your final list",
    )
    assert cast.insurer_claims(hall.house, who) == []
    stage.press("dock_leave")
    hall.home()
