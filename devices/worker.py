"""One owner thread per device: a bounded queue in, replies and unasked events out by callback.

What a reader would get wrong: `done` and `tell` are called in the worker's own thread, and a
worker whose device hangs for ever is abandoned, not joined; the thread is a daemon for that.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable
from enum import Enum

from core.flow import Event
from core.routes import Crashed

log = logging.getLogger(__name__)

POLL_LIMIT_S = 10.0
REQUEST_LIMIT_S = 300.0
"""No poll and no request may take longer; a worker that does is held."""


class _Phase(Enum):
    WAITING = "waiting"
    STARTED = "started"
    WITHDRAWN = "withdrawn"


class Request:
    """A piece of work in the queue."""

    def __init__(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self._work = work
        self._done = done
        self._phase = _Phase.WAITING
        self._lock = threading.Lock()

    def withdraw(self) -> bool:
        """True: it had not started and never will."""
        return self._enter(_Phase.WITHDRAWN)

    def run(self) -> None:
        """Do the work and hand over the reply; nothing if it was withdrawn. Worker's thread."""
        if not self._enter(_Phase.STARTED):
            return
        reply: object
        try:
            reply = self._work()
        except Exception as error:
            log.exception("a request failed")
            reply = Crashed(error)
        self._done(reply)

    def _enter(self, phase: _Phase) -> bool:
        with self._lock:
            if self._phase is not _Phase.WAITING:
                return False
            self._phase = phase
            return True


class Worker:
    """Owns one device. `poll` is called every `poll_s` between requests, never during one."""

    def __init__(
        self,
        name: str,
        *,
        depth: int = 4,
        poll: Callable[[], Iterable[Event]] | None = None,
        poll_s: float = 0.1,
        tell: Callable[[Event], None] | None = None,
        poll_limit_s: float = POLL_LIMIT_S,
        request_limit_s: float = REQUEST_LIMIT_S,
    ) -> None:
        self._queue: queue.Queue[Request] = queue.Queue(depth)
        self._poll = poll
        self._poll_s = poll_s
        self._tell = tell
        self._poll_limit_s = poll_limit_s
        self._request_limit_s = request_limit_s
        self._stopping = threading.Event()
        self._limit: float | None = None
        self._faults: set[type[Exception]] = set()
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)

    def start(self) -> None:
        """Begin; once."""
        self._thread.start()

    def offer(self, work: Callable[[], object], done: Callable[[object], None]) -> Request | None:
        """Queue `work`; None: the queue is full, or the worker ends.

        `done` gets the reply or `Crashed`.
        """
        request = Request(work, done)
        if self._stopping.is_set():
            return None
        try:
            self._queue.put_nowait(request)
        except queue.Full:
            return None
        return request

    @property
    def stuck(self) -> bool:
        """Held by a poll or a request for longer than any of them may take."""
        limit = self._limit
        return limit is not None and time.monotonic() > limit

    def finish(self, work: Callable[[], object]) -> None:
        """End with `work`, after what is queued: no poll follows it. A full queue: end at once."""

        def last() -> object:
            self.stop()
            return work()

        if self.offer(last, lambda _: None) is None:
            self.stop()

    def stop(self) -> None:
        """End after the running request; what still waits never starts."""
        self._stopping.set()

    def join(self, limit_s: float) -> bool:
        """Wait for the end; False: it hangs and is to be abandoned."""
        self._thread.join(limit_s)
        return not self._thread.is_alive()

    def _loop(self) -> None:
        next_poll = time.monotonic()
        while not self._stopping.is_set():
            wait_s = min(max(next_poll - time.monotonic(), 0.0), self._poll_s)
            try:
                request = self._queue.get(timeout=wait_s) if wait_s else self._queue.get_nowait()
            except queue.Empty:
                pass
            else:
                self._guard(request.run, self._request_limit_s)
                del request  # else its closure would live until the next request
            if time.monotonic() >= next_poll:
                self._guard(self._poll_once, self._poll_limit_s)
                next_poll = time.monotonic() + self._poll_s

    def _poll_once(self) -> None:
        if self._poll is None:
            return
        for event in self._poll():
            if self._tell is not None:
                self._tell(event)

    def _guard(self, work: Callable[[], None], limit_s: float) -> None:
        self._limit = time.monotonic() + limit_s
        try:
            work()
        except Exception as error:
            if type(error) not in self._faults:
                self._faults.add(type(error))
                log.exception("%s: fault in the worker, told once", self._thread.name)
        finally:
            self._limit = None


class Owner:
    """The first thread that uses a driver owns it; any other is a bug."""

    def __init__(self) -> None:
        self._thread_id: int | None = None

    def check(self) -> None:
        """Raises RuntimeError in a foreign thread."""
        here = threading.get_ident()
        if self._thread_id is None:
            self._thread_id = here
        if self._thread_id != here:
            raise RuntimeError("a device was used outside its owner's thread")
