"""The one font, named explicitly: without a name Qt mixes Latin, Japanese and Chinese shapes.

What a reader would get wrong: `fonts-noto-cjk` has Regular and Bold only; other weights fall to
one of these two.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from core.errors import ZhenfuError
from ui.tokens import FONT, Type


class FontMissing(ZhenfuError):
    """The Chinese font is not installed on this machine."""


def use_font(application: QGuiApplication, size_px: int = Type().body) -> None:
    """Make the font the application's. Raises FontMissing when it is not installed."""
    if FONT not in QFontDatabase.families():
        raise FontMissing(f"The font {FONT} is missing: install the package fonts-noto-cjk.")
    font = QFont(FONT)
    font.setPixelSize(size_px)
    application.setFont(font)
