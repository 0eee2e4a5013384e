"""Recovery at start, and again while something is open; in a thread of its own.

At start every open operation is tried once. With POS and backend silent that may take longer than
`START_LIMIT_S`; screens open then all the same (`late`), while the round goes on. Later only
operations that were left in doubt are tried again, each `AGAIN_S` and when somebody calls (`wake`):
one of the journey that runs now is never touched.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable

from core.errors import ZhenfuError
from core.journal.operations import Operation
from core.journeys.recover import recover
from core.operation import OperationKind, OperationState
from terminal.clock import now_s
from terminal.drive import Routes, drive

log = logging.getLogger(__name__)

START_LIMIT_S = 30.0
AGAIN_S = 20.0


class Recovery:
    """`unfinished` reads the journal in its worker; `doubts` is told the kinds still open."""

    def __init__(
        self,
        unfinished: Callable[[], list[Operation]],
        routes: Routes,
        doubts: Callable[[frozenset[OperationKind]], None],
        again_s: float = AGAIN_S,
        start_limit_s: float = START_LIMIT_S,
    ) -> None:
        self._unfinished, self._routes, self._doubts = unfinished, routes, doubts
        self._again_s, self._start_limit_s = again_s, start_limit_s
        self._started_s = now_s()
        self._stop, self._woken = threading.Event(), threading.Event()
        self.finished = threading.Event()
        self.open_at_start = 0
        self._thread = threading.Thread(target=self._run, name="recovery", daemon=True)

    def start(self) -> None:
        """Begin; `finished` is set after the first round."""
        self._started_s = now_s()
        self._thread.start()

    @property
    def late(self) -> bool:
        """The limit of the start has passed: nobody waits for the first round any longer."""
        return now_s() - self._started_s >= self._start_limit_s

    def wake(self) -> None:
        """From any thread: something may be answered now that was not a moment ago."""
        self._woken.set()

    def stop(self, limit_s: float) -> bool:
        """True when the thread has ended."""
        self._stop.set()
        self._woken.set()
        self._thread.join(limit_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        found = [operation for operation in self._read() or () if operation.open]
        self.open_at_start = len(found)
        self._doubts(frozenset(operation.kind for operation in found))
        self._round(found)
        self.finished.set()
        while self._waited():
            self._round(_doubtful(self._read() or ()))

    def _waited(self) -> bool:
        """False at the end."""
        self._woken.wait(self._again_s)
        self._woken.clear()
        return not self._stop.is_set()

    def _round(self, operations: list[Operation]) -> None:
        for operation in operations:
            if self._stop.is_set():
                return
            log.info("recovering %s %s", operation.kind, operation.operation_id)
            try:
                drive(recover(operation), self._routes)
            except Exception:
                log.exception("recovery of %s failed", operation.operation_id)
        known = self._read()
        if known is not None:
            self._doubts(frozenset(operation.kind for operation in _doubtful(known)))

    def _read(self) -> list[Operation] | None:
        """None: the journal cannot be read, and what was in doubt still is."""
        try:
            return self._unfinished()
        except ZhenfuError:
            if not self._stop.is_set():  # at the end the journal is closed before this thread knows
                log.exception("the journal cannot be read")
            return None


def _doubtful(operations: Iterable[Operation]) -> list[Operation]:
    return [operation for operation in operations if operation.state is OperationState.UNKNOWN]
