"""Ink: what a finger, pen or mouse writes on a screen, and the small picture that becomes of it.

No QML: `ui/parts/SignatureArea.qml` feeds it, and `ui/signature_image.py` shows it. Places are
pixels of an area of `width` x `height`, times are milliseconds of any clock. What a reader would
get wrong: lines are drawn again for the small picture, not shrunk, so they stay whole dots on
paper; and the ink is a person's: whoever took it clears it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import hypot

from PySide6.QtCore import (
    Property,
    QObject,
    QPointF,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from core.document import Picture
from core.ink import ink_text

PICTURE_DOTS = (384, 144)
"""Width and height on the slip: 48 mm of an 80 mm paper. The width is whole words of 32 dots."""
_MARGIN_DOTS = 6
_MAX_POINTS = 5_000
_SMALLEST_MOVE_PX = 1.0
_MAX_SCALE = 2.0
# widths are shares of the area's height, speeds are heights a second: a large pad writes the same
_THICK, _THIN = 1 / 45, 1 / 110
_SLOW, _FAST = 0.4, 5.0
_STEADY = 0.7
_SHORTEST_MS = 1
_BLACK = 128


class Fault(StrEnum):
    """Why this is not taken for a signature."""

    EMPTY = "empty"
    TOO_FEW_STROKES = "too_few_strokes"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True)
class Demands:
    """What a signature must at least have. `length`: of all strokes, in heights of the area."""

    strokes: int = 2
    length: float = 1.0


@dataclass(frozen=True, slots=True)
class Point:
    """One place of a stroke. `width`: of the line that leads here."""

    at: QPointF
    at_ms: int
    width: float


class Ink(QObject):
    """See the module. `changed` after every change."""

    changed = Signal()

    def __init__(self, width: float, height: float, demands: Demands | None = None) -> None:
        super().__init__()
        self._width, self._height = width, height
        self._demands = demands or Demands()
        self._strokes: list[list[Point]] = []
        self._writing = False
        self._room = _MAX_POINTS

    # --- what a hand does

    @Slot(float, float, "qlonglong")
    def press(self, x: float, y: float, at_ms: int) -> None:
        """A stroke begins. One at a time: a second finger is the ball of a hand."""
        if self._writing or self._room <= 0:
            return
        self._writing = True
        self._strokes.append([])
        self._add(x, y, at_ms)

    @Slot(float, float, "qlonglong")
    def move(self, x: float, y: float, at_ms: int) -> None:
        """It goes on; nothing when none began."""
        if not self._writing or self._room <= 0:
            return
        last = self._strokes[-1][-1].at
        if hypot(x - last.x(), y - last.y()) >= _SMALLEST_MOVE_PX:
            self._add(x, y, at_ms)

    @Slot()
    def lift(self) -> None:
        """The stroke is over."""
        self._writing = False

    @Slot()
    def undo(self) -> None:
        """The last stroke was never written."""
        if self._strokes:
            self._room += len(self._strokes.pop())
            self._writing = False
            self.changed.emit()

    @Slot()
    def clear(self) -> None:
        """Nothing was written at all."""
        self._strokes.clear()
        self._room, self._writing = _MAX_POINTS, False
        self.changed.emit()

    @Slot(float, float)
    def resize(self, width: float, height: float) -> None:
        """The area has another size; what is written there already keeps its share of it."""
        if (width, height) == (self._width, self._height) or min(width, height) <= 0:
            return
        x, y = width / self._width, height / self._height
        self._width, self._height = width, height
        self._strokes = [
            [Point(QPointF(p.at.x() * x, p.at.y() * y), p.at_ms, p.width * y) for p in stroke]
            for stroke in self._strokes
        ]
        self.changed.emit()

    # --- what is there

    @property
    def strokes(self) -> int:
        """How many."""
        return len(self._strokes)

    def _get_begun(self) -> bool:
        return bool(self._strokes)

    begun = Property(bool, _get_begun, notify=changed)

    @property
    def fault(self) -> Fault | None:
        """None: it may be taken."""
        if not self._strokes:
            return Fault.EMPTY
        if len(self._strokes) < self._demands.strokes:
            return Fault.TOO_FEW_STROKES
        if sum(map(_length, self._strokes)) < self._demands.length * self._height:
            return Fault.TOO_SHORT
        return None

    def taken(self) -> Picture | Fault:
        """The signature as it stands, for the slip; the ink stays until it is cleared."""
        return self.fault or _picture(self._drawn())

    @Slot(result=str)
    def told(self) -> str:
        """The signature as the text of `core/ink.py`; "" when it may not be taken yet."""
        taken = self.taken()
        if isinstance(taken, Fault):
            return ""
        begun_ms, share = self._strokes[0][0].at_ms, 1000 / self._height
        strokes = [
            [(round(p.at.x() * share), round(p.at.y() * share), p.at_ms - begun_ms) for p in stroke]
            for stroke in self._strokes
        ]
        return ink_text(taken, strokes)

    def paint(self, painter: QPainter, colour: QColor) -> None:
        """All strokes, in pixels of the area."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colour)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        for stroke in self._strokes:
            before = stroke[0]
            for point in stroke:
                pen.setWidthF(point.width)
                painter.setPen(pen)
                if point is before:
                    painter.drawPoint(point.at)
                else:
                    painter.drawLine(before.at, point.at)
                before = point

    def image(self, colour: QColor) -> QImage:
        """The area with nothing but the strokes, for QML."""
        whole = QImage(
            max(round(self._width), 1),
            max(round(self._height), 1),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        whole.fill(Qt.GlobalColor.transparent)
        painter = QPainter(whole)
        self.paint(painter, colour)
        painter.end()
        return whole

    # --- drawing

    def _add(self, x: float, y: float, at_ms: int) -> None:
        stroke = self._strokes[-1]
        at = QPointF(min(max(x, 0.0), self._width), min(max(y, 0.0), self._height))
        stroke.append(Point(at, at_ms, self._width_at(stroke, at, at_ms)))
        self._room -= 1
        self.changed.emit()

    def _width_at(self, stroke: list[Point], at: QPointF, at_ms: int) -> float:
        """Slow is thick and fast is thin, as ink is; changes are smooth."""
        if not stroke:
            return (_THICK + _THIN) / 2 * self._height
        last = stroke[-1]
        way = hypot(at.x() - last.at.x(), at.y() - last.at.y()) / self._height
        speed = way * 1000 / max(at_ms - last.at_ms, _SHORTEST_MS)
        share = min(max((speed - _SLOW) / (_FAST - _SLOW), 0.0), 1.0)
        wanted = (_THICK + (_THIN - _THICK) * share) * self._height
        return last.width * _STEADY + wanted * (1 - _STEADY)

    def _drawn(self) -> QImage:
        """All ink, black on white, as large as it fits into the picture."""
        ink = self._bounds()
        wide, high = (length - 2 * _MARGIN_DOTS for length in PICTURE_DOTS)
        scale = min(wide / ink.width(), high / ink.height(), _MAX_SCALE)
        image = QImage(*PICTURE_DOTS, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.translate(PICTURE_DOTS[0] / 2, PICTURE_DOTS[1] / 2)
        painter.scale(scale, scale)
        painter.translate(-ink.center())
        self.paint(painter, QColor(Qt.GlobalColor.black))
        painter.end()
        return image

    def _bounds(self) -> QRectF:
        whole = QRectF()
        for stroke in self._strokes:
            for point in stroke:
                half = point.width / 2
                corner = QPointF(half, half)
                whole = whole.united(QRectF(point.at - corner, point.at + corner))
        return whole


def _length(stroke: list[Point]) -> float:
    return sum(
        hypot(two.at.x() - one.at.x(), two.at.y() - one.at.y()) for one, two in pairwise(stroke)
    )


def _picture(grey: QImage) -> Picture:
    """1 = black, the leftmost dot in the highest bit."""
    wide, high = PICTURE_DOTS
    levels = bytes(grey.constBits())
    bits = "".join("1" if level < _BLACK else "0" for level in levels)
    return Picture(wide, int(bits, 2).to_bytes(wide * high // 8, "big"))
