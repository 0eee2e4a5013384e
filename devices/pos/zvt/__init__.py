"""Bank POS on ZVT (docs/protocols/zvt.md)."""

from devices.pos.zvt.service import SETTINGS, open_from

__all__ = ["SETTINGS", "open_from"]
