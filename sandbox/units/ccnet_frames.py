"""Frames of CCNET, device side (protocol page section 4B).

Pure but for the moment a chunk came in. LNG counts the whole frame; a frame that stays unfinished
for ``PATIENCE_S`` is dropped, else a cut-off command would swallow its own repetition.
"""

from dataclasses import dataclass

SYNC, ADDRESS = 0x02, 0x03
SHORTEST_FRAME = 6
CRC_POLYNOMIAL = 0x8408
PATIENCE_S = 0.1


@dataclass(frozen=True, slots=True)
class Command:
    """One good frame for this unit: command code and its data."""

    code: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A frame with a wrong CRC: answered with NAK."""


class FrameReader:
    """Collects bytes into frames."""

    def __init__(self) -> None:
        self._buffer = b""
        self._last_s = 0.0

    def feed(self, data: bytes, now_s: float) -> list[Command | Spoilt]:
        """Everything for this unit completed by ``data``, which came in at ``now_s``."""
        if now_s - self._last_s > PATIENCE_S:
            self._buffer = b""
        self._last_s = now_s
        self._buffer += data
        found: list[Command | Spoilt] = []
        while len(self._buffer) >= SHORTEST_FRAME // 2:
            length = self._buffer[2]
            if self._buffer[0] != SYNC or length < SHORTEST_FRAME:
                self._buffer = self._buffer[1:]
                continue
            if len(self._buffer) < length:
                break
            frame, self._buffer = self._buffer[:length], self._buffer[length:]
            if _crc(frame[:-2]) != frame[-2:]:
                found.append(Spoilt())
            elif frame[1] == ADDRESS:
                found.append(Command(frame[3], frame[4:-2]))
        return found


def frame_bytes(data: bytes) -> bytes:
    """The frame around ``data``, which begins with the state or the answer code."""
    frame = bytes([SYNC, ADDRESS, len(data) + 5]) + data
    return frame + _crc(frame)


def _crc(data: bytes) -> bytes:
    """CRC-16/KERMIT, low byte first."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _bit in range(8):
            crc = crc >> 1 ^ CRC_POLYNOMIAL if crc & 1 else crc >> 1
    return crc.to_bytes(2, "little")
