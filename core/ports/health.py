"""How devices are, and the word for one that did not do what it was asked."""

from __future__ import annotations

from dataclasses import dataclass

from core.flow import Event


@dataclass(frozen=True, slots=True)
class DeviceTrouble:
    """A device did not do it, and it is known that nothing happened.

    `reason` is an XFS4IoT-like code: offline, timeout, paper_out, cover_open, cutter_jam, jam,
    empty, bin_full, hardware_error, user_error, busy (trouble.<device>.<reason>).
    """

    device: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeviceHealth(Event):
    """A device came, went or changed. `state`: ok | offline | low | out | jammed | unknown."""

    device: str
    state: str
