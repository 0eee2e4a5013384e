"""A platform's clock: China's time, or the moment a tester set.

Talks to the machine's clock. What a reader would get wrong: a clock that was set stands still.
"""

from datetime import datetime, timedelta, timezone
from typing import Literal

from pydantic import BaseModel, NaiveDatetime

CHINA = timezone(timedelta(hours=8))


def china_now() -> datetime:
    """The machine's clock, naive, in China's time, whatever the machine's zone."""
    return datetime.now(CHINA).replace(tzinfo=None)


class SetClock(BaseModel):
    """Sets the platform's clock, or with null gives it back to the machine."""

    do: Literal["clock"]
    now: NaiveDatetime | None


class PlatformClock:
    """China's time without an offset, as the platforms' wires write it."""

    def __init__(self) -> None:
        self._set_to: datetime | None = None

    def set(self, now: datetime | None) -> None:
        """Stand still at ``now``; None goes back to the machine's clock."""
        self._set_to = now

    def now(self) -> datetime:
        """The moment, naive, in China's time."""
        return self._set_to or china_now()
