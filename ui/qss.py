"""The look of Widgets (cashier, diagnostics, workbench), made from the same tokens as the screens.

Set dynamic properties and nothing else: `role` on labels (heading, title, strong, muted, caption,
amount, key, tag, tag_own, chip, success, warning, danger, on_bar, on_bar_muted), on buttons
(primary, secondary, danger, quiet) and on frames (page, bar, card, tint, success, warning, danger,
status). Selectors stay flat: a nested one would beat a role somewhere else (ui.md 1.8).
"""

from __future__ import annotations

from ui.tokens import FONT, Modes, Palette, palette

_BASE_PX = {"caption": 14, "body": 16, "strong": 18, "title": 22, "heading": 30, "amount": 56}


def stylesheet(modes: Modes) -> str:
    """The whole style sheet for an application or window of Widgets."""
    colour = palette(modes)
    scale = 1.25 if modes.large else 1.0
    size = {name: round(px * scale) for name, px in _BASE_PX.items()}
    return "\n".join(
        (_frames(colour), _labels(colour, size), _buttons(colour, size), _inputs(colour, size))
    )


def _frames(c: Palette) -> str:
    tints = "\n".join(
        f'QFrame[role="{name}"] {{ background: {tint}; border: 1px solid {edge};'
        " border-radius: 10px; }"
        for name, tint, edge in (
            ("tint", c.primary_tint, c.line),
            ("success", c.success_tint, c.success),
            ("warning", c.warning_tint, c.warning),
            ("danger", c.danger_tint, c.danger),
        )
    )
    return f"""
QWidget {{ font-family: "{FONT}"; color: {c.ink}; }}
QWidget[role="page"] {{ background: {c.bg}; }}
QFrame[role="card"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 12px; }}
QFrame[role="bar"] {{ background: {c.hero_from}; border: none; }}
QFrame[role="status"] {{ background: {c.surface}; border-top: 1px solid {c.line}; }}
QFrame[role="rule"] {{ background: {c.line}; border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QToolTip {{ background: {c.ink}; color: {c.surface}; border: none; padding: 6px; }}
{tints}"""


def _labels(c: Palette, size: dict[str, int]) -> str:
    roles = (
        ("heading", f"font-size: {size['heading']}px; font-weight: 700;"),
        ("title", f"font-size: {size['title']}px; font-weight: 700;"),
        ("strong", f"font-size: {size['body']}px; font-weight: 700;"),
        ("muted", f"color: {c.ink_muted};"),
        ("caption", f"font-size: {size['caption']}px; color: {c.ink_muted};"),
        ("amount", f"font-size: {size['amount']}px; font-weight: 700; color: {c.primary};"),
        ("success", f"color: {c.success}; font-weight: 700;"),
        ("warning", f"color: {c.warning}; font-weight: 700;"),
        ("danger", f"color: {c.danger}; font-weight: 700;"),
        ("on_bar", f"color: {c.on_hero}; font-weight: 700;"),
        ("on_bar_muted", f"color: {c.hero_muted};"),
        ("key", _boxed(c.surface_alt, c.ink_muted, c.line_strong) + "font-weight: 700;"),
        ("tag", _boxed(c.surface_alt, c.ink_muted, c.line)),
        ("tag_own", _boxed(c.warning_tint, c.warning, c.warning)),
        ("chip", _boxed(c.primary_tint, c.primary, c.primary_tint) + "font-weight: 700;"),
    )
    rules = "\n".join(f'QLabel[role="{name}"] {{ {style} }}' for name, style in roles)
    return f"QLabel {{ background: transparent; font-size: {size['body']}px; }}\n{rules}"


def _boxed(back: str, front: str, edge: str) -> str:
    return (
        f"background: {back}; color: {front}; border: 1px solid {edge}; border-radius: 6px;"
        " padding: 1px 8px;"
    )


def _buttons(c: Palette, size: dict[str, int]) -> str:
    kinds = "\n".join(
        f'QPushButton[role="{name}"] {{ background: {back}; color: {front};'
        f" border: 2px solid {edge}; }}"
        f'\nQPushButton[role="{name}"]:pressed {{ background: {pressed}; }}'
        for name, back, front, edge, pressed in (
            ("primary", c.primary, c.on_primary, c.primary, c.primary_pressed),
            ("secondary", c.surface, c.primary, c.primary, c.primary_tint),
            ("danger", c.surface, c.danger, c.danger, c.danger_tint),
            ("quiet", c.surface, c.ink, c.line, c.surface_alt),
        )
    )
    return f"""
QPushButton {{ font-size: {size["strong"]}px; font-weight: 700; border-radius: 10px;
  padding: 8px 16px; }}
{kinds}
QPushButton:focus {{ border: 3px solid {c.focus}; }}
QPushButton:disabled {{ background: {c.surface_alt}; color: {c.ink_muted};
  border: 2px dashed {c.line_strong}; }}"""


def _inputs(c: Palette, size: dict[str, int]) -> str:
    return f"""
QLineEdit, QComboBox, QPlainTextEdit {{ font-size: {size["strong"]}px; background: {c.surface};
  color: {c.ink}; border: 2px solid {c.line_strong}; border-radius: 8px; padding: 6px 10px;
  selection-background-color: {c.primary}; selection-color: {c.on_primary}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border: 2px solid {c.focus}; }}
QCheckBox {{ font-size: {size["body"]}px; spacing: 10px; }}
QCheckBox:focus {{ color: {c.primary}; }}
QTableView, QListView, QTreeView {{ font-size: {size["body"]}px; background: {c.surface};
  alternate-background-color: {c.surface_alt}; color: {c.ink}; border: none;
  gridline-color: {c.line}; selection-background-color: {c.primary_tint};
  selection-color: {c.ink}; }}
QTableView:focus, QListView:focus, QTreeView:focus {{ border: 2px solid {c.focus}; }}
QHeaderView::section {{ font-size: {size["body"]}px; font-weight: 700; color: {c.ink_muted};
  background: {c.surface_alt}; border: none; border-bottom: 1px solid {c.line}; padding: 8px; }}"""
