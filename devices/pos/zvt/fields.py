"""The fields (BMPs) inside ZVT answers, and what is kept of them. No I/O.

What a reader would get wrong: the POS may send more of the card number than may be kept; it is
masked again here to the first 6 and last 4 digits, and track data is passed over unread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devices.errors import ProtocolError

_FIXED = {
    0x01: 1, 0x02: 1, 0x03: 1, 0x04: 6, 0x05: 1, 0x0B: 3, 0x0C: 3, 0x0D: 2, 0x0E: 2, 0x17: 2,
    0x19: 1, 0x27: 1, 0x29: 4, 0x2A: 15, 0x37: 3, 0x3B: 8, 0x49: 2, 0x87: 2, 0x88: 3, 0x8A: 1,
    0x8C: 1,
}  # fmt: skip
_LENGTH_DIGITS = {0x22: 2, 0x23: 2, 0x8B: 2, 0x3C: 3, 0x60: 3}
_CONTAINER = 0x06
_REFERENCE_TAG = 0x1F63
_MAX_DEPTH = 4
_MAX_TAG_BYTES = 4
_RRN_MARK = "RRN:"
_HEAD_DIGITS, _TAIL_DIGITS = 6, 4


@dataclass(frozen=True, slots=True)
class StatusInformation:
    """What is kept of a 04 0F. Texts are "" and numbers None when the POS did not send them."""

    result: int | None
    amount_fen: int | None
    currency: str
    masked_card: str
    receipt: str
    auth_code: str
    trace: str
    rrn: str
    terminal_id: str
    merchant_id: str
    reference: str


@dataclass(frozen=True, slots=True)
class TerminalState:
    """Answer to a status enquiry; `code` 00 is ready."""

    version: str
    code: int


def status_information(data: bytes) -> StatusInformation:
    """Decode a 04 0F. Raises ProtocolError for fields that do not fit."""
    found = dict(_fields(data))
    result = found.get(0x27)
    amount = found.get(0x04)
    return StatusInformation(
        result=None if result is None else result[0],
        amount_fen=None if amount is None else int(_digits(amount)),
        currency=_digits(found.get(0x49, b"")),
        masked_card=_mask(found.get(0x22, b"")),
        receipt=_digits(found.get(0x87, b"")),
        auth_code=_text(found.get(0x3B, b"")),
        trace=_digits(found.get(0x0B, b"")),
        rrn=_rrn(_text(found.get(0x3C, b""))),
        terminal_id=_digits(found.get(0x29, b"")),
        merchant_id=_text(found.get(0x2A, b"")),
        reference=_reference(found.get(_CONTAINER, b"")),
    )


def terminal_state(data: bytes) -> TerminalState:
    """Decode the completion of a status enquiry: LLLVAR version, one status byte."""
    version, rest = _variable(data, 3)
    if not rest:
        raise ProtocolError("a status enquiry without a status")
    return TerminalState(_text(version), rest[0])


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    while data:
        tag, data = data[0], data[1:]
        if tag in _FIXED:
            value, data = _cut(data, _FIXED[tag])
        elif tag in _LENGTH_DIGITS:
            value, data = _variable(data, _LENGTH_DIGITS[tag])
        elif tag == _CONTAINER:
            size, data = _tlv_size(data)
            value, data = _cut(data, size)
        else:
            raise ProtocolError(f"unknown field {tag:02X}")
        yield tag, value


def _cut(data: bytes, size: int) -> tuple[bytes, bytes]:
    if len(data) < size:
        raise ProtocolError("a field longer than its frame")
    return data[:size], data[size:]


def _variable(data: bytes, digits: int) -> tuple[bytes, bytes]:
    """LLVAR and LLLVAR: each length digit is a byte F0 to F9."""
    head, rest = _cut(data, digits)
    size = 0
    for byte in head:
        if not 0xF0 <= byte <= 0xF9:
            raise ProtocolError("a length digit that is none")
        size = size * 10 + (byte & 0x0F)
    return _cut(rest, size)


def _tlv_size(data: bytes) -> tuple[int, bytes]:
    if not data:
        raise ProtocolError("a container without a length")
    if data[0] < 0x80:
        return data[0], data[1:]
    raw, rest = _cut(data[1:], data[0] & 0x7F)
    if len(raw) not in (1, 2):
        raise ProtocolError("a container length of a strange size")
    return int.from_bytes(raw, "big"), rest


def _leaves(data: bytes, depth: int = 0) -> Iterator[tuple[int, bytes]]:
    """Primitive TLV elements, also inside constructed ones."""
    if depth == _MAX_DEPTH:
        raise ProtocolError("containers too deep")
    while data:
        tag_bytes = 1
        if data[0] & 0x1F == 0x1F:
            tag_bytes = 2
            while tag_bytes < min(len(data), _MAX_TAG_BYTES) and data[tag_bytes - 1] & 0x80:
                tag_bytes += 1
        constructed = bool(data[0] & 0x20)
        raw_tag, data = _cut(data, tag_bytes)
        size, data = _tlv_size(data)
        value, data = _cut(data, size)
        if constructed:
            yield from _leaves(value, depth + 1)
        else:
            yield int.from_bytes(raw_tag, "big"), value


def _reference(container: bytes) -> str:
    for tag, value in _leaves(container):
        if tag == _REFERENCE_TAG:
            return _text(value)
    return ""


def _digits(raw: bytes) -> str:
    digits = raw.hex()
    if digits and not digits.isdecimal():
        raise ProtocolError("a BCD number with other digits")
    return digits


def _mask(raw: bytes) -> str:
    """First 6 and last 4 at most; masked nibbles (E) and all between become *."""
    nibbles = raw.hex().rstrip("f")
    tail_at = len(nibbles) - _TAIL_DIGITS
    if tail_at <= _HEAD_DIGITS:
        return "*" * len(nibbles)
    return "".join(
        digit if digit.isdecimal() and (at < _HEAD_DIGITS or at >= tail_at) else "*"
        for at, digit in enumerate(nibbles)
    )


def _text(raw: bytes) -> str:
    return raw.rstrip(b"\0 ").decode("gb18030", errors="replace")


def _rrn(text: str) -> str:
    words = text.partition(_RRN_MARK)[2].split()
    return words[0] if words else ""
