"""A finger on the field to sign on."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from sandbox.player.qml import find


def stroke(window: QQuickWindow, across: float) -> None:
    """From the top of the field to its foot. `across`: where it begins, a share of the width."""
    field = find(window, "sheet")
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=_at(field, across, 0.1))
    for step in range(2, 9):
        QTest.mouseMove(window, _at(field, across + step / 100, step / 10))
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=_at(field, across, 0.85))


def _at(item: QQuickItem, across: float, down: float) -> QPoint:
    return item.mapToScene(QPointF(item.width() * across, item.height() * down)).toPoint()
