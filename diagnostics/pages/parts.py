"""Parts of the page: buttons, tones with icon and word, facts side by side, fields to type in.

What a reader would get wrong: a push button knows nothing of a layout inside it, so each such
button has a fixed height and says its width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from diagnostics.pages.look import Look
from diagnostics.views import ICONS, TEXT_ROLES, Tone
from ui.widget_parts import label, wrapped

Say = Callable[[str, str], None]
"""Tells the journey a word of the step's `touched` and its value."""

_TOP = Qt.AlignmentFlag.AlignTop


def margins(layout: QBoxLayout, look: Look, across: int, down: int, spacing: int) -> None:
    """Margins and spacing of the desk layout."""
    layout.setContentsMargins(look.px(across), look.px(down), look.px(across), look.px(down))
    layout.setSpacing(look.px(spacing))


def tone_colour(look: Look, tone: Tone) -> str:
    """The colour of a tone's letters and icon."""
    c = look.colour
    colours = {Tone.GOOD: c.success, Tone.WARN: c.warning, Tone.BAD: c.danger}
    return colours.get(tone, c.ink_muted)


def picture(look: Look, name: str, colour: str, size: int) -> QLabel:
    """An icon; a word always stands beside it."""
    made = QLabel()
    made.setPixmap(look.icon(name, colour, size))
    made.setFixedSize(look.px(size), look.px(size))
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made


def toned(look: Look, tone: Tone, text: str, role: str = "") -> QWidget:
    """Icon and word in the colour of a tone."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look.px(6))
    row.addWidget(picture(look, ICONS[tone], tone_colour(look, tone), 20))
    words = label(text, role or TEXT_ROLES[tone])
    if role:
        words.setStyleSheet(f"color: {tone_colour(look, tone)};")
    row.addWidget(words)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made


def button(
    look: Look, name: str, text: str, on_press: Callable[[], None], *, role: str = "secondary"
) -> QPushButton:
    """One thing to do. `role`: primary, secondary, danger, quiet or bar."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(text)
    made.setProperty("role", role)
    made.setFixedHeight(look.target_px)
    made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    made.clicked.connect(lambda: on_press())
    return made


class RowButton(QPushButton):
    """A whole row to press. `inside` gets what stands on it."""

    def __init__(self, look: Look, name: str, title: str, role: str, height_px: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("role", role)
        self.setMinimumWidth(0)
        self.setFixedHeight(max(look.target_px, height_px))
        self.inside = QHBoxLayout(self)
        margins(self.inside, look, 10, 2, 8)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its words: a push button knows nothing of a layout inside it."""
        return QSize(self.inside.totalMinimumSize().width(), self.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self.height())


class Sheet(QFrame):
    """A card with a heading; `body` takes the rest, `beside` stands right of the heading."""

    def __init__(self, look: Look, title: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        margins(self.body, look, 18, 14, 10)
        self.beside = QHBoxLayout()
        self.beside.setSpacing(look.px(10))
        if title:
            head = QHBoxLayout()
            head.addWidget(wrapped(title, "title"), 1)
            head.addLayout(self.beside)
            self.body.addLayout(head)


def facts_grid(look: Look, facts: Iterable[tuple[str, str]], columns: int = 2) -> QGridLayout:
    """Names in grey, values beside them; long values wrap."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.px(14))
    grid.setVerticalSpacing(look.px(6))
    for index, (name, value) in enumerate(facts):
        row, column = divmod(index, columns)
        grid.addWidget(wrapped(name, "muted"), row, column * 2, _TOP)
        shown = wrapped(value or "-", "fact")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        grid.addWidget(shown, row, column * 2 + 1, _TOP)
    for column in range(columns):
        grid.setColumnStretch(column * 2, 2)
        grid.setColumnStretch(column * 2 + 1, 3)
    return grid


def field(look: Look, name: str, title: str, *, secret: bool = False) -> QLineEdit:
    """A line to type in; its title is the placeholder and the accessible name."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setPlaceholderText(title)
    made.setFixedHeight(look.target_px)
    made.setMinimumWidth(0)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def digits(line: QLineEdit, most: int) -> None:
    """Only digits, or nothing; a validator of numbers would swallow Enter on an empty line."""
    line.setValidator(QRegularExpressionValidator(f"[0-9]{{0,{most}}}", line))


def titled(title: str, inside: QWidget) -> QVBoxLayout:
    """A small title above a control."""
    made = QVBoxLayout()
    made.setSpacing(2)
    above = label(title, "muted")
    above.setBuddy(inside)
    made.addWidget(above)
    made.addWidget(inside)
    return made


def banner(look: Look, tone: Tone, text: str, name: str = "banner") -> QFrame:
    """A sentence that must be seen."""
    made = QFrame()
    made.setObjectName(name)
    made.setProperty("role", tone.value if tone is not Tone.UNSURE else "tint")
    row = QHBoxLayout(made)
    margins(row, look, 14, 10, 10)
    row.addWidget(picture(look, ICONS[tone], tone_colour(look, tone), 24))
    row.addWidget(wrapped(text, "strong"), 1)
    made.setAccessibleName(text)
    return made


def nothing(text: str) -> QWidget:
    """A sentence where a list would stand."""
    return wrapped(text, "muted")


def column() -> tuple[QWidget, QVBoxLayout]:
    """A widget whose parts stand under each other without margins."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    return made, layout
