"""The tap point: a phone held to it opens the insurance page for this visit; tags are read.

What a reader would get wrong: while something is offered no tag is looked for, because a chip is
either a tag or a reader; and an offer stays until it is withdrawn, also after it was read.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from core.flow import Event
from core.ports import DeviceTrouble, Done, TagRead, TapRead
from core.settings import Settings
from devices.checks import LINE, Check, Fact, Finding, Identity, failed, failed_because, passed
from devices.errors import DeviceError, DeviceRefused
from devices.link import Link
from devices.model import Health, HealthState, TroubleReason, trouble
from devices.nfc.driver import Offer, TapDriver
from devices.nfc.frontend import Frontend, TagFound
from devices.nfc.message import offer_message
from devices.nfc.settings import is_path

log = logging.getLogger(__name__)

CHECK_LOOKS = 6
_RANDOM_UID_MARK = "08"
_RANDOM_UID_DIGITS = 8


class TapPoint:
    """All calls in one thread. `path`: see `settings.SETTINGS`."""

    def __init__(
        self, path: str, uri_template: str, *, android_package: str = "", tag_type: str = "auto"
    ) -> None:
        if not is_path(path):
            raise ValueError(f"{path}: not a path of an NFC chip")
        self._path = path
        self._uri_template = uri_template
        self._android_package = android_package
        self._tag_type = tag_type
        self._link = Link("nfc", self._connect)
        self._health = Health("nfc")
        self._offer: Offer | None = None
        self._offer_read = False
        self._only_reads = False
        self._tag = ""

    def poll(self) -> list[Event]:
        """One short turn as a tag, or one look for a tag."""
        try:
            driver = self._link.driver()
            events = self._look(driver) if self._offer is None else self._serve(driver, self._offer)
        except DeviceRefused as error:
            self._offer, self._only_reads, events = None, True, []
            log.warning("nfc: this chip cannot be a tag: %s", error)
        except DeviceError as error:
            self._link.lost(error)
            return self._health.now(HealthState.OFFLINE)
        return self._health.now(HealthState.LOW if self._only_reads else HealthState.OK) + events

    def offer(self, visit: str) -> Done | DeviceTrouble:
        """From now on phones read the page of this visit, in place of an earlier one.

        Trouble "hardware_error": this chip turned out to be a reader only (ACR122U).
        """
        if self._only_reads:
            return DeviceTrouble("nfc", TroubleReason.HARDWARE_ERROR.value)
        try:
            self._link.driver(hurry=True)
        except DeviceError as error:
            return trouble("nfc", error)
        message = offer_message(self._uri_template, visit, self._android_package)
        self._offer, self._offer_read = Offer.of(message), False
        return Done()

    def withdraw(self) -> None:
        """Phones read nothing any more."""
        self._offer = None

    def identity(self) -> Identity | DeviceTrouble:
        """Chip and firmware; no chip tells a serial number."""
        try:
            model, mark, firmware = self._link.driver(hurry=True).chip.rpartition("v")
        except DeviceError as error:
            return trouble("nfc", error)
        return Identity(
            model=model.strip() if mark else firmware, firmware=firmware if mark else ""
        )

    def checks(self) -> tuple[Check, ...]:
        """The built-in tag is one glued beside the antenna for this check."""
        return (
            Check(LINE, lambda: self._finding(self._check_line)),
            Check("tap_built_in_tag", lambda: self._finding(self._check_tag)),
        )

    def close(self) -> None:
        """Give the chip back."""
        self._link.close()

    def _connect(self) -> TapDriver:
        return TapDriver(Frontend(self._path), self._tag_type)

    def _serve(self, driver: TapDriver, offer: Offer) -> list[Event]:
        if not driver.serve(offer) or self._offer_read:
            return []
        self._offer_read = True
        return [TapRead()]

    def _look(self, driver: TapDriver) -> list[Event]:
        found = driver.look()
        known, self._tag = self._tag, "" if found is None else _key(found)
        if found is None or self._tag == known:
            return []
        return [TagRead(found.uid, found.text)]

    def _finding(self, work: Callable[[TapDriver], Finding]) -> Finding:
        try:
            return work(self._link.driver(hurry=True))
        except DeviceError as error:
            self._link.lost(error)
            return failed(error)

    def _check_line(self, driver: TapDriver) -> Finding:
        driver.ping()
        return passed(Fact("chip", driver.chip))

    def _check_tag(self, driver: TapDriver) -> Finding:
        started = time.monotonic()
        unread = ""
        for _ in range(CHECK_LOOKS):
            found = driver.look()
            if found is not None and not found.text:
                unread = found.uid
            elif found is not None:
                read_ms = round((time.monotonic() - started) * 1000)
                return passed(
                    Fact("uid", found.uid), Fact("uri", found.text), Fact("read_ms", str(read_ms))
                )
        if unread:
            return failed_because(TroubleReason.HARDWARE_ERROR, Fact("uid", unread))
        return failed_because(TroubleReason.TIMEOUT)


def _key(found: TagFound) -> str:
    """By what a tag that stays is known again; phones draw a new UID at each activation."""
    is_random = found.uid.startswith(_RANDOM_UID_MARK) and len(found.uid) == _RANDOM_UID_DIGITS
    return f"{'' if is_random else found.uid} {found.text}"


def open_from(settings: Settings) -> TapPoint:
    """The tap point that the settings name; it opens at the first poll."""
    return TapPoint(
        settings.text("nfc.path"),
        settings.text("nfc.uri_template"),
        android_package=settings.text("nfc.android_package"),
        tag_type=settings.text("nfc.tag_type"),
    )
