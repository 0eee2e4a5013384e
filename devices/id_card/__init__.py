"""Resident ID card reader, SAM_V protocol (docs/protocols/sam_v.md)."""

from devices.id_card.service import SETTINGS, open_from

__all__ = ["SETTINGS", "open_from"]
