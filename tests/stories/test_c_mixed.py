"""A part in cash and the rest another way, at the real window (F14, S17-S19)."""

from __future__ import annotations

from collections.abc import Iterator

import cast_later
import cast_paying
import pytest
from cast import Guest, with_bill
from cast_window_day import drawer_pulses
from cast_window_settle import paid_kinds, press, settlements
from PySide6.QtCore import Qt
from window_hall import REVIEWER, WindowHall

from core.flow import Reason
from sandbox.player.stage import wallet_code

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

_RETURN, _PART = Qt.Key.Key_Return, Qt.Key.Key_0
_MOST_KEYS = 3
_GIVE_BACK = "Give the cash of ¥20.00 back to the patient."
_PART_FEN, _REST_FEN = 2_000, 1_200


@pytest.fixture(autouse=True)
def left_tidy(at_window: WindowHall) -> Iterator[None]:
    """Back at the desk, whatever became of a story."""
    at_window.as_operator()
    yield
    at_window.leave()


def with_cash(at_window: WindowHall, who: Guest) -> int:
    """To the quote of a bill of 32.00 with 20.00 of it counted in cash; how many keys it took."""
    at_window.serve(who)
    keys = press(at_window, Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    keys += press(at_window, _PART)
    at_window.sheet("A part in cash")
    for one in (Qt.Key.Key_2, Qt.Key.Key_0):
        at_window.key(one)
    keys += press(at_window, _RETURN)
    at_window.stage.arrive("ConfirmQuote")
    at_window.reads("¥20.00 in cash, change it", "¥12.00")
    return keys


def parts(at_window: WindowHall, who: Guest) -> list[tuple[str, int]]:
    """What each tender of the newest settlement paid."""
    newest = settlements(at_window, who.patient.patient_id)[0]
    return [(str(one["kind"]), int(one["amount_fen"])) for one in newest["tenders"]]


def test_f14_cash_and_a_scanned_code_take_three_keys_and_the_amount(at_window: WindowHall) -> None:
    who, before = with_bill(at_window.house), drawer_pulses(at_window)
    assert with_cash(at_window, who) == _MOST_KEYS
    told = at_window.customer_reads()
    assert "12.00" in told
    assert "In cash 20.00" in told
    assert drawer_pulses(at_window) == before
    at_window.scan(wallet_code("WECHAT"))
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.reads("Settled", "WeChat  · taken", "Cash  · taken", "In cash ¥20.00")
    assert drawer_pulses(at_window) == before + 1
    at_window.leave()
    assert parts(at_window, who) == [("SCAN", _REST_FEN), ("CASH", _PART_FEN)]
    at_window.agree()


def test_f14_refused_wallet_gives_the_cash_back_and_the_bill_is_paid_otherwise(
    at_window: WindowHall,
) -> None:
    who, before = with_bill(at_window.house), drawer_pulses(at_window)
    with_cash(at_window, who)
    at_window.scan(wallet_code("WECHAT", "1111"))
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.reads("Give the cash of ¥20.00 back to the patient.")
    assert "Your cash goes back to you" in at_window.customer_reads()
    assert drawer_pulses(at_window) == before
    at_window.key(_RETURN)
    at_window.stage.arrive("ServePatient")
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.press("pay_CASH")
    at_window.sheet("Cash")
    at_window.do("take")
    at_window.stage.arrive("ShowOutcome")
    at_window.leave()
    assert paid_kinds(at_window, who) == ["CASH"]
    at_window.agree()


def test_f14_leaving_says_that_the_cash_goes_back_and_zero_takes_the_part_back(
    at_window: WindowHall,
) -> None:
    who = with_bill(at_window.house)
    with_cash(at_window, who)
    at_window.press("part_cash")
    at_window.sheet("A part in cash")
    at_window.fill(part="32")
    at_window.do("part")
    at_window.reads("The cash pays all of it")
    at_window.fill(part="0")
    at_window.do("part")
    at_window.stage.arrive("ConfirmQuote")
    at_window.reads("¥32.00")
    at_window.key(_PART)
    at_window.sheet("A part in cash")
    at_window.fill(part="5")
    at_window.do("part")
    at_window.stage.arrive("ConfirmQuote")
    at_window.key(Qt.Key.Key_Escape)
    at_window.stage.arrive("ShowOutcome")
    at_window.reads("Give the cash of ¥5.00 back to the patient.")
    at_window.leave()
    at_window.agree()


def test_f14_window_that_is_left_alone_says_whose_cash_lies_there_before_and_after_it_locks(
    at_window: WindowHall,
) -> None:
    who, runner = with_bill(at_window.house), at_window.stage.window.runner
    with_cash(at_window, who)
    runner.leave(Reason.IDLE)
    at_window.sheet("Give the cash back")
    at_window.reads("¥20.00", "The bill was not paid. This cash goes back to the patient.")
    assert "Your cash goes back to you" in at_window.customer_reads()
    runner.leave(Reason.IDLE)
    at_window.stage.arrive("SignIn")
    at_window.reads(_GIVE_BACK)
    at_window.signed_out()
    at_window.as_operator()
    with_cash(at_window, who)
    runner.leave(Reason.IDLE)
    at_window.sheet("Give the cash back")
    at_window.do("done")
    at_window.stage.arrive("SignIn")
    assert _GIVE_BACK not in at_window.words()
    at_window.signed_out()
    at_window.as_operator()
    at_window.agree()


def test_w01_f14_debit_takes_the_rest(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    cast_paying.bind(at_window.house, who)
    with_cash(at_window, who)
    at_window.press("pay_BOUND_DEBIT")
    at_window.stage.hand.press_twice("commit")
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.leave()
    assert parts(at_window, who) == [("BOUND_DEBIT", _REST_FEN), ("CASH", _PART_FEN)]
    at_window.agree()


def test_f14_f32_each_part_goes_back_by_its_own_way(at_window: WindowHall) -> None:
    who = with_bill(at_window.house)
    with_cash(at_window, who)
    at_window.scan(wallet_code("ALIPAY"))
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.leave()
    paid = settlements(at_window, who.patient.patient_id)[0]
    refund_id = cast_later.ask_refund(at_window.house, paid)
    at_window.work("refund_requests")
    at_window.sheet("Refund requests")
    at_window.take_row(refund_id)
    at_window.do("open")
    at_window.sheet(f"Refund request {refund_id[:8].upper()}")
    at_window.reads("Paid in cash, returned at the window", "Back the way it was paid")
    at_window.fill(operator=REVIEWER, password=f"demo-{REVIEWER}")
    at_window.do("approve")
    at_window.reads("Reviewed; to be carried out")
    at_window.do("execute")
    at_window.sheet("Paid back")
    at_window.reads("Hand out from the drawer", "¥20.00")
    at_window.leave()
    (told,) = cast_later.refunds(at_window.house, who)
    assert [(one["route"], one["amount_fen"]) for one in told["parts"]] == [
        *(("CASH", _PART_FEN), ("SCAN", _REST_FEN)),
    ]
    at_window.agree()
