"""The one place of core where time is read.

Limits are measured with the monotonic clock; wall time is only printed and recorded
(reliability.md 5.1). Tests hand a clock of their own to whatever takes a `Clock`.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

CHINA = timezone(timedelta(hours=8))  # one zone, no summer time


class Clock(Protocol):
    """What code that needs time is given."""

    def wall(self) -> datetime:
        """Now, aware, UTC."""

    def monotonic_ns(self) -> int:
        """Nanoseconds since boot; never goes back."""

    def boot_id(self) -> str:
        """Changes at every boot, so that two monotonic values can be compared or not."""


class SystemClock:
    """The machine's own clocks."""

    def wall(self) -> datetime:
        """Now in UTC."""
        return datetime.now(UTC)

    def monotonic_ns(self) -> int:
        """CLOCK_MONOTONIC in nanoseconds."""
        return time.monotonic_ns()

    def boot_id(self) -> str:
        """The kernel's boot id, or "unknown" where there is none."""
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        except OSError:
            return "unknown"
