"""Booklet vending on a VMC V3.0 controller (docs/protocols/vmc.md)."""

from devices.vending.service import SETTINGS, open_from

__all__ = ["SETTINGS", "open_from"]
