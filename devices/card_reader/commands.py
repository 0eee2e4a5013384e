"""The CRT-310 commands in use, as values, and what their answers hold. No I/O.

What a reader would get wrong: P stands first in most answers, behind sector and block in those of
Mifare, and in the answer with the chip's number only perhaps: its length decides.
"""

from __future__ import annotations

from devices.card_reader.frames import Command
from devices.errors import DeviceRefused, ProtocolError

RESET = Command(0x30, 0x30)
SERIAL_NUMBER = Command(0x30, 0x3A)
ENTRY_BY_SWITCH = Command(0x2F, 0x33, b"1")
ENTRY_SHUT = Command(0x2F, 0x31, b"1")
STOP_AT_RF = Command(0x2E, 0x32)
STATUS = Command(0x31, 0x30)
SENSORS = Command(0x31, 0x2F)
TO_RF = Command(0x32, 0x2E)
TO_FRONT_HELD = Command(0x32, 0x31)
CAPTURE = Command(0x32, 0x33)
M1_SEEK = Command(0x35, 0x30)
M1_NUMBER = Command(0x35, 0x31)
LIGHT_ON = Command(0x46, 0x30)
LIGHT_OFF = Command(0x46, 0x31)

_MIFARE = 0x35
_DONE = ord("Y")
_UID_BYTES = 4
_BLOCK_BYTES = 16


def verify_key_a(sector: int, key: bytes) -> Command:
    """Open a sector; `key`: 6 bytes."""
    return Command(_MIFARE, 0x32, bytes([sector]) + key)


def read_block(sector: int, block: int) -> Command:
    """One block of 16 bytes; `block` counts within its sector."""
    return Command(_MIFARE, 0x33, bytes([sector, block]))


def done(data: bytes, operation_at: int = 0) -> bytes:
    """What follows P. DeviceRefused: the reader did not do it; its code is the letter P."""
    if len(data) <= operation_at:
        raise ProtocolError("an answer without its operation byte")
    if data[operation_at] != _DONE:
        raise DeviceRefused(chr(data[operation_at]), "the reader did not do it")
    return data[operation_at + 1 :]


def uid_of(data: bytes) -> str:
    """The chip's number out of an answer to M1_NUMBER, hex."""
    raw = data if len(data) == _UID_BYTES else done(data)
    if len(raw) != _UID_BYTES:
        raise ProtocolError("a chip number of a strange size")
    return raw.hex().upper()


def block_of(data: bytes) -> bytes:
    """16 bytes out of an answer to `read_block`."""
    block = done(data, operation_at=2)
    if len(block) != _BLOCK_BYTES:
        raise ProtocolError("a block of a strange size")
    return block


def text_of(data: bytes) -> str:
    """Version or serial number; a P before it is passed over."""
    raw = data[1:] if data[:1] == bytes([_DONE]) else data
    text = raw.decode("latin-1").strip("\0 ")
    return text if text.isprintable() else raw.hex().upper()


def sensors_of(data: bytes) -> str:
    """One character a sensor: 0, 1; ? is a byte the manual does not know."""
    return "".join({0x30: "0", 0x31: "1"}.get(byte, "?") for byte in data)
