"""ZVT application units and their fields, terminal side (protocol page 5.1).

Pure. A field's length follows from its number, so one unknown field ends the reading of a command:
the fields before it stand. The container 06 is kept as it came, because it is echoed unchanged.
"""

from dataclasses import dataclass, replace

ACK = bytes.fromhex("800000")
BUSY = bytes.fromhex("849C00")
UNKNOWN_COMMAND = bytes.fromhex("848300")
LONG_LENGTH = 0xFF
FIXED_BYTES = {
    0x01: 1,
    0x02: 1,
    0x03: 1,
    0x04: 6,
    0x05: 1,
    0x0B: 3,
    0x0C: 3,
    0x0D: 2,
    0x0E: 2,
    0x17: 2,
    0x19: 1,
    0x27: 1,
    0x29: 4,
    0x2A: 15,
    0x37: 3,
    0x3B: 8,
    0x49: 2,
    0x87: 2,
    0x88: 3,
    0x8A: 1,
    0x8C: 1,
}
LENGTH_DIGITS = {0x22: 2, 0x23: 2, 0x8B: 2, 0x3C: 3, 0x60: 3}
REFERENCE_PATH = ("E9", "1F63")


@dataclass(frozen=True, slots=True)
class Apdu:
    """One unit: class and instruction as one number, e.g. 0x0622 for a reservation."""

    code: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Fields:
    """What a command said; absent fields are None, ``container`` is the content of tag 06."""

    amount_fen: int | None = None
    receipt: str | None = None
    currency: int | None = None
    auth_code: str | None = None
    container: bytes = b""
    reference: str = ""


class ApduReader:
    """Collects bytes into units; the length is one byte, or FF and two bytes low first."""

    def __init__(self) -> None:
        self._buffer = b""

    def clear(self) -> None:
        """Forget a unit that a lost connection left unfinished."""
        self._buffer = b""

    def feed(self, data: bytes) -> list[Apdu]:
        """Every unit completed by ``data``."""
        self._buffer += data
        found: list[Apdu] = []
        while len(self._buffer) >= 3:
            header, length = 3, self._buffer[2]
            if length == LONG_LENGTH:
                header, length = 5, int.from_bytes(self._buffer[3:5], "little")
            if len(self._buffer) < header + length:
                break
            body = self._buffer[header : header + length]
            found.append(Apdu(int.from_bytes(self._buffer[:2], "big"), body))
            self._buffer = self._buffer[header + length :]
        return found


def apdu(code: int, data: bytes = b"") -> bytes:
    """The bytes of one unit."""
    length = bytes([len(data)])
    if len(data) >= LONG_LENGTH:
        length = bytes([LONG_LENGTH]) + len(data).to_bytes(2, "little")
    return code.to_bytes(2, "big") + length + data


def read_fields(data: bytes) -> Fields:
    """The fields this terminal understands, up to the first one of unknown length."""
    fields = Fields()
    position = 0
    while position < len(data):
        tag, position = data[position], position + 1
        if tag == 0x06:
            length, position = _tlv_length(data, position)
            container = data[position : position + length]
            fields = replace(fields, container=container, reference=_reference(container))
        elif tag in FIXED_BYTES:
            length = FIXED_BYTES[tag]
            fields = _with(fields, tag, data[position : position + length])
        elif tag in LENGTH_DIGITS:
            digits = LENGTH_DIGITS[tag]
            length = int("".join(str(b & 0x0F) for b in data[position : position + digits]))
            position += digits
        else:
            break
        position += length
    return fields


def _with(fields: Fields, tag: int, value: bytes) -> Fields:
    match tag:
        case 0x04:
            return replace(fields, amount_fen=int(value.hex()))
        case 0x49:
            return replace(fields, currency=int(value.hex()))
        case 0x87:
            return replace(fields, receipt=value.hex().upper())
        case 0x3B:
            return replace(fields, auth_code=value.rstrip(b"\0").decode("ascii", "replace"))
        case _:
            return fields


def _tlv_length(data: bytes, position: int) -> tuple[int, int]:
    first = data[position] if position < len(data) else 0
    if first < 0x80:
        return first, position + 1
    count = first & 0x7F
    start = position + 1
    return int.from_bytes(data[start : start + count], "big"), start + count


def _reference(container: bytes) -> str:
    """Our own reference: E9 holds 1F62 and 1F63, the second one is the text."""
    content = container
    for wanted in REFERENCE_PATH:
        found = _find_tag(content, bytes.fromhex(wanted))
        if found is None:
            return ""
        content = found
    return content.decode("ascii", "replace")


def _find_tag(content: bytes, wanted: bytes) -> bytes | None:
    position = 0
    while position < len(content):
        size = 2 if content[position] & 0x1F == 0x1F else 1
        tag = content[position : position + size]
        length, position = _tlv_length(content, position + size)
        if tag == wanted:
            return content[position : position + length]
        position += length
    return None


def bcd(number: int, width_bytes: int) -> bytes:
    """A number as BCD digits."""
    return bytes.fromhex(f"{number:0{2 * width_bytes}d}")


def counted(tag: int, value: bytes) -> bytes:
    """A field with its length in F0..F9 digits (LLVAR or LLLVAR by the tag)."""
    digits = f"{len(value):0{LENGTH_DIGITS[tag]}d}"
    return bytes([tag]) + bytes(0xF0 | int(digit) for digit in digits) + value


def tlv(tag: str, value: bytes) -> bytes:
    """One TLV element; ``tag`` as hex, the length in one to three bytes."""
    size = len(value)
    length = bytes([size]) if size < 0x80 else bytes([0x81, size]) if size < 0x100 else b""
    return bytes.fromhex(tag) + (length or b"\x82" + size.to_bytes(2, "big")) + value


def contained(container: bytes) -> bytes:
    """The container 06 around ``container``; nothing when it is empty."""
    return tlv("06", container) if container else b""
