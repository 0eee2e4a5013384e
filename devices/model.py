"""Words for the state of devices, after XFS4IoT, shared by all services.

What a reader would get wrong: `unknown` is a value of its own, neither good nor bad.
"""

from __future__ import annotations

from enum import StrEnum

from core.flow import Event
from core.ports import DeviceHealth, DeviceTrouble
from devices.errors import DeviceError, DeviceRefused, ProtocolError, Timeout


class HealthState(StrEnum):
    """`core.ports.DeviceHealth.state`."""

    OK = "ok"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"
    OFFLINE = "offline"
    HUNG = "hung"
    UNKNOWN = "unknown"


class TroubleReason(StrEnum):
    """`core.ports.DeviceTrouble.reason`."""

    OFFLINE = "offline"
    TIMEOUT = "timeout"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER_JAM = "cutter_jam"
    JAM = "jam"
    EMPTY = "empty"
    BIN_FULL = "bin_full"
    BOX_REMOVED = "box_removed"
    HARDWARE_ERROR = "hardware_error"
    USER_ERROR = "user_error"
    BUSY = "busy"


def reason_of(error: DeviceError) -> TroubleReason:
    """The trouble word of an error whose device code says nothing more exact."""
    match error:
        case Timeout():
            return TroubleReason.TIMEOUT
        case ProtocolError() | DeviceRefused():
            return TroubleReason.HARDWARE_ERROR
        case _:
            return TroubleReason.OFFLINE


def trouble(device: str, error: DeviceError) -> DeviceTrouble:
    """An error met before anything was set in motion."""
    return DeviceTrouble(device, reason_of(error))


class Health:
    """Tells a device's state only when it changed; the first state is a change too."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._state: HealthState | None = None

    def now(self, state: HealthState) -> list[Event]:
        """One `DeviceHealth`, or nothing when `state` is what was told last."""
        if state is self._state:
            return []
        self._state = state
        return [DeviceHealth(self._device, state.value)]
