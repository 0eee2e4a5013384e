"""What one state of the page consists of, and the sheet that the right side is made of.

A state is built once by a function `(look, step, say) -> Screen` and thrown away with the step;
it never changes with another step. `say(word, value)` is the only way out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cashier.pages.buttons import ActionButton, TwicePressed
from cashier.pages.fee_table import FeeView
from cashier.pages.look import Look
from cashier.pages.parts import label, scrolled, set_margins, wrapped
from cashier.pages.row_table import RowView

Say = Callable[[str, str], None]
"""Tells the journey a word of the step's `touched` and its value."""

SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Screen:
    """`primary`: what Enter and F8 press. `fields`: Enter goes to the first empty one of them.

    `choices`: what 1 to 9 press. `past`: what F4 goes to. `back`: the word Esc says, "" for none.
    """

    centre: QWidget
    side: QWidget
    back: str
    focus: QWidget | None = None
    primary: ActionButton | None = None
    fields: tuple[QLineEdit, ...] = ()
    choices: tuple[QPushButton, ...] = ()
    past: tuple[QPushButton, ...] = ()
    fees: FeeView | None = None
    rows: RowView | None = None

    @property
    def twice(self) -> TwicePressed | None:
        """The primary button, when it must be pressed twice."""
        return self.primary if isinstance(self.primary, TwicePressed) else None


class Sheet(QFrame):
    """A card with a title and a chip; `body` scrolls when it must, `foot` always stands."""

    def __init__(self, look: Look, title: str, chip: str = "", chip_role: str = "chip") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        whole = QVBoxLayout(self)
        set_margins(whole, look, 18, 14, 10)
        head = QHBoxLayout()
        head.setSpacing(look.px(10))
        head.addWidget(wrapped(title, "strong"), 1)
        if chip:
            head.addWidget(label(chip, chip_role), 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(head)
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(look.px(6 if look.compact else 10))
        whole.addWidget(scrolled(content), 1)
        self.foot = QVBoxLayout()
        self.foot.setSpacing(look.px(10))
        whole.addLayout(self.foot)


def field(
    look: Look, into: QVBoxLayout, name: str, title: str, *, password: bool = False
) -> QLineEdit:
    """A title and a line to type in."""
    above = label(title, "muted")
    into.addWidget(above)
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setFixedHeight(look.px(46))
    made.setMinimumWidth(0)
    if password:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    above.setBuddy(made)
    into.addWidget(made)
    return made
