"""Motorised insert reader CRT-310 (docs/protocols/crt310.md)."""

from devices.card_reader.service import SETTINGS, open_from

__all__ = ["SETTINGS", "open_from"]
