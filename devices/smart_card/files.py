"""APDUs for cards with files, and what their records hold (docs/protocols/pcsc_cards.md). No I/O.

What a reader would get wrong: padding differs by coding: digits are filled with F, texts with 00;
and a name may be cut in the middle of a character, so its two parts are joined before decoding.
"""

from __future__ import annotations

import re
from datetime import date

from devices.errors import ProtocolError

SOCIAL_NAMES = (
    bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF"),
    bytes.fromhex("7378322E73682EC9E7BBE1B1A3D5CF"),
)
UNIONPAY_NAMES = (
    bytes.fromhex("A0000003330101"),
    bytes.fromhex("A000000333010101"),
    bytes.fromhex("A000000333010102"),
)
DDF1 = 0xDDF1
EF05 = 0xEF05
EF06 = 0xEF06
_DATE = re.compile(r"(19|20)[0-9]{6}")
_YEAR = re.compile(rb"(19|20)[0-9]{2}")


def select_name(name: bytes) -> bytes:
    """Application by name."""
    return bytes.fromhex("00A40400") + bytes([len(name)]) + name


def select_file(file: int, *, below_application: bool = True) -> bytes:
    """File by its two-byte id."""
    parameter = 0x02 if below_application else 0x00
    return bytes([0x00, 0xA4, parameter, 0x00, 0x02]) + file.to_bytes(2, "big")


def read_tag(tag: int, value_bytes: int) -> bytes:
    """Record by tag."""
    return bytes([0x00, 0xB2, tag, 0x00, value_bytes + 2])


def read_number(number: int, value_bytes: int) -> bytes:
    """Record by its number in the file."""
    return bytes([0x00, 0xB2, number, 0x04, value_bytes + 2])


def get_response(count: int) -> bytes:
    """What waits after 61 xx."""
    return bytes([0x00, 0xC0, 0x00, 0x00, count])


def value_of(record: bytes) -> bytes:
    """The value of tag, length, value. The tags of some cards are not public, so none is checked.

    Raises ProtocolError when it is shorter than it says.
    """
    if len(record) < 2 or len(record) < 2 + record[1]:
        raise ProtocolError("a record that is cut")
    return record[2 : 2 + record[1]]


def text_of(*parts: bytes) -> str:
    """Text of one or more values. Raises ProtocolError when it is not GBK."""
    joined = b"".join(part.rstrip(b"\0 \xff") for part in parts)
    try:
        return joined.decode("gb18030").strip()
    except UnicodeDecodeError:
        raise ProtocolError("a text that is not GBK") from None


def digits_of(value: bytes) -> str:
    """BCD, as far as it is filled."""
    return value.hex().upper().rstrip("F")


def date_of(value: bytes) -> str:
    """YYYY-MM-DD, YYYY for a card that holds only a year as text, "" for anything else."""
    digits = digits_of(value)
    if _DATE.fullmatch(digits):
        try:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
        except ValueError:
            return ""
    return value.decode("ascii") if _YEAR.fullmatch(value) else ""
