"""VMC frames (docs/protocols/vmc.md): messages to bytes, bytes to messages. No I/O.

What a reader would get wrong: POLL and ACK carry no PackNO, so their length byte is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor

from devices.errors import ProtocolError

START = b"\xfa\xfb"
_HEAD_BYTES = 4


class Control(Enum):
    """Frames without content."""

    POLL = 0x41
    ACK = 0x42


@dataclass(frozen=True, slots=True)
class Message:
    """Everything else. `pack`: PackNO, 1 to 255; the same again is a repeat."""

    command: int
    pack: int
    text: bytes = b""


Frame = Control | Message


def encode(frame: Frame) -> bytes:
    """The whole frame."""
    if isinstance(frame, Control):
        body = START + bytes([frame.value, 0])
    else:
        content = bytes([frame.pack]) + frame.text
        body = START + bytes([frame.command, len(content)]) + content
    return body + bytes([reduce(xor, body)])


def take(buffer: bytearray) -> Frame | None:
    """Remove and return the next frame; noise before it is dropped.

    Raises ProtocolError for a wrong check byte or a message without PackNO, after removing it.
    """
    start = buffer.find(START)
    if start < 0:
        del buffer[: len(buffer) - 1 if buffer[-1:] == START[:1] else len(buffer)]
        return None
    del buffer[:start]
    if len(buffer) < _HEAD_BYTES:
        return None
    size = _HEAD_BYTES + buffer[3] + 1
    if len(buffer) < size:
        return None
    raw = bytes(buffer[:size])
    del buffer[:size]
    if reduce(xor, raw):
        raise ProtocolError("wrong check byte")
    command, content = raw[2], raw[_HEAD_BYTES:-1]
    if command in (Control.POLL.value, Control.ACK.value):
        return Control(command)
    if not content:
        raise ProtocolError(f"message {command:02X} without its number")
    return Message(command, content[0], content[1:])
