"""Money at the kiosk beyond the ordinary bill: relatives, mutual aid, notes, holds, what is left.

What a reader would get wrong: two houses play here. In `hall` the demo's rules hold; in `money` a
kiosk takes notes for bills and whoever is exempt may pay in advance.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.error import HTTPError

import cast_money as cast
import cast_paying
import pytest
from cast import Guest
from cast_later import visited
from cast_money import OF_OLD_FEN
from cast_paying import ECG_FEN
from cast_people import at_window as cashier_of
from cast_prefund import FILED, born, hall_under
from hall import Hall
from money_steps import (
    balance_fen,
    begin,
    feed,
    leave,
    other_way,
    paid,
    papers,
    put_in,
    see_items,
    transfer,
    use_bank_card,
    visitor,
)
from PySide6.QtWidgets import QApplication

from core.operation import OperationKind, OperationState
from sandbox.house import House

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

OLD = 1955
HOLD_FEN = 100_000
_OVERPAY_FEN = 2_000
_WITH_OLD_BALANCE: list[Guest] = []


def _before_the_kiosk_came(house: House) -> None:
    cast.takes_larger_notes(house, _OVERPAY_FEN)
    _WITH_OLD_BALANCE.append(born(house, OLD))
    cast.brought_over(house, _WITH_OLD_BALANCE[-1], cast.around_their_years())


@pytest.fixture(scope="module")
def money(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Notes pay bills here, prepayment is filed, and wallets' contracts last for ten years."""
    rules = {**FILED, **cast.CASH_AT_KIOSK, **cast.LONG_CONTRACTS}
    with hall_under(tmp_path_factory.mktemp("money"), rules, _before_the_kiosk_came) as hall:
        yield hall
        machine = hall.stage.kiosk.machine
        assert not any(found.open for found in machine.operations().values())


def place_hold(hall: Hall, who: Guest) -> None:
    """1,000 yuan at this machine's card terminal."""
    begin(hall, "hold", who)
    hall.stage.arrive("ChooseHoldAmount")
    hall.stage.press(f"amount_{HOLD_FEN}")
    use_bank_card(hall)
    hall.stage.arrive("ShowHoldPlaced", 30)


def last_operation(hall: Hall, kind: OperationKind) -> OperationState:
    """How the newest one of this kind stands."""
    operations = hall.stage.kiosk.machine.operations().values()
    return [one.state for one in operations if one.kind is kind][-1]


# --- what is left


def agree_to_warning(hall: Hall) -> None:
    """All of it back, after the warning about whom it goes to."""
    hall.stage.press("press_go_on")
    hall.reads("Please read this before you go on")
    hall.stage.press("press_read")


def send(hall: Hall) -> None:
    """From the last look to the receipt of the request."""
    hall.reads("Send this request?")
    hall.stage.press("press_send")
    hall.reads("Checking your face")
    hall.stage.press("press_agree")
    hall.stage.arrive("Finished")
    hall.reads("Your request was received", "No money has moved yet.")


def test_s51_what_is_left_after_a_bill_is_asked_back_right_there(money: Hall) -> None:
    who = born(money.house, OLD)
    visit = visited(money.house, who)
    cast_paying.order(money.house, visit, "CARD", ECG12=1)
    transfer(money, who, 10_000)
    leave(money)
    money.see_bill(who)
    money.stage.press("pay")
    assert paid(money, who)["tenders"][0]["kind"] == "PREPAY_BALANCE"
    money.stage.press("done")

    money.stage.arrive("Finished")
    money.reads("You have money left", "¥68.00", "you can ask for it back here")
    money.stage.press("press_refund")
    money.stage.arrive("Show")
    money.reads("Your balance", "¥68.00", "Back the way it came")
    agree_to_warning(money)
    send(money)

    (asked,) = cast.clean_outs(money.house, who)
    assert (asked["state"], asked["amount_fen"]) == ("ACCEPTED", 6_800)
    assert balance_fen(money, who) == 0
    leave(money)


def test_w27_w28_wechat_goes_back_for_three_years_and_alipay_for_five(money: Hall) -> None:
    who = _WITH_OLD_BALANCE[-1]
    begin(money, "refund_balance", who)
    money.stage.arrive("Show")
    money.reads("Your balance", "¥400.00")
    rows = [row for section in money.view["sections"] for row in section["rows"]]
    told = sorted(
        (row["label"].split(",")[0], row["note"].split(":")[0])
        for row in rows
        if "," in row["label"]
    )
    assert told == [
        ("Alipay", "Back the way it came"),
        ("Alipay", "To a bank account"),
        ("WeChat", "Back the way it came"),
        ("WeChat", "To a bank account"),
    ]
    agree_to_warning(money)
    money.stage.arrive("Choose")
    money.stage.press("choose_ICBC")
    money.stage.arrive("TypeIn")
    money.stage.digits("6222021234567890123")
    money.stage.press("key_enter")
    send(money)
    (asked,) = cast.clean_outs(money.house, who)
    ways = [(way["channel"], way["route"], way["amount_fen"]) for way in asked["ways"]]
    assert sorted(ways) == [
        ("ALIPAY", "ORIGINAL", OF_OLD_FEN),
        ("ALIPAY", "TRANSFER", OF_OLD_FEN),
        ("WECHAT", "ORIGINAL", OF_OLD_FEN),
        ("WECHAT", "TRANSFER", OF_OLD_FEN),
    ]
    leave(money)


# --- notes


def test_c12_s14_exact_notes_pay_a_bill_with_one_slip(money: Hall) -> None:
    found = visitor(money, ecgs=0)
    cast_paying.order(money.house, found.registration_id, "CARD", HOLTER=1)
    slips = papers(money)
    money.see_bill(found.guest)

    other_way(money, "CASH")
    money.stage.arrive("AtMachine")
    money.reads("Due ¥150.00", "Notes that are inside do not come out again")
    put_in(money, 10_000, "inside ¥100.00")
    feed(money, 5_000)

    told = paid(money, found.guest)
    assert (told["tenders"][0]["kind"], told["cash"]["owed_fen"]) == ("CASH", 0)
    assert papers(money) == slips + 1
    money.finish()


def test_c12_s14_a_note_too_large_is_owed_by_a_slip_that_a_window_pays_once(money: Hall) -> None:
    found, window = visitor(money), cashier_of(money.house)
    slips = papers(money)
    money.see_bill(found.guest)

    other_way(money, "CASH")
    money.stage.arrive("AtMachine")
    money.reads("Due ¥32.00")
    feed(money, 5_000)

    told = paid(money, found.guest)
    money.reads("Change that we owe you", "¥18.00")
    assert (told["cash"]["handed_fen"], told["cash"]["owed_fen"]) == (5_000, 1_800)
    assert papers(money) == slips + 2
    slip = {"slip_id": told["cash"]["slip"]["slip_id"]}
    handed = window.ask("/v1/change/pay", slip)
    assert (handed["amount_fen"], handed["state"]) == (1_800, "PAID")
    with pytest.raises(HTTPError):
        window.ask("/v1/change/pay", slip)
    assert balance_fen(money, found.guest) == 0
    money.finish()


# --- relatives and mutual aid


def test_n18_relative_pays_while_the_kiosk_shows_the_bill_and_nobody_pays_twice(
    hall: Hall,
) -> None:
    found = visitor(hall)
    phone = cast.child_on_phone(hall, found.guest)
    see_items(hall, found.guest)
    phone.confirm(phone.begin_to_pay())

    hall.stage.press("press_checked")

    hall.stage.arrive("Finished")
    hall.reads("A relative has paid your bill", "nothing was taken here")
    told = cast_paying.settlements(hall.house, found.guest)
    assert [one["tenders"][-1]["kind"] for one in told if one["total_fen"] == ECG_FEN] == ["REMOTE"]
    hall.finish()


def test_n18_bill_on_the_kiosks_last_page_cannot_be_paid_by_a_phone_as_well(hall: Hall) -> None:
    found = visitor(hall)
    phone = cast.child_on_phone(hall, found.guest)
    hall.see_bill(found.guest)

    with pytest.raises(HTTPError) as refused:
        phone.quote()

    assert refused.value.code == 409
    hall.show_wallet("WECHAT", "4321")
    assert paid(hall, found.guest)["tenders"][0]["kind"] == "SCAN"
    hall.finish()


def test_n18_n17_bill_that_a_relative_is_paying_now_is_said_kindly(hall: Hall) -> None:
    found = visitor(hall)
    phone = cast.child_on_phone(hall, found.guest)
    order_no = phone.begin_to_pay()
    begin(hall, "pay", found.guest)

    hall.stage.arrive("Finished")

    hall.reads("A relative is paying this on the phone now", "Please do not pay again")
    phone.confirm(order_no)
    hall.finish()
    begin(hall, "pay", found.guest)
    hall.stage.arrive("ShowNothingDue")
    hall.finish()


def test_n21_mutual_aid_of_a_spouse_bears_its_part_of_the_bill(hall: Hall) -> None:
    found = visitor(hall)
    cast_paying.order(hall.house, found.registration_id, "OPHT", HYAL=1)
    cast.aided(hall.house, found.guest, account_fen=300)

    hall.see_bill(found.guest)

    hall.reads("Family mutual aid", "¥3.00", "Self-pay")
    hall.show_wallet("WECHAT", "4321")
    told = paid(hall, found.guest)
    hall.reads("Family mutual aid", "¥3.00")
    parts = {part["kind"]: part["amount_fen"] for part in told["components"]}
    assert parts["MUTUAL_AID"] == 300
    assert sum(parts.values()) == told["total_fen"]
    hall.finish()


# --- codes


def test_l01_unionpay_code_of_a_bank_app_pays(hall: Hall) -> None:
    found = visitor(hall)
    hall.see_bill(found.guest)
    hall.stage.press("pay_SCAN")
    hall.stage.arrive("ShowPaymentCode")
    hall.reads("WeChat, Alipay or UnionPay")

    hall.stage.do("scanner", "show", text=cast.unionpay_code())

    tender = paid(hall, found.guest)["tenders"][0]
    assert (tender["kind"], tender["label"]) == ("SCAN", "UNIONPAY")
    hall.reads("UnionPay")
    hall.finish()


# --- holds


def test_s11_hold_that_only_its_card_terminal_completes_pays_at_its_kiosk(hall: Hall) -> None:
    found = visitor(hall)
    cast_paying.acquirer(hall.house, do="next_hold", completer="THIS_POS")
    place_hold(hall, found.guest)
    hall.reads("At this machine only")
    hall.finish()
    hall.see_bill(found.guest)
    hall.stage.press("pay")

    told = paid(hall, found.guest)

    assert [(one["kind"], one["amount_fen"]) for one in told["tenders"]] == [("PREAUTH", ECG_FEN)]
    (hold,) = cast.holds(hall.house, found.guest)
    assert (hold["state"], hold["taken_fen"], hold["completer"]) == (
        "COMPLETED",
        ECG_FEN,
        "THIS_POS",
    )
    assert hold["released_fen"] == HOLD_FEN - ECG_FEN
    hall.finish()


def test_s11_h35_hold_of_another_card_terminal_says_where_and_another_way_pays(
    hall: Hall,
) -> None:
    found = visitor(hall)
    cast.held_at_window(hall.house, found.guest, HOLD_FEN)
    hall.see_bill(found.guest)

    hall.stage.press("pay_OTHER")
    hall.stage.arrive("Choose")
    hall.reads("Only at this place: Outpatient hall, 1F east, Window 07")
    hall.stage.press("choose_SCAN")
    hall.stage.arrive("ShowPaymentCode")
    hall.stage.do("scanner", "show", text=cast.unionpay_code())

    assert paid(hall, found.guest)["tenders"][0]["kind"] == "SCAN"
    (hold,) = cast.holds(hall.house, found.guest)
    assert (hold["state"], hold["remaining_fen"]) == ("HELD", HOLD_FEN)
    hall.finish()


def test_s12_hold_is_ended_by_its_patient_at_the_machine_that_made_it(hall: Hall) -> None:
    who = hall.guest()
    place_hold(hall, who)
    hall.finish()
    begin(hall, "my_money", who)
    hall.reads("¥1,000.00", "“Pre-authorise a card” shows what is frozen and ends it.")
    leave(hall, "dock_leave")
    begin(hall, "hold", who)
    hall.stage.arrive("Choose")
    hall.stage.press(hall.stage.option())
    hall.stage.arrive("Show")
    hall.stage.press("press_release")
    hall.reads("End this pre-authorisation?", "Nothing was paid from it", "¥1,000.00")
    hall.stage.press("press_yes")

    hall.stage.arrive("Finished")

    hall.reads("The pre-authorisation has ended", "Free on your card again")
    hall.reads("Please take your slip below")
    (hold,) = cast.holds(hall.house, who)
    assert (hold["state"], hold["released_fen"]) == ("RELEASED", HOLD_FEN)
    assert last_operation(hall, OperationKind.RELEASE) is OperationState.DONE
    hall.finish()


def test_s12_h35_hold_of_another_machine_says_where_it_can_be_ended(hall: Hall) -> None:
    who = hall.guest()
    cast.held_at_window(hall.house, who, HOLD_FEN)
    begin(hall, "hold", who)
    hall.stage.arrive("Choose")

    hall.stage.press(hall.stage.option())

    hall.stage.arrive("Show")
    hall.reads("at the machine that made it: Outpatient hall, 1F east, Window 07")
    assert "End this pre-authorisation" not in hall.words()
    leave(hall, "dock_leave")
