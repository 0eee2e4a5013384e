"""Signing on a screen: what is written is what is printed, and a scribble is not taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.document import Picture
from core.signing import drawn
from devices.receipt_printer.escpos.pictures import picture_from
from sandbox.player.qml import settle
from ui.signature import PICTURE_DOTS, Demands, Fault, Ink
from ui.signature_image import InkProvider

SIZE = (600, 240)
QML = """
import QtQuick
import QtQuick.Window
import "{parts}"
Window {{
    id: window
    required property QtObject ink
    width: 600; height: 240; visible: true
    SignatureArea {{ anchors.fill: parent; ink: window.ink }}
}}
"""
_ROOT = Path(__file__).resolve().parents[2]


def _cross(ink: Ink, slow_ms: int = 20) -> None:
    """Two strokes, one down and one across, each of 20 pieces."""
    for down in (True, False):
        ink.press(300, 20, 0) if down else ink.press(120, 120, 0)
        for piece in range(1, 21):
            x, y = (300.0, 20 + piece * 10.0) if down else (120 + piece * 18.0, 120.0)
            ink.move(x, y, piece * slow_ms)
        ink.lift()


def _taken(ink: Ink) -> Picture:
    taken = ink.taken()
    assert isinstance(taken, Picture)
    return taken


def _black(picture: Picture) -> int:
    return sum(byte.bit_count() for byte in picture.bits)


@pytest.fixture
def ink() -> Ink:
    return Ink(*SIZE)


def test_picture_has_the_size_of_the_slip_and_the_png_the_same_dots(
    ink: Ink, tmp_path: Path
) -> None:
    _cross(ink)
    picture = _taken(ink)
    assert (picture.width_dots, picture.height_dots) == PICTURE_DOTS
    file = tmp_path / "signature.png"
    file.write_bytes(drawn(ink.told()).png)
    with Image.open(file) as opened:
        assert opened.size == PICTURE_DOTS
    assert picture_from(file) == picture


def test_ink_stands_in_the_middle_with_a_margin(ink: Ink) -> None:
    _cross(ink)
    picture = _taken(ink)
    rows = [
        picture.bits[at : at + picture.row_bytes]
        for at in range(0, len(picture.bits), picture.row_bytes)
    ]
    inked = [number for number, row in enumerate(rows) if any(row)]
    assert abs((inked[0] + inked[-1]) / 2 - PICTURE_DOTS[1] / 2) <= 2
    assert inked[0] >= 4


def test_same_writing_is_the_same_picture_on_a_pad_of_any_size() -> None:
    small, large = Ink(*SIZE), Ink(*SIZE)
    _cross(small)
    _cross(large)
    large.resize(SIZE[0] * 2, SIZE[1] * 2)
    assert _taken(small) == _taken(large)


def test_slow_ink_is_thicker_than_fast_ink() -> None:
    slow, fast = Ink(*SIZE), Ink(*SIZE)
    _cross(slow, slow_ms=200)
    _cross(fast, slow_ms=3)
    assert _black(_taken(slow)) > 1.5 * _black(_taken(fast))


def test_two_points_at_the_same_millisecond_are_no_trouble(ink: Ink) -> None:
    _cross(ink, slow_ms=0)
    assert _black(_taken(ink)) > 100


def test_empty_pad_is_not_taken(ink: Ink) -> None:
    assert ink.taken() is Fault.EMPTY


def test_one_stroke_is_not_taken(ink: Ink) -> None:
    _cross(ink)
    ink.undo()
    assert ink.taken() is Fault.TOO_FEW_STROKES


def test_two_dots_are_too_short(ink: Ink) -> None:
    for x in (100, 300):
        ink.press(x, 100, 0)
        ink.lift()
    assert ink.taken() is Fault.TOO_SHORT


def test_demands_are_the_callers() -> None:
    ink = Ink(*SIZE, Demands(strokes=1, length=0.5))
    ink.press(10, 10, 0)
    ink.move(10, 140, 100)
    assert isinstance(ink.taken(), Picture)


def test_undo_takes_the_last_stroke_back_and_clear_everything(ink: Ink) -> None:
    _cross(ink)
    whole = _taken(ink)
    ink.press(500, 50, 0)
    ink.move(560, 200, 90)
    ink.undo()
    assert _taken(ink) == whole
    ink.clear()
    assert ink.taken() is Fault.EMPTY
    ink.undo()
    assert ink.strokes == 0


def test_moves_without_a_press_and_beyond_the_edge_stay_inside(ink: Ink) -> None:
    ink.move(100, 100, 0)
    assert ink.strokes == 0
    _cross(ink)
    ink.press(590, 230, 0)
    ink.move(5_000, -5_000, 20)
    assert _black(_taken(ink)) > 0
    assert ink.image(QColor("black")).size().toTuple() == SIZE


def test_endless_writing_ends_at_a_bound_and_can_still_be_cleared(ink: Ink) -> None:
    ink.press(0, 0, 0)
    for number in range(12_000):
        ink.move(number % 600, number % 240, number)
    assert _bounded(ink)
    ink.clear()
    _cross(ink)
    assert isinstance(ink.taken(), Picture)


def _bounded(ink: Ink) -> bool:
    """After the bound nothing is added: a further stroke is not even begun."""
    before = ink.strokes
    ink.lift()
    ink.press(10, 10, 0)
    return ink.strokes == before


# --- QML


@pytest.fixture
def area(qtbot: QtBot, ink: Ink, tmp_path: Path) -> Iterator[QQuickWindow]:
    """A QML window that is one field to sign on."""
    file = tmp_path / "area.qml"
    file.write_text(QML.format(parts=QUrl.fromLocalFile(str(_ROOT / "ui" / "parts")).toString()))
    engine = QQmlApplicationEngine()
    engine.addImageProvider("ink", InkProvider(ink, "#0E2230"))
    engine.setInitialProperties({"ink": ink})
    engine.load(QUrl.fromLocalFile(str(file)))
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    settle(window)
    yield window
    window.close()
    engine.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _seen(window: QQuickWindow) -> QImage:
    settle(window)
    return window.grabWindow()


def test_qml_field_feeds_the_same_ink_and_shows_it(area: QQuickWindow, ink: Ink) -> None:
    empty = _seen(area)
    for left in (60, 300):
        QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=QPoint(left, 40))
        for step in range(1, 10):
            QTest.mouseMove(area, QPointF(left + step * 20, 40 + step * 18).toPoint())
        QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=QPoint(left + 180, 202))
    assert ink.strokes == 2
    assert isinstance(ink.taken(), Picture)
    assert _seen(area) != empty
    ink.clear()
    assert _seen(area) == empty
