"""A screen worked by keys alone: a tactile keypad, which the system shows as a keyboard.

Down, Right and Up, Left move the focus over everything that can be pressed, in reading order; OK
presses it; Back (Escape) closes what lies over the screen, else goes back or leaves; Help (F1)
calls staff; Repeat (F2) reads the screen again. What a reader would get wrong: the order is that
of the places on the screen, a list counting as one place, and what lies over it (an item with
`modal`) hides everything else from the keys as it does from the finger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QEvent, QMetaObject, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.bridge import Ui

_Key = Qt.Key
_STEPS = {_Key.Key_Down: 1, _Key.Key_Right: 1, _Key.Key_Up: -1, _Key.Key_Left: -1}
_PRESS = frozenset({_Key.Key_Return, _Key.Key_Enter})
_KNOWN = frozenset({*_STEPS, *_PRESS, _Key.Key_Escape, _Key.Key_F1, _Key.Key_F2})
_BACK = ("dock_back", "dock_leave")
_RING_PX = 24.0
"""So much around the focused control of a list is to be seen, too: its ring."""


class Tactile(QObject):
    """See the module. `focused(words)`: the keys stand on another control, which says this."""

    focused = Signal(str)

    def __init__(self, ui: Ui, window: QQuickWindow) -> None:
        super().__init__(window)
        self._ui, self._window = ui, window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keys of the keypad end here; everything else goes its way."""
        if not isinstance(event, QKeyEvent) or event.key() not in _KNOWN:
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._on_key(Qt.Key(event.key()))
        return event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)

    def _on_key(self, key: Qt.Key) -> None:
        over = _over(self._window.contentItem())
        if over is None:
            self._ui.touch()
        if key in _STEPS:
            self._move(over, _STEPS[key])
        elif key in _PRESS:
            self._press(over)
        elif key == _Key.Key_Escape:
            self._go_back(over)
        elif key == _Key.Key_F1:
            self._ui.call_help()
        else:
            self._ui.read()

    def _move(self, over: QQuickItem | None, step: int) -> None:
        there = controls(over or self._window.contentItem())
        if not there:
            return
        at = self._window.activeFocusItem()
        if at in there:
            following = there[(there.index(at) + step) % len(there)]
        else:
            following = there[0 if step > 0 else -1]
        _show(following)
        following.forceActiveFocus(Qt.FocusReason.TabFocusReason)
        self.focused.emit(str(following.property("text")))

    def _press(self, over: QQuickItem | None) -> None:
        """With the focus nowhere it goes to the first control: nobody presses what is unseen."""
        at = self._window.activeFocusItem()
        if at in controls(over or self._window.contentItem()):
            QMetaObject.invokeMethod(at, "click")
        else:
            self._move(over, 1)

    def _go_back(self, over: QQuickItem | None) -> None:
        if over is not None:
            QMetaObject.invokeMethod(over, "close")
            return
        there = {one.objectName(): one for one in controls(self._window.contentItem())}
        for name in _BACK:
            if name in there:
                QMetaObject.invokeMethod(there[name], "click")
                return


def controls(below: QQuickItem) -> list[QQuickItem]:
    """What can be pressed now, in reading order: line by line, a list as one block."""
    lists: dict[QQuickItem, list[QQuickItem]] = {}
    blocks: list[QQuickItem] = []
    for item in _shown(below):
        if not _pressable(item):
            continue
        holder = _list_of(item)
        block = item if holder is None else holder
        if block not in lists:
            lists[block] = []
            blocks.append(block)
        lists[block].append(item)
    return [item for block in _in_lines(blocks) for item in _in_lines(lists[block])]


def _in_lines(items: Iterable[QQuickItem]) -> Iterator[QQuickItem]:
    """Left to right, then down: what has its middle beside the first of a line is on that line."""
    left = sorted(items, key=lambda item: _rect(item).top())
    while left:
        first = _rect(left[0])
        line = [item for item in left if _rect(item).top() <= first.center().y()]
        yield from sorted(line, key=lambda item: _rect(item).left())
        left = [item for item in left if item not in line]


def _over(below: QQuickItem) -> QQuickItem | None:
    """What lies over the screen and must be answered first."""
    found = [item for item in _shown(below) if item.property("modal") is True]
    return found[-1] if found else None


def _shown(below: QQuickItem) -> Iterator[QQuickItem]:
    waiting = [below]
    while waiting:
        item = waiting.pop()
        if item.isVisible():
            yield item
            waiting.extend(reversed(item.childItems()))


def _pressable(item: QQuickItem) -> bool:
    button = item.inherits("QQuickAbstractButton") and item.isEnabled()
    return button and item.width() > 0 and item.height() > 0


def _list_of(item: QQuickItem) -> QQuickItem | None:
    """The innermost list that scrolls it."""
    holder: QQuickItem | None = item.parentItem()
    while holder is not None and not holder.inherits("QQuickFlickable"):
        holder = holder.parentItem()
    return holder


def _rect(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def _show(item: QQuickItem) -> None:
    """Scroll its list until it can be seen with its ring."""
    holder = _list_of(item)
    if holder is None:
        return
    at = float(holder.property("contentY"))
    top = item.mapToItem(holder, QPointF(0, 0)).y() + at - _RING_PX
    low = top + item.height() + 2 * _RING_PX
    end = max(0.0, float(holder.property("contentHeight")) - holder.height())
    wanted = min(at, top) if top < at else max(at, low - holder.height())
    holder.setProperty("contentY", max(0.0, min(end, wanted)))
