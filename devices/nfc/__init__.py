"""NFC tap point (docs/protocols/nfc.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.settings import Settings
from devices.nfc.settings import SETTINGS, contradictions

if TYPE_CHECKING:
    from devices.nfc.service import TapPoint

__all__ = ["SETTINGS", "contradictions", "open_from"]


def open_from(settings: Settings) -> TapPoint:
    """The tap point that the settings name; it opens at the first poll."""
    from devices.nfc.service import open_from as open_service

    return open_service(settings)
