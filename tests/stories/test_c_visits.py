"""Visits at the window: registered in three keys, booked, collected, checked in, exams."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cast import guest
from cast_visits import booked_on_a_phone, its_day_comes, order, registered_today, visits
from cast_window_settle import press, settlements
from PySide6.QtCore import Qt
from window_hall import WindowHall

from sandbox.player.stage import wallet_code

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

_RETURN = Qt.Key.Key_Return
_MOST_KEYS = 3


@pytest.fixture(autouse=True)
def left_tidy(at_window: WindowHall) -> Iterator[None]:
    """Back at the desk, whatever became of a story."""
    at_window.as_operator()
    yield
    at_window.leave()


def test_s29_h12_register_for_today_in_three_keys_and_a_code(at_window: WindowHall) -> None:
    who = guest(at_window.house)
    at_window.serve(who)
    keys = press(at_window, Qt.Key.Key_F3)
    at_window.sheet("Register for today")
    keys += press(at_window, _RETURN)
    at_window.stage.arrive("ConfirmQuote")
    at_window.scan(wallet_code("WECHAT"))
    at_window.sheet("Guide slip")
    at_window.reads("Queue number", "Give the slip to the patient.")
    keys += press(at_window, _RETURN)
    at_window.stage.arrive("ServePatient")
    assert keys <= _MOST_KEYS
    assert visits(at_window.house, who)[0]["state"] == "CONFIRMED"
    at_window.agree()


def test_s29_place_that_is_not_paid_is_given_back_at_once(at_window: WindowHall) -> None:
    who = guest(at_window.house)
    at_window.serve(who)
    press(at_window, Qt.Key.Key_F3)
    at_window.sheet("Register for today")
    press(at_window, _RETURN)
    at_window.stage.arrive("ConfirmQuote")
    press(at_window, Qt.Key.Key_Escape)
    at_window.stage.arrive("ServePatient")
    assert visits(at_window.house, who)[0]["state"] == "CANCELLED"
    assert settlements(at_window, who.patient.patient_id) == []


def test_w38_s30_place_of_a_day_to_come_is_booked_with_a_slip(at_window: WindowHall) -> None:
    who = guest(at_window.house)
    at_window.serve(who)
    at_window.work("book")
    at_window.sheet("Book a place")
    at_window.do("choose")
    at_window.reads("Book")
    at_window.do("take")
    at_window.sheet("The place is booked")
    at_window.do("done")
    assert visits(at_window.house, who)[0]["state"] == "BOOKED"


def test_s31_n26_place_booked_on_a_phone_is_collected_and_paid_here(
    at_window: WindowHall,
) -> None:
    who = guest(at_window.house)
    booked = booked_on_a_phone(at_window.house, who)
    its_day_comes(at_window.house, booked["registration_id"])
    at_window.serve(who)
    at_window.work("bookings")
    at_window.sheet("Visits and bookings")
    at_window.do("collect")
    at_window.stage.arrive("ConfirmQuote")
    at_window.press("pay_CASH")
    at_window.sheet("Cash")
    press(at_window, _RETURN)
    at_window.sheet("Guide slip")
    at_window.do("done")
    at_window.sheet("Visits and bookings")
    at_window.reads("registered")


def test_f09_f11_check_in_and_the_guide_once_more(at_window: WindowHall) -> None:
    who = guest(at_window.house)
    kept = registered_today(at_window.house, who)
    at_window.serve(who)
    at_window.work("bookings")
    at_window.sheet("Visits and bookings")
    at_window.take_row(kept.registration_id)
    at_window.do("check_in")
    at_window.sheet("Checked in")
    at_window.reads("People before")
    at_window.do("done")
    at_window.sheet("Visits and bookings")
    at_window.do("guide")
    at_window.sheet("Guide slip")


def test_s30_booked_place_is_given_back(at_window: WindowHall) -> None:
    who = guest(at_window.house)
    booked_on_a_phone(at_window.house, who)
    at_window.serve(who)
    at_window.work("bookings")
    at_window.sheet("Visits and bookings")
    at_window.do("cancel")
    at_window.reads("given back")
    assert visits(at_window.house, who)[0]["state"] == "CANCELLED"


def test_h17_f10_exam_gets_a_time_a_slip_and_is_given_back(at_window: WindowHall) -> None:
    who = guest(at_window.house)
    order(at_window.house, registered_today(at_window.house, who), "ECHO")
    at_window.serve(who)
    at_window.work("exams")
    at_window.sheet("Exam appointments")
    at_window.reads("No time chosen yet")
    at_window.do("print")
    at_window.reads("This exam has no time yet")
    at_window.do("done")
    at_window.sheet("Exam appointments")
    at_window.do("choose")
    at_window.sheet("When?")
    at_window.do("book")
    at_window.sheet("The exam has a time")
    at_window.do("done")
    at_window.sheet("Exam appointments")
    at_window.do("cancel")
    at_window.reads("No time chosen yet")
