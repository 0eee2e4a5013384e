"""Lights, doors and presence on a Modbus RTU board (docs/protocols/modbus_relay.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.settings import Settings
from devices.relay.settings import SETTINGS, contradictions

if TYPE_CHECKING:
    from devices.relay.service import Cabinet

__all__ = ["SETTINGS", "contradictions", "open_from"]


def open_from(settings: Settings) -> Cabinet:
    """The board that the settings name; pymodbus is loaded only now."""
    from devices.relay.service import open_from as opened

    return opened(settings)
