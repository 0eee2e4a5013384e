"""Plain line scanner: text and CR/LF (docs/protocols/line_scanner.md)."""

from devices.scanner.line.service import SETTINGS, open_from

__all__ = ["SETTINGS", "open_from"]
