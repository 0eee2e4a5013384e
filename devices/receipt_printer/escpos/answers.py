"""What an ESC/POS printer says, cut out of its one stream (docs/protocols/escpos.md). No I/O.

What a reader would get wrong: the kind shows in the first byte's fixed bits alone, and the four
bytes of an automatic status may come at any moment, between a question and its answer too.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.errors import ProtocolError

_FLOW_CONTROL = b"\x11\x13"
_ECHO_HEAD = b"\x37\x22"
_TEXT_HEAD = 0x5F
_ECHO_BYTES = 7
_AUTOMATIC_BYTES = 4
_LONGEST_TEXT_BYTES = 80
_END = 0


@dataclass(frozen=True, slots=True)
class RealTime:
    """Answer to DLE EOT: 0xx1xx10."""

    byte: int


@dataclass(frozen=True, slots=True)
class Automatic:
    """Automatic status: 0xx1xx00 and three bytes 0xx0xxxx."""

    first: int
    error: int
    paper: int


@dataclass(frozen=True, slots=True)
class InOrder:
    """Answer to GS r 1: 0xx0xxxx."""

    byte: int


@dataclass(frozen=True, slots=True)
class Echo:
    """Answer to GS ( H: the four bytes it was asked with."""

    process_id: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """Answer to GS I 65 and above."""

    text: str


Answer = RealTime | Automatic | InOrder | Echo | Told


def take(buffer: bytearray) -> Answer | None:
    """The first answer, removed from the buffer; None: not whole yet. ProtocolError: noise."""
    buffer[:] = buffer.translate(None, _FLOW_CONTROL)
    if not buffer:
        return None
    first = buffer[0]
    if first == _ECHO_HEAD[0]:
        return _echo(buffer)
    if first == _TEXT_HEAD:
        return _told(buffer)
    if first & 0x93 == 0x10:
        return _automatic(buffer)
    del buffer[0]
    if first & 0x93 == 0x12:
        return RealTime(first)
    if first & 0x90 == 0x00:
        return InOrder(first)
    raise ProtocolError(f"{first:02X} begins no answer")


def _echo(buffer: bytearray) -> Echo | None:
    if not buffer.startswith(_ECHO_HEAD[: len(buffer)]):
        raise _noise(buffer, "the echo of a job number")
    if len(buffer) < _ECHO_BYTES:
        return None
    if buffer[_ECHO_BYTES - 1] != _END:
        raise _noise(buffer, "the echo of a job number")
    process_id = bytes(buffer[2 : _ECHO_BYTES - 1])
    del buffer[:_ECHO_BYTES]
    return Echo(process_id)


def _told(buffer: bytearray) -> Told | None:
    end = buffer.find(_END, 1, _LONGEST_TEXT_BYTES)
    if end < 0:
        if len(buffer) >= _LONGEST_TEXT_BYTES:
            raise _noise(buffer, "a text")
        return None
    text = bytes(buffer[1:end]).decode("ascii", "replace")
    del buffer[: end + 1]
    return Told("".join(c for c in text if c.isprintable()).strip())


def _automatic(buffer: bytearray) -> Automatic | None:
    rest = buffer[1:_AUTOMATIC_BYTES]
    if any(byte & 0x90 for byte in rest):
        raise _noise(buffer, "an automatic status")
    if len(buffer) < _AUTOMATIC_BYTES:
        return None
    found = Automatic(buffer[0], error=rest[0], paper=rest[1])
    del buffer[:_AUTOMATIC_BYTES]
    return found


def _noise(buffer: bytearray, what: str) -> ProtocolError:
    del buffer[0]
    return ProtocolError(f"{what} broke off")
