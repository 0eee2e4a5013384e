"""Collects the bytes of a line until something whole stands first; one for every framed protocol.

Pure but for the moment a chunk came in. What a reader would get wrong: without patience a command
that was cut off in the middle would swallow the beginning of its own repetition.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

Found = TypeVar("Found")


class ByteCollector(Generic[Found]):
    """``first(buffer)`` tells what stands first and how many bytes it takes: 0 when it is not whole
    yet, and None for bytes to be passed over. Bytes older than ``patience_s`` are dropped."""

    def __init__(
        self, first: Callable[[bytes], tuple[Found | None, int]], patience_s: float
    ) -> None:
        self._first = first
        self._patience_s = patience_s
        self._buffer = b""
        self._last_s = 0.0

    def feed(self, data: bytes, now_s: float) -> list[Found]:
        """Everything completed by ``data``, which came in at ``now_s``."""
        if now_s - self._last_s > self._patience_s:
            self._buffer = b""
        self._last_s = now_s
        self._buffer += data
        found: list[Found] = []
        while self._buffer:
            received, used = self._first(self._buffer)
            if not used:
                break
            self._buffer = self._buffer[used:]
            if received is not None:
                found.append(received)
        return found
