"""The receipt printer as the terminal uses it.

What a reader would get wrong: DeviceTrouble says that not one line was printed; once bytes were
sent, only the printer's own confirmation makes it Printed, anything else is Unknown, and the same
slip must not be printed again by itself. A person who put paper in asks for `finish_or_reprint`.
"""

from __future__ import annotations

import time
from dataclasses import replace

from core.document import Document, as_copy
from core.flow import Event
from core.ports import DeviceTrouble, Done, DrawerChanged, DrawerSeen, Printed, Unknown
from core.settings import Settings
from devices.checks import Check, Identity
from devices.errors import DeviceError, ProtocolError, Timeout
from devices.link import Link
from devices.model import Health, HealthState, TroubleReason, reason_of, trouble
from devices.receipt_printer.escpos import samples
from devices.receipt_printer.escpos.checks import PrinterChecks
from devices.receipt_printer.escpos.copies import Copies
from devices.receipt_printer.escpos.driver import Confirmation, EscPosPrinter, PrinterLimits
from devices.receipt_printer.escpos.layout import job
from devices.receipt_printer.escpos.options import SETTINGS, PrinterOptions, options_from
from devices.receipt_printer.escpos.status import PrinterStatus, Sensors, health_of, status_of
from devices.receipt_printer.escpos.status import reason_of as status_reason
from devices.transport.paths import open_line

__all__ = ["DEVICE", "SETTINGS", "ReceiptPrinter", "open_from"]

DEVICE = "receipt_printer"
LOOK_S = 1.0
_SPRINGS, _SPRING_S = 10, 0.1


class ReceiptPrinter:
    """All calls in one thread."""

    def __init__(
        self,
        path: str,
        *,
        options: PrinterOptions | None = None,
        limits: PrinterLimits | None = None,
    ) -> None:
        self._path = path
        self._options = options or PrinterOptions()
        self._limits = limits or PrinterLimits()
        self._link = Link(DEVICE, self._connect)
        self._health = Health(DEVICE)
        self._copies = Copies()
        self._next_look = 0.0
        self._drawer_now: bool | None = None
        self._drawer_told: bool | None = None

    def status(self) -> PrinterStatus:
        """How it is now; asked on a fresh line when the open one is dead."""
        found = self._ready()
        return PrinterStatus.OFFLINE if isinstance(found, DeviceError) else status_of(found)

    def print_document(self, document: Document) -> Printed | DeviceTrouble | Unknown:
        """Print one slip and cut it."""
        logo = self._options.logo
        lines = document.lines if logo is None else (logo, *document.lines)
        return self._print_bare(replace(document, lines=lines))

    def finish_or_reprint(self, document: Document) -> Printed | DeviceTrouble | Unknown:
        """Print a slip again whose first try was not `Printed`.

        What the printer held of the first try was dropped, so it adds no copy of its own. Marked
        as a reprint unless the first is known to be torn or never begun.
        """
        if not self._copies.may_be_whole(document.document_id):
            return self.print_document(document)
        self._copies.note(document.document_id, may_be_whole=True)
        return self.print_document(as_copy(document))

    def print_code(self, text: str) -> Printed | DeviceTrouble | Unknown:
        """A slip with nothing but a QR code, for the machine's own scanner."""
        return self._print_bare(samples.code_page(text))

    def poll(self) -> list[Event]:
        """Health changes: told by the printer at any time, looked for each LOOK_S."""
        try:
            told = self._told()
        except DeviceError as error:
            self._link.lost(error)
            return self._health.now(HealthState.OFFLINE)
        return [
            *self._drawer_changes(),
            *([] if told is None else self._health.now(health_of(told))),
        ]

    def open_drawer(self) -> Done | DeviceTrouble | Unknown:
        """Only of a printer that is ready: a pulse that waits for paper would open it later.

        `drawer_stuck`: the pulse came, and the switch says that it is shut a second later.
        """
        if self._options.drawer is None:
            return DeviceTrouble(DEVICE, "no_drawer")
        reason = _hindrance(self._ready())
        if reason is not None:
            return DeviceTrouble(DEVICE, reason.value)
        printer = self._link.driver(hurry=True)
        try:
            printer.kick(self._options.drawer)
        except DeviceError as error:
            self._link.lost(error)
            return Unknown("timeout" if isinstance(error, Timeout) else str(error))
        return DeviceTrouble(DEVICE, "drawer_stuck") if self._stays_shut() else Done()

    def _stays_shut(self) -> bool:
        """Springs take a moment; what no switch tells is not claimed."""
        if self._options.drawer_open_bit is None:
            return False
        for look in range(_SPRINGS):
            if look:
                time.sleep(_SPRING_S)
            if self.drawer() != DrawerSeen(is_open=False):
                return False
        return True

    def drawer(self) -> DrawerSeen | DeviceTrouble:
        """Whether it stands open."""
        if self._options.drawer is None:
            return DrawerSeen(None)
        found = self._ready()
        if isinstance(found, DeviceError):
            return trouble(DEVICE, found)
        return DrawerSeen(found.drawer_open(self._options.drawer_open_bit))

    def identity(self) -> Identity | DeviceTrouble:
        """Model, firmware and serial number; "" from a printer that does not say."""
        found = self._ready()
        if isinstance(found, DeviceError):
            return trouble(DEVICE, found)
        if not status_of(found).can_print:
            return DeviceTrouble(DEVICE, status_reason(status_of(found)).value)
        try:
            return self._link.driver(hurry=True).identity()
        except DeviceError as error:
            self._link.lost(error)
            return trouble(DEVICE, error)

    def checks(self) -> tuple[Check, ...]:
        """Line, sensors, test page, cutter."""
        return PrinterChecks(self._ready, self._print_bare, self._options).all()

    def close(self) -> None:
        """Give the port back."""
        self._link.close()

    def _connect(self) -> EscPosPrinter:
        options = self._options
        printer = EscPosPrinter(
            open_line(self._path, options.baud),
            self._limits,
            proof=options.proof,
            automatic=options.automatic_status,
        )
        try:
            printer.sensors()
            printer.clear()
        except DeviceError:
            printer.close()
            raise
        return printer

    def _told(self) -> PrinterStatus | None:
        """The printer's own word, or the answer when it is time to ask."""
        printer = self._link.driver()
        if time.monotonic() < self._next_look:
            return printer.heard()
        self._next_look = time.monotonic() + LOOK_S
        sensors = printer.sensors()
        self._drawer_now = sensors.drawer_open(self._options.drawer_open_bit)
        return status_of(sensors)

    def _drawer_changes(self) -> list[Event]:
        """One event when the last look found it otherwise than the one before."""
        if self._drawer_now is None or self._drawer_now is self._drawer_told:
            return []
        self._drawer_told = self._drawer_now
        return [DrawerChanged(self._drawer_now)]

    def _print_bare(self, document: Document) -> Printed | DeviceTrouble | Unknown:
        document_id = document.document_id
        content = job(document, self._options.columns, self._options.rare)
        found = self._ready()
        reason = _hindrance(found)
        if reason is not None:
            self._copies.note(document_id, may_be_whole=False)
            return DeviceTrouble(DEVICE, reason.value)
        try:
            printer = self._link.driver(hurry=True)
            printer.send(content)
            confirmed = printer.confirm()
        except DeviceError as error:
            self._copies.note(document_id, may_be_whole=True)
            self._link.lost(error)
            return Unknown("timeout" if isinstance(error, Timeout) else str(error))
        self._copies.note(document_id, may_be_whole=confirmed.text_whole)
        if confirmed.done and confirmed.status.can_print:
            return Printed()
        self._drop_the_rest(printer, confirmed)
        return Unknown(confirmed.status.value)

    def _drop_the_rest(self, printer: EscPosPrinter, confirmed: Confirmation) -> None:
        if confirmed.done:
            return
        try:
            printer.clear()
        except DeviceError as error:
            self._link.lost(error)

    def _ready(self) -> Sensors | DeviceError:
        """Sensors before a job, once more on a fresh line; nothing is printed here."""
        last: DeviceError = ProtocolError("not asked")
        for _ in range(2):
            try:
                return self._link.driver(hurry=True).sensors()
            except DeviceError as error:
                self._link.lost(error)
                last = error
        return last


def _hindrance(found: Sensors | DeviceError) -> TroubleReason | None:
    if isinstance(found, DeviceError):
        return reason_of(found)
    status = status_of(found)
    return None if status.can_print else status_reason(status)


def open_from(settings: Settings) -> ReceiptPrinter:
    """The printer that the settings name; it opens at the first use."""
    return ReceiptPrinter(settings.text("receipt_printer.path"), options=options_from(settings))
