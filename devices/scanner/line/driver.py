"""Reads codes from a line scanner; it is never written to.

What a reader would get wrong: `codes` returns at once when nothing is there, and waits only for
the rest of a code that has begun.
"""

from __future__ import annotations

import logging
import time

from devices.scanner.line.frames import CodeSplitter, text_of
from devices.transport import Line
from devices.worker import Owner

log = logging.getLogger(__name__)

IDLE_END_S = 0.05
CHUNK_BYTES = 1024
MAX_CHUNKS = 32


class LineScanner:
    """Owns an open line."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._splitter = CodeSplitter()
        self._owner = Owner()

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def codes(self) -> list[str]:
        """Codes that came since the last call. Raises TransportError when the line broke."""
        self._owner.check()
        raw: list[bytes] = []
        dropped_before = self._splitter.dropped
        deadline = 0.0
        for _ in range(MAX_CHUNKS):
            chunk = self._line.read(CHUNK_BYTES, deadline)
            if not chunk:
                raw += self._splitter.end()
                break
            raw += self._splitter.feed(chunk)
            deadline = time.monotonic() + IDLE_END_S
        if self._splitter.dropped > dropped_before:
            log.warning("scanner: a code of more than the allowed length was dropped")
        return [text for text in map(text_of, raw) if text]
