"""Paying a bill at the kiosk, from the list to the slip, by everything that a patient may have."""

from __future__ import annotations

import cast_paying as cast
import pytest
from cast_paying import ECG_FEN
from hall import Hall
from money_steps import other_way, paid, papers, see_items, use_bank_card, visitor

from core.money import format_yuan
from core.operation import OperationKind, OperationState
from sandbox.people import BENEFIT_PATIENT
from sandbox.player.hands import wait_until
from sandbox.player.stage import wallet_code

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

HOLD_FEN = 100_000


# --- the list


def test_n06_n09_w09_w26_s21_s34_visit_is_checked_and_paid_once_with_one_slip(hall: Hall) -> None:
    stage, found = hall.stage, visitor(hall)
    cast.order(hall.house, found.registration_id, "OPHT", HYAL=1)
    listed = cast.bills(hall.house, found.guest)
    total_fen = sum(bill["total_fen"] for bill in listed)
    slips = papers(hall)
    see_items(hall, found.guest)
    hall.reads("Please check every item", "I have checked, go on", f"¥{format_yuan(total_fen)}")

    stage.press("press_checked")
    stage.arrive("ConfirmQuote")
    hall.show_wallet("WECHAT", "4321")

    told = paid(hall, found.guest)
    assert (len(told["bills"]), told["total_fen"]) == (2, total_fen)
    assert papers(hall) == slips + 1
    hall.finish()


def test_n10_item_that_is_not_wanted_gets_a_slip_and_the_rest_is_paid(hall: Hall) -> None:
    stage, found = hall.stage, visitor(hall)
    cast.order(hall.house, found.registration_id, "OPHT", HYAL=1)
    unwanted = next(
        bill for bill in cast.bills(hall.house, found.guest) if bill["total_fen"] == ECG_FEN
    )
    see_items(hall, found.guest)

    stage.press("press_give_up")
    stage.arrive("ChooseSome")
    stage.press(f"mark_{unwanted['lines'][0]['line_id']}", "press_ask")
    stage.arrive("Finished")
    hall.reads("Your wish is noted", "Refund consultation window", "Please take your slip below")
    stage.press("press_pay_rest")
    stage.arrive("ConfirmQuote")
    hall.show_wallet("WECHAT", "4321")

    paid(hall, found.guest)
    assert [bill["bill_id"] for bill in cast.bills(hall.house, found.guest)] == [
        unwanted["bill_id"]
    ]
    hall.finish()


def test_n11_w07_what_was_paid_in_the_doctors_room_is_not_asked_for_again(hall: Hall) -> None:
    stage, found = hall.stage, visitor(hall)
    cast.pay_in_clinic(hall.house, found.guest, cast.bills(hall.house, found.guest)[0])
    cast.order(hall.house, found.registration_id, "OPHT", HYAL=1)
    (left,) = cast.bills(hall.house, found.guest)

    see_items(hall, found.guest)
    hall.reads(f"¥{format_yuan(left['total_fen'])}")
    cast.pay_in_clinic(hall.house, found.guest, left)
    stage.press("press_checked")

    stage.arrive("Finished")
    hall.reads("Your bill is paid already", "Nothing more is to be paid")
    assert len(cast.settlements(hall.house, found.guest)) == 3
    hall.finish()


def test_n18_bill_that_a_phone_is_paying_is_not_paid_twice(hall: Hall) -> None:
    found = visitor(hall)
    (bill,) = cast.bills(hall.house, found.guest)
    quoted = cast.quote(hall.house, found.guest, bill, cast.MOBILE_TOKEN)
    told = cast.pay(hall.house, quoted, cast.MOBILE_TOKEN, "REMOTE", "WECHAT")
    hall.stage.begin("pay")
    hall.stage.arrive("Identify")
    hall.lay_id_card(found.guest)

    hall.stage.arrive("Finished")

    hall.reads("This is being paid on a phone now", "Please do not pay again")
    cast.acquirer(hall.house, do="scan_qr", order_no=told["tenders"][-1]["tender_id"], payer="李明")
    wait_until(lambda: not cast.bills(hall.house, found.guest), 15, "the phone's payment")
    hall.finish()


def test_bill_that_the_doctor_changed_meanwhile_is_shown_anew(hall: Hall) -> None:
    stage, found = hall.stage, visitor(hall)
    see_items(hall, found.guest)
    cast.change(hall.house, cast.bills(hall.house, found.guest)[0], ECG12=2)

    stage.press("press_checked")

    hall.reads("The doctor has just changed this bill", "¥64.00")
    stage.press("press_checked")
    stage.arrive("ConfirmQuote")
    hall.show_wallet("WECHAT", "4321")
    assert paid(hall, found.guest)["total_fen"] == 2 * ECG_FEN
    hall.finish()


# --- who cannot pay here


def test_s20_s27_h35_special_identity_is_sent_to_its_window_before_anything_is_paid(
    hall: Hall,
) -> None:
    stage = hall.stage
    stage.begin("pay")
    stage.arrive("Identify")
    stage.do("id_reader", "place", **BENEFIT_PATIENT.id_card())

    stage.arrive("ShowReferred")

    hall.reads("Your bill is settled at a service window", "Nothing was charged", "Please go to")
    hall.finish()


# --- ways to pay


def test_l01_w13_h15_a_a5_h02_scanned_code_pays_once_however_often_it_is_pressed(
    hall: Hall,
) -> None:
    stage, found = hall.stage, visitor(hall)
    hall.see_bill(found.guest)
    ui = stage.kiosk.ui
    ticket = stage.kiosk.runner.ticket
    ui.say(ticket, "pay", "SCAN")
    ui.say(ticket, "pay", "SCAN")
    stage.arrive("ShowPaymentCode")
    stage.do("scanner", "show", text=wallet_code("ALIPAY", "4321"))
    stage.do("scanner", "show", text=wallet_code("ALIPAY", "4321"))

    told = paid(hall, found.guest)

    assert [tender["kind"] for tender in told["tenders"]] == ["SCAN"]
    assert len(cast.settlements(hall.house, found.guest)) == 2
    hall.finish()


def test_w01_w04_n21_h29_bound_debit_shows_payer_and_limit_before_it_pays(hall: Hall) -> None:
    stage, found = hall.stage, visitor(hall)
    cast.bind(hall.house, found.guest)
    hall.see_bill(found.guest)

    other_way(hall, "BOUND_DEBIT")
    stage.arrive("Show")
    hall.reads("Who pays", "李*", "Left today", "¥32.00", found.guest.patient.display_name)
    stage.press("press_pay")

    told = paid(hall, found.guest)
    hall.reads("Paid by 李*")
    assert (told["tenders"][0]["kind"], told["tenders"][0]["payer"]) == ("BOUND_DEBIT", "李*")
    assert "李明" not in hall.words()
    hall.finish()


def test_w03_more_than_todays_limit_is_said_and_another_way_pays(hall: Hall) -> None:
    stage, found = hall.stage, visitor(hall)
    cast.bind(hall.house, found.guest, limit_fen=1_000)
    hall.see_bill(found.guest)

    stage.press("pay_OTHER")
    stage.arrive("Choose")
    hall.reads("More than the limit of today", "Only at a service window")
    stage.press("choose_SCAN")
    stage.arrive("ShowPaymentCode")
    stage.do("scanner", "show", text=wallet_code("WECHAT", "4321"))

    assert paid(hall, found.guest)["tenders"][0]["kind"] == "SCAN"
    hall.finish()


@pytest.mark.parametrize(
    ("family", "kind"),
    [(False, "CREDIT_LINE"), (True, "FAMILY_CREDIT_LINE")],
    ids=["h07_a_b1_own", "a_b2_family"],
)
def test_h07_a_b1_a_b2_credit_line_pays_after_a_last_look(
    hall: Hall, family: bool, kind: str
) -> None:
    stage, found = hall.stage, visitor(hall)
    cast.lend(hall.house, found.guest, family=family)
    hall.see_bill(found.guest)

    other_way(hall, kind)
    stage.arrive("Show")
    hall.reads("Is this right?", "Left today")
    stage.press("press_pay")

    assert paid(hall, found.guest)["tenders"][0]["kind"] == kind
    hall.finish()


def test_w12_one_scan_of_the_insurance_code_names_insures_and_pays(hall: Hall) -> None:
    stage, found = hall.stage, visitor(hall)
    code = cast.insure(hall.house, found.guest)
    cast.acquirer(hall.house, do="one_code", signed=True, channel="WECHAT")

    stage.do("scanner", "show", text=code)
    stage.check_bill()
    stage.press("pay_ONE_CODE")

    told = paid(hall, found.guest)
    assert [tender["kind"] for tender in told["tenders"]] == ["ONE_CODE"]
    assert any(
        part["kind"] == "INSURANCE_FUND" and part["amount_fen"] for part in told["components"]
    )
    hall.finish()


def test_s42_l01_bank_card_pays_at_the_pos(hall: Hall) -> None:
    found = visitor(hall)
    hall.see_bill(found.guest)

    other_way(hall, "BANK_CARD")
    use_bank_card(hall)

    assert paid(hall, found.guest)["tenders"][0]["kind"] == "BANK_CARD"
    hall.finish()


def test_bank_card_that_is_declined_takes_nothing(hall: Hall) -> None:
    found = visitor(hall)
    hall.see_bill(found.guest)

    other_way(hall, "BANK_CARD")
    wait_until(lambda: hall.stage.unit("pos")["waiting_for_card"] is True, 30, "the POS")
    hall.stage.do("pos", "present_card", pan="6217001210000000051", bank="中国建设银行")

    hall.trouble(
        "card_declined",
        "The bank declined this card",
        "Nothing was charged",
        "Please use another card.",
    )
    assert len(cast.bills(hall.house, found.guest)) == 1
    hall.finish()


# --- insurance


@pytest.mark.parametrize("region", ["330300", "340100"], ids=["here", "l18_elsewhere"])
def test_l02_l07_l18_insurance_of_any_region_is_split_before_paying(
    hall: Hall, region: str
) -> None:
    found = visitor(hall)
    cast.insure(hall.house, found.guest, insuplc_admdvs=region)

    hall.see_bill(found.guest)

    hall.reads("Insurance fund", "Self-pay")
    hall.show_wallet("WECHAT", "4321")
    told = paid(hall, found.guest)
    hall.reads("Insurance fund")
    assert sum(part["amount_fen"] for part in told["components"]) == told["total_fen"]
    hall.finish()


# --- money kept ready


def test_s19_hold_is_placed_inside_the_flow_and_pays_the_bill(hall: Hall) -> None:
    stage, found = hall.stage, visitor(hall)
    hall.see_bill(found.guest)

    other_way(hall, "HOLD")
    stage.arrive("ChooseHoldAmount")
    stage.press(f"amount_{HOLD_FEN}")
    use_bank_card(hall)
    stage.arrive("ConfirmQuote", 30)
    stage.press("pay")

    assert paid(hall, found.guest)["tenders"][0]["kind"] == "PREAUTH"
    hall.finish()


def test_s12_hold_that_is_too_small_is_replaced_by_a_larger_one(hall: Hall) -> None:
    stage, found = hall.stage, visitor(hall, ecgs=40)
    stage.begin("hold")
    stage.arrive("Identify")
    hall.lay_id_card(found.guest)
    stage.arrive("ChooseHoldAmount")
    stage.press(f"amount_{HOLD_FEN}")
    use_bank_card(hall)
    stage.arrive("ShowHoldPlaced", 30)
    hall.finish()
    hall.see_bill(found.guest)

    other_way(hall, "REAUTHORISE")
    use_bank_card(hall)
    stage.arrive("ConfirmQuote", 30)
    stage.press("pay")

    told = paid(hall, found.guest)
    assert [(one["kind"], one["amount_fen"]) for one in told["tenders"]] == [
        ("PREAUTH", 40 * ECG_FEN)
    ]
    *_, release = (
        one
        for one in stage.kiosk.machine.operations().values()
        if one.kind is OperationKind.RELEASE
    )
    assert (release.state, release.text("state")) == (OperationState.DONE, "DONE")
    hall.finish()
