"""QR codes for QML: `image://qr/<base64url of the text>`.

What a reader would get wrong: this loads Qt Quick; Widgets take `ui/qr_image.py` itself.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from ui.qr_image import qr_image

_SIDE_PX = 544


class QrProvider(QQuickImageProvider):
    """Serves the codes to one QML engine."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(  # noqa: N802 - Qt's name
        self,
        id: str,  # noqa: A002 - Qt's name
        size: QSize,
        requestedSize: QSize,  # noqa: N803 - Qt's name
    ) -> QImage:
        side_px = requestedSize.width() if requestedSize.width() > 0 else _SIDE_PX
        return qr_image(urlsafe_b64decode(id).decode(), side_px)
