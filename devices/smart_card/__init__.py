"""Health card slot: a Mifare card through PC/SC (docs/protocols/pcsc_m1.md)."""

from devices.smart_card.service import SETTINGS, open_from

__all__ = ["SETTINGS", "open_from"]
