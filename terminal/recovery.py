"""Recovery at start, and again while something is open; in a thread of its own.

At start every open operation is tried once, which takes at most `START_LIMIT_S` even when POS and
backend are silent; the home screen opens then in any case. Later only operations that were left
in doubt are tried again: an operation of the journey that runs now is never touched.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from core.errors import ZhenfuError
from core.journal.operations import Operation
from core.journeys.recover import recover
from core.operation import OperationKind, OperationState
from terminal.drive import Routes, drive

log = logging.getLogger(__name__)

START_LIMIT_S = 30.0
AGAIN_S = 20.0


class Recovery:
    """`operations` reads the journal in its worker; `doubts` is told the kinds still open."""

    def __init__(
        self,
        operations: Callable[[], dict[str, Operation]],
        routes: Routes,
        doubts: Callable[[frozenset[OperationKind]], None],
        again_s: float = AGAIN_S,
    ) -> None:
        self._operations, self._routes, self._doubts = operations, routes, doubts
        self._again_s = again_s
        self._stop = threading.Event()
        self.finished = threading.Event()
        self.open_at_start = 0
        self._thread = threading.Thread(target=self._run, name="recovery", daemon=True)

    def start(self) -> None:
        """Begin; `finished` is set after the first round."""
        self._thread.start()

    def stop(self, limit_s: float) -> bool:
        """True when the thread has ended."""
        self._stop.set()
        self._thread.join(limit_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        found = [operation for operation in self._read() if operation.open]
        self.open_at_start = len(found)
        self._doubts(frozenset(operation.kind for operation in found))
        self._round(found)
        self.finished.set()
        while not self._stop.wait(self._again_s):
            self._round([o for o in self._read() if o.state is OperationState.UNKNOWN])

    def _round(self, operations: list[Operation]) -> None:
        for operation in operations:
            if self._stop.is_set():
                return
            log.info("recovering %s %s", operation.kind, operation.operation_id)
            try:
                drive(recover(operation), self._routes)
            except Exception:
                log.exception("recovery of %s failed", operation.operation_id)
        still = [o for o in self._read() if o.state is OperationState.UNKNOWN]
        self._doubts(frozenset(operation.kind for operation in still))

    def _read(self) -> list[Operation]:
        try:
            return list(self._operations().values())
        except ZhenfuError:
            log.exception("the journal cannot be read")
            return []
