"""Keeps one device open: lazily, with growing pauses, logging once when lost and once when back.

`connect` opens the line and makes the device say something, so "back" means the device and not
only its cable. What a reader would get wrong: a request of a person may `hurry` past the pause,
a poll may not.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from devices.errors import DeviceError, TransportError

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 5.0


class Closable(Protocol):
    """Whatever holds a port."""

    def close(self) -> None:
        """Give the port back; never raises."""


Driver = TypeVar("Driver", bound=Closable)


class Link(Generic[Driver]):
    """The way to one device's driver."""

    def __init__(self, device: str, connect: Callable[[], Driver]) -> None:
        self._device = device
        self._connect = connect
        self._driver: Driver | None = None
        self._pause_s = FIRST_PAUSE_S
        self._next_try = 0.0
        self._lost_told = False

    def driver(self, *, hurry: bool = False) -> Driver:
        """The open driver; raises DeviceError when it cannot be opened or must not yet be."""
        if self._driver is not None:
            return self._driver
        if not hurry and time.monotonic() < self._next_try:
            raise TransportError("waiting before the next try")
        try:
            driver = self._connect()
        except DeviceError as error:
            self._pause(error)
            raise
        self._driver = driver
        self._pause_s = FIRST_PAUSE_S
        if self._lost_told:
            self._lost_told = False
            log.warning("%s: back", self._device)
        return driver

    def lost(self, error: DeviceError) -> None:
        """The device does not answer as it should: close, and wait before the next try.

        Told of an error that `driver` itself raised, it does nothing: that try was counted.
        """
        if self._driver is not None:
            self.close()
            self._pause(error)

    def close(self) -> None:
        """Give the port back; the next use opens it again."""
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()

    def _pause(self, error: DeviceError) -> None:
        self._next_try = time.monotonic() + self._pause_s
        self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)
        if not self._lost_told:
            self._lost_told = True
            log.warning("%s: lost: %s", self._device, error)
