"""Status bytes of an ESC/POS printer to one word, ranked (docs/protocols/escpos.md).

What a reader would get wrong: a printer that does not answer is offline, never "paper adequate";
and one cause may show in several bytes, so the worst word that is true is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from devices.model import HealthState, TroubleReason
from devices.receipt_printer.escpos.answers import Automatic

_DRAWER = 0x04
_ONLINE_OFF = 0x08
_COVER_OPEN = 0x04
_STOPPED_BY_PAPER = 0x20
_CAUSE_ERROR = 0x40
_CUTTER = 0x08
_ANY_ERROR = 0x6C
_NEAR_END = 0x0C
_END = 0x60
_AUTOMATIC_COVER = 0x20
_IN_ORDER_NEAR_END = 0x03
_IN_ORDER_END = 0x0C
_BITS: tuple[tuple[tuple[int, str], ...], ...] = (
    ((0x04, "drawer"), (0x08, "offline"), (0x20, "waiting_for_recovery"), (0x40, "feed_button")),
    (
        (0x04, "cover_open"),
        (0x08, "fed_by_button"),
        (0x20, "stopped_by_paper_end"),
        (0x40, "error"),
    ),
    (
        (0x04, "mechanical_error"),
        (0x08, "cutter_error"),
        (0x20, "unrecoverable_error"),
        (0x40, "head_temperature"),
    ),
    ((0x0C, "paper_near_end"), (0x60, "paper_end")),
)


class PrinterStatus(Enum):
    """Worst first."""

    OFFLINE = "offline"
    COVER_OPEN = "cover_open"
    PAPER_OUT = "paper_out"
    CUTTER_JAM = "cutter_jam"
    ERROR = "error"
    PAPER_LOW = "paper_low"
    OK = "ok"

    @property
    def can_print(self) -> bool:
        """A slip can be begun."""
        return self in (PrinterStatus.OK, PrinterStatus.PAPER_LOW)


_RANK = {status: rank for rank, status in enumerate(PrinterStatus)}
_REASONS = {
    PrinterStatus.OFFLINE: TroubleReason.OFFLINE,
    PrinterStatus.COVER_OPEN: TroubleReason.COVER_OPEN,
    PrinterStatus.PAPER_OUT: TroubleReason.PAPER_OUT,
    PrinterStatus.CUTTER_JAM: TroubleReason.CUTTER_JAM,
    PrinterStatus.ERROR: TroubleReason.HARDWARE_ERROR,
}
_HEALTH = {
    PrinterStatus.OFFLINE: HealthState.OFFLINE,
    PrinterStatus.COVER_OPEN: HealthState.JAMMED,
    PrinterStatus.PAPER_OUT: HealthState.OUT,
    PrinterStatus.CUTTER_JAM: HealthState.JAMMED,
    PrinterStatus.ERROR: HealthState.JAMMED,
    PrinterStatus.PAPER_LOW: HealthState.LOW,
    PrinterStatus.OK: HealthState.OK,
}


@dataclass(frozen=True, slots=True)
class Sensors:
    """The four answers to DLE EOT 1 to 4."""

    printer: int
    cause: int
    error: int
    paper: int

    def drawer_open(self, open_bit: bool | None) -> bool | None:
        """Whether the drawer stands open. `open_bit`: how the bit is then; None: nobody knows."""
        return None if open_bit is None else bool(self.printer & _DRAWER) is open_bit

    def bits(self) -> Iterator[tuple[str, bool]]:
        """Every bit with a meaning, by its name."""
        for byte, names in zip(
            (self.printer, self.cause, self.error, self.paper), _BITS, strict=True
        ):
            for mask, name in names:
                yield name, byte & mask != 0


def status_of(sensors: Sensors) -> PrinterStatus:
    """The four answers in one word."""
    printer, cause = sensors.printer, sensors.cause
    error, paper = sensors.error, sensors.paper
    found = [PrinterStatus.OK]
    if paper & _NEAR_END:
        found.append(PrinterStatus.PAPER_LOW)
    if cause & _CAUSE_ERROR or error & _ANY_ERROR:
        found.append(PrinterStatus.ERROR)
    if error & _CUTTER:
        found.append(PrinterStatus.CUTTER_JAM)
    if paper & _END or cause & _STOPPED_BY_PAPER:
        found.append(PrinterStatus.PAPER_OUT)
    if cause & _COVER_OPEN:
        found.append(PrinterStatus.COVER_OPEN)
    worst_cause = worst(found)
    if printer & _ONLINE_OFF and worst_cause.can_print:
        return PrinterStatus.OFFLINE
    return worst_cause


def automatic_status(told: Automatic) -> PrinterStatus:
    """An automatic status in one word."""
    found = [in_order_status(told.paper)]
    if told.error & _ANY_ERROR:
        found.append(PrinterStatus.ERROR)
    if told.error & _CUTTER:
        found.append(PrinterStatus.CUTTER_JAM)
    if told.first & _AUTOMATIC_COVER:
        found.append(PrinterStatus.COVER_OPEN)
    worst_cause = worst(found)
    if told.first & _ONLINE_OFF and worst_cause.can_print:
        return PrinterStatus.OFFLINE
    return worst_cause


def in_order_status(byte: int) -> PrinterStatus:
    """The answer to GS r 1, and the third byte of an automatic status."""
    if byte & _IN_ORDER_END:
        return PrinterStatus.PAPER_OUT
    return PrinterStatus.PAPER_LOW if byte & _IN_ORDER_NEAR_END else PrinterStatus.OK


def worst(statuses: Iterable[PrinterStatus]) -> PrinterStatus:
    """The one that ranks first."""
    return min(statuses, key=_RANK.__getitem__)


def reason_of(status: PrinterStatus) -> TroubleReason:
    """Why nothing can be printed; only for a status that cannot print."""
    return _REASONS[status]


def health_of(status: PrinterStatus) -> HealthState:
    """For the degraded-mode table."""
    return _HEALTH[status]
