"""The window's page: every state fits its screen, is named, reachable and tells the truth."""

from __future__ import annotations

from collections.abc import Iterator

import cashier_examples as examples
import pytest
from cashier_window import Window, a_page_of_its_own, hands_on
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cashier.pages.desk import DeskPage
from cashier.pages.fee_table import Column, FeeModel
from cashier.pages.keys import all_keys
from cashier.pages.look import Look, look_for
from cashier.pages.parts import Elided
from cashier.steps import ChooseRefundLines, Desk, ReviewPlan, ServePatient, ShowOutcome, SignIn
from cashier.views import Context, after, customer_view
from core.flow import Ask
from core.steps import ConfirmQuote, ShowPaymentCode

pytestmark = pytest.mark.slow

_Key = Qt.Key
_MOST_TABS = 40


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


# --- every state ---------------------------------------------------------------------------


def _cut(label: QLabel) -> bool:
    """A label whose words do not fit; elided ones say so themselves."""
    if isinstance(label, Elided) or not label.text():
        return False
    room = label.contentsRect()
    metrics = QFontMetrics(label.font())
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 1
    return metrics.horizontalAdvance(label.text()) > room.width() + 1


@pytest.mark.parametrize("size", examples.SIZES, ids=str)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_fits_its_screen_and_has_names(
    qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    page = a_page_of_its_own(qtbot, language, size)
    with hands_on(qtbot, page) as desk:
        for example in examples.EXAMPLES:
            desk.show(example.name)
            page = desk.page
            layout = page.layout()
            assert layout is not None
            needed = layout.totalMinimumSize()
            assert (page.width(), page.height()) == size, example.name
            assert needed.width() <= size[0], f"{example.name} needs {needed.width()} px of width"
            assert needed.height() <= size[1], (
                f"{example.name} needs {needed.height()} px of height"
            )
            visible = [one for one in page.findChildren(QLabel) if one.isVisible()]
            assert not [one.text() for one in visible if _cut(one)], example.name
            if isinstance(example.step, ConfirmQuote):
                desk.button("commit").click()
                assert "元" in desk.texts(), example.name
                visible = [one for one in page.findChildren(QLabel) if one.isVisible()]
                assert not [one.text() for one in visible if _cut(one)], f"{example.name}, armed"
            for control in _controls(page):
                name = f"{example.name}: {type(control).__name__} {control.objectName()}"
                assert control.accessibleName(), name
                assert control.objectName(), name


def _controls(page: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QTableView)
    found = [one for kind in kinds for one in page.findChildren(kind) if one.isVisible()]
    # the table's own corner button is Qt's
    return [one for one in found if one.metaObject().className() != "QTableCornerButton"]


@pytest.mark.parametrize("name", [example.name for example in examples.EXAMPLES])
def test_tab_reaches_every_control_that_is_open(desk: Window, name: str) -> None:
    desk.show(name)
    first = QApplication.focusWidget()
    assert first is not None
    reached = {id(first)}
    for _step in range(_MOST_TABS):
        desk.press(_Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is first:
            break
        reached.add(id(focus))
    wanted = [
        one
        for one in _controls(desk.page)
        if one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert not [one.objectName() for one in wanted if id(one) not in reached]
    mouse_only = [
        one.objectName()
        for one in _controls(desk.page)
        if one.focusPolicy() == Qt.FocusPolicy.NoFocus and not isinstance(one, QCheckBox)
    ]
    assert not mouse_only


def test_controls_of_the_state_before_cannot_be_found(desk: Window) -> None:
    desk.page.show_step(1, SignIn())
    desk.page.show_step(2, examples.BY_NAME["quote"].step)  # type: ignore[arg-type]
    assert desk.page.findChild(QPushButton, "sign_in") is None
    assert len(desk.page.findChildren(QPushButton, "commit")) == 1


def test_many_states_leave_no_widget_behind(desk: Window) -> None:
    desk.show("desk")
    before = len(desk.page.findChildren(QWidget))
    for _round in range(6):
        for name in ("serve", "quote", "payment_code", "desk"):
            desk.show(name)
    assert len(desk.page.findChildren(QWidget)) == before


def test_a_step_of_another_mode_is_refused(desk: Window) -> None:
    class Strange(Ask[None]):
        __slots__ = ()

    with pytest.raises(TypeError):
        desk.page.show_step(1, Strange())


# --- the page around -----------------------------------------------------------------------


def test_language_switches_live_and_keeps_what_was_typed_and_ticked(qtbot: QtBot) -> None:
    page = a_page_of_its_own(qtbot, "en", (1920, 1080))
    with hands_on(qtbot, page) as desk:
        desk.show("refund_lines")
        desk.press(_Key.Key_Space)
        desk.line("refund_reason").setText("abc")
        called: list[bool] = []
        desk.page.language_called.connect(lambda: called.append(True))
        desk.press(_Key.Key_L, held=Qt.KeyboardModifier.ControlModifier)
        assert called == [True]
        desk.page.set_catalogue(examples.catalogue("zh"))
        assert "退费原因" in desk.texts()
        assert "Reason of the refund" not in desk.texts()
        assert desk.line("refund_reason").text() == "abc"
        desk.press(_Key.Key_F8)
        assert desk.said == [(1, "request", "abc\x1fl1")]


def test_a_smaller_window_gets_the_smaller_look(qtbot: QtBot) -> None:
    page = a_page_of_its_own(qtbot, "en", (1920, 1080))
    with hands_on(qtbot, page) as desk:
        desk.show("quote")
        desk.page.resize(1366, 768)
        QApplication.processEvents()
        assert (desk.page.width(), desk.page.height()) == (1366, 768)
        table = desk.page.findChild(QTableView, "fees")
        assert isinstance(table, QTableView)
        assert table.rowHeight(0) == 35
        assert look_for(examples.catalogue("en"), 1920).scale == 1.0


def test_f12_lists_all_keys_and_shuts_the_others_out(desk: Window) -> None:
    desk.show("desk")
    desk.press(_Key.Key_F12)
    for key in all_keys(examples.catalogue("en")):
        assert key.meaning in desk.texts()
    desk.press(_Key.Key_F5, _Key.Key_F10)
    assert desk.said == []
    desk.press(_Key.Key_Escape)
    assert QApplication.focusWidget() is desk.line("scan")
    desk.press(_Key.Key_F5)
    assert desk.said == [(1, "refresh", "")]


def test_a_key_that_does_nothing_is_not_shown(desk: Window) -> None:
    desk.show("desk_message")
    caps = {one.text() for one in desk.page.findChildren(QLabel) if one.isVisible()}
    assert {"F1", "F5", "F10"} <= caps
    assert not {"F2", "F3", "F4", "F8"} & caps


def test_clock_follows_the_wall(qtbot: QtBot) -> None:
    clock = examples.FixedClock(9, 59)
    page = DeskPage(examples.catalogue("en"), examples.PLACE, clock)
    qtbot.addWidget(page)
    time = page.findChild(QLabel, "clock")
    assert isinstance(time, QLabel)
    assert time.text() == "09:59"
    clock.local = clock.local.replace(hour=10, minute=0)
    qtbot.waitUntil(lambda: time.text() == "10:00", timeout=3000)


def test_devices_stand_with_their_state_in_words(desk: Window) -> None:
    desk.page.set_devices([("receipt_printer", "out"), ("scanner", "ok"), ("pos", "strange")])
    assert "Slip printer: used up" in desk.texts()
    assert "Bank POS: state unknown" in desk.texts()
    assert "Scanner" in desk.texts().splitlines()


def test_typing_and_keys_restart_the_idle_clock(desk: Window) -> None:
    desk.show("desk")
    touches: list[bool] = []
    desk.page.touched_anywhere.connect(lambda *_any: touches.append(True))
    desk.type("12")
    desk.press(_Key.Key_F1)
    assert len(touches) == 3


def test_a_forty_line_bill_scrolls_inside_and_shows_whole_amounts(desk: Window) -> None:
    desk.show("serve_long")
    table = desk.page.findChild(QTableView, "fees")
    assert isinstance(table, QTableView)
    assert table.verticalScrollBar().maximum() > 0
    needed = QFontMetrics(table.font()).horizontalAdvance("123,456.78")
    assert table.columnWidth(Column.UNIT_PRICE) >= needed + 20
    areas = [one for one in desk.page.findChildren(QScrollArea) if one.isVisible()]
    assert all(one.horizontalScrollBar().maximum() == 0 for one in areas)


# --- pure parts ----------------------------------------------------------------------------


def test_customer_screen_masks_the_name_and_shows_what_is_due() -> None:
    english = examples.catalogue("en")
    quote = examples.BY_NAME["quote"].step
    assert isinstance(quote, ConfirmQuote)
    view = customer_view(after(Context(), quote), quote, english)
    assert view.greeting == "Hello, 王*国"
    assert view.amount_fen == 18524
    assert view.facts == "Total 828.40   Insurance pays 523.16"


def test_customer_screen_never_says_failed_while_checking() -> None:
    english = examples.catalogue("en")
    doubt = examples.BY_NAME["in_doubt"].step
    assert isinstance(doubt, ShowOutcome)
    view = customer_view(after(Context(), doubt), doubt, english)
    assert view.advice == "Please do not pay again. We are checking."
    assert view.amount_fen is None


def test_context_keeps_the_settlement_for_the_payment_code_and_forgets_at_the_desk() -> None:
    context = Context()
    for step in (*examples.BY_NAME["payment_code"].before, ShowPaymentCode(18524, None)):
        context = after(context, step)
    assert context.settlement is not None
    assert context.settlement.due_fen == 18524
    emptied = after(context, Desk(examples.OPERATOR, examples.QUEUE))
    assert emptied == Context(examples.OPERATOR, examples.QUEUE)
    assert after(emptied, SignIn()) == Context()


def test_every_ask_of_the_window_has_an_example() -> None:
    asks = {
        SignIn,
        Desk,
        ServePatient,
        ConfirmQuote,
        ShowPaymentCode,
        ChooseRefundLines,
        ReviewPlan,
        ShowOutcome,
    }
    assert asks <= {type(example.step) for example in examples.EXAMPLES}


def test_fee_rows_name_department_and_doctor_once_a_group(qapp: QApplication) -> None:
    model = FeeModel(Look(examples.catalogue("zh")), examples.BILLS)
    cells = [row.cells for row in model.rows]
    assert [row[Column.DEPARTMENT] for row in cells] == [
        "心血管内科",
        "",
        "",
        "",
        "",
        "内分泌科",
        "",
        "",
        "",
        "眼科",
        "",
        "",
    ]
    assert cells[3][Column.UNIT_PRICE : Column.DOCTOR] == ("28.40", "2 盒", "56.80")
    assert [row[Column.CLASS] for row in cells[9:]] == ["甲", "乙", "自费"]
