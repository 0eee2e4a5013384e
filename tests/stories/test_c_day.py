"""The day at the window: who sits there, the drawer, the count, boxes, the daily close, reports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cast import guest, with_bill
from cast_window_day import (
    an_account,
    answered,
    audited_last,
    close_drawer,
    count_with,
    days_ago,
    drawer_pulses,
    empty_a_box,
    open_drawer,
    pay_in_cash,
    push_shut,
    rows_of,
    saved_by,
    to_sign_in,
    today,
    try_to_sign_in,
    wait_for,
)
from PySide6.QtCore import Qt
from window_hall import CASHIER, CHIEF, FINANCE, SUPERVISOR, WindowHall

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]


@pytest.fixture(autouse=True)
def _back_at_the_desk(at_window: WindowHall) -> Iterator[None]:
    """Whatever became of a story, the next one finds the desk or the sign-in."""
    yield
    if type(at_window.stage.step()).__name__ != "SignIn":
        at_window.leave()


def test_shift_is_opened_with_a_counted_float_and_closed_after_a_blind_count(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    open_drawer(at_window, n10000=2, n100=5)
    at_window.work("shift")
    at_window.sheet("Shift and drawer")
    at_window.reads("¥205.00", CASHIER)
    at_window.leave()
    close_drawer(at_window, n10000=2, n100=5)
    at_window.reads("The drawer agrees with the books", "¥205.00")
    at_window.do("end")
    at_window.sheet("Sheet of the shift")
    at_window.reads("Printed", "Closed")
    at_window.leave()


def test_count_shows_nothing_that_is_expected_and_a_difference_is_explained_and_seen(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    open_drawer(at_window, n10000=1)
    pay_in_cash(at_window)
    at_window.work("shift")
    at_window.sheet("Shift and drawer")
    at_window.reads("shown after the count")
    assert "132.00" not in at_window.words()
    at_window.leave()
    close_drawer(at_window, n10000=1)
    at_window.reads("Short by ¥32.00: say why", "¥132.00")
    assert at_window.is_off("do_end")
    at_window.fill(explanation="three notes went into the wrong drawer")
    at_window.do("end")
    at_window.reads("This is above the limit for one person")
    at_window.fill(second_operator=SUPERVISOR, second_password=f"demo-{SUPERVISOR}")
    at_window.do("end")
    at_window.sheet("Sheet of the shift")
    at_window.reads("three notes went into the wrong drawer", SUPERVISOR, "¥32.00")
    for word, suffix in (("pdf", ".pdf"), ("csv", ".csv")):
        path = saved_by(at_window, word)
        assert path.suffix == suffix
    assert "32.00" in path.read_text("utf-8-sig")
    at_window.leave()
    at_window.agree()


def test_sheet_of_a_drawer_is_found_again_after_its_answer_was_lost(at_window: WindowHall) -> None:
    at_window.as_operator()
    open_drawer(at_window, n500=1)
    close_drawer(at_window, n500=1)
    at_window.do("end")
    at_window.sheet("Sheet of the shift")
    at_window.leave()
    at_window.work("shift")
    at_window.sheet("Open the shift")
    at_window.do("earlier")
    at_window.sheet("Earlier drawers")
    at_window.take_row(at_window.row_with("¥5.00"))
    at_window.do("show")
    at_window.sheet("Sheet of the shift")
    at_window.do("slip")
    at_window.reads("Printed", "¥5.00")
    at_window.leave()


def test_drawer_is_handed_to_the_next_person_who_counts_too(at_window: WindowHall) -> None:
    at_window.as_operator()
    open_drawer(at_window, n2000=2)
    at_window.work("shift")
    at_window.sheet("Shift and drawer")
    at_window.do("hand_over")
    at_window.sheet("Count the drawer")
    count_with(at_window, n2000=2)
    at_window.sheet("The next person counts too")
    count_with(at_window, n2000=1)
    at_window.sheet("Result of the count")
    at_window.reads("The two counts differ")
    at_window.do("done")
    at_window.sheet("Count the drawer")
    count_with(at_window, n2000=2)
    at_window.sheet("The next person counts too")
    count_with(at_window, n2000=2)
    at_window.sheet("Result of the count")
    at_window.fill(to_operator=CHIEF, to_password=f"demo-{CHIEF}")
    at_window.do("end")
    at_window.sheet("Sheet of the shift")
    at_window.reads("Handed over")
    at_window.do("done")
    at_window.stage.arrive("SignIn")
    at_window.signed_out()
    at_window.as_operator(CHIEF)
    close_drawer(at_window, n2000=2)
    at_window.do("end")
    at_window.sheet("Sheet of the shift")
    at_window.reads(CHIEF, "Closed")
    at_window.leave()


def test_drawer_opens_without_a_sale_for_a_reason_that_is_written_down(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    before = drawer_pulses(at_window)
    at_window.work("no_sale")
    at_window.sheet("Open the drawer without a sale")
    assert at_window.is_off("do_open")
    at_window.fill(why="change a hundred")
    at_window.do("open")
    at_window.reads("The drawer stands open", "Cash drawer: stands open")
    push_shut(at_window)
    at_window.do("look")
    at_window.reads("The drawer is closed")
    at_window.leave()
    assert drawer_pulses(at_window) == before + 1
    (opened,) = audited_last(at_window, "drawer_opened")
    assert (opened["why"], opened["operator"], opened["note"]) == (
        "no_sale",
        CASHIER,
        "change a hundred",
    )


def test_printer_without_paper_opens_no_drawer_now_nor_later(at_window: WindowHall) -> None:
    at_window.as_operator()
    before = drawer_pulses(at_window)
    at_window.stage.units.ask("printer", "paper", left="out")
    at_window.work("no_sale")
    at_window.sheet("Open the drawer without a sale")
    at_window.fill(why="change a hundred")
    at_window.do("open")
    at_window.reads("The printer has no paper")
    at_window.stage.units.ask("printer", "paper", left="full")
    at_window.leave()
    assert drawer_pulses(at_window) == before


def test_drawer_that_stands_open_is_told_when_the_window_is_locked(at_window: WindowHall) -> None:
    at_window.as_operator()
    at_window.stage.units.ask("printer", "drawer", position="open")
    at_window.key(Qt.Key.Key_F10)
    at_window.stage.arrive("SignIn")
    at_window.reads("The cash drawer stands open", "Push it shut.")
    push_shut(at_window)
    at_window.signed_out()
    at_window.as_operator()


def test_locking_ends_the_session_and_leaves_nobody_on_the_page(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    at_window.serve(who)
    at_window.reads(who.person.name)
    at_window.leave()
    at_window.key(Qt.Key.Key_F10)
    at_window.stage.arrive("SignIn")
    assert not any(one in at_window.words() for one in (*who.canaries, CASHIER))
    at_window.signed_out()


def test_wrong_passwords_lock_and_an_own_one_is_chosen_right_there(at_window: WindowHall) -> None:
    number, password = an_account(at_window.house, ["cashier"])
    to_sign_in(at_window)
    try_to_sign_in(at_window, number, "wrong")
    at_window.reads("Operator or password is wrong")
    try_to_sign_in(at_window, number, password)
    at_window.sheet("Choose a password of your own")
    at_window.fill(new="Own-secret-77", again="Own-secret-78")
    at_window.do("choose")
    at_window.reads("The two passwords differ")
    at_window.fill(new=number, again=number)
    at_window.do("choose")
    at_window.reads("This password is too short")
    at_window.fill(new="Own-secret-77", again="Own-secret-77")
    at_window.do("choose")
    at_window.sheet("Open the shift")
    at_window.do("later")
    at_window.stage.arrive("Desk")
    at_window.key(Qt.Key.Key_F10)
    at_window.stage.arrive("SignIn")
    for _ in range(5):
        try_to_sign_in(at_window, number, "wrong")
        at_window.reads("Operator or password is wrong")
    try_to_sign_in(at_window, number, "Own-secret-77")
    at_window.reads("Too many wrong passwords")
    at_window.signed_out()


def test_boxes_of_a_machine_are_read_note_by_note(at_window: WindowHall) -> None:
    empty_a_box(at_window.house, "B-17", counted=2, in_journal=3)
    at_window.as_operator(FINANCE)
    at_window.work("boxes")
    at_window.sheet("Cash boxes of machines")
    at_window.fill(terminal="k01")
    at_window.do("show")
    at_window.reads("B-17", "one note is missing")
    at_window.take_row(at_window.row_with("B-17"))
    at_window.do("show")
    at_window.reads("100 yuan", "-1")
    at_window.leave()


def test_s23_s44_s45_day_is_compared_unknown_first_signed_once_and_saved(
    at_window: WindowHall,
) -> None:
    day = days_ago(3)  # every bank has written its file by then
    at_window.as_operator(FINANCE)
    at_window.work("daily_close")
    at_window.sheet("Daily close")
    at_window.fill(day=day)
    at_window.do("show")
    at_window.reads("This day was not compared yet")
    at_window.do("run")
    at_window.reads("Compared", "Receivable", "Insurance")
    at_window.do("lines")
    at_window.sheet("Lines with their evidence")
    at_window.key(Qt.Key.Key_Escape)
    at_window.sheet("Daily close")
    path = saved_by(at_window, "report")
    assert path.read_text("utf-8-sig").startswith("section,name,detail,ours,theirs,credited")
    at_window.do("close")
    at_window.reads(f"Signed by {FINANCE}")
    assert at_window.is_off("do_close")
    at_window.leave()


def test_day_that_is_not_over_cannot_be_compared(at_window: WindowHall) -> None:
    at_window.as_operator(FINANCE)
    at_window.work("daily_close")
    at_window.sheet("Daily close")
    at_window.fill(day=today())
    at_window.do("show")
    at_window.reads("This day was not compared yet")
    at_window.do("run")
    at_window.reads("This day is not over yet")
    at_window.leave()


def test_w36_w37_h37_statistics_are_read_and_saved_with_charts(at_window: WindowHall) -> None:
    with_bill(at_window.house)
    at_window.as_operator(FINANCE)
    at_window.work("statistics")
    at_window.sheet("Statistics and reports")
    at_window.fill(since=days_ago(1), until=today())
    at_window.do("show")
    at_window.reads("Paid by phone, of all payments", "Busiest hour")
    assert saved_by(at_window, "pdf").read_bytes().startswith(b"%PDF-")
    assert "DIFFERENCE,NOT_READY," in saved_by(at_window, "csv").read_text("utf-8-sig")
    at_window.leave()


def test_h39_month_is_evaluated_answered_and_saved(at_window: WindowHall) -> None:
    at_window.as_operator(FINANCE)
    at_window.work("evaluation")
    at_window.sheet("Monthly self-evaluation")
    at_window.fill(day=today())
    at_window.do("show")
    at_window.reads("DB31/T 1419-2023")
    at_window.do("remark")
    at_window.sheet("Write the remark")
    at_window.fill(remark="two machines were down for a day")
    at_window.do("keep")
    at_window.reads("two machines were down for a day")
    at_window.do("answer")
    step = at_window.sheet("Answer questions")
    assert step.table is not None
    asked = step.table.lines[0].key
    at_window.take_row(asked)
    at_window.do("take")
    at_window.fill(value="1")
    at_window.do("answer")
    wait_for(lambda: bool(rows := rows_of(at_window)) and asked not in rows)
    at_window.sheet("Answer questions")
    at_window.key(Qt.Key.Key_Escape)
    at_window.sheet("Monthly self-evaluation")
    assert saved_by(at_window, "pdf").read_bytes().startswith(b"%PDF-")
    at_window.leave()


def test_h40_what_patients_answered_is_read_by_question_and_place(at_window: WindowHall) -> None:
    answered(at_window.house, easy=5, fast=2)
    at_window.as_operator(FINANCE)
    at_window.work("survey")
    at_window.sheet("Answers to the survey")
    at_window.fill(since=today(), until=days_ago(1))
    at_window.do("show")
    at_window.reads("These days are out of order")
    at_window.fill(since=days_ago(1), until=today())
    at_window.do("show")
    at_window.reads("Was it easy to pay today?", "5.00", "2.00", "very satisfied")
    assert "Was the waiting time acceptable?" in saved_by(at_window, "csv").read_text("utf-8-sig")
    at_window.leave()


def test_s46_prepaid_money_is_watched_in_sums(at_window: WindowHall) -> None:
    at_window.as_operator(FINANCE)
    at_window.work("prepaid")
    at_window.sheet("Prepaid money")
    at_window.fill(since=days_ago(1), until=today())
    at_window.do("show")
    at_window.reads("Owed to patients now", "Balances that are not 0")
    assert "Owed to patients now" in saved_by(at_window, "csv").read_text("utf-8-sig")
    at_window.leave()
