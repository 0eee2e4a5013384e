"""Byte lines to devices behind one seam of four small methods.

What a reader would get wrong: `read` returns what is there, from 1 to `size` bytes, and b"" when
the deadline (monotonic seconds) passed; only a broken line raises.
"""

from __future__ import annotations

from typing import Protocol


class Line(Protocol):
    """A way to move bytes; raises nothing but TransportError."""

    def open(self) -> None:
        """Make it usable; once."""

    def close(self) -> None:
        """Give it back; never raises."""

    def write(self, data: bytes) -> None:
        """All of it, within the line's write limit."""

    def read(self, size: int, deadline: float) -> bytes:
        """1 to `size` bytes, or b"" when `deadline` passed."""
