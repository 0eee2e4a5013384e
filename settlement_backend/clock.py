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


def stamp(moment: datetime) -> str:
    """How times are stored and sent: ISO 8601 to the millisecond; sorts as text."""
    return moment.astimezone(CHINA).isoformat(timespec="milliseconds")


def later(moment: datetime, seconds: float) -> str:
    """A stamp so many seconds after."""
    return stamp(moment + timedelta(seconds=seconds))
