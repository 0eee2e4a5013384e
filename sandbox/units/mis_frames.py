"""Frames and TLV lists of the MIS-TLV card terminal, device side (protocol page section 5.2).

Pure. What a reader would get wrong: LEN is the *decimal* length of DATA in packed BCD, so 262 bytes
are 02 62.
"""

from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor

STX, ETX = 0x02, 0x03
LONGEST_DATA = 1024
PATIENCE_S = 0.25
TAG_BYTES = 2


class MisSign(Enum):
    """The single bytes of the dialogue."""

    ACK = 0x06
    NAK = 0x15
    EOT = 0x04


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A frame with a wrong LRC, length or end: answered with 15."""


@dataclass(frozen=True, slots=True)
class Tlvs:
    """The TLV list of a frame or of DF06, by tag as hex; of a repeated tag the last one counts."""

    values: dict[str, bytes]

    def raw(self, tag: str) -> bytes:
        """The value; empty when the tag is not there."""
        return self.values.get(tag, b"")

    def digits(self, tag: str) -> str:
        """A BCD value as digits."""
        return self.raw(tag).hex().upper()

    def text(self, tag: str) -> str:
        """An ASCII value without the blanks around it."""
        return self.raw(tag).decode("ascii", "replace").strip()


Received = Tlvs | Spoilt | MisSign


def first_frame(buffer: bytes) -> tuple[Received | None, int]:
    """What stands first, for a ByteCollector; a stray 00 is passed over."""
    first = buffer[0]
    if first != STX:
        known = first in {sign.value for sign in MisSign}
        return (MisSign(first) if known else None), 1
    if len(buffer) < 3:
        return None, 0
    length = buffer[1:3].hex()
    if not length.isdecimal() or int(length) > LONGEST_DATA:
        return Spoilt(), 3
    total = 3 + int(length) + 2
    if len(buffer) < total:
        return None, 0
    return _content(buffer[:total]), total


def _content(frame: bytes) -> Tlvs | Spoilt:
    if frame[-2] != ETX or reduce(xor, frame[1:-1]) != frame[-1]:
        return Spoilt()
    return read_tlvs(frame[3:-2]) or Spoilt()


def read_tlvs(data: bytes) -> Tlvs | None:
    """The list in ``data``; None when the lengths do not fit."""
    values: dict[str, bytes] = {}
    while data:
        tag, data = data[:TAG_BYTES].hex().upper(), data[TAG_BYTES:]
        long_form = data[:1] >= b"\x80"
        size_bytes = data[0] & 0x7F if long_form else 0
        head = 1 + size_bytes
        if len(data) < head or size_bytes > 2:
            return None
        size = int.from_bytes(data[1:head], "big") if long_form else data[0]
        if len(data) < head + size:
            return None
        values[tag], data = data[head : head + size], data[head + size :]
    return Tlvs(values)


def tlv(tag: str, value: bytes) -> bytes:
    """One element; the length takes one byte below 80, else 81 xx or 82 hi lo."""
    size = len(value)
    if size < 0x80:
        length = bytes([size])
    elif size < 0x100:
        length = bytes([0x81, size])
    else:
        length = b"\x82" + size.to_bytes(2, "big")
    return bytes.fromhex(tag) + length + value


def bcd_tlv(tag: str, digits: str) -> bytes:
    """One element of BCD digits."""
    return tlv(tag, bytes.fromhex(digits))


def mis_frame(data: bytes) -> bytes:
    """The bytes of a frame."""
    body = bytes.fromhex(f"{len(data):04d}") + data + bytes([ETX])
    return bytes([STX]) + body + bytes([reduce(xor, body)])
