"""What this process holds: handles, threads, child processes and memory. Linux only.

What a reader would get wrong: the numbers count only when nothing is on its way, so `settled` waits
until they stood still, and `equals` until they are back where they were.
"""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

STILL_S = 2.0
SETTLE_LIMIT_S = 30.0
LOOK_S = 0.1
_SELF = Path("/proc/self")
_PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024


@dataclass(frozen=True, slots=True)
class Held:
    """What must be equal at the end."""

    handles: int
    threads: int
    children: int

    def __str__(self) -> str:
        return f"{self.handles} handles, {self.threads} threads, {self.children} children"


def held() -> Held:
    """Now. The folder that is listed counts itself, each time."""
    return Held(
        handles=len(list((_SELF / "fd").iterdir())),
        threads=len(list((_SELF / "task").iterdir())),
        children=_children(),
    )


def memory_kib() -> int:
    """Resident memory, less what is free inside: glibc keeps that (malloc_trim(3))."""
    ctypes.CDLL(None).malloc_trim(0)
    return int((_SELF / "statm").read_text(encoding="ascii").split()[1]) * _PAGE_KIB


def settled() -> Held:
    """What is held once it stood still for STILL_S; the last word after SETTLE_LIMIT_S."""
    last, since = held(), time.monotonic()

    def still() -> bool:
        nonlocal last, since
        if (now := held()) != last:
            last, since = now, time.monotonic()
        return time.monotonic() - since >= STILL_S

    wait_until(still, SETTLE_LIMIT_S)
    return last


def back_at(before: Held) -> Held:
    """What is held when it is what it was; the last word after SETTLE_LIMIT_S."""
    wait_until(lambda: held() == before, SETTLE_LIMIT_S)
    return held()


def wait_until(condition: Callable[[], bool], limit_s: float) -> bool:
    """Whether it came true in time."""
    deadline = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        threading.Event().wait(LOOK_S)
    return True


def _children() -> int:
    """Processes whose parent this is, ended ones that nobody waited for included."""
    own = str(os.getpid())
    processes = (entry for entry in Path("/proc").iterdir() if entry.name.isdecimal())
    return sum(_parent(process) == own for process in processes)


def _parent(process: Path) -> str:
    """Its parent's number; "" when it ended meanwhile."""
    try:
        return (process / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[1]
    except OSError:
        return ""
