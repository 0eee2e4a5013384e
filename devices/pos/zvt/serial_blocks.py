"""ZVT blocks on a serial line (docs/protocols/zvt.md): bytes around an APDU. No I/O.

10 02, the APDU with each 10 doubled, 10 03, CRC low, CRC high. What a reader would get wrong: the
check is over the APDU before doubling and the 03 after it, and its own bytes are not doubled.
"""

from __future__ import annotations

from enum import Enum

from devices.errors import ProtocolError
from devices.pos.zvt import frames
from devices.pos.zvt.frames import MAX_APDU_BYTES, Apdu

_DLE, _STX, _ETX = 0x10, 0x02, 0x03
_POLYNOMIAL = 0x8408
_MAX_BLOCK_BYTES = 2 * MAX_APDU_BYTES + 16


class Signal(Enum):
    """The receiver's word about a block."""

    ACK = 0x06
    NAK = 0x15


Item = Apdu | Signal
_SIGNALS = {signal.value: signal for signal in Signal}


def encode(apdu: Apdu) -> bytes:
    """A whole block."""
    body = frames.encode(apdu)
    doubled = body.replace(bytes([_DLE]), bytes([_DLE, _DLE]))
    check = _crc(body + bytes([_ETX])).to_bytes(2, "little")
    return bytes([_DLE, _STX]) + doubled + bytes([_DLE, _ETX]) + check


def take(buffer: bytearray) -> Item | None:
    """Remove and return the next signal or APDU; noise between blocks is dropped.

    ProtocolError: a damaged block, after removing it.
    """
    while buffer and buffer[0] != _DLE and buffer[0] not in _SIGNALS:
        del buffer[0]
    if not buffer:
        return None
    if buffer[0] in _SIGNALS:
        return _SIGNALS[buffer.pop(0)]
    if len(buffer) < 2:
        return None
    if buffer[1] != _STX:
        del buffer[0]
        raise ProtocolError("a block without a start")
    return _block(buffer)


def _block(buffer: bytearray) -> Apdu | None:
    body = bytearray()
    at = 2
    while at + 1 < len(buffer):
        if buffer[at] != _DLE:
            body.append(buffer[at])
            at += 1
        elif buffer[at + 1] == _DLE:
            body.append(_DLE)
            at += 2
        elif buffer[at + 1] == _ETX:
            return _closed(buffer, body, at + 2)
        else:
            del buffer[:at]
            raise ProtocolError("a block that stops inside")
    if len(buffer) > _MAX_BLOCK_BYTES:
        buffer.clear()
        raise ProtocolError("a block without an end")
    return None


def _closed(buffer: bytearray, body: bytearray, check_at: int) -> Apdu | None:
    if len(buffer) < check_at + 2:
        return None
    check = int.from_bytes(buffer[check_at : check_at + 2], "little")
    del buffer[: check_at + 2]
    if check != _crc(bytes(body) + bytes([_ETX])):
        raise ProtocolError("wrong check bytes")
    apdu = frames.take(body)
    if apdu is None or body:
        raise ProtocolError("a block that is not one APDU")
    return apdu


def _crc(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ _POLYNOMIAL if crc & 1 else crc >> 1
    return crc
