"""How devices are, and the word for one that did not do what it was asked."""

from __future__ import annotations

from dataclasses import dataclass

from core.flow import Event


@dataclass(frozen=True, slots=True)
class DeviceTrouble:
    """A device did not do it, and it is known that nothing happened.

    `reason` is an XFS4IoT-like code: offline, timeout, paper_out, cover_open, cutter_jam, jam,
    empty, bin_full, box_removed, hardware_error, user_error, busy (trouble.<device>.<reason>).
    """

    device: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeviceHealth(Event):
    """A device came, went or changed.

    `state`: ok | low | out | jammed | offline | hung | unknown. Hung: its thread is held by a call
    that never ends, such as a card that does not answer.
    """

    device: str
    state: str
