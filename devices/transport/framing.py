"""Turns a byte line into frames with the help of a pure `take` function of a coder.

`take(buffer)` removes one frame from the front of the buffer and returns it, returns None when
more bytes are needed, and raises ProtocolError after it removed what can never become a frame.
What a reader would get wrong: a frame that stops in the middle is a ProtocolError after GAP_S,
long before the answer's own deadline.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from devices.errors import ProtocolError, Timeout
from devices.transport import Line

GAP_S = 0.3
CHUNK_BYTES = 4096
MAX_STALE_CHUNKS = 16

Frame = TypeVar("Frame")


class FrameReader(Generic[Frame]):
    """Reads frames from one line."""

    def __init__(self, line: Line, take: Callable[[bytearray], Frame | None]) -> None:
        self._line = line
        self._take = take
        self._buffer = bytearray()

    def next(self, deadline: float) -> Frame:
        """The next frame. Timeout: nothing by `deadline` (monotonic seconds)."""
        while True:
            frame = self._take(self._buffer)
            if frame is not None:
                return frame
            limit = time.monotonic() + GAP_S if self._buffer else deadline
            chunk = self._line.read(CHUNK_BYTES, limit)
            if chunk:
                self._buffer += chunk
            elif self._buffer:
                self._buffer.clear()
                raise ProtocolError("a frame stopped in the middle")
            else:
                raise Timeout("no answer")

    def drop_stale(self) -> None:
        """Forget what came unasked, such as the late answer to an earlier command."""
        self._buffer.clear()
        for _ in range(MAX_STALE_CHUNKS):
            if not self._line.read(CHUNK_BYTES, 0.0):
                return
        raise ProtocolError("the device never stops talking")
