"""A device worker as the lane that core's routes and runners know.

What a reader would get wrong: a worker tells a raised fault in a word of its own, and a runner
that does not know it would hand it to the journey as a reply.
"""

from __future__ import annotations

from collections.abc import Callable

from core.routes import Crashed, Offered
from devices import worker


class WorkerLane:
    """One worker's queue; see `core.routes.Lane`."""

    def __init__(self, of: worker.Worker) -> None:
        self._worker = of

    def offer(self, work: Callable[[], object], done: Callable[[object], None]) -> Offered | None:
        """Queue work; None when the queue is full. `done` comes in the worker's thread."""
        return self._worker.offer(work, lambda reply: done(_told(reply)))


def _told(reply: object) -> object:
    return Crashed(reply.error) if isinstance(reply, worker.Crashed) else reply
