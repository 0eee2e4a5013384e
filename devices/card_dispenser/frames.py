"""CRT-591 frames (docs/protocols/crt591.md): commands to bytes, bytes to answers. No I/O.

What a reader would get wrong: ETX may stand inside the data, so only the length ends a frame; and
an error answer is marked 4E by some units and 45 by others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor

from devices.errors import ProtocolError

START = 0xF2
END = 0x03
MAX_FRAME_BYTES = 1024
_COMMAND = 0x43
_POSITIVE = 0x50
_NEGATIVE = (0x4E, 0x45)
_HEAD_BYTES = 4
_STATUS_BYTES = 3


class Control(Enum):
    """Single bytes of the dialogue."""

    ACK = 0x06
    NAK = 0x15
    EOT = 0x04


@dataclass(frozen=True, slots=True)
class Command:
    """CM, PM and data of one command."""

    code: int
    parameter: int
    data: bytes = b""

    def __repr__(self) -> str:
        return f"Command({self.code:02X} {self.parameter:02X}, {len(self.data)} bytes)"


@dataclass(frozen=True, slots=True)
class Positive:
    """The unit did it. `status` is st0 st1 st2."""

    code: int
    parameter: int
    status: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Negative:
    """The unit did not do it. `error`: e1 e0, such as "A0"."""

    code: int
    parameter: int
    error: str


Answer = Positive | Negative
Item = Control | Positive | Negative
_CONTROL = {control.value: control for control in Control}


def encode(command: Command, address: int = 0) -> bytes:
    """A whole command frame."""
    body = bytes([_COMMAND, command.code, command.parameter]) + command.data
    frame = bytes([START, address]) + len(body).to_bytes(2, "big") + body + bytes([END])
    return frame + bytes([_check(frame)])


def take(buffer: bytearray) -> Item | None:
    """Remove and return the next control byte or answer; noise between frames is dropped.

    Raises ProtocolError for an impossible length, a wrong check byte or a broken answer, after
    removing it.
    """
    while buffer and buffer[0] != START and buffer[0] not in _CONTROL:
        del buffer[0]
    if not buffer:
        return None
    if buffer[0] in _CONTROL:
        return _CONTROL[buffer.pop(0)]
    if len(buffer) < _HEAD_BYTES:
        return None
    total = _HEAD_BYTES + int.from_bytes(buffer[2:4], "big") + 2
    if total > MAX_FRAME_BYTES:
        del buffer[0]
        raise ProtocolError(f"a frame of {total} bytes")
    if len(buffer) < total:
        return None
    frame = bytes(buffer[:total])
    del buffer[:total]
    if frame[-2] != END or _check(frame) != 0:
        raise ProtocolError("wrong check byte")
    return _answer(frame[_HEAD_BYTES:-2])


def _answer(body: bytes) -> Answer:
    if len(body) >= _HEAD_BYTES - 1 + _STATUS_BYTES and body[0] == _POSITIVE:
        return Positive(body[1], body[2], body[3:6], body[6:])
    if len(body) >= _HEAD_BYTES - 1 + 2 and body[0] in _NEGATIVE:
        return Negative(body[1], body[2], body[3:5].decode("latin-1"))
    raise ProtocolError("an answer that is neither positive nor negative")


def _check(data: bytes) -> int:
    return reduce(xor, data, 0)
