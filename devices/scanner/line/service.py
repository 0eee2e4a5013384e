"""The code scanner as the terminal uses it: polled, it tells scanned texts.

What a reader would get wrong: a text may be a payment code; it is never logged, and `CodeScanned`
hides it in its own repr.
"""

from __future__ import annotations

from core.flow import Event
from core.ports import CodeScanned
from core.settings import Kind, Setting, Settings
from devices.errors import DeviceError
from devices.link import Link
from devices.model import Health, HealthState
from devices.scanner.line.driver import LineScanner
from devices.scanner.line.repeats import Repeats
from devices.transport.paths import open_line

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "scanner.path",
        Kind.DEVICE_PATH,
        "Where the code scanner is connected.",
        schemes=("serial", "tcp"),
    ),
    Setting(
        "scanner.baud",
        Kind.INTEGER,
        "Baud rate of a serial code scanner.",
        default=9600,
        low=1200,
        high=115200,
    ),
)


class CodeScanner:
    """All calls in one thread."""

    def __init__(self, path: str, *, baud: int = 9600) -> None:
        self._path = path
        self._baud = baud
        self._link = Link("scanner", self._connect)
        self._health = Health("scanner")
        self._repeats = Repeats()

    def poll(self) -> list[Event]:
        """Texts scanned since the last call."""
        try:
            texts = self._link.driver().codes()
        except DeviceError as error:
            self._link.lost(error)
            return self._health.now(HealthState.OFFLINE)
        scanned: list[Event] = [CodeScanned(t) for t in texts if self._repeats.is_new(t)]
        return self._health.now(HealthState.OK) + scanned

    def close(self) -> None:
        """Give the port back."""
        self._link.close()

    def _connect(self) -> LineScanner:
        return LineScanner(open_line(self._path, self._baud))


def open_from(settings: Settings) -> CodeScanner:
    """The scanner that the settings name; it opens at the first poll."""
    return CodeScanner(settings.text("scanner.path"), baud=settings.integer("scanner.baud"))
