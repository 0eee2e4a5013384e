"""The window's desk: who sits there, whom is found, and the list of everything it can do."""

from __future__ import annotations

import pytest
from cast import guest, with_bill
from PySide6.QtCore import Qt
from window_hall import CHIEF, WindowHall

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]


def test_s41_a_bill_is_settled_in_cash_at_the_window_by_card(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = with_bill(at_window.house)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.press("pay_CASH")
    at_window.sheet("Cash")
    at_window.do("take")
    at_window.stage.arrive("ShowOutcome")
    at_window.reads("Settled")
    at_window.leave()
    at_window.agree()


def test_f9_lists_all_work_and_esc_goes_back_to_where_it_was_called(at_window: WindowHall) -> None:
    at_window.as_operator(CHIEF)
    at_window.key(Qt.Key.Key_F9)
    at_window.sheet("All work")
    at_window.leave()
    at_window.as_operator()
    at_window.serve(guest(at_window.house))
    at_window.key(Qt.Key.Key_F9)
    at_window.sheet("All work")
    at_window.key(Qt.Key.Key_Escape)
    at_window.stage.arrive("ServePatient")
    at_window.leave()
