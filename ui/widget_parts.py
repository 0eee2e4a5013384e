"""Small parts of Widgets pages: labels that never widen them, cards, rules, scrolling.

Used by window and technician's mode; style comes from `ui/qss.py` by the property `role`. What a
reader would get wrong: Widgets grow a window silently when a text is too long. Texts whose length
nobody here decides (names, paths, summaries) are `Elided`; all others wrap.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QScrollArea, QSizePolicy, QWidget

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight | _MIDDLE


class Elided(QLabel):
    """One line that is cut with "…" instead of widening its parent; the tool tip has it all."""

    def __init__(self, text: str, role: str, align: Qt.AlignmentFlag = LEFT) -> None:
        super().__init__(text)
        self.setProperty("role", role)
        self.setAlignment(align | _MIDDLE)
        self.setToolTip(text)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        room = self.contentsRect()
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        mode = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), mode, room.width())
        painter.drawText(room, self.alignment(), shown)


def label(text: str, role: str = "", *, align: Qt.AlignmentFlag = LEFT) -> QLabel:
    """One line whose whole text always stands; only for short texts of our own and amounts."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setAlignment(align | _MIDDLE)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    if role.startswith("chip"):
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def wrapped(text: str, role: str = "", *, align: Qt.AlignmentFlag = LEFT) -> QLabel:
    """A sentence over as many lines as it needs."""
    made = label(text, role, align=align)
    made.setWordWrap(True)
    made.setMinimumWidth(1)
    return made


def card() -> QFrame:
    """A white sheet with round corners."""
    made = QFrame()
    made.setProperty("role", "card")
    return made


def rule() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setProperty("role", "rule")
    made.setFixedHeight(1)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it.

    Deletion waits for the event loop, because a button in it may be what called; the names are
    taken at once, so that nobody finds a control of the state before.
    """
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            for named in (widget, *widget.findChildren(QWidget)):
                named.setObjectName("")
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def scrolled(content: QWidget) -> QScrollArea:
    """Scrolls when there is too much; reached by Tab only then."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumHeight(0)
    content.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)

    def _on_range(lowest: int, highest: int) -> None:
        needed = highest > lowest
        policy = Qt.FocusPolicy.StrongFocus if needed else Qt.FocusPolicy.NoFocus
        area.setFocusPolicy(policy)

    area.verticalScrollBar().rangeChanged.connect(_on_range)
    return area
