"""Page printer through CUPS (docs/protocols/cups.md)."""

from devices.page_printer.service import SETTINGS, contradictions, open_from

__all__ = ["SETTINGS", "contradictions", "open_from"]
