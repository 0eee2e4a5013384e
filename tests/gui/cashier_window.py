"""A page with hands on it: shows examples, presses keys, reads what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import cashier_examples as examples
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from cashier.pages.desk import DeskPage
from core.flow import Act, Ask


class Window:
    """A page with what it said, and the hands on it."""

    def __init__(self, bot: QtBot, page: DeskPage) -> None:
        self.bot, self.page = bot, page
        self.said: list[tuple[int, str, str]] = []
        self.ticket = 0

    def hear(self, ticket: int, word: str, value: str) -> None:
        self.said.append((ticket, word, value))

    def show(self, step: Ask[Any] | str) -> None:
        self.ticket += 1
        if isinstance(step, str):
            examples.show(self.page, examples.BY_NAME[step], self.ticket)
        else:
            self.page.show_step(self.ticket, step)
        settle_down()

    def act(self, act: Act[Any], *, may_leave: bool) -> None:
        self.ticket += 1
        self.page.show_act(self.ticket, act, may_leave)

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        for key in keys:
            target = QApplication.focusWidget() or self.page
            QTest.keyClick(target, key, held or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)

    def button(self, name: str) -> QPushButton:
        found = self.page.findChildren(QPushButton, name)
        assert len(found) == 1, f"{len(found)} buttons are called {name}"
        return found[0]

    def line(self, name: str) -> QLineEdit:
        found = self.page.findChild(QLineEdit, name)
        assert isinstance(found, QLineEdit)
        return found

    def texts(self) -> str:
        QApplication.processEvents()
        shown = (label.text() for label in self.page.findChildren(QLabel) if label.isVisible())
        return "\n".join(shown)

    def wait_ready(self, name: str) -> None:
        self.bot.waitUntil(lambda: bool(self.button(name).property("ready")), timeout=3000)


@contextmanager
def hands_on(bot: QtBot, page: DeskPage) -> Iterator[Window]:
    """The page as the active window; what it says is heard until the end."""
    page.activateWindow()
    bot.waitUntil(page.isActiveWindow, timeout=3000)
    made = Window(bot, page)
    page.said.connect(made.hear)
    yield made
    page.said.disconnect(made.hear)


def a_page_of_its_own(bot: QtBot, language: str, size: tuple[int, int]) -> DeskPage:
    """For a test that changes the page itself."""
    page = examples.page(language, size)
    bot.addWidget(page)
    return page


def settle_down() -> None:
    """What the event loop does between two keys: draw, and delete what is over."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
