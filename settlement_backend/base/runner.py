"""Background work: jobs that a clock makes due, run by one thread or stepped by a test.

What a reader would get wrong: a job must be harmless when it runs twice or in two processes at
once; the runner only avoids the waste of it.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from settlement_backend.base.clock import Clock
from settlement_backend.base.database import Database

log = logging.getLogger(__name__)

_TICK_S = 0.25
_TICKS_A_LOOK = 12  # what nobody waits for is looked after each three seconds


@dataclass(frozen=True, slots=True)
class Job:
    """Something to look after. `every_s`: pause between two looks, 0 at each step. `urgent`:
    somebody stands at a machine and waits for it."""

    name: str
    run: Callable[[], object]
    every_s: float = 0.0
    urgent: bool = False


def each(advance: Callable[[str], object], names: Iterable[str]) -> None:
    """One after the other; one that stumbles must not stop the others."""
    for name in names:
        try:
            advance(name)
        except Exception:
            log.exception("%s could not be moved on", name)


def moving(
    name: str,
    advance: Callable[[str], object],
    unfinished: Callable[[], Iterable[str]],
    every_s: float = 0.0,
    urgent: bool = False,
) -> Job:
    """The job that moves everything unfinished on."""
    return Job(name, lambda: each(advance, unfinished()), every_s, urgent)


class Runner:
    """All jobs of one process."""

    def __init__(self, db: Database, clock: Clock, jobs: Iterable[Job]) -> None:
        self._db, self._clock, self._jobs = db, clock, tuple(jobs)
        self._ran_at: dict[str, datetime] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="runner", daemon=True)

    def start(self) -> None:
        """Work from now on; what a killed process left is picked up too."""
        self._thread.start()

    def stop(self) -> None:
        """End with the job that runs."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def step(self, urgent_only: bool = False) -> None:
        """Everything that is due now, once."""
        now = self._clock.now()
        for job in self._jobs:
            if urgent_only and not job.urgent:
                continue
            last = self._ran_at.get(job.name)
            if last is None or not last <= now < last + timedelta(seconds=job.every_s):
                self._ran_at[job.name] = now
                self._run(job)

    def _run(self, job: Job) -> None:
        try:
            with self._db.locks.if_free(f"job/{job.name}") as free:
                if free:
                    job.run()
        except Exception:
            log.exception("%s stumbled and goes on", job.name)

    def _go_on(self) -> None:
        for tick in itertools.count():
            if self._stop.wait(_TICK_S):
                return
            self.step(urgent_only=tick % _TICKS_A_LOOK != 0)
