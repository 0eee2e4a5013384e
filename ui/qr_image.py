"""QR codes as pictures, black on white with their quiet zone; for Qt Quick and Widgets alike.

A code is as fine as its text is long; what a reader would get wrong: the picture is grown by whole
dots only, because a phone reads a code with dots of two sizes badly.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_MOST_BYTES = 1_000
"""Longer codes are too fine for the camera of a phone before a screen."""


def qr_image(text: str, side_px: int) -> QImage:
    """A white square of `side_px` with the code in its middle. Raises ValueError when too long."""
    if len(text.encode()) > _MOST_BYTES:
        raise ValueError(f"{len(text.encode())} bytes are too many for a code on a screen")
    import zxingcpp  # loaded with the first code: no window needs it to open

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    svg = QSvgRenderer(QByteArray(zxingcpp.write_barcode_to_svg(code).encode()))
    dots = svg.viewBox().width()
    whole_px = max(1, side_px // dots) * dots
    drawn = QImage(side_px, side_px, QImage.Format.Format_RGB32)
    drawn.fill(QColor(Qt.GlobalColor.white))
    painter = QPainter(drawn)
    edge_px = (side_px - whole_px) // 2
    svg.render(painter, QRectF(edge_px, edge_px, whole_px, whole_px))
    painter.end()
    return drawn
