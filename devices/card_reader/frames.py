"""CRT-310 frames (docs/protocols/crt310.md): commands to bytes, bytes to answers. No I/O.

What a reader would get wrong: there is no address byte, unlike the dispenser of the same maker;
ETX may stand inside the data, so only the length ends a frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor

from devices.errors import ProtocolError

START = 0x02
END = 0x03
MAX_FRAME_BYTES = 1024
_NEGATIVE = 0x4E
_HEAD_BYTES = 3
_TAIL_BYTES = 2
_NEGATIVE_BYTES = 3


class Control(Enum):
    """Single bytes of the dialogue. ENQ: execute what you acknowledged."""

    ACK = 0x06
    NAK = 0x15
    EOT = 0x04
    ENQ = 0x05


@dataclass(frozen=True, slots=True)
class Command:
    """CM, PM and data of one command."""

    code: int
    parameter: int
    data: bytes = b""

    def __repr__(self) -> str:
        return f"Command({self.code:02X} {self.parameter:02X}, {len(self.data)} bytes)"


@dataclass(frozen=True, slots=True)
class Answer:
    """The reader executed the command; its data mostly begins with P."""

    code: int
    parameter: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Negative:
    """The reader did not execute the command `code`. `error`: E as two hexadecimal digits."""

    code: int
    error: str


Item = Control | Answer | Negative
_CONTROL = {control.value: control for control in Control}


def encode(command: Command) -> bytes:
    """A whole command frame."""
    body = bytes([command.code, command.parameter]) + command.data
    frame = bytes([START]) + len(body).to_bytes(2, "big") + body + bytes([END])
    return frame + bytes([_check(frame)])


def take(buffer: bytearray) -> Item | None:
    """Remove and return the next control byte or answer; noise between frames is dropped.

    Raises ProtocolError for an impossible length, a wrong check byte or an answer without CM and
    PM, after removing it.
    """
    while buffer and buffer[0] != START and buffer[0] not in _CONTROL:
        del buffer[0]
    if not buffer:
        return None
    if buffer[0] in _CONTROL:
        return _CONTROL[buffer.pop(0)]
    if len(buffer) < _HEAD_BYTES:
        return None
    total = _HEAD_BYTES + int.from_bytes(buffer[1:_HEAD_BYTES], "big") + _TAIL_BYTES
    if total > MAX_FRAME_BYTES:
        del buffer[0]
        raise ProtocolError(f"a frame of {total} bytes")
    if len(buffer) < total:
        return None
    frame = bytes(buffer[:total])
    del buffer[:total]
    if frame[-_TAIL_BYTES] != END or _check(frame) != 0:
        raise ProtocolError("wrong check byte")
    return _answer(frame[_HEAD_BYTES:-_TAIL_BYTES])


def _answer(body: bytes) -> Answer | Negative:
    if len(body) < 2:
        raise ProtocolError("an answer without CM and PM")
    if body[0] == _NEGATIVE and len(body) == _NEGATIVE_BYTES:
        return Negative(body[1], f"{body[2]:02X}")
    return Answer(body[0], body[1], body[2:])


def _check(data: bytes) -> int:
    return reduce(xor, data, 0)
