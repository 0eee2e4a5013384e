"""Special settlements at the window: referral, disease, breakdown, signature, give-ups, claims."""

from __future__ import annotations

from collections.abc import Iterator

import cast_inpatient
import cast_later
import cast_paying
import pytest
from cast import CLINIC_TOKEN, with_bill
from cast_window_later import eligible
from cast_window_settle import given_up, told
from PySide6.QtCore import Qt
from window_hall import WindowHall

from sandbox.player.stage import post

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]


@pytest.fixture(autouse=True)
def left_tidy(at_window: WindowHall) -> Iterator[None]:
    """Back at the desk, whatever became of a story."""
    at_window.as_operator()
    yield
    at_window.leave()


def _paid(at_window: WindowHall) -> None:
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.press("pay_CASH")
    at_window.sheet("Cash")
    at_window.do("take")
    at_window.stage.arrive("ShowOutcome")
    at_window.press("done")
    at_window.stage.arrive("ServePatient")


def test_l03_f35_referral_is_bound_before_the_bill_is_settled(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    cast_paying.insure(at_window.house, who, insuplc_admdvs="340100")
    at_window.serve(who)
    at_window.work("referral")
    at_window.sheet("Referral from elsewhere")
    number = who.person.id_number[-8:]
    at_window.fill(
        slip_no=f"T{number}", from_region="340100", valid_from="2026-01-01", valid_to="2020-01-01"
    )
    at_window.do("bind")
    at_window.reads("This referral is not valid today")
    at_window.do("done")
    at_window.sheet("Referral from elsewhere")
    at_window.fill(
        slip_no=f"T{number}", from_region="340100", valid_from="2026-01-01", valid_to="2099-12-31"
    )
    at_window.do("bind")
    at_window.sheet("The referral is bound")
    path = f"/v1/patients/{who.patient.patient_id}/insurance-referrals"
    assert [one["slip_no"] for one in told(at_window, path)["referrals"]] == [f"T{number}"]


def test_l07_l06_breakdown_is_shown_and_the_sheet_kept_as_signed(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    cast_paying.insure(at_window.house, who)
    at_window.serve(who)
    _paid(at_window)
    at_window.work("breakdown")
    at_window.sheet("What the insurance paid")
    at_window.do("choose")
    at_window.reads("Who pays", "Paid by the patient", "Deductible")
    at_window.do("done")
    at_window.stage.arrive("ServePatient")
    at_window.work("sign_sheet")
    at_window.sheet("Sheet to be signed")
    at_window.do("choose")
    at_window.reads("It is paid, signed or not")
    at_window.do("signed")
    at_window.sheet("Kept as signed on paper")
    at_window.leave()
    at_window.agree()


def test_l07_settlement_of_own_expense_has_no_breakdown(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    at_window.serve(who)
    _paid(at_window)
    at_window.work("breakdown")
    at_window.sheet("What the insurance paid")
    at_window.do("choose")
    at_window.reads("The insurance paid nothing of it")


def test_s20_special_disease_of_somebody_without_one_offers_nothing(
    at_window: WindowHall,
) -> None:
    who = with_bill(at_window.house)
    cast_paying.insure(at_window.house, who)
    at_window.serve(who)
    at_window.work("disease")
    at_window.sheet("Special disease")
    at_window.reads("No visit of today, or no disease is registered")


def test_n10_f12_items_given_up_at_a_kiosk_are_cancelled_here_by_their_slip(
    at_window: WindowHall,
) -> None:
    who = with_bill(at_window.house)
    slip = given_up(at_window, who)["slip"]["qr_text"]
    at_window.work("give_ups")
    at_window.sheet("Items not wanted")
    at_window.scan(slip)
    at_window.reads("is given up", "to be decided")
    at_window.do("cancel")
    at_window.sheet("cancelled")
    at_window.leave()
    assert cast_paying.bills(at_window.house, who) == []


def test_n10_kept_items_stay_and_are_decided_once(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    slip = given_up(at_window, who)["slip"]["qr_text"]
    for ending in ("to be decided", "kept"):
        at_window.work("give_ups")
        at_window.sheet("Items not wanted")
        at_window.fill(number=slip)
        at_window.do("go")
        at_window.reads("is given up", ending)
        if ending == "kept":
            assert at_window.is_off("do_cancel")
            break
        at_window.do("keep")
        at_window.sheet("kept")
        at_window.do("done")
        at_window.stage.arrive("Desk")
    at_window.leave()
    assert len(cast_paying.bills(at_window.house, who)) == 1


def test_l09_l11_l12_f34_fast_claim_is_sent_after_the_patients_word_and_proof(
    at_window: WindowHall,
) -> None:
    who = with_bill(at_window.house)
    cast_inpatient.insure(at_window.house, who, direct=False)
    at_window.serve(who)
    _paid(at_window)
    cast_inpatient.wait_for_invoice(at_window.house, who)
    at_window.work("claims")
    at_window.sheet("Commercial insurance")
    at_window.do("claim")
    at_window.reads("Read it to the patient")
    assert at_window.is_off("do_agree")
    assert cast_inpatient.insurer_claims(at_window.house, who) == []
    at_window.fill(agreed="yes")
    at_window.do("agree")
    at_window.reads("Show a proof of identity")
    at_window.fill(number=who.person.id_number)
    at_window.do("go")
    at_window.reads("安心保险")
    at_window.do("take")
    at_window.sheet("The claim is sent")
    assert len(cast_inpatient.insurer_claims(at_window.house, who)) == 1


def test_n08_c15_cashier_states_a_traffic_accident_and_pay_later_says_why_not(
    at_window: WindowHall,
) -> None:
    house = at_window.house
    who, registration_id = eligible(house)
    cast_later.signed(house, who)
    cast_later.order(house, registration_id, "HBA1C")
    url = f"{house.backend_url}/v1/visits/{registration_id}/facts"
    post(url, {"scene": "EMERGENCY", "liability": ""}, CLINIC_TOKEN)
    at_window.serve(who)
    at_window.work("liability")
    at_window.sheet("Liability of a visit")
    at_window.reads("May be paid after the visit", "Doctor's room")
    at_window.fill(reason="police")
    at_window.do("state")
    at_window.reads("Nothing was changed")
    at_window.fill(TRAFFIC_ACCIDENT="yes", reason="report 2026-17 of the police")
    at_window.do("state")
    at_window.reads("Paid at once", "2107 · W07", "report 2026-17 of the police")
    at_window.key(Qt.Key.Key_Escape)
    at_window.stage.arrive("ServePatient")
    visit = told(at_window, f"/v1/registrations/{registration_id}")
    assert visit["scene"] == "EMERGENCY"

    at_window.work("pay_later")
    at_window.sheet("Pay after the visit")
    at_window.do("pay_now")
    at_window.sheet("Bills that cannot wait")
    at_window.reads("Fees that somebody else must bear", "¥65.00")
    at_window.do("done")
    at_window.sheet("Pay after the visit")
    at_window.key(Qt.Key.Key_Escape)
    at_window.stage.arrive("ServePatient")

    at_window.work("liability")
    at_window.sheet("Liability of a visit")
    at_window.fill(TRAFFIC_ACCIDENT="yes", reason="withdrawn by the police")
    at_window.do("state")
    at_window.reads("May be paid after the visit", "withdrawn by the police")
    at_window.key(Qt.Key.Key_Escape)
    at_window.stage.arrive("ServePatient")
    at_window.work("pay_later")
    at_window.sheet("Pay after the visit")
    at_window.do("pay_now")
    at_window.reads("All open bills may wait")
