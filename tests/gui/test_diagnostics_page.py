"""The technician's page: every state fits its screen, is named, reachable and tells the truth."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import diagnostics_examples as examples
import pytest
from cashier_examples import catalogue
from diagnostics_examples import BY_NAME, ME, VIEW, WORK
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.flow import Ask
from core.upkeep.steps import LookAtMachine, RunCheck
from diagnostics.pages.panel import Panel
from diagnostics.steps import CountNotes, Section, SignIn, Work
from ui.widget_parts import Elided

pytestmark = pytest.mark.slow
_DESK = ((1920, 1080), False)
_KIOSK = ((1080, 1920), True)
_MOST_TABS = 90


class Hands:
    """A page with what it said."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.said: list[tuple[int, str, str]] = []
        self.ticket = 0
        panel.said.connect(lambda ticket, word, value: self.said.append((ticket, word, value)))

    def show(self, step: Ask[Any] | str) -> None:
        self.ticket += 10
        example = BY_NAME[step] if isinstance(step, str) else examples.Example("", step)
        examples.show(self.panel, example, self.ticket)
        settle()

    def press(self, name: str) -> None:
        button = self.panel.findChild(QPushButton, name)
        assert isinstance(button, QPushButton), f"no button is called {name}"
        button.click()

    def type(self, name: str, text: str) -> None:
        line = self.panel.findChild(QLineEdit, name)
        assert isinstance(line, QLineEdit)
        line.setFocus()
        QTest.keyClicks(line, text)

    def texts(self) -> str:
        return "\n".join(one.text() for one in self.panel.findChildren(QLabel) if one.isVisible())


def settle() -> None:
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def hands(bot: QtBot, language: str = "en", screen: tuple[tuple[int, int], bool] = _DESK) -> Hands:
    size, touch = screen
    panel = examples.page(language, size, touch=touch)
    bot.addWidget(panel)
    panel.activateWindow()
    return Hands(panel)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Hands]:
    yield hands(qtbot)


# --- every state ---------------------------------------------------------------------------


def _cut(label: QLabel) -> bool:
    if isinstance(label, Elided) or not label.text():
        return False
    metrics = QFontMetrics(label.font())
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 1
    return metrics.horizontalAdvance(label.text()) > label.contentsRect().width() + 1


def _narrow(button: QPushButton) -> bool:
    return button.fontMetrics().horizontalAdvance(button.text()) > button.width() - 4


def _inside(area: QScrollArea) -> QWidget:
    inside = area.widget()
    assert inside is not None
    return inside


def _controls(panel: Panel) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QTableView, QComboBox)
    found = [one for kind in kinds for one in panel.findChildren(kind) if one.isVisible()]
    return [one for one in found if one.metaObject().className() != "QTableCornerButton"]


@pytest.mark.parametrize("screen", examples.SIZES, ids=lambda one: str(one[0]))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_fits_its_screen_and_has_names(
    qtbot: QtBot, language: str, screen: tuple[tuple[int, int], bool]
) -> None:
    page = hands(qtbot, language, screen)
    size, touch = screen
    least = 72 if touch else 48
    for example in examples.EXAMPLES:
        page.show(example.name)
        panel = page.panel
        assert (panel.width(), panel.height()) == size, example.name
        for area in panel.findChildren(QScrollArea):
            inside, room = _inside(area).minimumSizeHint().width(), area.viewport().width()
            assert inside <= room, f"{example.name}: {area.objectName()} {inside} > {room}"
        labels = [one for one in panel.findChildren(QLabel) if one.isVisible()]
        assert not [one.text() for one in labels if _cut(one)], example.name
        for control in _controls(panel):
            name = f"{example.name}: {type(control).__name__} {control.objectName()}"
            assert control.objectName(), name
            assert control.accessibleName(), name
            if isinstance(control, QPushButton):
                assert control.height() >= least, name
                assert control.width() >= least, name
                assert not _narrow(control), name


@pytest.mark.parametrize("name", ["overview", "device_exchanged", "supplies", "stickers", "papers"])
def test_tab_reaches_every_control(desk: Hands, name: str) -> None:
    desk.show(name)
    first = desk.panel.focusWidget()
    reached: set[int] = set()
    for _step in range(_MOST_TABS):
        focus = QApplication.focusWidget() or desk.panel
        reached.add(id(focus))
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            break
    wanted = [one for one in _controls(desk.panel) if one.isEnabled()]
    wanted = [one for one in wanted if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert not [one.objectName() for one in wanted if id(one) not in reached]


def test_every_section_has_an_example_and_a_key(desk: Hands) -> None:
    shown = {one.step.section for one in examples.EXAMPLES if isinstance(one.step, Work)}
    assert shown == set(Section)
    desk.show("overview")
    QTest.keyClick(desk.panel, Qt.Key.Key_F4)
    assert desk.said == [(10, "open", "consumables")]


def test_a_step_of_another_mode_is_refused(desk: Hands) -> None:
    class Strange(Ask[None]):
        __slots__ = ()

    with pytest.raises(TypeError):
        desk.panel.show_step(1, Strange())


def test_many_states_leave_no_widget_behind(desk: Hands) -> None:
    desk.show("overview")
    before = len(desk.panel.findChildren(QWidget))
    for name in ("checks", "supplies", "device_running", "journal", "overview") * 3:
        desk.show(name)
    assert len(desk.panel.findChildren(QWidget)) == before


# --- results -------------------------------------------------------------------------------


def test_failure_says_verdict_facts_how_often_and_what_to_do_now(desk: Hands) -> None:
    desk.show("device_failed")
    told = desk.texts()
    for part in (
        "failed",
        "Card dispenser · Sensors and counters",
        "Something is stuck inside · time no. 3 with this fault",
        "CRT-591 error 10: card jam in the transport",
        "Now: Open the front, remove the card from the transport, and run the sensors again.",
    ):
        assert part in told


def test_running_check_shows_what_the_hand_must_do_and_shuts_the_page(desk: Hands) -> None:
    desk.show("device_running")
    assert "Insert a banknote; it will be given back" in desk.texts()
    run = desk.panel.findChild(QPushButton, "run_line")
    assert isinstance(run, QPushButton)
    assert not run.isEnabled()
    desk.press("leave")
    assert desk.said == []


def test_short_act_draws_nothing(desk: Hands) -> None:
    desk.show("overview")
    desk.panel.show_act(11, LookAtMachine(), False)
    settle()
    assert desk.panel.findChild(QWidget, "running") is None


def test_check_is_said_once_however_often_it_is_pressed(desk: Hands) -> None:
    desk.show("device_failed")
    desk.press("run_sensors")
    desk.press("run_sensors")
    assert desk.said == [(10, "check", "card_dispenser/sensors")]


def test_exchanged_device_is_an_alarm_with_its_own_button(desk: Hands) -> None:
    desk.show("device_exchanged")
    assert "Serial number 85021177 answers; 85020042 was accepted here." in desk.texts()
    desk.press("accept")
    assert desk.said == [(10, "accept", "pos")]


def test_alarm_leads_to_where_it_is_mended(desk: Hands) -> None:
    desk.show("overview")
    desk.press("alarm_4")
    assert desk.said == [(10, "open", "consumables")]


def test_results_are_filtered_as_typed_and_the_chosen_one_is_shown(desk: Hands) -> None:
    desk.show("checks")
    table = desk.panel.findChild(QTableView, "checks")
    assert isinstance(table, QTableView)
    assert table.model().rowCount() == len(VIEW.records)
    desk.type("checks_text", "loop")
    settle()
    table = desk.panel.findChild(QTableView, "checks")
    assert isinstance(table, QTableView)
    assert table.model().rowCount() == 1
    assert "Loop test · Print a code and scan it" in desk.texts()


# --- what was typed ------------------------------------------------------------------------


def test_what_is_typed_stays_when_a_device_changes_meanwhile(desk: Hands) -> None:
    desk.show("supplies")
    desk.type("refill_card", "25")
    desk.show(BY_NAME["supplies"].step)
    line = desk.panel.findChild(QLineEdit, "refill_card")
    assert isinstance(line, QLineEdit)
    assert line.text() == "25"
    assert desk.panel.focusWidget() is line
    desk.press("refilled_card")
    assert desk.said == [(20, "refill", "card/25")]


def test_what_was_typed_is_gone_once_it_was_done(desk: Hands) -> None:
    desk.show(replace(WORK, section=Section.CONSUMABLES))
    desk.type("refill_card", "25")
    desk.show("supplies")
    line = desk.panel.findChild(QLineEdit, "refill_card")
    assert isinstance(line, QLineEdit)
    assert line.text() == ""


def test_pin_is_never_put_back(desk: Hands) -> None:
    desk.show(SignIn("26"))
    desk.type("pin", "4711")
    desk.show(SignIn("26", "bad_pin"))
    line = desk.panel.findChild(QLineEdit, "pin")
    assert isinstance(line, QLineEdit)
    assert line.text() == ""
    assert line.echoMode() is QLineEdit.EchoMode.Password


def test_language_switches_live(desk: Hands) -> None:
    desk.show("supplies")
    desk.type("refill_card", "25")
    desk.panel.set_catalogue(catalogue("zh"))
    settle()
    assert "耗材" in desk.texts()
    assert "Supplies" not in desk.texts()
    line = desk.panel.findChild(QLineEdit, "refill_card")
    assert isinstance(line, QLineEdit)
    assert line.text() == "25"


# --- counting ------------------------------------------------------------------------------


def test_nothing_tells_the_counters_what_is_expected(desk: Hands) -> None:
    """Box 2 holds four notes of 100, one of 50 and one of 10; it was counted by nobody."""
    desk.show(
        replace(WORK, section=Section.CONSUMABLES, view=replace(VIEW, batches=VIEW.batches[1:]))
    )
    assert "450" not in desk.texts()
    assert "100.00" not in desk.texts()
    desk.show(CountNotes("T007", 2))
    assert "460" not in desk.texts()
    fields = [one for one in desk.panel.findChildren(QLineEdit) if one.isVisible()]
    assert [one.text() for one in fields] == [""] * 7


def test_count_goes_from_line_to_line_by_enter(desk: Hands) -> None:
    desk.show(CountNotes("T007", 2))
    for text in ("S-1", "4", "1", "", "1", "", ""):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)
        QTest.keyClick(focus, Qt.Key.Key_Return)
    desk.press("counted")
    assert desk.said == [(10, "counted", "\x1f".join(("S-1", "4", "1", "0", "1", "0", "0")))]


def test_count_without_seal_or_numbers_cannot_be_sent(desk: Hands) -> None:
    desk.show(CountNotes("T007", 2))
    button = desk.panel.findChild(QPushButton, "counted")
    assert isinstance(button, QPushButton)
    assert not button.isEnabled()
    desk.type("seal", "S-1")
    assert not button.isEnabled()
    desk.type("count_10000", "0")
    assert button.isEnabled()


def test_difference_is_shown_note_by_note_after_both_agree(desk: Hands) -> None:
    desk.show("supplies_counted")
    table = desk.panel.findChild(QTableView, "notes_1")
    assert isinstance(table, QTableView)
    assert table.model().rowCount() == 4
    assert "Both counts agree, but not with the journal. See the differences below." in desk.texts()


# --- papers, touch, keys --------------------------------------------------------------------


def test_problem_carries_the_picture_of_the_page_before(desk: Hands) -> None:
    desk.show("device_failed")
    desk.press("tab_papers")
    desk.show(replace(WORK, section=Section.PAPERS))
    desk.press("usual_3")
    desk.press("problem_send")
    (_, word, value) = desk.said[-1]
    text, _, picture = value.partition("\x1f")
    assert (word, text) == ("problem", "A part is damaged")
    assert base64.b64decode(picture).startswith(b"\x89PNG")


def test_kiosk_types_by_keys_on_the_screen(qtbot: QtBot) -> None:
    page = hands(qtbot, "en", _KIOSK)
    page.show(SignIn())
    for key in ("key_2", "key_6", "key_6", "key_back"):
        page.press(key)
    page.press("enter")
    for key in ("key_4", "key_7"):
        page.press(key)
    page.press("enter")
    assert page.said == [(10, "sign_in", "26\x1f47")]


def test_escape_leaves_sign_in_but_not_the_work(desk: Hands) -> None:
    desk.show("overview")
    QTest.keyClick(desk.panel, Qt.Key.Key_Escape)
    assert desk.said == []
    desk.show(SignIn())
    QTest.keyClick(desk.panel, Qt.Key.Key_Escape)
    assert desk.said == [(20, "leave", "")]


def test_idle_clock_is_told_near_its_end_and_restarted_by_typing(desk: Hands) -> None:
    desk.show("supplies")
    touches: list[bool] = []
    desk.panel.touched_anywhere.connect(lambda *_any: touches.append(True))
    desk.panel.set_seconds_left(200)
    assert "Leaves in" not in desk.texts()
    desk.panel.set_seconds_left(9)
    assert "Leaves in 9 s" in desk.texts()
    desk.type("refill_card", "2")
    assert touches


def test_journal_that_broke_is_said_above_what_was_known(desk: Hands) -> None:
    desk.show("overview_broken")
    assert "The journal cannot be read" in desk.texts()
    assert "Card dispenser" in desk.texts()


def test_verdict_stands_as_word_and_icon_never_as_colour_alone(desk: Hands) -> None:
    desk.show(Work(ME, VIEW))
    row = desk.panel.findChild(QPushButton, "device_card_dispenser")
    assert isinstance(row, QPushButton)
    labels = row.findChildren(QLabel)
    assert "jammed" in [one.text() for one in labels]
    assert any(not one.pixmap().isNull() for one in labels)
    assert row.accessibleDescription() == "jammed"


def test_run_of_an_unknown_hand_is_told_without_one(desk: Hands) -> None:
    desk.show("overview")
    desk.panel.show_act(11, RunCheck("pos", "ready", "T007"), False)
    settle()
    assert "Running: Bank POS · Ready for payments" in desk.texts()
