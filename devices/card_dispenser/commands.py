"""The CRT-591 commands in use, as values, and the Mifare words inside them. No I/O.

What a reader would get wrong: 32 30 holds the card at the gate, 32 39 throws it out; some drivers
swap these labels, the manual is authoritative. 39 is not used: a card is always held first.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.card_dispenser.frames import Command
from devices.errors import ProtocolError

INITIALISE_KEEP = Command(0x30, 0x33)
INITIALISE_KEEP_COUNTING = Command(0x30, 0x37)
STATUS = Command(0x31, 0x30)
TO_HOLDING = Command(0x32, 0x30)
DISPENSE_TO_RF = Command(0x32, 0x32)
CAPTURE = Command(0x32, 0x33)
SENSORS = Command(0x31, 0x31)
RF_ACTIVATE = Command(0x60, 0x30, b"AB")
SERIAL_NUMBER = Command(0xA2, 0x30)
FIRMWARE = Command(0xA4, 0x30)
READ_COUNTER = Command(0xA5, 0x30)

_MIFARE = (0x60, 0x33)
_KEY_A = 0x00
_DONE = b"\x90\x00"
_MIFARE_TYPE = 0x4D
_UID_LENGTH_AT = 3
_COUNTER_DIGITS = 3


def verify_key(sector: int, key: bytes) -> Command:
    """Authenticate a sector with key A."""
    return Command(*_MIFARE, bytes([0x00, 0x20, _KEY_A, sector, len(key)]) + key)


def read_block(sector: int, block: int) -> Command:
    """One block of 16 bytes."""
    return Command(*_MIFARE, bytes([0x00, 0xB0, sector, block, 1]))


def write_block(sector: int, block: int, content: bytes) -> Command:
    """One block of 16 bytes."""
    return Command(*_MIFARE, bytes([0x00, 0xD1, sector, block, 1]) + content)


def set_counter(cards: int) -> Command:
    """The capture counter to 0..999."""
    return Command(0xA5, 0x31, f"{cards:03d}".encode("ascii"))


@dataclass(frozen=True, slots=True)
class MifareReply:
    """`done`: the status word was 90 00."""

    done: bool
    data: bytes


def mifare_reply(data: bytes) -> MifareReply:
    """Split the data of an answer to 60 33. Raises ProtocolError without a status word."""
    if len(data) < len(_DONE):
        raise ProtocolError("a Mifare answer without a status word")
    return MifareReply(data[-2:] == _DONE, data[:-2])


def uid_of(data: bytes) -> str | None:
    """The chip's number out of an answer to RF_ACTIVATE, hex; None: not a Mifare card."""
    if not data or data[0] != _MIFARE_TYPE:
        return None
    if len(data) <= _UID_LENGTH_AT:
        raise ProtocolError("an activation answer without a UID")
    uid = data[_UID_LENGTH_AT + 1 : _UID_LENGTH_AT + 1 + data[_UID_LENGTH_AT]]
    if not uid or len(uid) != data[_UID_LENGTH_AT]:
        raise ProtocolError("an activation answer with a cut UID")
    return uid.hex().upper()


def text_of(data: bytes) -> str:
    """Serial number or firmware: text, perhaps behind its own length."""
    if data and data[0] == len(data) - 1:
        data = data[1:]
    text = data.decode("latin-1").strip("\0 ")
    return text if text.isprintable() else data.hex().upper()


def counter_of(data: bytes) -> int:
    """Captured cards. Raises ProtocolError for anything but three digits."""
    if len(data) != _COUNTER_DIGITS or not data.isdigit():
        raise ProtocolError("a counter that is not three digits")
    return int(data)


def sensors_of(data: bytes) -> str:
    """One character a sensor: 0 free, 1 card; ? is a byte the manual does not know."""
    return "".join({0x30: "0", 0x31: "1"}.get(byte, "?") for byte in data)
