"""How APDUs travel: bare over TCP, in acknowledged blocks over serial.

What a reader would get wrong: a block that got no answer at all is not sent again, for the POS may
have heard its command; one answered with NAK is, for the POS said that it was damaged.
"""

from __future__ import annotations

import time
from collections import deque
from typing import Protocol

from devices.errors import DeviceRefused, ProtocolError, Timeout
from devices.pos.zvt import frames, serial_blocks
from devices.pos.zvt.frames import Apdu
from devices.pos.zvt.serial_blocks import Signal
from devices.transport import Line
from devices.transport.framing import FrameReader
from devices.transport.paths import open_line

TRIES = 3
MAX_STRAY_ITEMS = 16
BLOCK_ANSWER_S = 1.0
STOP_BITS = 2
NAK = "NAK"


class Channel(Protocol):
    """Sends and receives whole APDUs. Errors: see `devices.errors`."""

    def send(self, apdu: Apdu) -> None:
        """DeviceRefused(NAK): the POS heard it damaged each time and took nothing."""

    def next(self, deadline: float) -> Apdu:
        """The next APDU. Timeout: nothing by `deadline` (monotonic seconds)."""

    def drop_stale(self) -> None:
        """Forget what came unasked."""

    def close(self) -> None:
        """Give the line back."""


class TcpChannel:
    """Bare APDUs."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._apdus = FrameReader(line, frames.take)

    def send(self, apdu: Apdu) -> None:
        """See `Channel`."""
        self._line.write(frames.encode(apdu))

    def next(self, deadline: float) -> Apdu:
        """See `Channel`."""
        return self._apdus.next(deadline)

    def drop_stale(self) -> None:
        """See `Channel`."""
        self._apdus.drop_stale()

    def close(self) -> None:
        """See `Channel`."""
        self._line.close()


class SerialChannel:
    """Blocks, each answered by one byte."""

    def __init__(self, line: Line) -> None:
        self._line = line

        self._items: FrameReader[serial_blocks.Item] = FrameReader(line, serial_blocks.take)
        self._early: deque[Apdu] = deque()

    def send(self, apdu: Apdu) -> None:
        """See `Channel`. Timeout: the POS said nothing about the block."""
        for _ in range(TRIES):
            self._line.write(serial_blocks.encode(apdu))
            if self._signal(time.monotonic() + BLOCK_ANSWER_S) is Signal.ACK:
                return
        raise DeviceRefused(NAK, "the POS did not take the block")

    def next(self, deadline: float) -> Apdu:
        """See `Channel`. ProtocolError: damaged each time."""
        if self._early:
            return self._early.popleft()
        damaged = 0
        while True:
            try:
                item = self._items.next(deadline)
            except ProtocolError:
                damaged += 1
                if damaged == TRIES:
                    raise
                self._answer(Signal.NAK)
                continue
            if isinstance(item, Apdu):
                self._answer(Signal.ACK)
                return item

    def drop_stale(self) -> None:
        """See `Channel`."""
        self._early.clear()
        self._items.drop_stale()

    def close(self) -> None:
        """See `Channel`."""
        self._line.close()

    def _signal(self, deadline: float) -> Signal:
        """The POS's word about our block; a block of its own that crosses ours is kept."""
        for _ in range(MAX_STRAY_ITEMS):
            try:
                item = self._items.next(deadline)
            except ProtocolError:
                self._answer(Signal.NAK)
                continue
            if isinstance(item, Signal):
                return item
            self._answer(Signal.ACK)
            self._early.append(item)
        raise Timeout("the POS talks and does not answer")

    def _answer(self, signal: Signal) -> None:
        self._line.write(bytes([signal.value]))


def open_channel(path: str, baud: int) -> Channel:
    """Raises TransportError when the line cannot be opened."""
    line = open_line(path, baud, STOP_BITS)
    return SerialChannel(line) if path.startswith("serial:") else TcpChannel(line)
