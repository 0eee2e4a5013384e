"""Card dispenser CRT-591-M001 (docs/protocols/crt591.md)."""

from devices.card_dispenser.service import SETTINGS, open_from

__all__ = ["SETTINGS", "open_from"]
