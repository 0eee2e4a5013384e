"""The fields (BMPs) inside ZVT answers, and what is kept of them. No I/O.

What a reader would get wrong: the POS may send more of the card number than may be kept; it is
masked again here to the first 6 and last 4 digits, and track data is passed over unread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.ports import DayTotal
from devices.errors import ProtocolError
from devices.pos.card_number import masked

_FIXED = {
    0x01: 1, 0x02: 1, 0x03: 1, 0x04: 6, 0x05: 1, 0x0B: 3, 0x0C: 3, 0x0D: 2, 0x0E: 2, 0x17: 2,
    0x19: 1, 0x27: 1, 0x29: 4, 0x2A: 15, 0x37: 3, 0x3B: 8, 0x49: 2, 0x87: 2, 0x88: 3, 0x8A: 1,
    0x8C: 1,
}  # fmt: skip
_LENGTH_DIGITS = {0x22: 2, 0x23: 2, 0x8B: 2, 0x3C: 3, 0x60: 3}
_CONTAINER = 0x06
_RECEIPT = 0x87
_REFERENCE_TAG = 0x1F63
_MAX_DEPTH = 4
_MAX_TAG_BYTES = 4
_RRN_MARK = "RRN:"
_DEVICE_NAME, _DEVICE_SERIAL, _TERMINAL_ID = 0x1F40, 0x1F42, 0x1F44
_NO_RECEIPT = b"\xff\xff"
_SCHEMES = ("girocard", "jcb", "eurocard", "amex", "visa", "diners", "others")
_RECEIPT_RANGE_BYTES = 4
_SCHEME_BYTES = 7


@dataclass(frozen=True, slots=True)
class StatusInformation:
    """What is kept of a 04 0F. Texts are "" and numbers None when the POS did not send them.

    `scheme_totals`: of an end of day, card schemes that moved.
    """

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
    scheme_totals: tuple[DayTotal, ...]


@dataclass(frozen=True, slots=True)
class TerminalState:
    """Answer to a status enquiry; `code` 00 is ready. Texts are "" when it did not send them."""

    version: str
    code: int
    name: str = ""
    serial: str = ""
    terminal_id: str = ""


def status_information(data: bytes) -> StatusInformation:
    """Decode a 04 0F. Raises ProtocolError for fields that do not fit."""
    found = dict(_fields(data))
    result = found.get(0x27)
    amount = found.get(0x04)
    return StatusInformation(
        result=None if result is None else result[0],
        amount_fen=None if amount is None else int(_digits(amount)),
        currency=_digits(found.get(0x49, b"")),
        masked_card=masked(found.get(0x22, b"").hex().rstrip("f")),
        receipt=_digits(found.get(0x87, b"")),
        auth_code=_text(found.get(0x3B, b"")),
        trace=_digits(found.get(0x0B, b"")),
        rrn=_rrn(_text(found.get(0x3C, b""))),
        terminal_id=_digits(found.get(0x29, b"")),
        merchant_id=_text(found.get(0x2A, b"")),
        reference=_reference(found.get(_CONTAINER, b"")),
        scheme_totals=_scheme_totals(found.get(0x60, b"")),
    )


def terminal_state(data: bytes) -> TerminalState:
    """Decode the completion of a status enquiry: LLLVAR version, one status byte, fields."""
    version, rest = _variable(data, 3)
    if not rest:
        raise ProtocolError("a status enquiry without a status")
    leaves = _device_leaves(rest[1:])
    return TerminalState(
        version=_text(version),
        code=rest[0],
        name=_text(leaves.get(_DEVICE_NAME, b"")),
        serial=leaves.get(_DEVICE_SERIAL, b"").hex().upper(),
        terminal_id=leaves.get(_TERMINAL_ID, b"").hex().upper(),
    )


def open_hold_receipt(data: bytes) -> str | None:
    """Out of the data of an abort B8: error, field 87. None: no hold is open."""
    head, rest = _cut(data, 2)
    receipt, _ = _cut(rest, len(_NO_RECEIPT))
    if head[1] != _RECEIPT:
        raise ProtocolError("an answer about open holds without a receipt")
    return None if receipt == _NO_RECEIPT else _digits(receipt)


def _device_leaves(data: bytes) -> dict[int, bytes]:
    """Who the POS is. It is not needed to trust its money, so a strange one is left out."""
    try:
        return dict(_leaves(dict(_fields(data)).get(_CONTAINER, b"")))
    except ProtocolError:
        return {}


def _scheme_totals(data: bytes) -> tuple[DayTotal, ...]:
    """Field 60: first and last receipt, then count and amount of each card scheme."""
    totals = []
    rest = data[_RECEIPT_RANGE_BYTES:]
    for name in _SCHEMES:
        if not rest:
            break
        part, rest = _cut(rest, _SCHEME_BYTES)
        if part[0]:
            totals.append(DayTotal(name, int(_digits(part[1:])), part[0]))
    return tuple(totals)


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


def _text(raw: bytes) -> str:
    return raw.rstrip(b"\0 ").decode("gb18030", errors="replace")


def _rrn(text: str) -> str:
    words = text.partition(_RRN_MARK)[2].split()
    return words[0] if words else ""
