"""Small parts of the page: labels that never widen it, key caps, cards, banners.

What a reader would get wrong: Widgets grow a window silently when a text is too long. Texts whose
length nobody here decides (names, departments, summaries) are `Elided`; all others wrap.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from cashier.pages.look import Look

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft
_LONG_AMOUNT = len("¥ 99,999.99")
RIGHT = Qt.AlignmentFlag.AlignRight | _MIDDLE


class Elided(QLabel):
    """One line that is cut with "…" instead of widening its parent; the tool tip has it all."""

    def __init__(self, text: str, role: str, align: Qt.AlignmentFlag = _LEFT) -> None:
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


def label(text: str, role: str = "", *, align: Qt.AlignmentFlag = _LEFT) -> QLabel:
    """One line whose whole text always stands; only for short texts of our own and amounts."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setAlignment(align | _MIDDLE)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    if role.startswith("chip"):
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def amount_label(text: str, role: str) -> QLabel:
    """A large amount: never cut, smaller from a hundred thousand yuan on."""
    size = f"{role}_long" if len(text) > _LONG_AMOUNT else role
    return label(text, size, align=RIGHT if role == "due" else _LEFT)


def wrapped(text: str, role: str = "", *, align: Qt.AlignmentFlag = _LEFT) -> QLabel:
    """A sentence over as many lines as it needs."""
    made = label(text, role, align=align)
    made.setWordWrap(True)
    made.setMinimumWidth(1)
    return made


def key_cap(look: Look, key: str, *, on_primary: bool = False) -> QLabel:
    """A key as it stands on the keyboard."""
    made = label(key, "key_on" if on_primary else "key", align=Qt.AlignmentFlag.AlignHCenter)
    made.setMinimumWidth(look.px(28))
    made.setFixedHeight(look.px(26))
    return made


def picture(look: Look, name: str, colour: str, size: int) -> QLabel:
    """An icon; a word always stands beside it."""
    made = QLabel()
    made.setPixmap(look.icon(name, colour, size))
    made.setFixedSize(look.px(size), look.px(size))
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
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


def set_margins(layout: QBoxLayout, look: Look, across: int, down: int, spacing: int) -> None:
    """Margins and spacing of the 1920 layout."""
    layout.setContentsMargins(look.px(across), look.px(down), look.px(across), look.px(down))
    layout.setSpacing(look.px(spacing))


def banner(look: Look, kind: str, text: str) -> QFrame:
    """A sentence that must be seen. `kind`: warning, danger or success."""
    made = QFrame()
    made.setProperty("role", kind)
    row = QHBoxLayout(made)
    set_margins(row, look, 10, 6, 8)
    colour = {"warning": look.colour.warning, "danger": look.colour.danger}
    name = "circle-check" if kind == "success" else "alert-triangle"
    row.addWidget(picture(look, name, colour.get(kind, look.colour.success), 22))
    row.addWidget(wrapped(text, "said"), 1)
    made.setAccessibleName(text)
    return made


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
