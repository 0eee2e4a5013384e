"""SAM_V frames (docs/protocols/sam_v.md): requests to bytes, bytes to answers. No I/O.

What a reader would get wrong: LEN counts everything after itself including the check byte, and
the meaning of an answer is in SW3 alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor

from devices.errors import ProtocolError

PREAMBLE = bytes.fromhex("AAAAAA9669")
MIN_LENGTH = 4
MAX_LENGTH = 2400
TEXT_BYTES = 256
_LENGTHS_BYTES = 4


class Command(Enum):
    """CMD and PARA of the commands in use."""

    STATUS = bytes.fromhex("11FF")
    FIND = bytes.fromhex("2001")
    SELECT = bytes.fromhex("2002")
    READ_TEXT_AND_PHOTO = bytes.fromhex("3001")


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is SW3; `data` what follows it. May hold a person's data: never logged."""

    status: int
    data: bytes

    def __repr__(self) -> str:
        return f"Answer(status=0x{self.status:02X}, {len(self.data)} bytes)"


def encode(command: Command) -> bytes:
    """A whole request frame."""
    body = (len(command.value) + 1).to_bytes(2, "big") + command.value
    return PREAMBLE + body + bytes([_check(body)])


def take(buffer: bytearray) -> Answer | None:
    """Remove and return the first whole answer; noise before a preamble is dropped.

    Raises ProtocolError for an impossible length or a wrong check byte, after removing the frame.
    """
    start = buffer.find(PREAMBLE)
    if start < 0:
        del buffer[: max(0, len(buffer) - len(PREAMBLE) + 1)]
        return None
    del buffer[:start]
    head = len(PREAMBLE) + 2
    if len(buffer) < head:
        return None
    length = int.from_bytes(buffer[len(PREAMBLE) : head], "big")
    if not MIN_LENGTH <= length <= MAX_LENGTH:
        del buffer[: len(PREAMBLE)]
        raise ProtocolError(f"an answer of {length} bytes")
    if len(buffer) < head + length:
        return None
    checked = bytes(buffer[len(PREAMBLE) : head + length])
    del buffer[: head + length]
    if _check(checked) != 0:
        raise ProtocolError("wrong check byte")
    return Answer(status=checked[4], data=checked[5:-1])


def text_block(data: bytes) -> bytes:
    """The 256-byte text out of the answer to READ_TEXT_AND_PHOTO (two lengths come first)."""
    text_bytes = int.from_bytes(data[:2], "big")
    photo_bytes = int.from_bytes(data[2:_LENGTHS_BYTES], "big")
    if text_bytes != TEXT_BYTES or len(data) != _LENGTHS_BYTES + text_bytes + photo_bytes:
        raise ProtocolError("the read answer's lengths do not fit")
    return data[_LENGTHS_BYTES : _LENGTHS_BYTES + text_bytes]


def _check(data: bytes) -> int:
    return reduce(xor, data, 0)
