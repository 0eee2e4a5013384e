"""The code scanner as the terminal uses it: polled, it tells scanned texts.

What a reader would get wrong: a text may be a payment code; it is never logged, and `CodeScanned`
hides it in its own repr. A scanner looks for codes from the start; the wish to look is said again
while it lasts, because one look ends by itself, and that is the sign of life as well.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from core.flow import Event
from core.ports import CodeScanned, DeviceTrouble, Done
from devices.checks import (
    LINE,
    Check,
    Fact,
    Finding,
    Identity,
    Outcome,
    failed,
    failed_because,
    passed,
)
from devices.errors import DeviceError
from devices.link import Link
from devices.model import Health, HealthState, TroubleReason, trouble
from devices.scanner.reader import CodeReader
from devices.scanner.repeats import Repeats

DEVICE = "scanner"
SAY_AGAIN_S = 4.0
SHOW_LIMIT_S = 15.0
LOOK_S = 0.05


class CodeScanner:
    """All calls in one thread. `connect` opens the port and raises DeviceError."""

    def __init__(self, connect: Callable[[], CodeReader]) -> None:
        self._connect = connect
        self._link = Link(DEVICE, self._open)
        self._health = Health(DEVICE)
        self._repeats = Repeats()
        self._wanted = True
        self._say_at = 0.0

    def poll(self) -> list[Event]:
        """Texts scanned since the last call."""
        try:
            texts = self._texts(self._link.driver())
        except DeviceError as error:
            self._link.lost(error)
            return self._health.now(HealthState.OFFLINE)
        scanned: list[Event] = [CodeScanned(t) for t in texts if self._repeats.is_new(t)]
        return self._health.now(HealthState.OK) + scanned

    def trigger(self, on: bool) -> Done | DeviceTrouble:
        """Look for codes or stop. The wish is kept, and said when a lost scanner is back.

        Done also for a scanner that always looks: its codes go on coming.
        """
        self._wanted = on
        try:
            self._say(self._link.driver(hurry=True))
        except DeviceError as error:
            self._link.lost(error)
            return trouble(DEVICE, error)
        return Done()

    def identity(self) -> Identity | DeviceTrouble:
        """Who is there; most scanners do not say."""
        try:
            return self._link.driver(hurry=True).identity()
        except DeviceError as error:
            self._link.lost(error)
            return trouble(DEVICE, error)

    def checks(self) -> tuple[Check, ...]:
        """The line, and a code that somebody holds before the scanner."""
        return (
            Check(LINE, self._check_line),
            Check("read_code", self._check_read_code, hand="show_code"),
        )

    def close(self) -> None:
        """Give the port back."""
        self._link.close()

    def _open(self) -> CodeReader:
        driver = self._connect()
        try:
            self._say(driver)
        except DeviceError:
            driver.close()
            raise
        return driver

    def _say(self, driver: CodeReader) -> None:
        driver.trigger(self._wanted)
        self._say_at = time.monotonic() + SAY_AGAIN_S

    def _texts(self, driver: CodeReader) -> list[str]:
        if time.monotonic() >= self._say_at:
            self._say(driver)
        texts = driver.codes()
        if texts and self._wanted:
            self._say_at = 0.0
        return texts

    def _check_line(self) -> Finding:
        try:
            driver = self._link.driver(hurry=True)
            self._say(driver)
        except DeviceError as error:
            self._link.lost(error)
            return failed(error)
        if driver.answers():
            return passed()
        return Finding(Outcome.UNSURE, (Fact("line", "open"),))

    def _check_read_code(self) -> Finding:
        wanted, self._wanted = self._wanted, True
        try:
            return self._wait_for_code()
        except DeviceError as error:
            self._link.lost(error)
            return failed(error)
        finally:
            self._wanted, self._say_at = wanted, 0.0

    def _wait_for_code(self) -> Finding:
        driver = self._link.driver(hurry=True)
        driver.codes()
        self._say(driver)
        begin = time.monotonic()
        while (waited := time.monotonic() - begin) < SHOW_LIMIT_S:
            texts = self._texts(driver)
            if texts:
                seconds = Fact("seconds", f"{waited:.1f}")
                return passed(Fact("characters", str(len(texts[0]))), seconds)
            time.sleep(LOOK_S)
        return failed_because(TroubleReason.TIMEOUT)
