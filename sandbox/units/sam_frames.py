"""Frames of the SAM_V identity card reader, device side (protocol page 1.2).

Pure. LEN counts everything after itself including CHK, so a request without data has LEN 3.
"""

from dataclasses import dataclass
from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AAAAAA9669")
LONGEST_REQUEST = 0x200
SHORTEST_REQUEST = 3


@dataclass(frozen=True, slots=True)
class SamRequest:
    """Command and parameter of one request."""

    command: int
    parameter: int


@dataclass(frozen=True, slots=True)
class BadRequest:
    """A frame the reader answers with a status only: 10 checksum, 11 length."""

    status: int


class SamRequestReader:
    """Collects bytes and hunts for the preamble; noise before it is dropped."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[SamRequest | BadRequest]:
        """Every request completed by ``data``."""
        self._buffer += data
        found: list[SamRequest | BadRequest] = []
        while (request := self._next()) is not None:
            found.append(request)
        return found

    def _next(self) -> SamRequest | BadRequest | None:
        start = self._buffer.find(PREAMBLE)
        if start < 0:
            self._buffer = self._buffer[-(len(PREAMBLE) - 1) :]
            return None
        frame = self._buffer[start + len(PREAMBLE) :]
        if len(frame) < 2:
            return None
        length = int.from_bytes(frame[:2], "big")
        if not SHORTEST_REQUEST <= length <= LONGEST_REQUEST:
            self._buffer = frame[2:]
            return BadRequest(0x11)
        torn_at = frame.find(PREAMBLE)
        if 0 <= torn_at < 2 + length:  # the host gave up on this frame and sent another one
            self._buffer = frame[torn_at:]
            return self._next()
        if len(frame) < 2 + length:
            return None
        self._buffer = frame[2 + length :]
        body, check = frame[: 1 + length], frame[1 + length]
        if reduce(xor, body) != check:
            return BadRequest(0x10)
        return SamRequest(body[2], body[3])


def sam_answer(status: int, data: bytes = b"") -> bytes:
    """A response frame; SW1 and SW2 are 00, ``status`` is SW3."""
    body = (4 + len(data)).to_bytes(2, "big") + bytes([0, 0, status]) + data
    return PREAMBLE + body + bytes([reduce(xor, body)])
