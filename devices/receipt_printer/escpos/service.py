"""The receipt printer as the terminal uses it.

What a reader would get wrong: DeviceTrouble says that not one line was printed; once bytes were
sent, only the printer's own confirmation makes it Printed, anything else is Unknown, and the same
slip must not be printed again by itself.
"""

from __future__ import annotations

import time

from core.document import Document
from core.flow import Event
from core.ports import DeviceTrouble, Printed, Unknown
from core.settings import Kind, Setting, Settings
from devices.errors import DeviceError, ProtocolError, Timeout
from devices.link import Link
from devices.model import Health, HealthState, reason_of
from devices.receipt_printer.escpos.driver import EscPosPrinter, PrinterLimits
from devices.receipt_printer.escpos.layout import job
from devices.receipt_printer.escpos.status import PrinterStatus, health_of
from devices.receipt_printer.escpos.status import reason_of as status_reason
from devices.transport.paths import open_line

DEVICE = "receipt_printer"
LOOK_S = 1.0

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "receipt_printer.path",
        Kind.DEVICE_PATH,
        "Where the receipt printer is connected.",
        schemes=("serial", "tcp"),
    ),
    Setting(
        "receipt_printer.baud",
        Kind.INTEGER,
        "Baud rate of a serial receipt printer.",
        default=9600,
        low=9600,
        high=115200,
    ),
    Setting(
        "receipt_printer.columns",
        Kind.INTEGER,
        "Half-width columns on the paper: 48 for 80 mm, 32 for 58 mm.",
        default=48,
        low=24,
        high=64,
    ),
)


class ReceiptPrinter:
    """All calls in one thread."""

    def __init__(
        self,
        path: str,
        *,
        columns: int = 48,
        baud: int = 9600,
        limits: PrinterLimits | None = None,
    ) -> None:
        self._path = path
        self._columns = columns
        self._baud = baud
        self._limits = limits or PrinterLimits()
        self._link = Link(DEVICE, self._connect)
        self._health = Health(DEVICE)
        self._next_look = 0.0

    def status(self) -> PrinterStatus:
        """How it is now; asked on a fresh line when the open one is dead."""
        found = self._ready()
        return PrinterStatus.OFFLINE if isinstance(found, DeviceError) else found

    def print_document(self, document: Document) -> Printed | DeviceTrouble | Unknown:
        """Print one slip and cut it."""
        found = self._ready()
        if isinstance(found, DeviceError):
            return DeviceTrouble(DEVICE, reason_of(found).value)
        if not found.can_print:
            return DeviceTrouble(DEVICE, status_reason(found).value)
        content = job(document, self._columns)
        try:
            printer = self._link.driver(hurry=True)
            printer.send(content)
            after = printer.confirm()
        except DeviceError as error:
            self._link.lost(error)
            return Unknown("timeout" if isinstance(error, Timeout) else str(error))
        return Printed() if after.can_print else Unknown(after.value)

    def poll(self) -> list[Event]:
        """A look each LOOK_S; health changes."""
        if time.monotonic() < self._next_look:
            return []
        self._next_look = time.monotonic() + LOOK_S
        try:
            status = self._link.driver().status()
        except DeviceError as error:
            self._link.lost(error)
            return self._health.now(HealthState.OFFLINE)
        return self._health.now(health_of(status))

    def close(self) -> None:
        """Give the port back."""
        self._link.close()

    def _connect(self) -> EscPosPrinter:
        printer = EscPosPrinter(open_line(self._path, self._baud), self._limits)
        try:
            printer.status()
        except DeviceError:
            printer.close()
            raise
        return printer

    def _ready(self) -> PrinterStatus | DeviceError:
        """Status before a job, once more on a fresh line; nothing is printed here."""
        last: DeviceError = ProtocolError("not asked")
        for _ in range(2):
            try:
                return self._link.driver(hurry=True).status()
            except DeviceError as error:
                self._link.lost(error)
                last = error
        return last


def open_from(settings: Settings) -> ReceiptPrinter:
    """The printer that the settings name; it opens at the first use."""
    return ReceiptPrinter(
        settings.text("receipt_printer.path"),
        columns=settings.integer("receipt_printer.columns"),
        baud=settings.integer("receipt_printer.baud"),
    )
