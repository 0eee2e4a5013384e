"""The page of a window's work at the keyboard: filter, tick, fill, confirm; nothing by mouse."""

from __future__ import annotations

import json
from collections.abc import Iterator

import cashier_examples as examples
import pytest
import window_examples
from cashier_window import Window, hands_on
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFrame
from pytestqt.qtbot import QtBot

from cashier.pages.desk import DeskPage
from cashier.pages.row_table import RowView
from cashier.steps.sheet import Action, WorkSheet

pytestmark = pytest.mark.slow

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def one_page(qapp: QApplication) -> Iterator[DeskPage]:
    """One page for all tests: a state is drawn anew with every step, as at the window."""
    page = examples.page("en")
    yield page
    page.close()
    page.deleteLater()


@pytest.fixture
def desk(qtbot: QtBot, one_page: DeskPage) -> Iterator[Window]:
    with hands_on(qtbot, one_page) as window:
        yield window


def _rows(desk: Window) -> RowView:
    view = desk.page.findChild(RowView)
    assert isinstance(view, RowView)
    return view


def _fill(desk: Window) -> None:
    desk.line("field_reason").setText("charged twice")
    desk.line("field_amount").setText("12.30")
    kind = desk.page.findChild(QComboBox, "field_kind")
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(1)


def test_space_ticks_rows_and_a_row_that_is_off_cannot_be_ticked(desk: Window) -> None:
    desk.show("work_all")
    desk.press(_Key.Key_Space, _Key.Key_Down, _Key.Key_Space, _Key.Key_Down, _Key.Key_Space)
    assert _rows(desk).rows.ticked == ("row1", "row2")
    desk.press(_Key.Key_A, held=_CTRL)
    assert _rows(desk).rows.ticked == ("row1", "row2", "row4", "row5", "row6")
    desk.press(_Key.Key_A, held=_CTRL)
    assert _rows(desk).rows.ticked == ()


def test_words_that_do_not_fit_beside_each_other_get_two_lines(desk: Window) -> None:
    desk.show("ledger")
    view = _rows(desk)
    one_px = view.rowHeight(0)
    view.resize(4_000, view.height())
    assert view.rowHeight(0) < one_px
    assert not view.wordWrap()


def test_the_filter_leaves_rows_that_hold_what_was_typed(desk: Window) -> None:
    desk.show(window_examples.everything(None, lines=500))
    desk.press(_Key.Key_F, held=_CTRL)
    desk.type("417")
    assert _rows(desk).model().rowCount() == 1
    assert _rows(desk).key == "row417"
    desk.line("filter").clear()
    assert _rows(desk).model().rowCount() == 500


def test_the_button_opens_when_rows_and_fields_would_be_understood(desk: Window) -> None:
    desk.show("work_all")
    assert not desk.button("do_confirm").isEnabled()
    _rows(desk).tick_all()
    assert not desk.button("do_confirm").isEnabled()
    _fill(desk)
    assert desk.button("do_confirm").isEnabled()
    desk.line("field_amount").setText("12.345")
    assert not desk.button("do_confirm").isEnabled()


def test_what_cannot_be_taken_back_is_said_in_words_and_pressed_twice(desk: Window) -> None:
    desk.show("work_all")
    _rows(desk).tick_all()
    _fill(desk)
    before = len(desk.said)
    desk.button("do_confirm").click()
    words = desk.page.findChild(QFrame, "amount_in_words")
    assert isinstance(words, QFrame)
    assert words.isVisible()
    assert "壹佰贰拾叁万" in desk.texts()
    assert len(desk.said) == before
    desk.wait_ready("do_confirm")
    desk.button("do_confirm").click()
    _, word, value = desk.said[-1]
    told = json.loads(value)
    assert (word, told["rows"][0], told["values"]["amount"]) == ("confirm", "row1", "12.30")


def test_an_action_has_its_own_key_and_one_that_is_off_says_why(desk: Window) -> None:
    desk.show("work_all")
    desk.press(_Key.Key_P, held=_CTRL)
    assert desk.said[-1][1] == "print"
    assert not desk.button("do_stop").isEnabled()
    assert "Not among your roles" in desk.texts()


def test_enter_goes_on_where_there_is_nothing_to_fill(desk: Window) -> None:
    desk.show(WorkSheet(title="t", actions=(Action("done", "Done"),)))
    desk.press(_Key.Key_Return)
    assert desk.said[-1][1] == "done"


def test_esc_leaves(desk: Window) -> None:
    desk.show("work_all")
    desk.press(_Key.Key_Escape)
    assert desk.said[-1][1] == "leave"
