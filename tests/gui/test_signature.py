"""Signing on a screen: what is written is what is printed, and a scribble is not taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cashier_examples import catalogue
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QPointingDevice
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.signing import drawn
from devices.receipt_printer.escpos.pictures import picture_from
from sandbox.player.qml import settle
from ui.qss import stylesheet
from ui.signature import PICTURE_DOTS, Demands, Fault, Ink, Signature
from ui.signature_image import InkProvider
from ui.signature_pad import SignaturePad
from ui.tokens import Modes

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


def _taken(ink: Ink) -> Signature:
    taken = ink.taken()
    assert isinstance(taken, Signature)
    return taken


def _black(signature: Signature) -> int:
    return sum(byte.bit_count() for byte in signature.picture.bits)


@pytest.fixture
def ink() -> Ink:
    return Ink(*SIZE)


def test_picture_has_the_size_of_the_slip_and_the_png_the_same_dots(
    ink: Ink, tmp_path: Path
) -> None:
    _cross(ink)
    signature = _taken(ink)
    picture = signature.picture
    assert (picture.width_dots, picture.height_dots) == PICTURE_DOTS
    file = tmp_path / "signature.png"
    file.write_bytes(signature.png)
    with Image.open(file) as opened:
        assert opened.size == PICTURE_DOTS
    assert picture_from(file) == picture


def test_ink_stands_in_the_middle_with_a_margin(ink: Ink) -> None:
    _cross(ink)
    picture = _taken(ink).picture
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
    assert _taken(small).picture == _taken(large).picture


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
    assert isinstance(ink.taken(), Signature)


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
    assert isinstance(ink.taken(), Signature)


def _bounded(ink: Ink) -> bool:
    """After the bound nothing is added: a further stroke is not even begun."""
    before = ink.strokes
    ink.lift()
    ink.press(10, 10, 0)
    return ink.strokes == before


def test_text_of_the_screen_becomes_the_same_dots_as_the_picture(ink: Ink) -> None:
    _cross(ink)
    sent, shown = (QImage.fromData(png) for png in (drawn(ink.told()).png, _taken(ink).png))
    mono = QImage.Format.Format_Mono
    assert sent.size().toTuple() == PICTURE_DOTS
    assert sent.convertToFormat(mono) == shown.convertToFormat(mono)


# --- Widgets


@pytest.fixture(params=["zh", "en"])
def pad(request: pytest.FixtureRequest, qtbot: QtBot) -> SignaturePad:
    """As a page shows it, in each language."""
    made = SignaturePad(catalogue(str(request.param)), "预授权 2,000.00")
    qtbot.addWidget(made)
    made.setStyleSheet(stylesheet(Modes()))
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def _sheet(pad: SignaturePad) -> QWidget:
    found = pad.findChild(QWidget, "sheet")
    assert isinstance(found, QWidget)
    return found


def _button(pad: SignaturePad, name: str) -> QPushButton:
    found = pad.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def _advice(pad: SignaturePad) -> str:
    found = pad.findChild(QLabel, "advice")
    assert isinstance(found, QLabel)
    return found.text() if found.isVisible() else ""


def _mouse_stroke(sheet: QWidget, *places: tuple[int, int]) -> None:
    first, *others = (QPoint(*place) for place in places)
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=first)
    for place in others:
        QTest.mouseMove(sheet, place)
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=others[-1] if others else first)


def _write(pad: SignaturePad) -> None:
    sheet = _sheet(pad)
    _mouse_stroke(sheet, (100, 60), (120, 200), (240, 60), (260, 220))
    _mouse_stroke(sheet, (300, 100), (420, 100), (420, 220))


def test_mouse_writes_and_done_hands_it_over_and_empties_the_pad(
    pad: SignaturePad, qtbot: QtBot
) -> None:
    _write(pad)
    assert pad.ink.strokes == 2
    with qtbot.waitSignal(pad.signed, timeout=1000) as heard:
        _button(pad, "done").click()
    assert heard.args is not None
    (signature,) = heard.args
    assert isinstance(signature, Signature)
    assert _black(signature) > 100
    assert pad.ink.strokes == 0


def test_done_without_a_signature_says_what_to_do_and_hands_nothing_over(
    pad: SignaturePad, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(pad.signed):
        _button(pad, "done").click()
        assert _advice(pad)
        _mouse_stroke(_sheet(pad), (100, 100))
        assert not _advice(pad)
        _button(pad, "done").click()
    assert _advice(pad)


def test_advice_moves_no_field(pad: SignaturePad) -> None:
    before = _sheet(pad).geometry()
    _button(pad, "done").click()
    QCoreApplication.processEvents()
    assert _sheet(pad).geometry() == before


def test_undo_and_clear_are_there_only_when_something_is_written(pad: SignaturePad) -> None:
    undo, clear = _button(pad, "undo"), _button(pad, "clear")
    assert not undo.isEnabled()
    assert not clear.isEnabled()
    _write(pad)
    undo.click()
    assert (pad.ink.strokes, clear.isEnabled()) == (1, True)
    clear.click()
    assert (pad.ink.strokes, undo.isEnabled()) == (0, False)


def test_language_changes_and_the_writing_stays(pad: SignaturePad) -> None:
    _write(pad)
    pad.set_words(catalogue("en"), "Pre-authorisation of ¥ 2,000.00")
    assert _button(pad, "done").text() == "I have signed"
    assert pad.ink.strokes == 2


def test_targets_are_large_enough_and_the_page_does_not_grow(pad: SignaturePad) -> None:
    assert pad.size().toTuple() == (900, 600)
    for name in ("undo", "clear", "done"):
        button = _button(pad, name)
        assert button.height() >= 72
        assert button.sizeHint().width() <= button.width()


def test_first_finger_writes_and_the_ball_of_the_hand_does_not(
    pad: SignaturePad, finger: QPointingDevice
) -> None:
    sheet = _sheet(pad)
    QTest.touchEvent(sheet, finger).press(0, QPoint(100, 60), sheet).commit()
    hand = QTest.touchEvent(sheet, finger)
    hand.move(0, QPoint(160, 160), sheet).press(1, QPoint(500, 200), sheet).commit()
    both = QTest.touchEvent(sheet, finger)
    both.move(0, QPoint(260, 60), sheet).move(1, QPoint(510, 210), sheet).commit()
    assert pad.ink.strokes == 1
    end = QTest.touchEvent(sheet, finger)
    end.release(0, QPoint(260, 60), sheet).release(1, QPoint(510, 210), sheet).commit()
    right = pad.ink.image(QColor("black")).copy(400, 0, 200, sheet.height())
    assert not any(bytes(right.constBits()))


def test_next_touch_is_the_next_stroke(pad: SignaturePad, finger: QPointingDevice) -> None:
    sheet = _sheet(pad)
    for x in (100, 200, 300):
        QTest.touchEvent(sheet, finger).press(0, QPoint(x, 60), sheet).commit()
        QTest.touchEvent(sheet, finger).move(0, QPoint(x, 220), sheet).commit()
        QTest.touchEvent(sheet, finger).release(0, QPoint(x, 220), sheet).commit()
    assert pad.ink.strokes == 3
    assert isinstance(pad.ink.taken(), Signature)


@pytest.fixture(scope="module")
def finger() -> QPointingDevice:
    """A touch screen."""
    return QTest.createTouchDevice()


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
    assert isinstance(ink.taken(), Signature)
    assert _seen(area) != empty
    ink.clear()
    assert _seen(area) == empty
