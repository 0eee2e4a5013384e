"""The backend's time: wall time in China for people, monotonic waits for threads."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8))


class Clock(Protocol):
    """What the backend asks for the time; tests bring their own."""

    def now(self) -> datetime:
        """Aware, in China's time."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Now, aware."""
        return datetime.now(CHINA)


class MovableClock:
    """The machine's clock with something added; for the demo, where days pass in seconds.

    What a reader would get wrong: it never goes back.
    """

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        """Now and what was added, aware."""
        return datetime.now(CHINA) + self._ahead

    def move(self, seconds: float) -> None:
        """Later from now on. Raises ValueError for a step back."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self._ahead += timedelta(seconds=seconds)


def stamp(moment: datetime) -> str:
    """How times are stored and sent: ISO 8601 to the millisecond; sorts as text."""
    return moment.astimezone(CHINA).isoformat(timespec="milliseconds")


def later(moment: datetime, seconds: float) -> str:
    """A stamp so many seconds after."""
    return stamp(moment + timedelta(seconds=seconds))
