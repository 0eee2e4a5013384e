"""What is pressed on the page: rows, ways to choose from, actions with their key, ticks.

A push button knows nothing of a layout inside it, so each has a fixed height and says its width.
What a reader would get wrong: `TwicePressed.clicked` decides nothing; connect `decided`.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout

from cashier.pages.look import Look
from cashier.pages.parts import RIGHT, Elided, key_cap, label, picture, set_margins
from ui.tokens import Motion


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
    """One of several ways; `reason` says why it is closed, "" when it is open. `low`: on one line,
    where there are many; `bare`: its title alone."""

    def __init__(
        self,
        look: Look,
        name: str,
        icon: str,
        title: str,
        hint: str,
        key: str,
        *,
        reason: str = "",
        low: bool = False,
        bare: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "pick")
        self.setAccessibleName(title)
        self.setAccessibleDescription(reason or hint)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setEnabled(not reason)
        self.setFixedHeight(look.px(42 if low else 60))
        colour = look.colour.ink_muted if reason else look.colour.primary
        row = QHBoxLayout(self)
        set_margins(row, look, 12, 2 if low else 4, 10)
        bare = bare and not reason
        if not bare:
            row.addWidget(picture(look, icon, colour, 24 if low else 28))
        if bare:
            row.addWidget(Elided(title, "strong"), 1)
        elif low:
            row.addWidget(label(title, "strong"))
            row.addWidget(Elided(reason or hint, "muted"), 1)
        else:
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
        if key:
            row.addWidget(key_cap(look, key, on_primary=on_colour))
        row.addStretch()
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its words: a push button knows nothing of a layout inside it."""
        inside = self.layout()
        assert inside is not None
        return QSize(inside.totalMinimumSize().width(), self.height())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSizeHint()

    def answer_to(self, key: str) -> None:
        """A key of its own, wherever the focus is; one that is held down counts once."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.click)

    def say(self, text: str) -> None:
        """Change the words."""
        self._text.setText(text)
        self.setAccessibleName(text)


class TickBox(QCheckBox):
    """A tick large enough to be seen from the chair."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(look.px(26), look.px(26))

    def hitButton(self, position: QPoint) -> bool:  # noqa: N802 - Qt's name
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        colour, side = self._look.colour, self._look.px(22)
        box = QRectF(2, 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked = self.isChecked()
        painter.setPen(QPen(QColor(colour.primary if checked else colour.line_strong), 2))
        painter.setBrush(QColor(colour.primary if checked else colour.surface))
        painter.drawRoundedRect(box, 5, 5)
        if checked:
            sign = self._look.icon("check", colour.on_primary, 18, 3.2)
            middle = box.center()
            painter.drawPixmap(
                round(middle.x() - sign.width() / 2), round(middle.y() - sign.height() / 2), sign
            )


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
