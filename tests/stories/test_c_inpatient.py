"""Stays at the window: registered, deposits, daily lists, settled, signed; the rest goes back."""

from __future__ import annotations

from collections.abc import Iterator

import cast_inpatient as cast
import cast_later
import cast_paying
import pytest
from cast import Guest, guest
from cast_people import city_code, known_to_city
from cast_window_settle import digit_of, paid_kinds, press, settlements
from PySide6.QtCore import Qt
from window_hall import SUPERVISOR, WindowHall

from sandbox.player.stage import wallet_code

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

_DEPOSIT_FEN = 50_000
_MOST_KEYS = 3


@pytest.fixture(autouse=True)
def left_tidy(at_window: WindowHall) -> Iterator[None]:
    """Back at the desk, whatever became of a story."""
    at_window.as_operator()
    yield
    at_window.leave()


def noticed(at_window: WindowHall, deposit_fen: int, *codes: str) -> tuple[Guest, str]:
    """Somebody whose doctor wrote the discharge, and the stay's id."""
    house, who = at_window.house, guest(at_window.house)
    patient_id = who.patient.patient_id
    admission_id = cast.admitted(house, patient_id)
    if deposit_fen:
        cast.pay_deposit(house, patient_id, admission_id, deposit_fen)
    cast.charge(house, admission_id, *codes)
    cast.give_notice(house, admission_id)
    return who, admission_id


def open_stay(at_window: WindowHall, who: Guest) -> None:
    """From the desk to the stay's page."""
    at_window.serve(who)
    at_window.work("stays")
    at_window.sheet("Stay in hospital")


def settle_by_code(at_window: WindowHall) -> None:
    """From the checked list to the outcome's end."""
    at_window.do("settle")
    at_window.sheet("Settle the stay")
    at_window.do("settle")
    at_window.stage.arrive("ConfirmQuote")


def test_h22_a_a8_a_a14_f28_stay_is_registered_by_city_code_with_a_slip(
    at_window: WindowHall,
) -> None:
    house, who = at_window.house, guest(at_window.house)
    name = who.person.id_number[-6:]
    known_to_city(house, who.person, name)
    admission_id = cast.asked(house, who.patient.patient_id)
    at_window.scan(city_code(name))
    at_window.stage.arrive("ServePatient")
    at_window.work("stays")
    at_window.sheet("Stay in hospital")
    at_window.reads("Asked for by the doctor", "Ward 6")
    at_window.do("admit")
    at_window.sheet("The stay is registered")
    at_window.reads("Give the slip to the patient.")
    assert cast.stay(house, admission_id)["state"] == "ADMITTED"
    at_window.do("done")
    at_window.sheet("Stay in hospital")
    at_window.reads("In hospital")
    at_window.do("slip")
    at_window.sheet("The slip once more")


def test_h22_without_a_request_nothing_is_registered(at_window: WindowHall) -> None:
    at_window.serve(guest(at_window.house))
    at_window.work("stays")
    at_window.sheet("No stay in hospital is asked for")


def test_h23_h24_a_a9_a_a15_f29_deposit_in_cash_takes_three_keys(at_window: WindowHall) -> None:
    house, who = at_window.house, guest(at_window.house)
    admission_id = cast.admitted(house, who.patient.patient_id)
    cast.ask_deposit(house, admission_id, _DEPOSIT_FEN)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    at_window.stage.arrive("ConfirmQuote")
    at_window.reads("¥500.00")
    keys = 1 + press(at_window, digit_of(at_window, "CASH"))
    at_window.sheet("Cash")
    keys += press(at_window, Qt.Key.Key_Return)
    at_window.stage.arrive("ShowOutcome")
    at_window.reads("Settled")
    assert keys == _MOST_KEYS
    at_window.leave()
    assert cast.stay(house, admission_id)["deposit_fen"] == _DEPOSIT_FEN
    assert paid_kinds(at_window, who) == ["CASH"]
    at_window.agree()


def test_h23_s39_each_of_two_requests_is_paid_by_itself(at_window: WindowHall) -> None:
    house, who = at_window.house, guest(at_window.house)
    admission_id = cast.admitted(house, who.patient.patient_id)
    cast.ask_deposit(house, admission_id, _DEPOSIT_FEN)
    second = cast.ask_deposit(house, admission_id, 30_000)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    at_window.sheet("Inpatient deposit")
    at_window.reads("¥800.00")
    at_window.take_row(second["bill_id"])
    at_window.do("pay")
    at_window.stage.arrive("ConfirmQuote")
    at_window.scan(wallet_code("WECHAT"))
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.leave()
    assert cast.stay(house, admission_id)["deposit_fen"] == 30_000
    at_window.agree()


def test_h23_c14_deposit_nobody_asked_for_is_not_taken(at_window: WindowHall) -> None:
    who = guest(at_window.house)
    cast.admitted(at_window.house, who.patient.patient_id)
    at_window.serve(who)
    at_window.work("deposit")
    at_window.sheet("No deposit is to be paid now")


def test_s40_l04_daily_list_is_of_this_moment_and_is_printed(at_window: WindowHall) -> None:
    house, who = at_window.house, guest(at_window.house)
    admission_id = cast.admitted(house, who.patient.patient_id)
    cast.charge(house, admission_id, "BED", "ECHO")
    open_stay(at_window, who)
    at_window.do("lists")
    at_window.sheet("Daily lists")
    at_window.reads("¥270.00")
    at_window.do("open")
    at_window.reads("The whole stay so far", "Class ")
    at_window.do("print")
    at_window.reads("Printed")


def test_h25_h26_a_a10_a_a16_l05_l06_f31_settled_from_the_deposit_signed_rest_returned(
    at_window: WindowHall,
) -> None:
    who, admission_id = noticed(at_window, _DEPOSIT_FEN, "BED", "ECHO")
    open_stay(at_window, who)
    at_window.reads("May be settled", "¥500.00")
    settle_by_code(at_window)
    at_window.reads("Inpatient deposit")
    at_window.stage.hand.press_twice("commit")
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.press("done")
    at_window.sheet("Sheet to be signed")
    at_window.do("print")
    at_window.reads("Printed")
    at_window.do("signed")
    at_window.sheet("Kept as signed on paper")
    settlement_id = settlements(at_window, who.patient.patient_id)[0]["settlement_id"]
    assert cast.signature(at_window.house, settlement_id)["way"] == "PAPER"
    at_window.do("done")

    at_window.sheet("Stay in hospital")
    at_window.reads("Settled", "¥230.00")
    at_window.do("rest")
    at_window.reads("Goes back", "Number of the reviewer")
    (refund,) = cast_later.refunds(at_window.house, who)
    at_window.fill(operator=SUPERVISOR, password=f"demo-{SUPERVISOR}")
    at_window.do("approve")
    at_window.reads("Carry out")
    at_window.do("execute")
    at_window.sheet("Paid back")
    at_window.leave()
    assert refund["total_fen"] == 23_000
    assert cast_later.refunds(at_window.house, who)[0]["state"] == "PAID"
    assert cast.stay(at_window.house, admission_id)["deposit_fen"] == 0
    at_window.agree()


def test_a_a11_h26_deposit_that_a_phone_paid_goes_back_to_the_phone_at_this_window(
    at_window: WindowHall,
) -> None:
    who, admission_id = noticed(at_window, _DEPOSIT_FEN, "BED")
    open_stay(at_window, who)
    settle_by_code(at_window)
    at_window.stage.hand.press_twice("commit")
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.press("done")
    at_window.sheet("Sheet to be signed")
    at_window.do("signed")
    at_window.sheet("Kept as signed on paper")
    at_window.do("done")
    at_window.sheet("Stay in hospital")
    at_window.do("rest")
    at_window.reads("Goes back", "WeChat")
    at_window.fill(operator=SUPERVISOR, password=f"demo-{SUPERVISOR}")
    at_window.do("approve")
    at_window.reads("Carry out")
    at_window.do("execute")
    at_window.sheet("Paid back")
    at_window.leave()
    (refund,) = cast_later.refunds(at_window.house, who)
    routes = [(part["route"], part["amount_fen"]) for part in refund["parts"]]
    assert (refund["state"], routes) == ("PAID", [("SCAN", 45_000)])
    assert cast.stay(at_window.house, admission_id)["deposit_fen"] == 0
    at_window.agree()


@pytest.mark.parametrize(
    ("family", "kind"),
    [(False, "CREDIT_LINE"), (True, "FAMILY_CREDIT_LINE")],
    ids=["own", "family"],
)
def test_a_b5_c18_credit_settles_a_stay_at_the_window(
    at_window: WindowHall, family: bool, kind: str
) -> None:
    who, admission_id = noticed(at_window, 0, "BED", "ECHO")
    cast_paying.lend(at_window.house, who, family=family)
    open_stay(at_window, who)
    settle_by_code(at_window)
    at_window.press(f"pay_{kind}")
    at_window.stage.hand.press_twice("commit")
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.reads("Settled")
    at_window.press("done")
    at_window.sheet("Sheet to be signed")
    at_window.leave()
    assert paid_kinds(at_window, who) == [kind]
    assert cast.stay(at_window.house, admission_id)["state"] == "SETTLED"
    at_window.agree()


def test_h25_without_the_doctors_notice_nothing_is_settled(at_window: WindowHall) -> None:
    who = guest(at_window.house)
    admission_id = cast.admitted(at_window.house, who.patient.patient_id)
    cast.charge(at_window.house, admission_id, "BED")
    open_stay(at_window, who)
    step = at_window.sheet("Stay in hospital")
    assert "settle" not in {action.word for action in step.actions}


def test_h25_who_leaves_at_the_bill_has_settled_nothing(at_window: WindowHall) -> None:
    who, admission_id = noticed(at_window, 0, "BED")
    open_stay(at_window, who)
    settle_by_code(at_window)
    at_window.leave()
    assert cast.stay(at_window.house, admission_id)["state"] == "NOTICED"
    at_window.agree()


def test_l10_f34_direct_claim_is_a_tender_of_the_discharge(at_window: WindowHall) -> None:
    who, _ = noticed(at_window, 0, "BED", "ECHO")
    cast.insure(at_window.house, who, direct=True)
    open_stay(at_window, who)
    at_window.do("settle")
    at_window.sheet("Settle the stay")
    at_window.do("insurer")
    at_window.reads("Read it to the patient")
    at_window.fill(agreed="yes")
    at_window.do("agree")
    at_window.reads("Show a proof of identity")
    at_window.fill(number=who.person.id_number)
    at_window.do("go")
    at_window.reads("安心保险")
    at_window.do("take")
    at_window.reads("安心保险 pays its part")
    at_window.do("settle")
    at_window.stage.arrive("ConfirmQuote")
    at_window.reads("Commercial insurance")
    at_window.scan(wallet_code("WECHAT"))
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.press("done")
    at_window.sheet("Sheet to be signed")
    at_window.leave()
    (claim,) = cast.insurer_claims(at_window.house, who)
    assert (claim["state"], claim["paid_fen"]) == ("SUCCEEDED", 21_600)
    at_window.agree()
