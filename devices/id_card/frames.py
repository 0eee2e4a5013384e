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
_LENGTH_BYTES = 2
_SAM_ID_BYTES = 16


class Command(Enum):
    """CMD and PARA of the commands in use."""

    STATUS = bytes.fromhex("11FF")
    FIND = bytes.fromhex("2001")
    SELECT = bytes.fromhex("2002")
    READ_TEXT_AND_PHOTO = bytes.fromhex("3001")
    READ_WITH_FINGERPRINT = bytes.fromhex("3010")
    READ_LATEST_ADDRESS = bytes.fromhex("3003")
    SAM_ID = bytes.fromhex("12FF")


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


@dataclass(frozen=True, slots=True)
class CardBlocks:
    """The two parts of a card that are kept. `photo` is of a closed codec."""

    text: bytes
    photo: bytes

    def __repr__(self) -> str:
        return "CardBlocks(…)"


def card_blocks(data: bytes, *, with_fingerprint: bool = False) -> CardBlocks:
    """Text and photo of a read answer: two lengths come first, three with a fingerprint.

    A fingerprint is not kept. Raises ProtocolError for lengths that do not fit.
    """
    count = 3 if with_fingerprint else 2
    head = count * _LENGTH_BYTES
    parts = [data[at : at + _LENGTH_BYTES] for at in range(0, head, _LENGTH_BYTES)]
    sizes = [int.from_bytes(part, "big") for part in parts]
    if sizes[0] != TEXT_BYTES or len(data) != head + sum(sizes):
        raise ProtocolError("the read answer's lengths do not fit")
    text_end = head + TEXT_BYTES
    return CardBlocks(data[head:text_end], data[text_end : text_end + sizes[1]])


def sam_id(data: bytes) -> str:
    """The SAM's number as printed: 05.01-20160101-0000000123-0000004567. ProtocolError: no id."""
    if len(data) != _SAM_ID_BYTES:
        raise ProtocolError("a SAM id of another size")
    at = ((0, 2), (2, 4), (4, 8), (8, 12), (12, 16))
    maker, kind, day, batch, number = (int.from_bytes(data[a:b], "little") for a, b in at)
    return f"{maker:02}.{kind:02}-{day:08}-{batch:010}-{number:010}"


def _check(data: bytes) -> int:
    return reduce(xor, data, 0)
