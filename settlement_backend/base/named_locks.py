"""One at a time for one name: settlements, idempotency keys; over all processes on PostgreSQL.

In the process a name is a lock; between processes it is an advisory lock that one connection of
ours holds, so that a process that dies gives all its names back at once. What a reader would get
wrong: the names order who works now; what keeps money right is the conditional UPDATE under them.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

_LOOK_AGAIN_S = 0.01
_MOST_LOOKS = 6_000


class StillTaken(RuntimeError):
    """Another process did not let a name go within a minute."""


class NamedLocks:
    """Locks by name, kept only while somebody holds or waits for them.

    `engine`: the database whose processes share the names; None when there is one process.
    """

    def __init__(self, engine: Engine | None = None) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, tuple[threading.Lock, int]] = {}
        self._shared = _SharedNames(engine) if engine is not None else None

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Wait for everybody else of this name; not reentrant. Raises StillTaken."""
        with self._named(name) as lock, lock:
            if self._shared is None:
                yield
            else:
                with self._shared.alone(name):
                    yield

    @contextmanager
    def if_free(self, name: str) -> Iterator[bool]:
        """True when nobody else had this name, which is ours then; False at once otherwise."""
        with self._named(name) as lock:
            if not lock.acquire(blocking=False):
                yield False
                return
            try:
                if self._shared is None:
                    yield True
                else:
                    with self._shared.if_free(name) as free:
                        yield free
            finally:
                lock.release()

    @contextmanager
    def _named(self, name: str) -> Iterator[threading.Lock]:
        """The name's lock, which exists while somebody holds or waits for it."""
        with self._guard:
            lock, users = self._locks.get(name, (threading.Lock(), 0))
            self._locks[name] = (lock, users + 1)
        try:
            yield lock
        finally:
            with self._guard:
                lock, users = self._locks.pop(name)
                if users > 1:
                    self._locks[name] = (lock, users - 1)

    def close(self) -> None:
        """Give the shared names back."""
        if self._shared is not None:
            self._shared.close()


class _SharedNames:
    """Advisory locks of one connection; asked for without waiting, because it is shared."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._guard = threading.Lock()
        self._connection: Connection | None = None
        self._wait = threading.Event().wait

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        for _ in range(_MOST_LOOKS):
            with self.if_free(name) as free:
                if free:
                    yield
                    return
            self._wait(_LOOK_AGAIN_S)
        raise StillTaken(name)

    @contextmanager
    def if_free(self, name: str) -> Iterator[bool]:
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        if not self._ask("select pg_try_advisory_lock(:number)", number):
            yield False
            return
        try:
            yield True
        finally:
            self._ask("select pg_advisory_unlock(:number)", number)

    def _ask(self, asked: str, number: int) -> bool:
        with self._guard:
            if self._connection is None:
                self._connection = self._engine.connect()
            try:
                return bool(self._connection.scalar(text(asked), {"number": number}))
            except DBAPIError:
                self._connection.invalidate()
                self._connection = None
                raise

    def close(self) -> None:
        with self._guard:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
