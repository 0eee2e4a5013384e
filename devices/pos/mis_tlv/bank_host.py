"""The bank's front end, when the POS has no network of its own and asks us to carry its packets.

Each packet goes over a new TCP connection with a two-byte length, high byte first. What a reader
would get wrong: packets hold card data; they pass through and are neither kept nor logged.
"""

from __future__ import annotations

import time

from devices.errors import ProtocolError
from devices.transport.framing import FrameReader
from devices.transport.paths import open_line

MAX_PACKET_BYTES = 1000
ANSWER_S = 60.0
_UNUSED_BAUD = 9600


class BankHost:
    """`path`: tcp:HOST:PORT."""

    def __init__(self, path: str, answer_s: float = ANSWER_S) -> None:
        self._path = path
        self._answer_s = answer_s

    def exchange(self, packet: bytes) -> bytes:
        """The host's answer. Raises DeviceError: unreachable, silent, or nonsense."""
        line = open_line(self._path, _UNUSED_BAUD)
        try:
            line.write(len(packet).to_bytes(2, "big") + packet)
            return FrameReader(line, take).next(time.monotonic() + self._answer_s)
        finally:
            line.close()


def take(buffer: bytearray) -> bytes | None:
    """Remove and return one packet. ProtocolError: longer than a POS can take."""
    if len(buffer) < 2:
        return None
    size = int.from_bytes(buffer[:2], "big")
    if size > MAX_PACKET_BYTES:
        buffer.clear()
        raise ProtocolError(f"a packet of {size} bytes")
    if len(buffer) < 2 + size:
        return None
    packet = bytes(buffer[2 : 2 + size])
    del buffer[: 2 + size]
    return packet
