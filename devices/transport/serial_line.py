"""A serial port (or pseudo-terminal) through pyserial.

What a reader would get wrong: an unplugged port raises SerialException, OSError or termios.error
depending on the call, so all three are caught; and `timeout` is set once, because pyserial applies
all settings again at each change.
"""

from __future__ import annotations

import time
from types import ModuleType

import serial

from devices.errors import TransportError

termios: ModuleType | None
try:
    import termios
except ImportError:
    termios = None

_BROKEN: tuple[type[Exception], ...] = (serial.SerialException, OSError) + (
    (termios.error,) if termios is not None else ()
)
_UNOPENABLE: tuple[type[Exception], ...] = (*_BROKEN, ValueError)
SLICE_S = 0.05
WRITE_LIMIT_S = 5.0


class SerialLine:
    """8N1, or 8N2, at a given baud rate, opened for this program alone."""

    def __init__(self, port: str, baud: int, stop_bits: int = 1) -> None:
        self._port_name = port
        self._baud = baud
        self._stop_bits = stop_bits
        self._port: serial.Serial | None = None

    def open(self) -> None:
        """Raises TransportError: no such port, no right to it, or held by another program."""
        try:
            self._port = serial.Serial(
                self._port_name,
                self._baud,
                stopbits=self._stop_bits,
                timeout=SLICE_S,
                write_timeout=WRITE_LIMIT_S,
                exclusive=True,
            )
        except _UNOPENABLE as error:
            raise TransportError(f"{self._port_name}: {error}") from None

    def close(self) -> None:
        """Give the port back."""
        port, self._port = self._port, None
        if port is not None:
            try:
                port.close()
            except _BROKEN:
                return

    def write(self, data: bytes) -> None:
        """Raises TransportError when the port is gone or nobody reads for WRITE_LIMIT_S."""
        try:
            self._opened().write(data)
        except _BROKEN as error:
            raise TransportError(f"{self._port_name}: {error}") from None

    def read(self, size: int, deadline: float) -> bytes:
        """See `Line.read`; may be late by SLICE_S."""
        port = self._opened()
        try:
            while True:
                waiting = port.in_waiting
                if waiting:
                    return bytes(port.read(min(waiting, size)))
                if time.monotonic() >= deadline:
                    return b""
                first = bytes(port.read(1))
                if first:
                    return first + bytes(port.read(min(port.in_waiting, size - 1)))
        except _BROKEN as error:
            raise TransportError(f"{self._port_name}: {error}") from None

    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise TransportError(f"{self._port_name}: not open")
        return self._port
