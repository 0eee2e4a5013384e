"""Commands to an ESC/POS printer and its status answers.

What a reader would get wrong: bytes that were written are no proof of paper. Proof is the answer
to GS r 1, which the printer gives only after everything before it was printed; DLE EOT answers at
once and tells meanwhile why that answer does not come.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from devices.errors import ProtocolError, Timeout
from devices.receipt_printer.escpos import frames
from devices.receipt_printer.escpos.status import (
    PrinterStatus,
    in_order_status,
    is_in_order,
    is_real_time,
    status_of,
    worst,
)
from devices.transport import Line
from devices.worker import Owner

MAX_STRAY_BYTES = 256
PIECE_BYTES = 1024
_QUESTIONS = (1, 2, 3, 4)
_STOPPED = frozenset(PrinterStatus) - {
    PrinterStatus.OK,
    PrinterStatus.PAPER_LOW,
    PrinterStatus.OFFLINE,
}


@dataclass(frozen=True, slots=True)
class PrinterLimits:
    """Timers (docs/protocols/escpos.md)."""

    answer_s: float = 1.0
    look_s: float = 0.5
    job_s: float = 30.0


class EscPosPrinter:
    """Talks over an open line, which it owns from now on."""

    def __init__(self, line: Line, limits: PrinterLimits) -> None:
        self._line = line
        self._limits = limits
        self._owner = Owner()
        self._in_order = bytearray()

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def status(self) -> PrinterStatus:
        """Asks all four real-time questions. Timeout: the printer is silent."""
        self._owner.check()
        self._drop_stale()
        return self._ask_all()

    def send(self, job: bytes) -> None:
        """Write a job in pieces; TransportError when the printer stops taking them."""
        self._owner.check()
        for start in range(0, len(job), PIECE_BYTES):
            self._line.write(job[start : start + PIECE_BYTES])

    def confirm(self) -> PrinterStatus:
        """After `send`: OK or PAPER_LOW once all is on paper, else what stopped it.

        Timeout: neither printed nor stopped within `job_s`.
        """
        self._in_order.clear()
        self._line.write(frames.ASK_PAPER_IN_ORDER)
        deadline = time.monotonic() + self._limits.job_s
        while time.monotonic() < deadline:
            self._listen(self._limits.look_s)
            if not self._in_order:
                now = self._ask_all()
                if not self._in_order and now in _STOPPED:
                    return now
            if self._in_order:
                return worst([in_order_status(self._in_order[0]), self._ask_all()])
        raise Timeout("the printer did not confirm the job")

    def _ask_all(self) -> PrinterStatus:
        printer, cause, error, paper = (self._real_time(number) for number in _QUESTIONS)
        return status_of(printer, cause, error, paper)

    def _real_time(self, number: int) -> int:
        """One DLE EOT; an in-order answer that comes first is kept for `confirm`."""
        self._line.write(frames.ask_status(number))
        deadline = time.monotonic() + self._limits.answer_s
        for _ in range(MAX_STRAY_BYTES):
            byte = self._byte(deadline)
            if byte is None:
                raise Timeout("no status answer")
            if is_real_time(byte):
                return byte
            if is_in_order(byte):
                self._in_order.append(byte)
        raise ProtocolError("no status byte among many others")

    def _listen(self, limit_s: float) -> None:
        """Wait for an in-order answer."""
        deadline = time.monotonic() + limit_s
        for _ in range(MAX_STRAY_BYTES):
            byte = self._byte(deadline)
            if byte is None:
                return
            if is_in_order(byte):
                self._in_order.append(byte)
                return

    def _byte(self, deadline: float) -> int | None:
        data = self._line.read(1, deadline)
        return data[0] if data else None

    def _drop_stale(self) -> None:
        for _ in range(MAX_STRAY_BYTES):
            if not self._line.read(PIECE_BYTES, 0.0):
                return
        raise ProtocolError("the printer never stops talking")
