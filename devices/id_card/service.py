"""The ID card reader as the terminal uses it: polled, it tells cards that came and went.

What a reader would get wrong: after a good read the reader answers "no card" both while the card
lies there and when it is gone (the latch). So a read card counts as gone `gone_after_ms` after the
read, or at once when the reader finds a card again; nothing better can be known.
"""

from __future__ import annotations

import time

from core.flow import Event
from core.identity import IdDocument
from core.ports import IdCardGone, IdCardPresent, IdCardUnreadable
from core.settings import Kind, Setting, Settings
from devices.errors import DeviceError, DeviceRefused, ProtocolError
from devices.id_card.driver import SamLimits, SamReader
from devices.link import Link
from devices.model import Health, HealthState
from devices.transport.paths import open_line

READ_TRIES = 3

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "id_card.path",
        Kind.DEVICE_PATH,
        "Where the resident ID card reader is connected.",
        schemes=("serial", "tcp"),
    ),
    Setting(
        "id_card.baud",
        Kind.INTEGER,
        "Baud rate of a serial ID card reader.",
        default=115200,
        low=9600,
        high=115200,
    ),
    Setting(
        "id_card.gone_after_ms",
        Kind.INTEGER,
        "How long after a good read the card counts as taken away.",
        default=3000,
        low=500,
        high=60000,
    ),
)


class IdCardReader:
    """All calls in one thread. `gone_after_ms`: see the module's text."""

    def __init__(
        self,
        path: str,
        *,
        baud: int = 115200,
        gone_after_ms: int = 3000,
        limits: SamLimits | None = None,
    ) -> None:
        self._path = path
        self._baud = baud
        self._gone_after_s = gone_after_ms / 1000
        self._limits = limits or SamLimits()
        self._link = Link("id_card", self._connect)
        self._health = Health("id_card")
        self._read_at: float | None = None
        self._unreadable = False

    def poll(self) -> list[Event]:
        """One look at the reader; at most three tries to read a card that was found."""
        try:
            events = self._look(self._link.driver())
        except DeviceError as error:
            self._link.lost(error)
            return self._forget_card() + self._health.now(HealthState.OFFLINE)
        return self._health.now(HealthState.OK) + events

    def close(self) -> None:
        """Give the port back."""
        self._link.close()

    def _connect(self) -> SamReader:
        driver = SamReader(open_line(self._path, self._baud), self._limits)
        try:
            driver.check()
        except DeviceError:
            driver.close()
            raise
        return driver

    def _look(self, driver: SamReader) -> list[Event]:
        if not driver.find():
            return [] if self._latched() else self._forget_card()
        if self._unreadable:
            return []
        return self._forget_card() + self._read(driver)

    def _latched(self) -> bool:
        return self._read_at is not None and (time.monotonic() - self._read_at < self._gone_after_s)

    def _read(self, driver: SamReader) -> list[Event]:
        """The card was found once already; each further try begins with a new find."""
        for attempt in range(READ_TRIES):
            try:
                if attempt and not driver.find():
                    break
                document = self._select_and_read(driver)
            except (DeviceRefused, ProtocolError):
                continue
            self._read_at = time.monotonic()
            return [IdCardPresent(document)]
        self._unreadable = True
        return [IdCardUnreadable()]

    def _select_and_read(self, driver: SamReader) -> IdDocument:
        driver.select()
        return driver.read()

    def _forget_card(self) -> list[Event]:
        known = self._read_at is not None or self._unreadable
        self._read_at, self._unreadable = None, False
        return [IdCardGone()] if known else []


def open_from(settings: Settings) -> IdCardReader:
    """The reader that the settings name; it opens at the first poll."""
    return IdCardReader(
        settings.text("id_card.path"),
        baud=settings.integer("id_card.baud"),
        gone_after_ms=settings.integer("id_card.gone_after_ms"),
    )
