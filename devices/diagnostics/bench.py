"""Where checks run: on a device, in the thread that owns it.

Two benches exist: this one opens the devices itself (command line), the terminal's uses the workers
that own them already. What a reader would get wrong: `on` waits for the work and gives its result;
a work that hangs is `BenchBusy` at its limit, and the device stays with its thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from core.errors import ZhenfuError
from core.flow import Event
from core.settings import Settings
from devices.checks import Check, Service
from devices.fitting import FITTINGS

log = logging.getLogger(__name__)

Result = TypeVar("Result")


class BenchBusy(ZhenfuError):
    """The device's thread did not finish (or begin) the work within its limit."""


class BenchCrashed(BenchBusy):
    """The work raised: a bug, logged with its traceback; other devices can be tried."""


class Bench(Protocol):
    """The fitted devices."""

    @property
    def fitted(self) -> tuple[str, ...]:
        """Names in the order of the machine."""

    def checks(self, device: str) -> tuple[Check, ...]:
        """What can be tried; only listed, so any thread may ask."""

    def on(self, device: str, work: Callable[[Any], Result]) -> Result:
        """Do `work(service)` in the owner's thread. Raises BenchBusy."""

    def hear(self, event: Event) -> None:
        """What a work was told by its device besides its own matter, such as that it is lost."""


def checks_of(service: Service) -> tuple[Check, ...]:
    """A service's checks."""
    return service.checks()


class OwnBench:
    """Opens what the settings name, all in the calling thread."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError: what a setting names cannot be loaded, such as a font."""
        self._services = {
            fitting.name: fitting.open_from(settings)
            for fitting in FITTINGS
            if settings.has_table(fitting.name)
        }

    @property
    def fitted(self) -> tuple[str, ...]:
        """Names in the order of the machine."""
        return tuple(self._services)

    def checks(self, device: str) -> tuple[Check, ...]:
        """What can be tried."""
        return checks_of(self._services[device])

    def on(self, device: str, work: Callable[[Any], Result]) -> Result:
        """Do it at once. Raises BenchCrashed."""
        try:
            return work(self._services[device])
        except Exception as error:
            log.exception("%s: the work failed", device)
            raise BenchCrashed(f"{device}: {error}") from error

    def hear(self, event: Event) -> None:
        """Nobody else listens."""

    def close(self) -> None:
        """Give every port back."""
        for service in self._services.values():
            service.close()
