"""The receipt printer (ESC/POS)."""

from devices.receipt_printer.escpos import SETTINGS, contradictions, open_from

__all__ = ["SETTINGS", "contradictions", "open_from"]
