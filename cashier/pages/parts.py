"""Small parts of the page: labels that never widen it, key caps, cards and buttons.

What a reader would get wrong: Widgets grow a window silently when a text is too long. Texts whose
length nobody here decides (names, departments, summaries) are `Elided`; all others wrap.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cashier.pages.look import Look
from ui.tokens import Motion

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft
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
    return made


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
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setObjectName("")
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


class RowButton(QPushButton):
    """A whole row to press: two lines of text, an amount on the right, a key cap."""

    def __init__(
        self, look: Look, name: str, head: str, below: str, amount: str, *, key: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "row")
        self.setAccessibleName(f"{head} {amount}")
        self.setAccessibleDescription(below)
        self.setFixedHeight(look.px(70))
        row = QHBoxLayout(self)
        set_margins(row, look, 16, 6, 8)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch()
        texts.addWidget(Elided(head, "strong"))
        texts.addWidget(Elided(below, "muted"))
        texts.addStretch()
        row.addLayout(texts, 1)
        side = QVBoxLayout()
        side.setSpacing(look.px(2))
        side.addStretch()
        side.addWidget(label(amount, "number", align=RIGHT))
        if key:
            side.addWidget(key_cap(look, key), alignment=RIGHT)
        side.addStretch()
        row.addLayout(side)


class PickButton(QPushButton):
    """One of several ways; `reason` says why it is closed, "" when it is open."""

    def __init__(
        self, look: Look, name: str, icon: str, title: str, hint: str, key: str, *, reason: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "pick")
        self.setAccessibleName(title)
        self.setAccessibleDescription(reason or hint)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setEnabled(not reason)
        self.setFixedHeight(look.px(72))
        colour = look.colour.ink_muted if reason else look.colour.primary
        row = QHBoxLayout(self)
        set_margins(row, look, 12, 4, 10)
        row.addWidget(picture(look, icon, colour, 28))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch()
        texts.addWidget(Elided(title, "strong"))
        texts.addWidget(Elided(reason or hint, "muted"))
        texts.addStretch()
        row.addLayout(texts, 1)
        if key:
            row.addWidget(key_cap(look, key))


class ActionButton(QPushButton):
    """The one thing to do next, with its key. `role`: primary, quiet or bar."""

    def __init__(
        self, look: Look, name: str, text: str, key: str, *, role: str = "primary", icon: str = ""
    ) -> None:
        super().__init__()
        self._look = look
        self.setObjectName(name)
        self.setProperty("role", role)
        self.setFixedHeight(look.px(68 if role == "primary" else 46))
        on_colour = role in ("primary", "bar")
        row = QHBoxLayout(self)
        set_margins(row, look, 12, 4, 10)
        row.addStretch()
        if icon:
            colour = look.colour.on_primary if on_colour else look.colour.ink
            row.addWidget(picture(look, icon, colour, 24))
        text_role = {"primary": "action", "bar": "on_bar_muted"}.get(role, "strong")
        self._text = label(text, text_role)
        row.addWidget(self._text)
        row.addWidget(key_cap(look, key, on_primary=on_colour))
        row.addStretch()
        self.setAccessibleName(text)

    def say(self, text: str) -> None:
        """Change the words."""
        self._text.setText(text)
        self.setAccessibleName(text)


class TwicePressed(ActionButton):
    """For what cannot be taken back: the first press arms it, the second one decides.

    A second press within `Motion.rest` ms of the first is a bouncing key and is ignored; the
    property "ready" turns true when the second press will count.
    """

    decided = Signal()
    armed = Signal(bool)

    def __init__(self, look: Look, name: str, first: str, second: str, key: str) -> None:
        super().__init__(look, name, first, key, icon="check")
        self._first, self._second = first, second
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(Motion().rest)
        self._rest.timeout.connect(self._on_rested)
        self.setProperty("ready", False)
        self.setProperty("armed", False)
        self.clicked.connect(self._on_clicked)

    @property
    def is_armed(self) -> bool:
        """The first press was made."""
        return bool(self.property("armed"))

    def disarm(self) -> None:
        """Back to before the first press."""
        self._rest.stop()
        self._draw(armed=False)

    def _on_clicked(self) -> None:
        if not self.is_armed:
            self._draw(armed=True)
            self._rest.start()
        elif self.property("ready"):
            self.decided.emit()

    def _on_rested(self) -> None:
        self.setProperty("ready", True)

    def _draw(self, *, armed: bool) -> None:
        self.setProperty("ready", False)
        self.setProperty("armed", armed)
        self.say(self._second if armed else self._first)
        self.style().unpolish(self)
        self.style().polish(self)
        self.armed.emit(armed)
