"""How the technician's page looks in one language on one screen: words, colours, sizes, style.

What a reader would get wrong: a touch screen is not a small desk: everything that is pressed is
72 pixels high there and letters are larger, because he stands and wears gloves. A part is built
for one Look and never changes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QPixmap

from core.catalogue import Catalogue
from ui import icons, qss
from ui.desk_look import COMPACT_BELOW_PX, DeskLook
from ui.tokens import FONT, Modes

_COMPACT, _TOUCH = 0.85, 1.25
_ARROW = (icons.FOLDER / "chevron-down.svg").as_posix()
_TARGET_PX, _TOUCH_TARGET_PX = 48, 72


@dataclass(frozen=True, slots=True)
class Look(DeskLook):
    """`touch`: at a kiosk, by finger."""

    touch: bool = False
    width_px: int = 1920

    @property
    def target_px(self) -> int:
        """Least height of whatever is pressed."""
        return _TOUCH_TARGET_PX if self.touch else _TARGET_PX

    @property
    def side_px(self) -> int:
        """Width of the column of alarms and devices."""
        return 340 if self.touch else self.px(340)

    @property
    def tab_columns(self) -> int:
        """Tabs in one row."""
        return 11 if self.width_px >= COMPACT_BELOW_PX else 6

    def icon(self, name: str, colour: str, size: int) -> QPixmap:
        """An icon for a QLabel."""
        return icons.pixmap(name, colour, self.px(size))


def look_for(words: Catalogue, width_px: int, *, touch: bool) -> Look:
    """The look on a window of this width."""
    small = _COMPACT if width_px < COMPACT_BELOW_PX else 1.0
    return Look(words, _TOUCH if touch else small, touch, width_px)


def stylesheet(look: Look) -> str:
    """The shared style and, after it, what only this page has."""
    return "\n".join((qss.stylesheet(Modes()), _text(look), _boxes(look), _buttons(look)))


def _text(look: Look) -> str:
    size, c = look.text_px, look.colour
    roles = {
        "on_bar": f"font-size: {size(18)}px; font-weight: 700; color: {c.on_hero};",
        "on_bar_muted": f"font-size: {size(15)}px; color: {c.hero_muted};",
        "title": f"font-size: {size(22)}px; font-weight: 700;",
        "strong": f"font-size: {size(16)}px; font-weight: 700;",
        "muted": f"font-size: {size(15)}px; color: {c.ink_muted};",
        "caption": f"font-size: {size(13)}px; font-weight: 700; color: {c.ink_muted};",
        "verdict": f"font-size: {size(20)}px; font-weight: 700;",
        "instruction": f"font-size: {size(24)}px; font-weight: 700; color: {c.primary};",
        "number": f"font-size: {size(28)}px; font-weight: 700;",
        "fact": f"font-size: {size(15)}px;",
    }
    for role, colour in (("good", c.success), ("warn", c.warning), ("bad", c.danger)):
        roles[role] = f"font-size: {size(15)}px; font-weight: 700; color: {colour};"
    rules = "\n".join(f'QLabel[role="{role}"] {{ {rule} }}' for role, rule in roles.items())
    return f"QLabel {{ font-size: {size(15)}px; }}\n{rules}"


def _boxes(look: Look) -> str:
    c, size = look.colour, look.text_px
    return f"""
QFrame[role="side"] {{ background: {c.surface}; border: none;
  border-right: 1px solid {c.line}; }}
QFrame[role="inset"] {{ background: {c.surface_alt}; border: 1px solid {c.line};
  border-radius: 8px; }}
QTableView {{ font-size: {size(15)}px; border: none; outline: 0; }}
QTableView:focus {{ border: 2px solid {c.focus}; }}
QHeaderView::section {{ font-size: {size(14)}px; padding: 0 {look.px(8)}px; }}
QLineEdit, QPlainTextEdit, QComboBox {{ font-size: {size(16)}px; padding: 4px 10px; }}
QComboBox::drop-down {{ border: none; width: {look.px(34)}px; }}
QComboBox::down-arrow {{ image: url("{_ARROW}"); width: {look.px(18)}px;
  height: {look.px(18)}px; }}
QLineEdit[role="count"] {{ font-size: {size(22)}px; font-weight: 700; }}
QToolTip {{ font-size: {size(14)}px; }}
QScrollBar:vertical {{ background: transparent; width: {14 if look.touch else 10}px; }}
QScrollBar::handle:vertical {{ background: {c.line_strong}; border-radius: 5px;
  min-height: 48px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}"""


def _buttons(look: Look) -> str:
    c, size = look.colour, look.text_px
    return f"""
QPushButton {{ font-size: {size(16)}px; padding: 4px {look.px(16)}px; border-radius: 8px; }}
QPushButton[role="row"] {{ background: transparent; border: 2px solid transparent;
  border-radius: 8px; text-align: left; padding: 0; }}
QPushButton[role="row"]:hover {{ background: {c.surface_alt}; }}
QPushButton[role="row"]:pressed {{ background: {c.primary_tint}; }}
QPushButton[role="row"][now="true"] {{ background: {c.primary_tint};
  border-left: 4px solid {c.primary}; }}
QPushButton[role="row"]:focus {{ border: 2px solid {c.focus}; }}
QPushButton[role="alarm"] {{ background: {c.danger_tint}; border: 1px solid {c.danger};
  border-radius: 8px; text-align: left; padding: 0; }}
QPushButton[role="alarm_low"] {{ background: {c.warning_tint}; border: 1px solid {c.warning};
  border-radius: 8px; text-align: left; padding: 0; }}
QPushButton[role="alarm"]:focus, QPushButton[role="alarm_low"]:focus {{
  border: 3px solid {c.focus}; }}
QPushButton[role="tab"] {{ background: transparent; color: {c.ink_muted}; border: none;
  border-bottom: 3px solid transparent; border-radius: 0; padding: 0 4px;
  font-size: {size(15)}px; }}
QPushButton[role="tab"]:hover {{ background: {c.surface_alt}; }}
QPushButton[role="tab"][now="true"] {{ color: {c.primary};
  border-bottom: 3px solid {c.primary}; }}
QPushButton[role="tab"]:focus {{ border: 2px solid {c.focus}; border-radius: 6px; }}
QPushButton[role="bar"] {{ background: transparent; color: {c.on_hero};
  border: 1px solid {c.hero_line}; }}
QPushButton[role="bar"]:focus {{ border: 3px solid {c.focus}; }}
QPushButton[role="bar"]:disabled {{ color: {c.hero_muted}; background: transparent; }}
QPushButton[role="secondary"]:disabled, QPushButton[role="primary"]:disabled {{
  border: 2px dashed {c.line_strong}; }}
* {{ font-family: "{FONT}"; }}"""
