"""Ink for QML: `image://ink/<number>`, drawn as a picture by `ui/parts/SignatureArea.qml`.

Apart from `ui/signature.py` so that a window of Widgets does not load Qt Quick.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickImageProvider

from ui.signature import Ink


class InkProvider(QQuickImageProvider):
    """Serves one Ink to one QML engine, in the colour of the page's text."""

    def __init__(self, ink: Ink, colour: str) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._ink, self._colour = ink, QColor(colour)

    def requestImage(  # noqa: N802 - Qt's name
        self,
        id: str,  # noqa: A002 - Qt's name
        size: QSize,
        requestedSize: QSize,  # noqa: N803 - Qt's name
    ) -> QImage:
        return self._ink.image(self._colour)
