"""The same text again within some seconds is the same showing of a code, told once.

What a reader would get wrong: the time counts from when the text was told, not from its last
sighting.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

SCANNER_REPEAT_S = 2.0


@dataclass(slots=True)
class Repeats:
    """Remembers the last text told."""

    repeat_s: float = SCANNER_REPEAT_S
    _text: str = ""
    _told_at: float = float("-inf")

    def is_new(self, text: str) -> bool:
        """Whether to tell `text` now."""
        now = time.monotonic()
        if text == self._text and now - self._told_at < self.repeat_s:
            return False
        self._text, self._told_at = text, now
        return True
