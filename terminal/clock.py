"""Waiting and wall time for `terminal`: the one place of this package that sleeps."""

from __future__ import annotations

import time
from datetime import datetime

from core.clock import CHINA


def pause(milliseconds: int) -> None:
    """Block this worker; never called in the GUI thread."""
    time.sleep(milliseconds / 1000)


def now_s() -> float:
    """Monotonic seconds, for limits."""
    return time.monotonic()


def local_time() -> datetime:
    """Wall time at the hospital, for paper and screens."""
    return datetime.now(CHINA)
