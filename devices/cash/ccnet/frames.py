"""CCNET frames (docs/protocols/ccnet.md): commands to bytes, bytes to frames. No I/O.

What a reader would get wrong: an answer does not say which command it answers; only the driver,
which asks one thing at a time, knows.
"""

from __future__ import annotations

from devices.errors import ProtocolError

START = 0x02
ADDRESS = 0x03
ACK, NAK, IMPOSSIBLE = b"\x00", b"\xff", b"\x30"
_HEAD_BYTES = 3
_CHECK_BYTES = 2
SHORTEST_BYTES = _HEAD_BYTES + 1 + _CHECK_BYTES
_POLYNOMIAL = 0x8408


def encode(content: bytes) -> bytes:
    """A frame with this command, state or data (1 to 249 bytes)."""
    size = _HEAD_BYTES + len(content) + _CHECK_BYTES
    body = bytes([START, ADDRESS, size]) + content
    return body + _check(body).to_bytes(_CHECK_BYTES, "little")


def take(buffer: bytearray) -> bytes | None:
    """Remove the next frame and return its content; noise before it is dropped.

    Raises ProtocolError for an impossible length or a wrong check sum, after removing it.
    """
    start = buffer.find(START)
    del buffer[: len(buffer) if start < 0 else start]
    if len(buffer) < _HEAD_BYTES:
        return None
    size = buffer[2]
    if buffer[1] != ADDRESS or size < SHORTEST_BYTES:
        del buffer[0]
        raise ProtocolError("not the beginning of a frame")
    if len(buffer) < size:
        return None
    frame = bytes(buffer[:size])
    del buffer[:size]
    if int.from_bytes(frame[-_CHECK_BYTES:], "little") != _check(frame[:-_CHECK_BYTES]):
        raise ProtocolError("wrong check sum")
    return frame[_HEAD_BYTES:-_CHECK_BYTES]


def _check(data: bytes) -> int:
    """CRC-16/KERMIT."""
    check = 0
    for byte in data:
        check ^= byte
        for _ in range(8):
            check = (check >> 1) ^ _POLYNOMIAL if check & 1 else check >> 1
    return check
