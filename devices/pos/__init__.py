"""The bank POS; `pos.protocol` says which language it speaks."""

from devices.pos.zvt import SETTINGS, open_from

__all__ = ["SETTINGS", "open_from"]
