"""Frames of the CRT-591 card dispenser, device side (protocol page 3.1 and 3.2).

Pure but for the moment a chunk came in. Length-based: ETX may occur inside data. A frame that stays
unfinished for ``PATIENCE_S`` is dropped, else a cut-off command would swallow its own repetition.
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


class CommandReader:
    """Collects bytes into commands and single-byte signs."""

    def __init__(self) -> None:
        self._buffer = b""
        self._last_s = 0.0

    def feed(self, data: bytes, now_s: float) -> list[Received]:
        """Everything completed by ``data``, which came in at ``now_s``."""
        if now_s - self._last_s > PATIENCE_S:
            self._buffer = b""
        self._last_s = now_s
        self._buffer += data
        found: list[Received] = []
        while self._buffer:
            received, used = self._first()
            if not used:
                break
            self._buffer = self._buffer[used:]
            if received is not None:
                found.append(received)
        return found

    def _first(self) -> tuple[Received | None, int]:
        if self._buffer[0] != STX:
            known = self._buffer[0] in {sign.value for sign in Sign}
            return (Sign(self._buffer[0]) if known else None), 1
        if len(self._buffer) < HEADER_BYTES:
            return None, 0
        total = HEADER_BYTES + int.from_bytes(self._buffer[2:4], "big") + TRAILER_BYTES
        if not HEADER_BYTES + 3 + TRAILER_BYTES <= total <= LONGEST_FRAME:
            return Spoilt(), HEADER_BYTES
        if len(self._buffer) < total:
            return None, 0
        return _command(self._buffer[:total]), total


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
