"""Small parts of the page that are built for a Look: key caps, pictures, amounts, banners.

What every page of Widgets has stands in `ui/widget_parts.py` and is handed on from here.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel

from cashier.pages.look import Look
from ui.widget_parts import LEFT, RIGHT, Elided, card, clear, label, rule, scrolled, wrapped

__all__ = [
    "RIGHT",
    "Elided",
    "amount_label",
    "banner",
    "card",
    "clear",
    "key_cap",
    "label",
    "picture",
    "rule",
    "scrolled",
    "set_margins",
    "wrapped",
]

_LONG_AMOUNT = len("¥99,999.99")


def amount_label(text: str, role: str) -> QLabel:
    """A large amount: never cut, smaller from a hundred thousand yuan on."""
    size = f"{role}_long" if len(text) > _LONG_AMOUNT else role
    return label(text, size, align=RIGHT if role == "due" else LEFT)


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
