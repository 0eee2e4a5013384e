"""Keys of the window's page: each says the words of its step, once, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import cashier_examples as examples
import pytest
from cashier_window import Window, hands_on
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cashier.pages.desk import DeskPage
from cashier.steps import Desk, SignIn
from core.steps import ConfirmQuote, FollowSettlement, OpenSettlement

pytestmark = pytest.mark.slow

_Key = Qt.Key


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


@pytest.mark.parametrize("name", examples.BY_NAME)
def test_no_key_of_a_page_means_two_things(desk: Window, name: str) -> None:
    """Qt presses neither then."""
    desk.show(name)
    keys = [
        shortcut.key().toString()
        for shortcut in desk.page.findChildren(QShortcut)
        if shortcut.isEnabled() and _widget(shortcut).isVisible()
    ]
    assert {key for key in keys if keys.count(key) > 1} == set()


def _widget(shortcut: QShortcut) -> QWidget:
    widget = shortcut.parent()
    assert isinstance(widget, QWidget)
    return widget


# --- signing in and the desk ---------------------------------------------------------------


def test_enter_walks_through_sign_in_and_says_it_once(desk: Window) -> None:
    desk.show(SignIn())
    desk.type("2107")
    desk.press(_Key.Key_Return)
    desk.type("secret")
    desk.press(_Key.Key_Return, _Key.Key_Return)
    assert desk.said == [(1, "sign_in", "2107\x1fsecret")]


def test_sign_in_with_a_field_empty_says_nothing(desk: Window) -> None:
    desk.show(SignIn())
    desk.type("2107")
    desk.press(_Key.Key_Return, _Key.Key_Return)
    assert desk.said == []
    assert QApplication.focusWidget() is desk.line("sign_in_password")


@pytest.mark.parametrize(
    ("key", "held", "word", "value"),
    [
        (_Key.Key_F2, Qt.KeyboardModifier.NoModifier, "queue", "A0231"),
        (_Key.Key_3, Qt.KeyboardModifier.AltModifier, "queue", "A0233"),
        (_Key.Key_F5, Qt.KeyboardModifier.NoModifier, "refresh", ""),
        (_Key.Key_F10, Qt.KeyboardModifier.NoModifier, "lock", ""),
    ],
)
def test_keys_of_the_desk(
    desk: Window, key: Qt.Key, held: Qt.KeyboardModifier, word: str, value: str
) -> None:
    desk.show("desk")
    desk.press(key, key, held=held)
    assert desk.said == [(1, word, value)]


def test_typed_number_is_searched_and_digits_take_nobody_from_the_queue(desk: Window) -> None:
    desk.show("desk")
    desk.press(_Key.Key_F1)
    desk.type("260000000017")
    desk.press(_Key.Key_Enter)
    assert desk.said == [(1, "search", "260000000017")]


def test_enter_in_an_empty_search_says_nothing(desk: Window) -> None:
    desk.show("desk")
    desk.press(_Key.Key_Return)
    assert desk.said == []


def test_queue_row_with_focus_is_taken_by_enter(desk: Window) -> None:
    desk.show("desk")
    desk.button("queue_A0234").setFocus()
    desk.press(_Key.Key_Return)
    assert desk.said == [(1, "queue", "A0234")]


def test_queue_cannot_be_taken_while_somebody_is_served(desk: Window) -> None:
    desk.show("serve")
    assert not desk.button("queue_A0232").isEnabled()
    desk.press(_Key.Key_F2)
    desk.press(_Key.Key_2, held=Qt.KeyboardModifier.AltModifier)
    assert desk.said == []


def test_next_state_frees_the_page_with_its_own_ticket(desk: Window) -> None:
    desk.show("desk")
    desk.press(_Key.Key_F5, _Key.Key_F10)
    desk.show("desk")
    desk.press(_Key.Key_F10)
    assert desk.said == [(1, "refresh", ""), (2, "lock", "")]


def test_nothing_of_the_last_patient_is_left_at_the_desk(desk: Window) -> None:
    desk.show("quote")
    assert "王建国" in desk.texts()
    desk.show(Desk(examples.OPERATOR, ()))
    assert "王建国" not in desk.texts()
    assert "王*国" not in desk.texts()


# --- serving and paying --------------------------------------------------------------------


@pytest.mark.parametrize("key", [_Key.Key_F8, _Key.Key_Return])
def test_settle_by_key(desk: Window, key: Qt.Key) -> None:
    desk.show("serve")
    desk.press(key, key)
    assert desk.said == [(1, "settle", "")]


def test_f4_opens_the_first_settlement_that_can_be_refunded(desk: Window) -> None:
    desk.show("serve_past")
    desk.press(_Key.Key_F4)
    assert desk.said == [(1, "refund", "s1")]


def test_without_bills_settle_is_closed_and_not_listed(desk: Window) -> None:
    desk.show("serve_past_only")
    assert not desk.button("settle").isEnabled()
    desk.press(_Key.Key_F8)
    assert desk.said == []


def test_first_enter_shows_the_amount_in_words_second_one_pays(desk: Window) -> None:
    desk.show("quote")
    assert "壹佰捌拾伍元贰角肆分" not in desk.texts()
    desk.press(_Key.Key_Return)
    assert "壹佰捌拾伍元贰角肆分" in desk.texts()
    assert desk.said == []
    desk.wait_ready("commit")
    desk.press(_Key.Key_Return, _Key.Key_Return)
    assert desk.said == [(1, "pay", "CASH")]


def test_a_bouncing_or_held_enter_does_not_pay(desk: Window) -> None:
    desk.show("quote")
    desk.press(_Key.Key_Return, _Key.Key_Return)
    desk.wait_ready("commit")
    for _repeat in range(5):
        press = QKeyEvent(
            QEvent.Type.KeyPress, _Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True
        )
        QApplication.sendEvent(desk.page, press)
    assert desk.said == []


def test_escape_takes_the_first_enter_back_and_then_leaves(desk: Window) -> None:
    desk.show("quote")
    desk.press(_Key.Key_F8)
    assert desk.button("commit").property("armed")
    desk.press(_Key.Key_Escape)
    assert not desk.button("commit").property("armed")
    assert desk.said == []
    desk.press(_Key.Key_Escape)
    assert desk.said == [(1, "leave", "")]


def test_digit_picks_the_payment_and_disarms(desk: Window) -> None:
    desk.show("quote")
    desk.press(_Key.Key_Return, _Key.Key_2)
    assert desk.button("pay_SCAN").isChecked()
    assert not desk.button("commit").property("armed")
    desk.press(_Key.Key_Return)
    desk.wait_ready("commit")
    desk.press(_Key.Key_Return)
    assert desk.said == [(1, "pay", "SCAN")]


def test_keypad_keys_work_like_the_others(desk: Window) -> None:
    desk.show("quote")
    desk.press(_Key.Key_2, _Key.Key_Enter, held=Qt.KeyboardModifier.KeypadModifier)
    desk.wait_ready("commit")
    desk.press(_Key.Key_Enter, held=Qt.KeyboardModifier.KeypadModifier)
    assert desk.said == [(1, "pay", "SCAN")]


def test_a_closed_way_is_disabled_with_its_reason_and_has_no_digit(desk: Window) -> None:
    desk.show("quote_mixed")
    cash = desk.button("pay_CASH")
    assert not cash.isEnabled()
    assert cash.accessibleDescription() == "This way of paying is not open here"
    assert desk.button("pay_SCAN").isChecked()
    desk.press(_Key.Key_2)
    assert not cash.isChecked()


def test_nothing_due_is_confirmed_without_a_tender(desk: Window) -> None:
    desk.show("quote_covered")
    assert desk.button("pay_none").isChecked()
    desk.button("commit").click()
    assert "壹佰捌拾伍元贰角肆分" in desk.texts()
    desk.wait_ready("commit")
    desk.button("commit").click()
    assert desk.said == [(1, "pay", "")]


def test_no_way_open_keeps_commit_closed(desk: Window) -> None:
    quote = examples.settlement(cash_reason="tender_not_allowed")
    closed = tuple(replace(one, allowed=False, reason="disabled") for one in quote.options)
    step = ConfirmQuote(examples.WANG, replace(quote, options=closed), None, True)
    desk.show(step)
    desk.press(_Key.Key_Return, _Key.Key_1)
    assert not desk.button("commit").isEnabled()
    assert desk.said == []


def test_payment_code_goes_back_by_escape(desk: Window) -> None:
    desk.show("payment_code")
    assert "¥185.24" in desk.texts()
    desk.press(_Key.Key_Escape)
    assert desk.said == [(1, "back", "")]


# --- refunds -------------------------------------------------------------------------------


def test_refund_needs_a_tick_and_a_reason(desk: Window) -> None:
    desk.show("refund_lines")
    request = desk.button("request_refund")
    assert not request.isEnabled()
    desk.press(_Key.Key_Space, _Key.Key_Down, _Key.Key_Down, _Key.Key_Space)
    assert not request.isEnabled()
    desk.press(_Key.Key_Return)
    assert QApplication.focusWidget() is desk.line("refund_reason")
    desk.type("sent back")
    desk.press(_Key.Key_Return, _Key.Key_Return)
    assert desk.said == [(1, "request", "sent back\x1fl1\x1fl3")]


def test_all_lines_and_a_usual_reason_by_key(desk: Window) -> None:
    desk.show("refund_lines")
    desk.press(_Key.Key_A, held=Qt.KeyboardModifier.ControlModifier)
    desk.press(_Key.Key_3, held=Qt.KeyboardModifier.AltModifier)
    desk.press(_Key.Key_F8)
    ids = "\x1f".join(f"l{number}" for number in range(1, 13))
    assert desk.said == [(1, "request", f"Charged by mistake\x1f{ids}")]


def test_a_usual_reason_takes_the_current_item_where_none_is_ticked(desk: Window) -> None:
    desk.show("refund_lines")
    desk.press(_Key.Key_Down)
    desk.press(_Key.Key_1, held=Qt.KeyboardModifier.AltModifier)
    desk.press(_Key.Key_Return)
    assert desk.said == [(1, "request", "The doctor withdrew the order\x1fl2")]


def test_a_tick_box_can_be_clicked_by_its_name(desk: Window) -> None:
    desk.show("refund_lines")
    box = desk.page.findChild(QCheckBox, "line_l2")
    assert isinstance(box, QCheckBox)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    assert box.isChecked()
    assert "1 of 12 items ticked" in desk.texts()


def _review(desk: Window) -> None:
    desk.show("review")
    desk.type("2101")
    desk.press(_Key.Key_Return)
    desk.type("demo")


def test_review_shows_the_routes_and_approves_at_the_second_enter(desk: Window) -> None:
    _review(desk)
    assert "Back to the wallet it came from" in desk.texts()
    desk.press(_Key.Key_Return)
    assert "叁佰壹拾贰元陆角" in desk.texts()
    desk.wait_ready("approve")
    desk.press(_Key.Key_Return)
    assert desk.said == [(1, "approve", "2101\x1fdemo")]


def test_another_password_takes_the_first_enter_back(desk: Window) -> None:
    _review(desk)
    desk.press(_Key.Key_Return)
    desk.type("x")
    assert not desk.button("approve").property("armed")


def test_review_is_refused_by_key(desk: Window) -> None:
    _review(desk)
    desk.press(_Key.Key_R, held=Qt.KeyboardModifier.ControlModifier)
    assert desk.said == [(1, "refuse", "2101\x1fdemo")]


def test_review_without_a_password_says_nothing(desk: Window) -> None:
    desk.show("review")
    desk.type("2101")
    desk.press(_Key.Key_F8)
    desk.press(_Key.Key_R, held=Qt.KeyboardModifier.ControlModifier)
    assert desk.said == []


# --- acts and endings ----------------------------------------------------------------------


def test_an_act_that_may_be_left_is_stopped_by_escape_once(desk: Window) -> None:
    desk.show("quote")
    desk.act(FollowSettlement("o1", 60), may_leave=True)
    desk.press(_Key.Key_Escape, _Key.Key_Escape)
    assert desk.said == [(2, "leave", "")]


def test_a_long_act_says_what_is_done_and_offers_to_stop(desk: Window) -> None:
    desk.show("quote")
    desk.act(FollowSettlement("o1", 60), may_leave=True)
    desk.bot.waitUntil(lambda: desk.page.findChild(QPushButton, "stop") is not None, timeout=3000)
    assert "Waiting until the payment is confirmed" in desk.texts()
    desk.button("stop").click()
    assert desk.said == [(2, "leave", "")]


def test_an_act_that_may_not_be_left_hears_no_key(desk: Window) -> None:
    desk.show("serve")
    desk.act(OpenSettlement("o1", "p1", examples.BILLS), may_leave=False)
    desk.press(_Key.Key_Escape, _Key.Key_F8, _Key.Key_Return)
    desk.bot.waitUntil(lambda: "Asking the insurance" in desk.texts(), timeout=3000)
    desk.press(_Key.Key_Escape, _Key.Key_F8, _Key.Key_Return)
    assert desk.page.findChild(QPushButton, "stop") is None
    assert desk.said == []


def test_money_stands_first_when_it_went_wrong(desk: Window) -> None:
    desk.show("not_settled")
    headline = desk.page.findChild(QLabel, "headline")
    assert isinstance(headline, QLabel)
    assert headline.text() == "Nothing was charged"
    desk.show("in_doubt")
    headline = desk.page.findChild(QLabel, "headline")
    assert isinstance(headline, QLabel)
    assert headline.text() == "Please do not pay again"
    assert "C-20261122-07" in desk.texts()


@pytest.mark.parametrize("key", [_Key.Key_Return, _Key.Key_Escape, _Key.Key_F8])
def test_an_ending_is_left_by_key(desk: Window, key: Qt.Key) -> None:
    desk.show("paid")
    desk.press(key)
    assert desk.said == [(1, "done", "")]
