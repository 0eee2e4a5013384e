"""How the things of the machine are painted: cards, notes, papers, slots, lamps, telephones.

Talks to Qt's painter alone. What a reader would get wrong: colours of notes and cards are those of
the things themselves, not of the design tokens, because a person knows a red hundred by its red.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QLinearGradient, QPainter, QPen, QPixmap

from ui.tokens import FONT, LIGHT

Paint = Callable[[QPainter, QRect, str], None]

NOTE_COLOURS = {
    100: "#8A8F3C",
    500: "#7C5A96",
    1000: "#3B6FA5",
    2000: "#9C6B36",
    5000: "#2F7F5C",
    10000: "#B5383F",
}
THING_LETTER_PX = 12
ID_BLUE, ID_GREEN, ID_GOLD, ID_GREY = "#5B9BD5", "#4C9A86", "#B08A3E", "#8A96A0"
CARD_TEAL, CARD_RED, CARD_BLUE, CARD_GOLD = "#0B7A6E", "#A83A3A", "#2B5FA8", "#9A7B2E"
_PATTERN = (0b1110101, 0b1000100, 0b1011101, 0b0010010, 0b1110111, 0b1001001, 0b1010111)


class Lamp(Enum):
    """What the little lamp of a part says."""

    MISSING = "#9AA9B3"
    OFF = "#4A5963"
    WELL = "#2FA36B"
    ASKS = "#E08A00"
    BAD = "#C62F2F"


def text(
    painter: QPainter,
    rect: QRect,
    words: str,
    colour: str,
    size: int = 11,
    *,
    bold: bool = False,
    flags: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
) -> None:
    """Words in a box, cut with dots when there is no room for a word."""
    font = QFont(FONT)
    font.setPixelSize(size)
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    wrapped = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
    if painter.fontMetrics().boundingRect(rect, int(flags) | wrapped, words).height() <= (
        rect.height()
    ):
        painter.drawText(rect, int(flags) | wrapped, words)
        return
    short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(flags), short)


def box(
    painter: QPainter, rect: QRect, fill: str | QLinearGradient, edge: str, radius: float = 6
) -> None:
    """A rounded box."""
    painter.setBrush(QBrush(fill if isinstance(fill, QLinearGradient) else QColor(fill)))
    painter.setPen(QPen(QColor(edge), 1))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def slit(painter: QPainter, rect: QRect) -> None:
    """A dark mouth into which something goes."""
    shade = QLinearGradient(QPointF(rect.topLeft()), QPointF(rect.bottomLeft()))
    shade.setColorAt(0, QColor("#05090C"))
    shade.setColorAt(1, QColor(LIGHT.machine_glass))
    box(painter, rect, shade, "#05090C", rect.height() / 2)


def lamp(painter: QPainter, centre: QPointF, colour: str, radius: float, *, lit: bool) -> None:
    """A round lamp; a lit one has a halo."""
    base = QColor(colour)
    if lit:
        halo = QColor(base)
        halo.setAlpha(70)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(halo)
        painter.drawEllipse(centre, radius + 3, radius + 3)
    painter.setPen(QPen(base.darker(130), 1))
    painter.setBrush(base if lit else QColor(LIGHT.machine_glass))
    painter.drawEllipse(centre, radius, radius)


def card(colour: str) -> Paint:
    """A plastic card with a chip."""

    def paint(painter: QPainter, rect: QRect, words: str) -> None:
        shade = QLinearGradient(QPointF(rect.topLeft()), QPointF(rect.bottomRight()))
        shade.setColorAt(0, QColor(colour).lighter(112))
        shade.setColorAt(1, QColor(colour).darker(115))
        box(painter, rect, shade, QColor(colour).darker(150).name(), 5)
        chip = QRect(rect.left() + 6, rect.top() + 6, 10, 8)
        box(painter, chip, "#E7C873", "#A8873A", 2)
        inner = rect.adjusted(18, 1, -4, -1)
        text(painter, inner, words, "#FFFFFF", 12, bold=True)

    return paint


def document(colour: str, *, damaged: bool = False) -> Paint:
    """An identity document: a face at the left, the name beside it."""

    def paint(painter: QPainter, rect: QRect, words: str) -> None:
        box(painter, rect, "#F4F8FB", colour, 5)
        band = QRect(rect.left() + 1, rect.top() + 1, rect.width() - 2, 6)
        painter.fillRect(band, QColor(colour))
        face = QPointF(rect.left() + 14, rect.top() + rect.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(face, 5, 5)
        painter.drawPie(QRectF(face.x() - 8, face.y() + 4, 16, 18), 0, 180 * 16)
        text(painter, rect.adjusted(26, 8, -3, -2), words, LIGHT.ink, 12, bold=True)
        if damaged:
            painter.setPen(QPen(QColor(LIGHT.danger), 1.5))
            middle = rect.center().x()
            points = (rect.top(), rect.top() + 14, rect.top() + 22, rect.bottom())
            xs = (middle, middle - 5, middle + 3, middle - 4)
            for place in range(3):
                painter.drawLine(xs[place], points[place], xs[place + 1], points[place + 1])

    return paint


def note(denomination_fen: int) -> Paint:
    """A banknote."""
    colour = NOTE_COLOURS[denomination_fen]

    def paint(painter: QPainter, rect: QRect, words: str) -> None:
        shade = QLinearGradient(QPointF(rect.topLeft()), QPointF(rect.topRight()))
        shade.setColorAt(0, QColor(colour))
        shade.setColorAt(0.5, QColor(colour).lighter(125))
        shade.setColorAt(1, QColor(colour))
        box(painter, rect, shade, QColor(colour).darker(150).name(), 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("#FFFFFF"), 1))
        painter.drawRoundedRect(QRectF(rect).adjusted(3.5, 3.5, -3.5, -3.5), 2, 2)
        text(painter, rect, words, "#FFFFFF", 15, bold=True)

    return paint


def telephone(colour: str) -> Paint:
    """A telephone that shows a square code; the words beside it."""

    def paint(painter: QPainter, rect: QRect, words: str) -> None:
        box(painter, rect, LIGHT.surface, LIGHT.line_strong, 7)
        body = QRect(rect.left() + 5, rect.top() + 3, 17, rect.height() - 6)
        box(painter, body, "#1B2932", "#1B2932", 4)
        side = min(13, body.height() - 6)
        code(painter, QRect(body.left() + 2, body.center().y() - side // 2, 13, 13), colour)
        text(painter, rect.adjusted(25, 1, -3, -1), words, LIGHT.primary, 12, bold=True)

    return paint


def code(painter: QPainter, rect: QRect, colour: str) -> None:
    """The look of a square code; it says nothing."""
    painter.fillRect(rect, QColor("#FFFFFF"))
    cell = rect.width() / len(_PATTERN)
    for y, row in enumerate(_PATTERN):
        for x in range(len(_PATTERN)):
            if row >> x & 1:
                painter.fillRect(
                    QRectF(rect.left() + x * cell, rect.top() + y * cell, cell, cell),
                    QColor(colour),
                )


def paper(painter: QPainter, rect: QRect, picture: QPixmap | None = None) -> None:
    """A strip of paper that hangs out, with its last printed lines."""
    shade = QLinearGradient(QPointF(rect.topLeft()), QPointF(rect.bottomLeft()))
    shade.setColorAt(0, QColor("#C9D3D9"))
    shade.setColorAt(0.25, QColor("#FFFFFF"))
    painter.fillRect(rect, shade)
    painter.setPen(QPen(QColor(LIGHT.line), 1))
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    if picture is not None and not picture.isNull():
        smooth = Qt.TransformationMode.SmoothTransformation
        small = picture.scaledToWidth(rect.width() - 6, smooth)
        shown = min(small.height(), rect.height() - 6)
        painter.drawPixmap(rect.left() + 3, rect.top() + 5, small, 0, 0, small.width(), shown)


def booklet(painter: QPainter, rect: QRect, words: str) -> None:
    """A medical record booklet."""
    box(painter, rect, "#E9C46A", "#9A7B2E", 2)
    painter.fillRect(
        QRect(rect.left() + 3, rect.top() + 1, 2, rect.height() - 2), QColor("#9A7B2E")
    )
    text(painter, rect.adjusted(6, 0, -1, 0), words, "#4A3A10", 11, bold=True)
