"""Finding, pressing and reading items of a QML window from Python.

`findChild` does not see what a Repeater or a Loader made, so everything here walks the visual
tree. What a reader would get wrong: an item that is not visible still is in that tree, and a new
item has its place only after the window was polished (`settle`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QPointingDevice
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest


class NotThere(LookupError):
    """No visible item, or more than one, carries this object name."""


def walk(item: QQuickItem) -> Iterator[QQuickItem]:
    """The item and everything below it, seen or not, in the order of drawing."""
    waiting = [item]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(found.childItems()))


def ancestors(item: QQuickItem) -> Iterator[QQuickItem]:
    """What holds the item, nearest first."""
    parent: QQuickItem | None = item.parentItem()
    while parent is not None:
        yield parent
        parent = parent.parentItem()


def visible(window: QQuickWindow) -> Iterator[QQuickItem]:
    """Everything that is shown; nothing below a hidden item is."""
    waiting = [window.contentItem()]
    while waiting:
        found = waiting.pop()
        if found.isVisible():
            yield found
            waiting.extend(reversed(found.childItems()))


def find(window: QQuickWindow, name: str) -> QQuickItem:
    """The one visible item with this objectName. Raises NotThere."""
    found = [item for item in visible(window) if item.objectName() == name]
    if len(found) != 1:
        raise NotThere(f"{name}: {len(found)} visible items")
    return found[0]


def is_shown(window: QQuickWindow, name: str) -> bool:
    """True when exactly such an item can be seen."""
    return any(item.objectName() == name for item in visible(window))


def text(window: QQuickWindow, name: str) -> str:
    """What a Text item says. Raises NotThere."""
    return str(find(window, name).property("text"))


def scene_rect(item: QQuickItem) -> QRectF:
    """Where an item stands in the window, in the window's pixels."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def centre(item: QQuickItem) -> QPoint:
    """The middle of an item in the window."""
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()


def settle(window: QQuickWindow) -> None:
    """Let pending deletions, bindings and layouts come to rest; no time passes."""
    for _round in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
        for item in list(visible(window)):
            item.ensurePolished()


def click(window: QQuickWindow, name: str) -> None:
    """Press with a mouse. Raises NotThere."""
    settle(window)
    place = centre(find(window, name))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(window, left, none, place)


def tap(window: QQuickWindow, name: str, device: QPointingDevice) -> None:
    """Press with a finger; `device` comes from `QTest.createTouchDevice()`, once a process."""
    settle(window)
    place = centre(find(window, name))
    QTest.touchEvent(window, device).press(0, place, window).commit()
    QTest.touchEvent(window, device).release(0, place, window).commit()


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the accessible tree."""

    role: QAccessible.Role
    name: str
    description: str
    depth: int


def accessible_tree(window: QQuickWindow) -> list[Node]:
    """What a voice guide would read, seen items only, in order."""
    QAccessible.setActive(True)
    root = QAccessible.queryAccessibleInterface(window)
    return list(_nodes(root, 0)) if root is not None else []


def _nodes(interface: QAccessibleInterface, depth: int) -> Iterator[Node]:
    if not interface.isValid():
        return
    item = interface.object()
    if isinstance(item, QQuickItem) and not item.isVisible():
        return
    words = QAccessible.Text
    yield Node(
        interface.role(), interface.text(words.Name), interface.text(words.Description), depth
    )
    for index in range(interface.childCount()):
        child = interface.child(index)
        if child is not None:
            yield from _nodes(child, depth + 1)
