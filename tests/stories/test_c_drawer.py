"""The drawer beside the money: stuck, left open, without its printer, short, not yet counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cast_later as cast
import pytest
from cast import Guest, guest, with_bill
from cast_paying import bills, settlements
from cast_window_day import (
    audited_last,
    close_drawer,
    drawer_pulses,
    open_drawer,
    push_shut,
)
from cast_window_later import window_under
from cast_window_refunds import refund
from PySide6.QtCore import Qt
from window_hall import CASHIER, CHIEF, REVIEWER, SUPERVISOR, WindowHall

from core.operation import OperationKind

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]
_MUST_COUNT = {"cash_needs_shift = false": "cash_needs_shift = true"}


@pytest.fixture(autouse=True)
def _in_order(at_window: WindowHall) -> Iterator[None]:
    """A story finds a drawer that is shut, and leaves a whole one and paper in the printer."""
    at_window.as_operator()
    push_shut(at_window)
    yield
    units = at_window.stage.units
    units.ask("printer", "drawer_jam", on=False)
    units.ask("printer", "paper", left="full")
    push_shut(at_window)
    at_window.leave()


def pay_cash(at: WindowHall, who: Guest) -> None:
    """From the desk to the press that takes it."""
    at.serve(who)
    at.key(Qt.Key.Key_F8)
    at.stage.arrive("ConfirmQuote")
    at.press("pay_CASH")
    at.sheet("Cash")
    at.do("take")


def paid_in_cash(at: WindowHall, who: Guest) -> str:
    """All the way, with the drawer pushed shut; the settlement's id."""
    pay_cash(at, who)
    at.stage.arrive("ShowOutcome")
    at.leave()
    push_shut(at)
    return str(settlements(at.house, who)[0]["settlement_id"])


def close_with(at: WindowHall, **pieces: int) -> None:
    """From the desk: what was counted agrees, and the drawer is closed."""
    close_drawer(at, **pieces)
    at.reads("The drawer agrees with the books")
    at.do("end")
    at.sheet("Sheet of the shift")
    at.leave()
    push_shut(at)


def review_of(at: WindowHall, refund_id: str) -> None:
    """From the desk to a request that a second person has approved."""
    at.work("refund_requests")
    at.sheet("Refund requests")
    at.take_row(refund_id)
    at.do("open")
    at.sheet(f"Refund request {refund_id[:8].upper()}")
    at.fill(operator=REVIEWER, password=f"demo-{REVIEWER}")
    at.do("approve")
    at.reads("Reviewed; to be carried out")


def test_f18_drawer_that_does_not_open_is_told_before_anything_else_and_tried_again(
    at_window: WindowHall,
) -> None:
    who, before = with_bill(at_window.house), drawer_pulses(at_window)
    at_window.stage.units.ask("printer", "drawer_jam", on=True)
    pay_cash(at_window, who)
    at_window.sheet("The drawer did not open")
    at_window.reads("The cash drawer did not open", "Put into the drawer", "¥32.00")
    assert bills(at_window.house, who) == []
    at_window.stage.units.ask("printer", "drawer_jam", on=False)
    at_window.do("again")
    at_window.stage.arrive("ShowOutcome")
    at_window.reads("Settled", "Cash drawer: stands open")
    assert drawer_pulses(at_window) == before + 2
    assert len(audited_last(at_window, "drawer_opened", 2)) == 2
    at_window.leave()
    at_window.agree()


def test_f18_printer_without_paper_opens_no_drawer_and_the_cash_is_booked_once(
    at_window: WindowHall,
) -> None:
    who, before = with_bill(at_window.house), drawer_pulses(at_window)
    at_window.stage.units.ask("printer", "paper", left="out")
    pay_cash(at_window, who)
    at_window.sheet("The drawer did not open")
    at_window.reads("The printer has no paper", "The money is booked.")
    at_window.do("done")
    at_window.stage.arrive("ShowOutcome")
    at_window.reads("The slip could not be printed")
    at_window.stage.units.ask("printer", "paper", left="full")
    at_window.leave()
    (paid,) = (one for one in settlements(at_window.house, who) if one["cash"])
    assert paid["cash"]["to_take_fen"] == 3_200
    assert drawer_pulses(at_window) == before  # neither then nor when the paper came
    at_window.agree()


def test_drawer_that_is_left_open_is_on_every_page_until_it_is_pushed_shut(
    at_window: WindowHall,
) -> None:
    pay_cash(at_window, with_bill(at_window.house))
    at_window.stage.arrive("ShowOutcome")
    at_window.leave()
    at_window.reads("Cash drawer: stands open")
    at_window.serve(with_bill(at_window.house))
    at_window.reads("Cash drawer: stands open")
    push_shut(at_window)
    at_window.leave()
    at_window.key(Qt.Key.Key_F10)
    at_window.stage.arrive("SignIn")
    assert "The cash drawer stands open" not in at_window.words()
    at_window.signed_out()
    at_window.as_operator()


def test_f32_quick_refund_of_cash_opens_the_drawer_for_what_is_handed_out(
    at_window: WindowHall,
) -> None:
    who = with_bill(at_window.house)
    paid_in_cash(at_window, who)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F4)
    at_window.stage.arrive("ChooseRefundLines")
    at_window.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    at_window.key(Qt.Key.Key_Return)
    at_window.stage.arrive("ReviewPlan")
    at_window.type("review_operator", SUPERVISOR)
    at_window.type("review_password", f"demo-{SUPERVISOR}")
    at_window.stage.hand.press_twice("approve")
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.reads("Paid back", "Cash drawer: stands open")
    (opened,) = audited_last(at_window, "drawer_opened")
    assert opened["why"] == "cash_handed_out"
    at_window.leave()
    at_window.agree()


def test_f32_drawer_never_falls_below_nothing_and_taking_is_not_measured_by_what_is_in_it(
    at_window: WindowHall,
) -> None:
    who = with_bill(at_window.house)
    paid_in_cash(at_window, who)  # before this drawer was opened
    paid = settlements(at_window.house, who)[0]
    refund_id = cast.ask_refund(at_window.house, paid)
    open_drawer(at_window, n1000=1)
    review_of(at_window, refund_id)
    at_window.do("execute")
    at_window.reads("The drawer holds less cash than this", "Bring more float")
    assert refund(at_window.house, refund_id)["state"] == "REVIEWED"
    at_window.leave()
    paid_in_cash(at_window, with_bill(at_window.house))
    at_window.work("refund_requests")
    at_window.sheet("Refund requests")
    at_window.take_row(refund_id)
    at_window.do("open")
    at_window.sheet(f"Refund request {refund_id[:8].upper()}")
    at_window.do("execute")
    at_window.sheet("Paid back")
    at_window.reads("Hand out from the drawer", "¥32.00")
    at_window.leave()
    push_shut(at_window)
    close_with(at_window, n1000=1)
    at_window.agree()


def test_float_is_there_after_locking_and_no_second_drawer_is_opened_over_it(
    at_window: WindowHall,
) -> None:
    open_drawer(at_window, n2000=3)
    at_window.key(Qt.Key.Key_F10)
    at_window.stage.arrive("SignIn")
    at_window.signed_out()
    at_window.as_operator(CHIEF)
    at_window.reads("Somebody else's drawer is open here")
    at_window.as_operator(CASHIER)
    at_window.work("shift")
    at_window.sheet("Shift and drawer")
    at_window.reads("¥60.00")
    at_window.leave()
    close_with(at_window, n2000=3)


def test_f32_what_was_paid_by_wallet_never_comes_out_of_the_drawer(at_window: WindowHall) -> None:
    refund_id = cast.ask_refund(
        at_window.house, cast.paid(at_window.house, guest(at_window.house), "ECG12")
    )
    before = drawer_pulses(at_window)
    review_of(at_window, refund_id)
    at_window.do("execute")
    at_window.sheet("Paid back")
    assert "Hand out from the drawer" not in at_window.words()
    assert drawer_pulses(at_window) == before
    at_window.leave()


def test_hospital_that_wants_a_counted_drawer_takes_no_cash_before(
    tmp_path: Path, at_window: WindowHall
) -> None:
    with window_under(tmp_path, _MUST_COUNT) as at:
        at.as_operator()
        who, before = with_bill(at.house), drawer_pulses(at)
        at.serve(who)
        at.key(Qt.Key.Key_F8)
        at.stage.arrive("ConfirmQuote")
        at.reads("No shift is open at this window", "A part in cash")
        assert at.is_off("pay_CASH")
        assert at.is_off("part_cash")
        at.key(Qt.Key.Key_0)
        at.stage.arrive("ConfirmQuote")
        at.leave()
        assert len(bills(at.house, who)) == 1
        assert drawer_pulses(at) == before
        open_drawer(at, n1000=1)
        paid_in_cash(at, who)
        close_with(at, n1000=4, n100=2)
        assert not any(
            one.kind is OperationKind.SETTLE and one.open
            for one in at.stage.window.machine.operations().values()
        )
