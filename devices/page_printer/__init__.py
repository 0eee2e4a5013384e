"""Page printer through CUPS (docs/protocols/cups.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.settings import Settings
from devices.page_printer.settings import SETTINGS, contradictions

if TYPE_CHECKING:
    from devices.page_printer.service import PagePrinter

__all__ = ["SETTINGS", "contradictions", "open_from"]


def open_from(settings: Settings) -> PagePrinter:
    """The queue that the settings name; reportlab is loaded only now (a fifth of a second)."""
    from devices.page_printer.service import open_from as opened

    return opened(settings)
