"""Status bytes of an ESC/POS printer to one word, ranked (docs/protocols/escpos.md).

What a reader would get wrong: a printer that does not answer is offline, never "paper adequate";
and one cause may show in several bytes, so the worst word that is true is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from devices.model import HealthState, TroubleReason

_ONLINE_OFF = 0x08
_COVER_OPEN = 0x04
_STOPPED_BY_PAPER = 0x20
_CAUSE_ERROR = 0x40
_CUTTER = 0x08
_ANY_ERROR = 0x6C
_NEAR_END = 0x0C
_END = 0x60
_IN_ORDER_NEAR_END = 0x03
_IN_ORDER_END = 0x0C


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


def is_real_time(byte: int) -> bool:
    """An answer to DLE EOT: 0xx1xx10."""
    return byte & 0x93 == 0x12


def is_in_order(byte: int) -> bool:
    """An answer to GS r 1: 0xx0xx.. ; XON and XOFF have bit 4 set."""
    return byte & 0x90 == 0x00


def status_of(printer: int, cause: int, error: int, paper: int) -> PrinterStatus:
    """The four answers to DLE EOT 1 to 4 in one word."""
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


def in_order_status(byte: int) -> PrinterStatus:
    """The answer to GS r 1."""
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
