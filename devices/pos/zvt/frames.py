"""ZVT APDUs (docs/protocols/zvt.md): commands to bytes, bytes to APDUs. No I/O.

What a reader would get wrong: LEN is one byte up to FE, else FF and two bytes, low one first; and
amounts are BCD fen. An APDU may hold card data: its repr shows no content.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.errors import ProtocolError

MAX_APDU_BYTES = 4096
_LONG = 0xFF
_AMOUNT_DIGITS = 12
_PAYMENT_TYPE = bytes([0x19, 0x40])
_REGISTRATION_CONFIG = 0xBA
_REFERENCE_KIND = b"\x1f\x62\x02AC"
_AUTH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Apdu:
    """`code`: CLASS and INSTR as one number, such as 0x040F."""

    code: int
    data: bytes

    def __repr__(self) -> str:
        return f"Apdu({self.code:04X}, {len(self.data)} bytes)"


ACK = Apdu(0x8000, b"")
ABORT = Apdu(0x06B0, b"")
INTERMEDIATE_STATUS = 0x04FF
STATUS_INFORMATION = 0x040F
COMPLETION = 0x060F
ABORTED = 0x061E
NEGATIVE_CLASS = 0x84
BUSY = "9C"
REVERSE_RESERVATION = 0x0625
REVERSAL = 0x0630
OPEN_HOLDS = 0xB8


def encode(apdu: Apdu) -> bytes:
    """A whole APDU."""
    size = len(apdu.data)
    length = bytes([size]) if size < _LONG else bytes([_LONG]) + size.to_bytes(2, "little")
    return apdu.code.to_bytes(2, "big") + length + apdu.data


def take(buffer: bytearray) -> Apdu | None:
    """Remove and return the first whole APDU. ProtocolError: longer than any real one."""
    if len(buffer) < 3:
        return None
    size, head = buffer[2], 3
    if size == _LONG:
        if len(buffer) < 5:
            return None
        size, head = int.from_bytes(buffer[3:5], "little"), 5
    if size > MAX_APDU_BYTES:
        buffer.clear()
        raise ProtocolError(f"an APDU of {size} bytes")
    if len(buffer) < head + size:
        return None
    apdu = Apdu(int.from_bytes(buffer[:2], "big"), bytes(buffer[head : head + size]))
    del buffer[: head + size]
    return apdu


def registration(password: str, currency: str) -> Apdu:
    """`password`: 6 digits; `currency`: 4 digits such as "0156"."""
    config = bytes([_REGISTRATION_CONFIG])
    return Apdu(0x0600, _bcd(password, 6) + config + _bcd(currency, 4))


def status_enquiry() -> Apdu:
    """How the terminal is."""
    return Apdu(0x0501, b"")


def repeat_receipt() -> Apdu:
    """The last transaction once more."""
    return Apdu(0x0620, b"")


def open_holds() -> Apdu:
    """Which holds are open; the POS answers with an abort OPEN_HOLDS."""
    return Apdu(0x0623, b"\x87\xff\xff")


def end_of_day(password: str) -> Apdu:
    """Close the batch."""
    return Apdu(0x0650, _bcd(password, 6))


def sale(amount_fen: int, currency: str, reference: str) -> Apdu:
    """Take money under our own reference."""
    parts = _PAYMENT_TYPE + _currency(currency) + _amount(amount_fen)
    return Apdu(0x0601, parts + _reference(reference))


def refund(password: str, amount_fen: int, currency: str, reference: str) -> Apdu:
    """Money back; `reference` "" leaves ours out."""
    parts = _bcd(password, 6) + _amount(amount_fen) + _currency(currency)
    return Apdu(0x0631, parts + _reference(reference))


def reversal(password: str, receipt: str) -> Apdu:
    """Void the sale of `receipt`."""
    return Apdu(REVERSAL, _bcd(password, 6) + _receipt(receipt))


def partial_reversal(receipt: str, amount_fen: int, currency: str, reference: str) -> Apdu:
    """Free `amount_fen` of the hold of `receipt`; `reference` "" leaves ours out."""
    parts = _PAYMENT_TYPE + _receipt(receipt) + _currency(currency) + _amount(amount_fen)
    return Apdu(0x0623, parts + _reference(reference))


def reservation(amount_fen: int, currency: str, reference: str) -> Apdu:
    """A pre-authorisation under our own reference."""
    parts = _PAYMENT_TYPE + _currency(currency) + _amount(amount_fen)
    return Apdu(0x0622, parts + _reference(reference))


def book_total(
    receipt: str, amount_fen: int, currency: str, trace: str, auth_code: str, reference: str
) -> Apdu:
    """Complete the hold of `receipt` with its final amount; `trace` "" leaves that field out."""
    parts = _PAYMENT_TYPE + _receipt(receipt) + _currency(currency) + _amount(amount_fen)
    authorisation = b"\x3b" + auth_code.encode("ascii").ljust(_AUTH_BYTES, b"\0")
    if trace:
        parts += b"\x0b" + _bcd(trace, 6)
    return Apdu(0x0624, parts + authorisation + _reference(reference))


def reverse_reservation(receipt: str, currency: str) -> Apdu:
    """Cancel the whole hold of `receipt`."""
    return Apdu(REVERSE_RESERVATION, _PAYMENT_TYPE + _receipt(receipt) + _currency(currency))


def _currency(currency: str) -> bytes:
    return b"\x49" + _bcd(currency, 4)


def _amount(amount_fen: int) -> bytes:
    return b"\x04" + _bcd(str(amount_fen).zfill(_AMOUNT_DIGITS), _AMOUNT_DIGITS)


def _receipt(receipt: str) -> bytes:
    return b"\x87" + _bcd(receipt, 4)


def _reference(reference: str) -> bytes:
    if not reference:
        return b""
    text = reference.encode("ascii")
    inner = _REFERENCE_KIND + b"\x1f\x63" + _tlv_length(len(text)) + text
    group = b"\xe9" + _tlv_length(len(inner)) + inner
    return b"\x06" + _tlv_length(len(group)) + group


def _tlv_length(size: int) -> bytes:
    if size < 0x80:
        return bytes([size])
    return bytes([0x81, size]) if size <= 0xFF else b"\x82" + size.to_bytes(2, "big")


def _bcd(digits: str, count: int) -> bytes:
    if len(digits) != count or not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"expected {count} digits")
    return bytes.fromhex(digits)
