"""ESC/POS receipt printer with Chinese text (docs/protocols/escpos.md)."""

from devices.receipt_printer.escpos.service import SETTINGS, open_from

__all__ = ["SETTINGS", "open_from"]
