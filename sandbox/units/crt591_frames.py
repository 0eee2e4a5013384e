"""Frames of the CRT-591 card dispenser, device side (protocol page 3.1 and 3.2).

Pure. Length-based: ETX may occur inside data.
"""

from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor

STX, ETX = 0xF2, 0x03
HEADER_BYTES = 4
TRAILER_BYTES = 2
LONGEST_FRAME = 1024
PATIENCE_S = 0.25


class Sign(Enum):
    """The single bytes of the dialogue."""

    ACK = 0x06
    NAK = 0x15
    EOT = 0x04


@dataclass(frozen=True, slots=True)
class Command:
    """CM and PM as one number, e.g. 0x3230 for the move to the holding position."""

    code: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A frame with a wrong BCC, ETX or type: answered with NAK."""


Received = Command | Spoilt | Sign


def first_command(buffer: bytes) -> tuple[Received | None, int]:
    """What stands first, for a ByteCollector."""
    if buffer[0] != STX:
        known = buffer[0] in {sign.value for sign in Sign}
        return (Sign(buffer[0]) if known else None), 1
    if len(buffer) < HEADER_BYTES:
        return None, 0
    total = HEADER_BYTES + int.from_bytes(buffer[2:4], "big") + TRAILER_BYTES
    if not HEADER_BYTES + 3 + TRAILER_BYTES <= total <= LONGEST_FRAME:
        return Spoilt(), HEADER_BYTES
    if len(buffer) < total:
        return None, 0
    return _command(buffer[:total]), total


def _command(frame: bytes) -> Command | Spoilt:
    body = frame[HEADER_BYTES:-TRAILER_BYTES]
    if reduce(xor, frame[:-1]) != frame[-1] or frame[-2] != ETX or body[:1] != b"C":
        return Spoilt()
    return Command(int.from_bytes(body[1:3], "big"), body[3:])


def _frame(body: bytes) -> bytes:
    frame = bytes([STX, 0]) + len(body).to_bytes(2, "big") + body + bytes([ETX])
    return frame + bytes([reduce(xor, frame)])


def done(code: int, status: bytes, data: bytes = b"") -> bytes:
    """The answer of a command that was carried out; ``status`` is st0 st1 st2."""
    return _frame(b"P" + code.to_bytes(2, "big") + status + data)


def refused(code: int, error: str, error_mark: int) -> bytes:
    """The answer of a command that failed; ``error_mark`` is 4E, or 45 in some units."""
    return _frame(bytes([error_mark]) + code.to_bytes(2, "big") + error.encode("ascii"))
