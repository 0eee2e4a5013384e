"""Things that can be pressed and look like what they are: a card, a note, a telephone.

Talks to Qt. What a reader would get wrong: it is an ordinary push button to keyboard and screen
reader; only its painting is its own.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from sandbox.workbench.painting import THING_LETTER_PX, Paint
from ui.tokens import FONT, LIGHT

THING_HEIGHT, LETTERS_ASIDE = 36, 34


class Thing(QPushButton):
    """Something that can be pressed and looks like what it is."""

    def __init__(
        self,
        name: str,
        words: str,
        paint: Paint,
        parent: QWidget | None = None,
        aside: int = LETTERS_ASIDE,
    ) -> None:
        """`aside`: how many pixels of its width are not for words."""
        super().__init__(words, parent)
        self._paint, self._aside = paint, aside
        self._size: QSize | None = None
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setProperty("role", "thing")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def lie(self, rect: QRect) -> None:
        """Lie at that place of the part."""
        self._size = rect.size()
        self.setFixedSize(rect.size())
        self.move(rect.topLeft())

    def become(self, paint: Paint, words: str) -> None:
        """Look like something else."""
        self._paint = paint
        self.setText(words)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Room for the words beside the picture."""
        if self._size is not None:
            return self._size
        font = QFont(FONT)
        font.setPixelSize(THING_LETTER_PX)
        font.setBold(True)
        words = QFontMetrics(font).horizontalAdvance(self.text())
        return QSize(words + self._aside, THING_HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """The same: a thing is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """The thing itself; pale when it cannot be pressed, framed under the pointer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect().adjusted(1, 1, -1, -1)
        if self.isDown():
            rect.translate(0, 1)
        painter.setOpacity(1.0 if self.isEnabled() else 0.38)
        self._paint(painter, rect, self.text())
        if self.isEnabled() and (self.underMouse() or self.hasFocus()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(LIGHT.focus), 2))
            painter.drawRoundedRect(rect, 5, 5)
        painter.end()
