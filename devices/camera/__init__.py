"""The camera that reads codes off phones and slips (docs/protocols/camera.md)."""

from devices.camera.service import SETTINGS, contradictions, open_from

__all__ = ["SETTINGS", "contradictions", "open_from"]
