"""The same text again within REPEAT_S is the same showing of a code, told once.

A line scanner has no status of its own: it is there while its line is open. What a reader would
get wrong: the time counts from when the text was told, not from its last sighting.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

REPEAT_S = 2.0


@dataclass(slots=True)
class Repeats:
    """Remembers the last text told."""

    _text: str = ""
    _told_at: float = float("-inf")

    def is_new(self, text: str) -> bool:
        """Whether to tell `text` now."""
        now = time.monotonic()
        if text == self._text and now - self._told_at < REPEAT_S:
            return False
        self._text, self._told_at = text, now
        return True
