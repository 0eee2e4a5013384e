"""The camera that reads codes off phones and slips (docs/protocols/camera.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.settings import Settings
from devices.camera.settings import SETTINGS, contradictions

if TYPE_CHECKING:
    from devices.camera.service import Camera

__all__ = ["SETTINGS", "contradictions", "open_from"]


def open_from(settings: Settings) -> Camera:
    """The camera that the settings name; OpenCV is loaded only now (a third of a second)."""
    from devices.camera.service import open_from as opened

    return opened(settings)
