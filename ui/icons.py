"""Icons: SVG files of `resources/icons` (Tabler, MIT) in any colour, for QML and for Widgets.

Widgets ask `icon()` or `pixmap()`; QML asks through `ui/icon_provider.py`. An unknown name raises
FileNotFoundError: a screen with a hole in it must not pass a test.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"
_STROKE = 2.0
SIZE_PX = 96


@lru_cache(maxsize=512)
def svg(name: str, colour: str, stroke: float = _STROKE) -> bytes:
    """The drawing with `colour` (#RRGGBB) and stroke width filled in."""
    text = (FOLDER / f"{name}.svg").read_text("utf-8")
    return (
        text.replace("currentColor", colour)
        .replace('stroke-width="2"', f'stroke-width="{stroke}"')
        .encode()
    )


def image(name: str, colour: str, size_px: int, stroke: float = _STROKE) -> QImage:
    """A square drawing with a transparent background."""
    drawing = QSvgRenderer(QByteArray(svg(name, colour, stroke)))  # raises before anything paints
    drawn = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(0)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter)
    painter.end()
    return drawn


def pixmap(name: str, colour: str, size_px: int, stroke: float = _STROKE) -> QPixmap:
    """For a QLabel."""
    return QPixmap.fromImage(image(name, colour, size_px, stroke))


def icon(name: str, colour: str, size_px: int = SIZE_PX, stroke: float = _STROKE) -> QIcon:
    """For a button."""
    return QIcon(pixmap(name, colour, size_px, stroke))
