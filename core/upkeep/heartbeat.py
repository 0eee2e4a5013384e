"""What a heartbeat tells of this machine, and what comes back (docs/backend_api/terminals.md).

Pure. What a reader would get wrong: the contract knows the states of XFS4IoT, which have no word
for "running low" or "empty"; those are told as consumables, and the device is as well as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.upkeep.consumables import OF_DEVICE, Item, Level

_STATES = {
    "ok": "ONLINE",
    "low": "ONLINE",
    "out": "USER_ERROR",
    "jammed": "USER_ERROR",
    "offline": "OFFLINE",
    "hung": "HARDWARE_ERROR",
    "not_fitted": "NO_DEVICE",
}
_OUT, _LOW, _FULL, _UNKNOWN = "OUT", "LOW", "FULL", "UNKNOWN"


@dataclass(frozen=True, slots=True)
class DeviceTold:
    """`state`: a word of the contract; `detail`: our own word of it."""

    name: str
    state: str
    detail: str


@dataclass(frozen=True, slots=True)
class ConsumableTold:
    """`level`: FULL, LOW, OUT or UNKNOWN; `left`: pieces, None when nobody counted."""

    name: str
    level: str
    left: int | None


@dataclass(frozen=True, slots=True)
class TaskTold:
    """Something that technicians are asked to do here."""

    ticket_id: str
    subject: str


@dataclass(frozen=True, slots=True)
class SettingsTold:
    """Newer settings wait at the backend."""

    version: int


@dataclass(frozen=True, slots=True)
class Heard:
    """The answer to a heartbeat."""

    settings: SettingsTold | None
    tasks: tuple[TaskTold, ...]


def devices_told(states: Iterable[tuple[str, str]]) -> tuple[DeviceTold, ...]:
    """Each fitted device; the backend is none of them."""
    return tuple(
        DeviceTold(name, _STATES.get(state, "UNKNOWN"), state)
        for name, state in states
        if name != "backend"
    )


def consumables_told(
    states: Iterable[tuple[str, str]], levels: Iterable[Level]
) -> tuple[ConsumableTold, ...]:
    """The first item of a device goes by the device's name, which is how limits are set; further
    ones, such as toner, by their own."""
    known = {level.item: level.left for level in levels}
    return tuple(
        _consumable(device if number == 0 else item.value, state, known.get(item), number)
        for device, state in states
        for number, item in enumerate(OF_DEVICE.get(device, ()))
    )


def items_of(fitted: Iterable[str]) -> tuple[Item, ...]:
    """What these devices use up."""
    return tuple(item for device in fitted for item in OF_DEVICE.get(device, ()))


def _consumable(name: str, state: str, left: int | None, number: int) -> ConsumableTold:
    """The device's own word counts for what it uses up first."""
    if left == 0 or (state == "out" and number == 0):
        return ConsumableTold(name, _OUT, left)
    if state == "low" and number == 0:
        return ConsumableTold(name, _LOW, left)
    return ConsumableTold(name, _UNKNOWN if left is None else _FULL, left)
