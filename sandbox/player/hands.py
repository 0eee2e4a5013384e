"""The hands of the player: presses controls on real windows, by Qt events or by the X pointer.

Names of pressed controls are logged, so a transcript can be followed on the screen. What a reader
would get wrong: nothing is pressed that a person could not see; an invisible, disabled or missing
control raises.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QWindow
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sandbox.player import qml

_STEP_MS = 15
_MOST_TURNS = 20
_ACTIVE_LIMIT_S = 5


def let_live(milliseconds: int) -> None:
    """Let windows and worker threads run. QTest.qWait would hold the interpreter's lock."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class TooLate(TimeoutError):
    """What the story waits for did not come."""


class Pointer(Protocol):
    """Presses one point of a window."""

    def press(self, window: QQuickWindow | QWidget, point: QPoint) -> None:
        """`point` in the window's own pixels."""


class QtPointer:
    """Events handed to Qt: works offscreen."""

    def press(self, window: QQuickWindow | QWidget, point: QPoint) -> None:
        """A left click."""
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        if isinstance(window, QWidget):  # Qt hands widget events to the very widget named
            target = window.childAt(point) or window
            QTest.mouseClick(target, left, none, target.mapFrom(window, point))
        else:
            QTest.mouseClick(window, left, none, point)


class XPointer:
    """The X server's pointer, moved by xdotool: what a hand on a mouse does."""

    def press(self, window: QQuickWindow | QWidget, point: QPoint) -> None:
        """Move there and click."""
        place = window.mapToGlobal(point)
        subprocess.run(
            ["xdotool", "mousemove", str(place.x()), str(place.y()), "click", "1"], check=True
        )


def wait_until(true: Callable[[], bool], limit_s: float, what: str) -> None:
    """Let the windows live until it is true. Raises TooLate."""
    steps = round(limit_s * 1000 / _STEP_MS)
    for _ in range(steps):
        if true():
            return
        let_live(_STEP_MS)
    raise TooLate(f"waited {limit_s} s for {what}")


def _give_keys(window: QWindow) -> None:
    """A window that is not the active one has no item with the focus."""
    if not window.isActive():
        window.requestActivate()
        wait_until(window.isActive, _ACTIVE_LIMIT_S, "the window that hears keys")


class KioskHand:
    """Presses items of the kiosk's window by objectName."""

    def __init__(self, window: QQuickWindow, pointer: Pointer, log: Callable[[str], None]) -> None:
        self._window, self._pointer, self._log = window, pointer, log

    def press(self, name: str, limit_s: float = 10) -> None:
        """Wait until the control can be pressed, then press its middle."""
        wait_until(lambda: self._usable(name), limit_s, f"the control {name}")
        self._turn_to(name)
        self._log(name)
        self._pointer.press(self._window, qml.centre(qml.find(self._window, name)))

    def _turn_to(self, name: str) -> None:
        """Press "More below" as long as the control is beyond what a long page shows."""
        for _ in range(_MOST_TURNS):
            qml.settle(self._window)
            item = qml.find(self._window, name)
            frame = next((a for a in qml.ancestors(item) if a.objectName() == "flick"), None)
            if frame is None or qml.scene_rect(frame).contains(QPointF(qml.centre(item))):
                return
            self.press("page_down")

    def key(self, key: Qt.Key) -> None:
        """One key of the keypad, whichever window was the active one."""
        self._log(key.name)
        _give_keys(self._window)
        QTest.keyClick(self._window, key)

    def can_see(self, name: str) -> bool:
        """True when the control is on the screen."""
        return qml.is_shown(self._window, name)

    def _usable(self, name: str) -> bool:
        return self.can_see(name) and qml.find(self._window, name).isEnabled()


class WidgetHand:
    """Presses and types into widgets of one top-level window by objectName."""

    def __init__(self, page: QWidget, pointer: Pointer, log: Callable[[str], None]) -> None:
        self._page, self._pointer, self._log = page, pointer, log

    def press(self, name: str, limit_s: float = 10) -> None:
        """Wait until the widget can be pressed, then press its middle."""
        widget = self._find(name, limit_s)
        self._log(name)
        middle = widget.mapTo(self._page.window(), widget.rect().center())
        self._pointer.press(self._page.window(), middle)

    def press_twice(self, name: str, limit_s: float = 10) -> None:
        """For what cannot be undone: the second press counts when the control says `ready`."""
        self.press(name, limit_s)
        widget = self._find(name, limit_s)
        wait_until(lambda: bool(widget.property("ready")), limit_s, f"the second press of {name}")
        self.press(name, limit_s)

    def type(self, name: str, text: str, limit_s: float = 10) -> None:
        """Put the cursor there and type; Chinese comes as from an input method."""
        widget = self._find(name, limit_s)
        self._log(name)
        widget.setFocus()
        if text.isascii():
            QTest.keyClicks(widget, text)
        else:
            committed = QInputMethodEvent()
            committed.setCommitString(text)
            QApplication.sendEvent(widget, committed)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key for the page, whichever window was the active one."""
        self._log(key.name)
        window = self._page.window()
        _give_keys(window.windowHandle())
        focus = QApplication.focusWidget()
        if focus is None or focus.window() is not window:
            focus = self._page
        QTest.keyClick(focus, key, held)

    def can_see(self, name: str) -> bool:
        """True when the widget is on the page and can be pressed."""
        return self._usable(name) is not None

    def _find(self, name: str, limit_s: float) -> QWidget:
        wait_until(lambda: self.can_see(name), limit_s, f"the control {name}")
        widget = self._usable(name)
        assert widget is not None
        return widget

    def _usable(self, name: str) -> QWidget | None:
        for widget in self._page.findChildren(QWidget, name):
            if isinstance(widget, QWidget) and widget.isVisible() and widget.isEnabled():
                return widget
        return None
