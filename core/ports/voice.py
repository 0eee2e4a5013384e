"""A voice that reads sentences aloud, whatever makes the sound.

What a reader would get wrong: reading is never waited for. `read` returns at once, and what was
being read before is cut off in the middle of a word; a new screen is worth more than the old one's
last sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Voice(Protocol):
    """From the GUI's thread only."""

    @property
    def state(self) -> str:
        """ "ok", or "out" when nothing here can be heard; as the state of a `DeviceHealth`."""

    def read(self, sentences: tuple[str, ...], language: str, told: Callable[[str], None]) -> None:
        """Read them in "zh" or "en". `told` gets each sentence as it begins and "" at the end of
        all, from any thread; nothing more once something else is read or it was stopped."""

    def stop(self) -> None:
        """Be silent at once."""

    def close(self) -> None:
        """Be silent for good."""
