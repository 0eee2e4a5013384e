"""SSP frames (docs/protocols/ssp.md): commands to bytes, bytes to frames. No I/O.

What a reader would get wrong: a 7F is doubled wherever it stands, in the check bytes too, and a
lone 7F inside a frame begins a new one.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.errors import ProtocolError

START = 0x7F
FLAG = 0x80
MAX_DATA_BYTES = 255
_HEAD_BYTES = 2
_CHECK_BYTES = 2
_POLYNOMIAL = 0x8005


@dataclass(frozen=True, slots=True)
class Packet:
    """One frame, either way. `flag`: the sequence flag. `data`: at least one byte."""

    flag: bool
    address: int
    data: bytes


def encode(packet: Packet) -> bytes:
    """The whole frame, stuffed."""
    body = bytes([packet.address | (FLAG if packet.flag else 0), len(packet.data)]) + packet.data
    body += _check(body).to_bytes(_CHECK_BYTES, "little")
    return bytes([START]) + body.replace(b"\x7f", b"\x7f\x7f")


def take(buffer: bytearray) -> Packet | None:
    """Remove and return the next frame; noise before it is dropped.

    Raises ProtocolError for a wrong check sum, an empty frame, or one that another cut short,
    after removing it.
    """
    start = buffer.find(START)
    del buffer[: len(buffer) if start < 0 else start]
    body = bytearray()
    position = 1
    while position < len(buffer):
        byte = buffer[position]
        if byte == START:
            if position + 1 == len(buffer):
                return None
            if buffer[position + 1] != START:
                del buffer[:position]
                raise ProtocolError("a frame cut short by the next")
            position += 1
        body.append(byte)
        position += 1
        if len(body) >= _HEAD_BYTES and len(body) == _HEAD_BYTES + body[1] + _CHECK_BYTES:
            del buffer[:position]
            return _packet(bytes(body))
    return None


def _packet(body: bytes) -> Packet:
    content, check = body[:-_CHECK_BYTES], body[-_CHECK_BYTES:]
    if int.from_bytes(check, "little") != _check(content):
        raise ProtocolError("wrong check sum")
    if len(content) == _HEAD_BYTES:
        raise ProtocolError("a frame without data")
    return Packet(bool(content[0] & FLAG), content[0] & ~FLAG, content[_HEAD_BYTES:])


def _check(data: bytes) -> int:
    """CRC-16, most significant bit first, start FFFF."""
    check = 0xFFFF
    for byte in data:
        check ^= byte << 8
        for _ in range(8):
            check = (check << 1) ^ _POLYNOMIAL if check & 0x8000 else check << 1
        check &= 0xFFFF
    return check
