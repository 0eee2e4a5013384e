"""Code scanners; `scanner.protocol` says which language they speak (docs/protocols)."""

from devices.scanner.opening import SETTINGS, contradictions, open_from

__all__ = ["SETTINGS", "contradictions", "open_from"]
