"""Devices whose worker is held for ever, such as by a PC/SC card that never answers.

Nothing can cancel such a call; the thread is counted, shown as an alarm, and free again when the
card leaves. What a reader would get wrong: the service itself cannot tell, because it is the one
that hangs; when it comes back it says nothing new, so its last word is repeated here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from core.ports import DeviceHealth
from devices.model import HealthState


class Holdable(Protocol):
    """What a worker says of itself."""

    @property
    def stuck(self) -> bool:
        """Held for longer than anything may take."""


class HungDevices:
    """Looked at once a second; `names` are held now."""

    def __init__(self, workers: Mapping[str, Holdable]) -> None:
        self._workers = workers
        self._said: dict[str, DeviceHealth] = {}
        self.names: frozenset[str] = frozenset()

    def hear(self, health: DeviceHealth) -> None:
        """A service's own word; a held one says nothing, so that is what `look` said for it."""
        if health.state != HealthState.HUNG or health.device not in self.names:
            self._said[health.device] = health

    def look(self) -> list[DeviceHealth]:
        """What changed: held now, or free again with what the service said last."""
        held = frozenset(name for name, worker in self._workers.items() if worker.stuck)
        came = [DeviceHealth(name, HealthState.HUNG.value) for name in sorted(held - self.names)]
        free = [
            self._said.get(name, DeviceHealth(name, HealthState.UNKNOWN.value))
            for name in sorted(self.names - held)
        ]
        self.names = held
        return [*came, *free]
