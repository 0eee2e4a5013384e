"""Code scanners; `scanner.protocol` says which language they speak."""

from devices.scanner.line import SETTINGS, open_from

__all__ = ["SETTINGS", "open_from"]
