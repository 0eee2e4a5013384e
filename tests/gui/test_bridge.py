"""The bridge between Python and the screens: presses, language, modes, idle sheet, clock."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from screen_rig import Rig, Said

from sandbox.player.qml import click, is_shown, settle, tap, text
from ui.tokens import Modes

TOUCH = QTest.createTouchDevice()


def test_press_says_word_value_and_ticket(rig: Rig) -> None:
    rig.show("home")
    click(rig.window, "tile_visit")
    assert rig.said == [Said(1, "choose", "visit")]


def test_finger_says_the_same_as_a_mouse(rig: Rig) -> None:
    rig.show("home")
    tap(rig.window, "tile_pay", TOUCH)
    assert rig.said == [Said(1, "choose", "pay")]


def test_double_press_says_once(rig: Rig) -> None:
    rig.show("quote_partly")
    click(rig.window, "pay_SCAN")
    click(rig.window, "pay_SCAN")
    assert rig.said == [Said(1, "pay", "SCAN")]


def test_press_on_another_control_of_the_same_question_right_after_says_once(rig: Rig) -> None:
    rig.show("quote_partly")
    click(rig.window, "pay_SCAN")
    click(rig.window, "pay_CASH")
    assert rig.said == [Said(1, "pay", "SCAN")]


def test_next_question_hears_a_press_at_once(rig: Rig) -> None:
    rig.show("home")
    click(rig.window, "tile_pay")
    rig.show("quote_covered")
    click(rig.window, "pay")
    assert rig.said == [Said(1, "choose", "pay"), Said(2, "pay", "")]


def test_service_that_is_out_says_why_and_nothing_else(rig: Rig) -> None:
    rig.show("home_unavailable")
    click(rig.window, "tile_card")
    assert rig.said == []


def test_any_press_is_a_touch(rig: Rig, qtbot: QtBot) -> None:
    rig.show("identify")
    with qtbot.waitSignal(rig.ui.touched_anywhere, timeout=1000):
        QTest.mouseClick(
            rig.window,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(540, 300),
        )


def test_bell_calls_for_help_and_shows_when_staff_know(rig: Rig, qtbot: QtBot) -> None:
    rig.show("home")
    with qtbot.waitSignal(rig.ui.help_called, timeout=1000):
        click(rig.window, "dock_help")
    assert text(rig.window, "dock_help") == "Call staff"
    rig.ui.set_help("told")
    assert text(rig.window, "dock_help") == "Staff told"


def test_language_switches_live_and_the_next_view_follows(rig: Rig, qtbot: QtBot) -> None:
    rig.show("place_id_card")
    with qtbot.waitSignal(rig.ui.language_changed, timeout=1000):
        click(rig.window, "dock_language")
    assert text(rig.window, "dock_leave") == "退出"
    assert text(rig.window, "hospital") == "温和医科大学附属医院"
    assert text(rig.window, "title") == "Lay your ID card on the reader"
    rig.show_again("place_id_card")
    assert text(rig.window, "title") == "请把身份证放在读卡区"


def test_typed_digits_survive_a_switch_of_language(rig: Rig) -> None:
    rig.show("type_phone")
    for digit in "138":
        click(rig.window, f"key_{digit}")
    click(rig.window, "dock_language")
    rig.show_again("type_phone")
    assert text(rig.window, "typed") == "138"
    assert text(rig.window, "title") == "请输入手机号"


def test_modes_switch_live_and_end_with_the_person(rig: Rig) -> None:
    rig.show("home")
    click(rig.window, "dock_large")
    click(rig.window, "dock_contrast")
    assert rig.ui.modes == Modes(large=True, contrast=True)
    rig.ui.reset()
    assert rig.ui.modes == Modes()


def test_idle_sheet_opens_at_twenty_seconds(rig: Rig) -> None:
    rig.show("quote", seconds=21)
    assert not is_shown(rig.window, "idle_more")
    rig.ui.set_seconds_left(20)
    assert is_shown(rig.window, "idle_more")


def test_idle_sheet_stays_away_from_short_questions(rig: Rig) -> None:
    rig.show("settled", seconds=10)
    assert not is_shown(rig.window, "idle_more")


def test_more_time_is_asked_by_the_button_and_by_any_press(rig: Rig, qtbot: QtBot) -> None:
    rig.show("quote", seconds=15)
    with qtbot.waitSignal(rig.ui.more_time, timeout=1000):
        click(rig.window, "idle_more")
    with qtbot.waitSignal(rig.ui.more_time, timeout=1000):
        QTest.mouseClick(
            rig.window,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(540, 500),
        )
    assert rig.said == []


def test_leave_on_the_idle_sheet_says_leave(rig: Rig) -> None:
    rig.show("quote", seconds=15)
    click(rig.window, "idle_leave")
    assert rig.said == [Said(1, "leave", "")]


def test_new_question_starts_without_a_countdown(rig: Rig) -> None:
    rig.show("quote", seconds=5)
    rig.show("progress_bills")
    assert not is_shown(rig.window, "idle_more")


def test_lost_centre_is_said_in_words(rig: Rig) -> None:
    rig.show("home")
    assert text(rig.window, "online") == "Online"
    rig.ui.set_online(False)
    assert text(rig.window, "online") == "Offline"


def test_clock_follows_the_time_in_china(rig: Rig, qtbot: QtBot) -> None:
    rig.show("home")
    assert text(rig.window, "clock") == "09:41"
    assert text(rig.window, "date") == "Sat 22 Nov"
    with qtbot.waitSignal(rig.ui.clock_changed, timeout=3000):
        rig.clock.now += timedelta(minutes=1)
    settle(rig.window)
    assert text(rig.window, "clock") == "09:42"


def test_press_on_a_question_that_is_gone_carries_its_old_ticket(rig: Rig) -> None:
    rig.show("quote_covered")
    rig.ui.say(1, "pay", "")
    rig.show("home")
    rig.ui.say(1, "pay", "")
    assert [said.ticket for said in rig.said] == [1]
