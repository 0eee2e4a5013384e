"""The till: every way to pay that a window takes, in the number of keys that it may cost."""

from __future__ import annotations

from collections.abc import Iterator

import cast_money
import cast_paying
import pytest
from cast import with_bill
from cast_window_settle import (
    digit_of,
    fees_read,
    insurer_pays_directly,
    paid_kinds,
    press,
    ready,
    referral_slip,
    settlements,
    use_bank_card,
)
from PySide6.QtCore import Qt
from window_hall import WindowHall

from sandbox.player.hands import wait_until
from sandbox.player.stage import wallet_code

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

_RETURN = Qt.Key.Key_Return
_MOST_KEYS = 3
_ECG_FEN = 3_200


@pytest.fixture(autouse=True)
def left_tidy(at_window: WindowHall) -> Iterator[None]:
    """Back at the desk, whatever became of a story."""
    at_window.as_operator()
    yield
    at_window.leave()


def test_l01_cash_shows_given_and_change_to_both_before_it_is_taken(at_window: WindowHall) -> None:
    at_window.serve(with_bill(at_window.house))
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.press("pay_CASH")
    at_window.sheet("Cash")
    at_window.type("field_given", "100")
    at_window.reads("¥68.00")
    assert "Change 68.00" in at_window.customer_reads()
    at_window.key(_RETURN)
    at_window.stage.arrive("ShowOutcome")
    at_window.reads("Settled", "Change ¥68.00")
    assert "Change 68.00" in at_window.customer_reads()
    at_window.leave()
    at_window.agree()


def test_f18_too_little_cash_cannot_be_taken_and_a_usual_note_is_one_key(
    at_window: WindowHall,
) -> None:
    at_window.serve(with_bill(at_window.house))
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.press("pay_CASH")
    at_window.sheet("Cash")
    at_window.fill(given="31.99")
    assert at_window.is_off("do_take")
    at_window.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    at_window.reads("¥3.00")
    at_window.leave()
    at_window.agree()


def test_h15_settle_scanned_takes_three_keys_and_the_code(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.key(_RETURN)
    ready(at_window)
    at_window.key(_RETURN)
    at_window.stage.arrive("ShowPaymentCode")
    at_window.scan(wallet_code("WECHAT"))
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.reads("Settled")
    at_window.leave()
    assert paid_kinds(at_window, who) == ["SCAN"]
    at_window.agree()


def test_l01_code_that_is_scanned_at_the_quote_pays_with_one_key(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.scan(wallet_code("ALIPAY"))
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.leave()
    assert paid_kinds(at_window, who) == ["SCAN"]
    at_window.agree()


def test_f18_cash_with_change_takes_three_keys_and_the_amount(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    at_window.serve(who)
    keys = press(at_window, Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    keys += press(at_window, digit_of(at_window, "CASH"))
    at_window.sheet("Cash")
    for one in (Qt.Key.Key_5, Qt.Key.Key_0):
        at_window.key(one)
    at_window.reads("¥18.00")
    keys += press(at_window, _RETURN)
    at_window.stage.arrive("ShowOutcome")
    assert keys == _MOST_KEYS
    at_window.leave()
    told = settlements(at_window, who.patient.patient_id)[0]
    assert told["cash"]["handed_fen"] - told["cash"]["change_fen"] == _ECG_FEN
    at_window.agree()


def test_f14_l10_insurer_pays_a_part_and_the_rest_by_code_takes_one_key(
    at_window: WindowHall,
) -> None:
    who = with_bill(at_window.house)
    insurer_pays_directly(at_window, who)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.reads("Commercial insurance")
    at_window.scan(wallet_code("WECHAT"))
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.leave()
    assert paid_kinds(at_window, who) == ["COMMERCIAL_DIRECT", "SCAN"]
    at_window.agree()


def test_w01_w03_w04_f17_payer_and_limit_are_read_before_the_debit(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    cast_paying.bind(at_window.house, who)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.reads("李* · left today: ")
    at_window.press("pay_BOUND_DEBIT")
    at_window.stage.hand.press_twice("commit")
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.leave()
    assert paid_kinds(at_window, who) == ["BOUND_DEBIT"]
    at_window.agree()


@pytest.mark.parametrize(
    ("family", "kind"),
    [(False, "CREDIT_LINE"), (True, "FAMILY_CREDIT_LINE")],
    ids=["h07_f23_own", "h28_f20_family"],
)
def test_h07_h28_credit_line_pays_here_too(at_window: WindowHall, family: bool, kind: str) -> None:
    who = with_bill(at_window.house)
    cast_paying.lend(at_window.house, who, family=family)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.press(f"pay_{kind}")
    at_window.stage.hand.press_twice("commit")
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.leave()
    assert paid_kinds(at_window, who) == [kind]
    at_window.agree()


def test_w12_f16_one_scan_of_the_insurance_code_finds_insures_and_pays(
    at_window: WindowHall,
) -> None:
    who = with_bill(at_window.house)
    code = cast_paying.insure(at_window.house, who)
    cast_paying.acquirer(at_window.house, do="one_code", signed=True, channel="WECHAT")
    at_window.scan(code)
    at_window.stage.arrive("ServePatient")
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.key(_RETURN)
    ready(at_window)
    at_window.key(_RETURN)
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.leave()
    assert paid_kinds(at_window, who) == ["ONE_CODE"]
    at_window.agree()


def test_s42_l01_bank_card_pays_at_the_windows_pos(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.press("pay_BANK_CARD")
    at_window.stage.hand.press_twice("commit")
    use_bank_card(at_window)
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.reads("Settled")
    at_window.leave()
    assert paid_kinds(at_window, who) == ["BANK_CARD"]
    at_window.agree()


@pytest.mark.parametrize("region", ["330300", "340100"], ids=["h15_here", "l02_elsewhere"])
def test_f13_l02_l18_insurance_of_any_region_is_split_before_paying(
    at_window: WindowHall, region: str
) -> None:
    who = with_bill(at_window.house)
    cast_paying.insure(at_window.house, who, insuplc_admdvs=region)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.reads("Insurance fund", "Insurance account")
    at_window.leave()


def test_n18_bill_that_a_phone_is_paying_is_not_paid_twice(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    (bill,) = cast_paying.bills(at_window.house, who)
    at_window.serve(who)
    quoted = cast_paying.quote(at_window.house, who, bill, cast_paying.MOBILE_TOKEN)
    told = cast_paying.pay(at_window.house, quoted, cast_paying.MOBILE_TOKEN, "REMOTE", "WECHAT")
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ShowOutcome")
    at_window.reads("Nothing was charged")
    at_window.leave()
    order_no = told["tenders"][-1]["tender_id"]
    cast_paying.acquirer(at_window.house, do="scan_qr", order_no=order_no, payer="李明")
    wait_until(lambda: not cast_paying.bills(at_window.house, who), 15, "the phone's payment")


def test_n11_w07_paid_in_the_doctors_room_meanwhile_is_not_taken_again(
    at_window: WindowHall,
) -> None:
    who = with_bill(at_window.house)
    (bill,) = cast_paying.bills(at_window.house, who)
    at_window.serve(who)
    cast_paying.pay_in_clinic(at_window.house, who, bill)
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ShowOutcome")
    at_window.reads("Nothing was charged", "This bill has been paid already")
    at_window.leave()


def test_bill_that_the_doctor_changed_meanwhile_is_not_settled_as_it_was(
    at_window: WindowHall,
) -> None:
    who = with_bill(at_window.house)
    (bill,) = cast_paying.bills(at_window.house, who)
    at_window.serve(who)
    cast_paying.change(at_window.house, bill, ECG12=2)
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ShowOutcome")
    at_window.press("done")
    at_window.stage.arrive("ServePatient")
    at_window.reads("¥64.00")
    at_window.leave()


def test_a_kiosks_unfinished_visit_goes_on_here_by_its_slip(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    at_window.scan(referral_slip(at_window, who))
    at_window.stage.arrive("ServePatient")
    at_window.reads(who.person.name, "¥32.00")
    at_window.leave()


def test_n09_f12_every_item_is_on_the_page_before_anything_is_settled(
    at_window: WindowHall,
) -> None:
    who = with_bill(at_window.house)
    (bill,) = cast_paying.bills(at_window.house, who)
    at_window.serve(who)
    for state in ("ServePatient", "ConfirmQuote"):
        at_window.stage.arrive(state)
        assert bill["lines"][0]["name"]["en"] in fees_read(at_window)
        if state == "ServePatient":
            at_window.key(Qt.Key.Key_F8)
    assert len(settlements(at_window, who.patient.patient_id)) == 1


def test_f19_n21_mutual_aid_of_the_family_pays_before_the_patient(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    cast_money.aided(at_window.house, who, 1_000)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.reads("Family mutual aid")
