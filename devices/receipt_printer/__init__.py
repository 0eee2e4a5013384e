"""The receipt printer (ESC/POS)."""

from devices.receipt_printer.escpos import SETTINGS, open_from

__all__ = ["SETTINGS", "open_from"]
