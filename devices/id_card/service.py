"""The ID card reader as the terminal uses it: polled, it tells cards that came and went.

What a reader would get wrong: after a good read the reader answers "no card" both while the card
lies there and when it is gone (the latch). So a read card counts as gone `gone_after_ms` after the
read, or at once when the reader finds a card again; nothing better can be known.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from core.flow import Event
from core.identity import IdDocument, IdLayout
from core.ports import DeviceTrouble, IdCardGone, IdCardPresent, IdCardUnreadable
from core.settings import Kind, Setting, Settings
from devices.checks import LINE, Check, Fact, Finding, Identity, failed, failed_because, passed
from devices.errors import DeviceError, DeviceRefused, ProtocolError
from devices.id_card.driver import SamLimits, SamReader
from devices.link import Link
from devices.model import Health, HealthState, TroubleReason, trouble
from devices.plugin import plugin
from devices.transport.paths import open_line

log = logging.getLogger(__name__)

READ_TRIES = 3
CARD_WAIT_S = 15.0
FIND_S = 0.3

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
    Setting(
        "id_card.latest_address",
        Kind.BOOLEAN,
        "Ask citizens' cards for the address written later, if there is one.",
        default=False,
    ),
    Setting(
        "id_card.fingerprint",
        Kind.BOOLEAN,
        "The reader gives data only together with the fingerprint, which is thrown away.",
        default=False,
    ),
    Setting(
        "id_card.photo_decoder",
        Kind.TEXT,
        "Decoder of the card's photo, as package.module:callable; empty: no picture is shown.",
        default="",
    ),
)


class PhotoDecoder(Protocol):
    """Makes an image file (PNG or BMP) of the card's 1024 photo bytes; None: it cannot."""

    def __call__(self, photo: bytes, /) -> bytes | None:
        """Called in the reader's worker thread; must come back within a second."""


@dataclass(frozen=True, slots=True)
class IdCardOptions:
    """The settings beyond the path; see their sentences in SETTINGS."""

    baud: int = 115200
    gone_after_ms: int = 3000
    latest_address: bool = False
    fingerprint: bool = False
    photo_decoder: PhotoDecoder | None = None


class IdCardReader:
    """All calls in one thread."""

    def __init__(
        self,
        path: str,
        *,
        options: IdCardOptions | None = None,
        limits: SamLimits | None = None,
    ) -> None:
        self._path = path
        self._options = options or IdCardOptions()
        self._limits = limits or SamLimits()
        self._link = Link("id_card", self._connect)
        self._health = Health("id_card")
        self._read_at: float | None = None
        self._unreadable = False
        self._decoder_fault_told = False

    def poll(self) -> list[Event]:
        """One look at the reader; at most three tries to read a card that was found."""
        try:
            events = self._look(self._link.driver())
        except DeviceError as error:
            self._link.lost(error)
            return self._forget_card() + self._health.now(HealthState.OFFLINE)
        return self._health.now(HealthState.OK) + events

    def identity(self) -> Identity | DeviceTrouble:
        """The security module's number is the reader's serial number."""
        try:
            return Identity(model="SAM_V", serial=self._link.driver(hurry=True).sam_id())
        except DeviceError as error:
            self._link.lost(error)
            return trouble("id_card", error)

    def checks(self) -> tuple[Check, ...]:
        """A card read here counts as read: the latch keeps it from being told to a journey."""
        return (
            Check(LINE, lambda: self._finding(self._check_line)),
            Check("sam_id", lambda: self._finding(self._check_sam_id)),
            Check("read_card", lambda: self._finding(self._check_reading), hand="place_id_card"),
        )

    def close(self) -> None:
        """Give the port back."""
        self._link.close()

    def _finding(self, work: Callable[[SamReader], Finding]) -> Finding:
        try:
            return work(self._link.driver(hurry=True))
        except DeviceRefused as error:
            return failed(error)
        except DeviceError as error:
            self._link.lost(error)
            return failed(error)

    def _check_line(self, driver: SamReader) -> Finding:
        driver.check()
        return passed()

    def _check_sam_id(self, driver: SamReader) -> Finding:
        return passed(Fact("serial", driver.sam_id()))

    def _check_reading(self, driver: SamReader) -> Finding:
        """Waits CARD_WAIT_S for a card; tells nothing of the person."""
        deadline = time.monotonic() + CARD_WAIT_S
        while not driver.find():
            if time.monotonic() > deadline:
                return failed_because(TroubleReason.TIMEOUT)
            time.sleep(FIND_S)
        started = time.monotonic()
        document = self._select_and_read(driver)
        self._read_at = time.monotonic()
        return passed(
            Fact("layout", document.layout.value),
            Fact("read_ms", str(round((self._read_at - started) * 1000))),
            Fact("photo_bytes", str(len(document.photo))),
        )

    def _connect(self) -> SamReader:
        driver = SamReader(open_line(self._path, self._options.baud), self._limits)
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
        gone_after_s = self._options.gone_after_ms / 1000
        return self._read_at is not None and time.monotonic() - self._read_at < gone_after_s

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
        document = driver.read(with_fingerprint=self._options.fingerprint)
        if self._options.latest_address and document.layout is IdLayout.CITIZEN:
            address = driver.latest_address() or document.address
            document = replace(document, address=address)
        return replace(document, picture=self._picture_of(document.photo))

    def _picture_of(self, photo: bytes) -> bytes:
        """Foreign code must not cost a reading: whatever goes wrong in it, there is no picture."""
        if self._options.photo_decoder is None:
            return b""
        try:
            return self._options.photo_decoder(photo) or b""
        except Exception as error:
            if not self._decoder_fault_told:
                self._decoder_fault_told = True
                log.warning("the photo decoder failed: %s", type(error).__name__)
            return b""

    def _forget_card(self) -> list[Event]:
        known = self._read_at is not None or self._unreadable
        self._read_at, self._unreadable = None, False
        return [IdCardGone()] if known else []


def open_from(settings: Settings) -> IdCardReader:
    """The reader that the settings name; it opens at the first poll. SettingsError: no decoder."""
    return IdCardReader(
        settings.text("id_card.path"),
        options=IdCardOptions(
            baud=settings.integer("id_card.baud"),
            gone_after_ms=settings.integer("id_card.gone_after_ms"),
            latest_address=settings.boolean("id_card.latest_address"),
            fingerprint=settings.boolean("id_card.fingerprint"),
            photo_decoder=plugin(settings, "id_card.photo_decoder"),
        ),
    )
