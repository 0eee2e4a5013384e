"""The running machine as a test bench: work goes to the worker that owns the device.

What a reader would get wrong: a poll never runs while a check does, because both are the same
worker's; so a check may poll the device itself.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from core.flow import Event
from core.routes import Crashed, Lane
from devices.checks import Check
from devices.diagnostics.bench import BenchBusy, BenchCrashed, checks_of

Result = TypeVar("Result")

CHECK_LIMIT_S = 120.0


class MachineBench:
    """`devices`: lane and service of each fitted device. `tell`: what a check was told besides."""

    def __init__(
        self,
        devices: Mapping[str, tuple[Lane, Any]],
        tell: Callable[[Event], None],
        limit_s: float = CHECK_LIMIT_S,
    ) -> None:
        self._devices, self._tell, self._limit_s = devices, tell, limit_s

    @property
    def fitted(self) -> tuple[str, ...]:
        """Names in the order of the machine."""
        return tuple(self._devices)

    def checks(self, device: str) -> tuple[Check, ...]:
        """What can be tried."""
        return checks_of(self._devices[device][1])

    def on(self, device: str, work: Callable[[Any], Result]) -> Result:
        """Do it in the owner's thread. Raises BenchBusy: it did not finish within the limit."""
        lane, service = self._devices[device]
        box: queue.Queue[Any] = queue.Queue(1)
        offered = lane.offer(lambda: work(service), box.put)
        if offered is None:
            raise BenchBusy(f"{device}: too much is waiting")
        try:
            result: Result | Crashed = box.get(timeout=self._limit_s)
        except queue.Empty:
            offered.withdraw()
            raise BenchBusy(f"{device}: no end within {self._limit_s:.0f} s") from None
        if isinstance(result, Crashed):
            raise BenchCrashed(f"{device}: {result.error}")
        return result

    def hear(self, event: Event) -> None:
        """As if the device had been polled; comes in its worker's thread, like a poll's."""
        self._tell(event)
