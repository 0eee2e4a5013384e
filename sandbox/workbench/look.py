"""How the window looks: one style sheet from the design tokens.

Talks to `ui.tokens`. Sizes are for a desk, read at 60 cm with a mouse, so they are smaller than
the kiosk's; colours and the named font are the same.
"""

from __future__ import annotations

from pathlib import Path

from ui.tokens import FONT, LIGHT

_ARROW = Path(__file__).resolve().parents[2] / "resources" / "icons" / "chevron-down.svg"

_SHEET = """
* {{ font-family: "{font}"; font-size: 14px; color: {ink}; }}
QWidget#workbench, QWidget[role="page"] {{ background: {bg}; }}
QFrame[role="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: 12px; }}
QFrame[role="card"][asks="true"] {{ background: {warning_tint}; border: 2px solid {guide}; }}
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: 22px; font-weight: bold; color: {primary}; }}
QLabel[role="heading"] {{ font-size: 15px; font-weight: bold; color: {primary}; }}
QLabel[role="muted"] {{ color: {ink_muted}; }}
QLabel[role="paper"] {{ background: {line}; border-radius: 8px; color: {ink_muted}; }}
QLabel[role="chip"] {{ border-radius: 13px; padding: 3px 12px; }}
QLabel[role="chip"][well="true"] {{ background: {success_tint}; color: {success}; }}
QLabel[role="chip"][well="false"] {{ background: {danger_tint}; color: {danger}; }}
QLabel[role="outcome"] {{ background: {surface}; border-top: 1px solid {line};
    padding: 10px 18px; }}
QLabel[role="outcome"][well="true"] {{ color: {success}; }}
QLabel[role="outcome"][well="false"] {{ background: {danger_tint}; color: {danger}; }}
QPushButton {{ background: {surface}; border: 1px solid {line_strong}; border-radius: 8px;
    padding: 0 8px; min-height: 32px; color: {primary}; font-weight: bold; }}
QPushButton[role="thing"] {{ min-height: 0; padding: 0; border: 0; }}
QPushButton:hover {{ background: {primary_tint}; }}
QPushButton:pressed {{ background: {primary_pressed}; color: {on_primary}; }}
QPushButton:focus, QComboBox:focus {{ border: 2px solid {focus}; }}
QPushButton[role="primary"] {{ background: {primary}; border-color: {primary};
    color: {on_primary}; }}
QPushButton[role="primary"]:pressed {{ background: {primary_pressed}; }}
QPushButton:disabled {{ background: {surface_alt}; border-color: {line}; color: {ink_muted};
    font-weight: normal; }}
QComboBox {{ background: {surface}; border: 1px solid {line_strong}; border-radius: 8px;
    padding: 0 10px; min-height: 32px; }}
QComboBox::drop-down {{ border: 0; width: 32px; }}
QComboBox::down-arrow {{ image: url({arrow}); width: 18px; height: 18px; }}
QComboBox:disabled {{ background: {surface_alt}; border-color: {line}; color: {ink_muted}; }}
QComboBox QAbstractItemView {{ background: {surface}; selection-background-color: {primary_tint};
    selection-color: {ink}; }}
QTabWidget::pane {{ border: 0; }}
QTabBar::tab {{ background: transparent; color: {ink_muted}; padding: 8px 22px;
    border-bottom: 3px solid transparent; font-weight: bold; }}
QTabBar::tab:selected {{ color: {primary}; border-bottom: 3px solid {primary}; }}
QTabBar::tab:selected:focus {{ border-bottom: 3px solid {focus}; }}
QMenu {{ background: {surface}; border: 1px solid {line_strong}; padding: 4px; }}
QMenu::item {{ padding: 7px 26px 7px 22px; border-radius: 5px; }}
QMenu::item:selected {{ background: {primary_tint}; }}
QMenu::item:disabled {{ color: {ink_muted}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QToolTip {{ background: {surface}; color: {ink}; border: 1px solid {line_strong}; padding: 4px; }}
QScrollArea {{ background: transparent; border: 0; }}
"""


def style_sheet() -> str:
    """The whole style sheet."""
    colours = {name: getattr(LIGHT, name) for name in LIGHT.__slots__}
    return _SHEET.format(font=FONT, arrow=_ARROW.as_posix(), **colours)
