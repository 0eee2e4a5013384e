"""Frames of the CRT-310 motorised card reader, device side (protocol page section 2.5).

Pure. Length-based: 03 may occur inside data. What a reader would get wrong: other than the
dispenser's, these frames have no address byte.
"""

from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor

STX, ETX, ERROR_MARK = 0x02, 0x03, 0x4E
HEADER_BYTES, TRAILER_BYTES = 3, 2
LONGEST_DATA = 512
PATIENCE_S = 0.25


class ReaderSign(Enum):
    """The single bytes of the dialogue; ENQ makes the reader execute."""

    ACK = 0x06
    NAK = 0x15
    ENQ = 0x05
    EOT = 0x04


@dataclass(frozen=True, slots=True)
class ReaderCommand:
    """CM and PM as one number, e.g. 0x3230 for the move to the front."""

    code: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A frame with a wrong BCC, ETX or length: answered with NAK."""


Received = ReaderCommand | Spoilt | ReaderSign


def first_command(buffer: bytes) -> tuple[Received | None, int]:
    """What stands first, for a ByteCollector."""
    first = buffer[0]
    if first != STX:
        known = first in {sign.value for sign in ReaderSign}
        return (ReaderSign(first) if known else None), 1
    if len(buffer) < HEADER_BYTES:
        return None, 0
    length = int.from_bytes(buffer[1:HEADER_BYTES], "big")
    if not 2 <= length <= LONGEST_DATA:
        return Spoilt(), HEADER_BYTES
    total = HEADER_BYTES + length + TRAILER_BYTES
    if len(buffer) < total:
        return None, 0
    return _command(buffer[:total]), total


def _command(frame: bytes) -> ReaderCommand | Spoilt:
    body = frame[HEADER_BYTES:-TRAILER_BYTES]
    if frame[-2] != ETX or reduce(xor, frame[:-1]) != frame[-1]:
        return Spoilt()
    return ReaderCommand(int.from_bytes(body[:2], "big"), body[2:])


def _frame(body: bytes) -> bytes:
    frame = bytes([STX]) + len(body).to_bytes(2, "big") + body + bytes([ETX])
    return frame + bytes([reduce(xor, frame)])


def answer(code: int, data: bytes) -> bytes:
    """The answer of an executed command; ``data`` begins with P where the command has one."""
    return _frame(code.to_bytes(2, "big") + data)


def error(code: int, number: int) -> bytes:
    """A refusal; 0 command, 1 parameter, 2 not now, 4 data, 5 voltage, 6 card, 7 backup power."""
    return _frame(bytes([ERROR_MARK, code >> 8, number]))
