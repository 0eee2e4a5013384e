"""Icons for QML: `image://icon/<name>/<colour without #>/<stroke>`.

Apart from `ui/icons.py` so that a window of Widgets does not load Qt Quick.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from ui.icons import SIZE_PX, image


class IconProvider(QQuickImageProvider):
    """Serves the icons to one QML engine."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(  # noqa: N802 - Qt's name
        self,
        id: str,  # noqa: A002 - Qt's name
        size: QSize,
        requestedSize: QSize,  # noqa: N803 - Qt's name
    ) -> QImage:
        name, colour, stroke = id.split("/")
        size_px = requestedSize.width() if requestedSize.width() > 0 else SIZE_PX
        return image(name, f"#{colour}", size_px, float(stroke))
