"""MIS-TLV frames (docs/protocols/mis_tlv.md): TLV lists to bytes and back. No I/O.

What a reader would get wrong: the length of a frame is a *decimal* number in packed BCD (262 bytes
travel as 02 62), while lengths inside are binary. Values may be card data: no repr shows them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor

from devices.errors import ProtocolError

MAX_DATA_BYTES = 1024
_START, _END = 0x02, 0x03
_HEAD_BYTES, _TAIL_BYTES = 3, 2
_TAG_CLASS = 0xDF
_CONFIRMED = b"ACKACK"
_RECEIPT_DIGITS = 6
_LOG = b"LOGLOG"


class Control(Enum):
    """Single bytes of the dialogue."""

    ACK = 0x06
    NAK = 0x15
    EOT = 0x04


@dataclass(frozen=True, slots=True)
class Tlv:
    """`tag`: such as 0xDF03."""

    tag: int
    value: bytes

    def __repr__(self) -> str:
        return f"Tlv({self.tag:04X}, {len(self.value)} bytes)"


@dataclass(frozen=True, slots=True)
class Packet:
    """The data of one frame."""

    tlvs: tuple[Tlv, ...]

    def value(self, tag: int) -> bytes | None:
        """Of the first TLV with that tag."""
        return next((tlv.value for tlv in self.tlvs if tlv.tag == tag), None)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Unasked: the transaction with this receipt number stands, its result was lost."""

    receipt: str


Item = Control | Packet | Confirmed
_CONTROL = {control.value: control for control in Control}


def encode(tlvs: Iterable[Tlv]) -> bytes:
    """A whole frame. ValueError: more than 1024 bytes of data."""
    data = tlv_bytes(tlvs)
    if len(data) > MAX_DATA_BYTES:
        raise ValueError(f"{len(data)} bytes of data")
    checked = bytes.fromhex(f"{len(data):04d}") + data + bytes([_END])
    return bytes([_START]) + checked + bytes([_check(checked)])


def tlv_bytes(tlvs: Iterable[Tlv]) -> bytes:
    """The list without a frame."""
    return b"".join(
        tlv.tag.to_bytes(2, "big") + _length(len(tlv.value)) + tlv.value for tlv in tlvs
    )


def tlvs_of(data: bytes) -> tuple[Tlv, ...]:
    """Raises ProtocolError for what is no such list."""
    found = []
    while data:
        if len(data) < 3 or data[0] != _TAG_CLASS:
            raise ProtocolError("a TLV without a tag")
        tag = int.from_bytes(data[:2], "big")
        size, data = _size(data[2:])
        if len(data) < size:
            raise ProtocolError("a TLV longer than its packet")
        found.append(Tlv(tag, data[:size]))
        data = data[size:]
    return tuple(found)


def take(buffer: bytearray) -> Item | None:
    """Remove and return the next item; noise and log packets between are dropped.

    ProtocolError: an impossible length, a wrong check byte or a broken list, after removing it.
    """
    while buffer:
        if buffer[0] in _CONTROL:
            return _CONTROL[buffer.pop(0)]
        if buffer[0] == _START:
            if not _is_whole(buffer):
                return None
            item = _unframed(buffer)
            if item is not None:
                return item
        elif _CONFIRMED.startswith(buffer[: len(_CONFIRMED)]):
            return _bare_confirmation(buffer)
        else:
            del buffer[0]
    return None


def _is_whole(buffer: bytearray) -> bool:
    return len(buffer) >= _HEAD_BYTES and len(buffer) >= _total(buffer)


def _total(buffer: bytearray) -> int:
    digits = buffer[1:_HEAD_BYTES].hex()
    if not digits.isdecimal() or int(digits) > MAX_DATA_BYTES:
        del buffer[0]
        raise ProtocolError("an impossible length")
    return _HEAD_BYTES + int(digits) + _TAIL_BYTES


def _unframed(buffer: bytearray) -> Packet | Confirmed | None:
    """None: a log packet."""
    total = _total(buffer)
    frame = bytes(buffer[:total])
    del buffer[:total]
    if frame[-_TAIL_BYTES] != _END or _check(frame[1:]) != 0:
        raise ProtocolError("wrong check byte")
    data = frame[_HEAD_BYTES:-_TAIL_BYTES]
    if data.startswith(_LOG):
        return None
    if data.startswith(_CONFIRMED):
        return _confirmation(data)
    return Packet(tlvs_of(data))


def _bare_confirmation(buffer: bytearray) -> Confirmed | None:
    size = len(_CONFIRMED) + _RECEIPT_DIGITS
    if len(buffer) < size:
        return None
    data = bytes(buffer[:size])
    del buffer[:size]
    return _confirmation(data)


def _confirmation(data: bytes) -> Confirmed:
    digits = data[len(_CONFIRMED) :]
    if len(digits) != _RECEIPT_DIGITS or not digits.isdigit():
        raise ProtocolError("a confirmation without a receipt number")
    return Confirmed(digits.decode("ascii"))


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes([size])
    return bytes([0x81, size]) if size <= 0xFF else b"\x82" + size.to_bytes(2, "big")


def _size(data: bytes) -> tuple[int, bytes]:
    if data[0] < 0x80:
        return data[0], data[1:]
    count = data[0] & 0x7F
    if count not in (1, 2) or len(data) < 1 + count:
        raise ProtocolError("a length of a strange size")
    return int.from_bytes(data[1 : 1 + count], "big"), data[1 + count :]


def _check(data: bytes) -> int:
    return reduce(xor, data, 0)
