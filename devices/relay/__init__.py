"""Lights, doors and presence on a Modbus RTU board (docs/protocols/modbus_relay.md)."""

from devices.relay.service import SETTINGS, contradictions, open_from

__all__ = ["SETTINGS", "contradictions", "open_from"]
