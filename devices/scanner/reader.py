"""What the scanner service asks of a driver, whatever its language.

What a reader would get wrong: a scanner that always looks has no trigger; telling it to look or
not does nothing and is no error.
"""

from __future__ import annotations

from typing import Protocol

from devices.checks import Identity


class CodeReader(Protocol):
    """An open scanner, used by one thread; raises DeviceError."""

    def codes(self) -> list[str]:
        """Texts that came since the last call; returns at once when there are none."""

    def trigger(self, on: bool) -> None:
        """Look for codes, or stop; may be said again and again."""

    def answers(self) -> bool:
        """Whether the scanner itself was heard; False: only its line is open."""

    def identity(self) -> Identity:
        """Who it says it is."""

    def close(self) -> None:
        """Give the port back; never raises."""
