"""ESC/POS receipt printer with Chinese text (docs/protocols/escpos.md)."""

from devices.receipt_printer.escpos.options import SETTINGS, contradictions
from devices.receipt_printer.escpos.service import open_from

__all__ = ["SETTINGS", "contradictions", "open_from"]
