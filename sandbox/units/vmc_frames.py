"""Frames of the VMC V3.0 protocol, the vending controller's side (protocol page section 10.1).

Pure but for the moment a chunk came in. POLL and ACK carry no PackNO, every other frame does.
"""

from dataclasses import dataclass
from functools import reduce
from operator import xor

STX = b"\xfa\xfb"
POLL, ACK = 0x41, 0x42
HEADER_BYTES = 4
PATIENCE_S = 0.15


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame; ``pack`` is None where the protocol knows no number."""

    command: int
    pack: int | None = None
    text: bytes = b""


class FrameReader:
    """Collects bytes into frames; a wrong check byte drops the frame without a word."""

    def __init__(self) -> None:
        self._buffer = b""
        self._last_s = 0.0

    def feed(self, data: bytes, now_s: float) -> list[Frame]:
        """Every good frame completed by ``data``, which came in at ``now_s``."""
        if now_s - self._last_s > PATIENCE_S:
            self._buffer = b""
        self._last_s = now_s
        self._buffer += data
        found: list[Frame] = []
        while len(self._buffer) > HEADER_BYTES:
            if not self._buffer.startswith(STX):
                self._buffer = self._buffer[1:]
                continue
            total = HEADER_BYTES + self._buffer[3] + 1
            if len(self._buffer) < total:
                break
            raw, self._buffer = self._buffer[:total], self._buffer[total:]
            if reduce(xor, raw) == 0:
                found.append(_frame(raw))
        return found


def _frame(raw: bytes) -> Frame:
    body = raw[HEADER_BYTES:-1]
    return Frame(raw[2], body[0], body[1:]) if body else Frame(raw[2])


def frame_bytes(frame: Frame) -> bytes:
    """The frame as it goes over the wire."""
    body = b"" if frame.pack is None else bytes([frame.pack]) + frame.text
    raw = STX + bytes([frame.command, len(body)]) + body
    return raw + bytes([reduce(xor, raw)])
