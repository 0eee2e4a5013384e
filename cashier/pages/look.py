"""How the page looks in one language on one size of screen: words, colours, sizes, style sheet.

Built on `ui/tokens.py`, `ui/icons.py` and `ui/qss.py`. What a reader would get wrong: sizes here
are those of a 1920x1080 desk screen, half an arm away; they are not the kiosk's, and a smaller
screen gets all of them scaled at once. A part is built for one Look and never changes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPixmap

from core.billing import Text
from core.catalogue import Catalogue
from ui import icons, qss
from ui.desk_look import COMPACT_BELOW_PX, DeskLook
from ui.text import in_language
from ui.tokens import FONT, Modes

_COMPACT = 0.8
_LIST_STRIPE = "#F8FAFC"


@dataclass(frozen=True, slots=True)
class Look(DeskLook):
    """With what only a window draws."""

    def text(self, text: Text) -> str:
        """A name of the backend's in this language."""
        return in_language(text, self.words.language)

    def icon(self, name: str, colour: str, size: int, stroke: float = 2.0) -> QPixmap:
        """An icon for a QLabel."""
        return icons.pixmap(name, colour, self.px(size), stroke)

    @property
    def compact(self) -> bool:
        """A small screen: what can be left out is left out."""
        return self.scale < 1

    @property
    def font(self) -> str:
        """The family of all text."""
        return FONT

    @property
    def stripe(self) -> QColor:
        """The ground of every second row."""
        return QColor(_LIST_STRIPE)


def look_for(words: Catalogue, width_px: int) -> Look:
    """The look on a window of this width."""
    return Look(words, _COMPACT if width_px < COMPACT_BELOW_PX else 1.0)


def stylesheet(look: Look) -> str:
    """The shared style and, after it, what only this page has."""
    return "\n".join((qss.stylesheet(Modes()), _text(look), _boxes(look), _buttons(look)))


def _text(look: Look) -> str:
    size, c = look.text_px, look.colour
    roles = {
        "brand": f"font-size: {size(19)}px; font-weight: 700; color: {c.on_hero};",
        "on_bar": f"font-size: {size(19)}px; font-weight: 700; color: {c.on_hero};",
        "on_bar_muted": f"font-size: {size(15)}px; color: {c.hero_muted};",
        "strong": f"font-size: {size(17)}px; font-weight: 700;",
        "muted": f"font-size: {size(15)}px; color: {c.ink_muted};",
        "name": f"font-size: {size(26)}px; font-weight: 700;",
        "number": f"font-size: {size(18)}px; font-weight: 700;",
        "total": f"font-size: {size(22)}px; font-weight: 700;",
        "due": f"font-size: {look.px(54)}px; font-weight: 700; color: {c.primary};",
        "due_long": f"font-size: {look.px(38)}px; font-weight: 700; color: {c.primary};",
        "headline": f"font-size: {size(34)}px; font-weight: 700;",
        "advice": f"font-size: {size(20)}px; color: {c.ink_muted};",
        "in_words": f"font-size: {size(20)}px; font-weight: 700; color: {c.warning};",
        "action": f"font-size: {size(20)}px; font-weight: 700; color: {c.on_primary};",
        "said": f"font-size: {size(16)}px; color: {c.ink}; font-weight: 700;",
        "copy": f"font-size: {size(16)}px; color: {c.on_primary};",
        "copy_advice": f"font-size: {size(17)}px; font-weight: 700; color: {c.on_primary};",
        "copy_amount": f"font-size: {look.px(38)}px; font-weight: 700; color: {c.on_primary};",
        "copy_amount_long": f"font-size: {look.px(32)}px; font-weight: 700; color: {c.on_primary};",
        "alert": f"font-size: {size(16)}px; font-weight: 700; color: {c.warning};",
        "key": f"font-size: {size(13)}px; padding: 0 5px;",
        "key_on": f"font-size: {size(14)}px; font-weight: 700; color: {c.on_primary};"
        f" border: 1px solid {c.hero_line}; border-radius: 6px; padding: 0 8px;"
        " background: transparent;",
        "chip": f"font-size: {size(15)}px;",
        "chip_good": f"font-size: {size(15)}px; font-weight: 700; color: {c.success};"
        f" background: {c.success_tint}; border-radius: 6px; padding: 1px 8px;",
        "chip_warn": f"font-size: {size(15)}px; font-weight: 700; color: {c.warning};"
        f" background: {c.warning_tint}; border-radius: 6px; padding: 1px 8px;",
    }
    rules = "\n".join(f'QLabel[role="{role}"] {{ {rule} }}' for role, rule in roles.items())
    off = f'QLabel[role="action"]:disabled {{ color: {c.ink_muted}; }}'
    off += f'\nQLabel[role="key_on"]:disabled {{ color: {c.ink_muted}; }}'
    return f"QLabel {{ font-size: {size(16)}px; }}\n{rules}\n{off}"


def _boxes(look: Look) -> str:
    c, size = look.colour, look.text_px
    return f"""
QFrame[role="foot"] {{ background: {c.surface_alt}; border: none;
  border-top: 1px solid {c.line}; border-bottom-left-radius: 12px;
  border-bottom-right-radius: 12px; }}
QFrame[role="copy"] {{ background: {c.primary}; border: none; border-radius: 10px; }}
QFrame[role="veil"] {{ background: {c.backdrop}; border: none; }}
QFrame[role="round"] {{ background: {c.primary_tint}; border: none;
  border-radius: {look.px(34)}px; }}
QTableView {{ font-size: {size(16)}px; border: none; outline: 0; }}
QTableView:focus {{ border: 2px solid {c.focus}; }}
QTableView#rows::item {{ padding: 0 {look.px(10)}px; }}
QTableView#rows::item:selected {{ background: {c.primary_tint}; color: {c.ink}; }}
QTableView#rows::indicator {{ width: {look.px(20)}px; height: {look.px(20)}px; }}
QHeaderView::section {{ font-size: {size(15)}px; padding: 0 {look.px(10)}px; }}
QLineEdit {{ font-size: {size(17)}px; border-radius: {look.px(8)}px; padding: 4px 10px; }}
QLineEdit:disabled {{ color: {c.ink_muted}; background: {c.surface_alt}; }}
QLineEdit#scan {{ font-size: {size(19)}px; padding: 0 {look.px(58)}px 0 {look.px(48)}px; }}
QToolTip {{ font-size: {size(15)}px; }}"""


def _buttons(look: Look) -> str:
    c, radius = look.colour, look.px(10)
    return f"""
QPushButton[role="row"] {{ background: transparent; border: none; border-radius: 0;
  border-bottom: 1px solid {c.line}; text-align: left; }}
QPushButton[role="row"]:hover:enabled {{ background: {c.surface_alt}; }}
QPushButton[role="row"]:pressed {{ background: {c.primary_tint}; }}
QPushButton[role="row"]:focus {{ border: 3px solid {c.focus}; border-radius: {radius}px; }}
QPushButton[role="row"][now="true"] {{ background: {c.primary_tint};
  border-left: 4px solid {c.primary}; }}
QPushButton[role="row"]:disabled {{ border: none; border-bottom: 1px solid {c.line};
  background: transparent; }}
QPushButton[role="row"][now="true"]:disabled {{ background: {c.primary_tint};
  border-left: 4px solid {c.primary}; }}
QPushButton[role="pick"] {{ background: {c.surface}; border: 2px solid {c.line_strong};
  border-radius: {radius}px; padding: 0; }}
QPushButton[role="pick"]:checked {{ background: {c.primary_tint};
  border: 2px solid {c.primary}; }}
QPushButton[role="pick"]:focus {{ border: 3px solid {c.focus}; }}
QPushButton[role="pick"]:disabled {{ background: {c.surface_alt};
  border: 2px dashed {c.line_strong}; }}
QPushButton[role="primary"] {{ border-radius: {radius + 2}px; padding: 0; }}
QPushButton[role="primary"]:focus {{ border: 3px solid {c.focus}; }}
QPushButton[role="primary"][armed="true"] {{ background: {c.warning}; border-color: {c.warning}; }}
QPushButton[role="quiet"] {{ padding: 0; border-radius: {radius}px;
  border: 2px solid {c.line_strong}; }}
QPushButton[role="quiet"]:focus {{ border: 3px solid {c.focus}; }}
QPushButton[role="bar"] {{ background: transparent; border: 1px solid {c.hero_line};
  border-radius: {radius}px; padding: 0; }}
QPushButton[role="bar"]:focus {{ border: 3px solid {c.focus}; }}
QPushButton[role="bar"]:disabled {{ background: transparent; border: 1px dashed {c.hero_line}; }}
* {{ font-family: "{FONT}"; }}"""
