"""Calls that may hang for ever, run in a thread of their own with a limit.

PC/SC has no time-out: a card that never answers blocks the call until it leaves. What a reader
would get wrong: after a limit passed the thread still runs; it is left alone, counted by
`held_threads`, and ends by itself when the call comes back. It is never joined.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TypeVar

from devices.errors import Timeout

Answer = TypeVar("Answer")
_held: set[LimitedCalls] = set()
_guard = threading.Lock()


def held_threads() -> int:
    """How many threads a hung call holds now."""
    with _guard:
        return len(_held)


class _Call:
    """One call and how it ended."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._error: Exception | None = None
        self._ended = threading.Event()

    def run(self) -> None:
        try:
            self._work()
        except Exception as error:
            self._error = error
        self._ended.set()

    def ends_within(self, limit_s: float) -> bool:
        """Raises what the call raised."""
        ended = self._ended.wait(limit_s)
        if self._error is not None:
            raise self._error
        return ended


class LimitedCalls:
    """One thread for one user, who waits for each call; `at_end` runs in it as its last work."""

    def __init__(self, name: str, at_end: Callable[[], None]) -> None:
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._at_end = at_end
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._abandoned = False
        self._thread.start()

    @property
    def abandoned(self) -> bool:
        """A call passed its limit once: no further call is possible."""
        return self._abandoned

    @property
    def hung(self) -> bool:
        """A call passed its limit and has not come back."""
        return self._abandoned and self._thread.is_alive()

    def run(self, work: Callable[[], Answer], limit_s: float) -> Answer:
        """The answer of `work`. Timeout: it hangs; no further call is possible."""
        if self._abandoned:
            raise Timeout("an earlier call hangs")
        answers: list[Answer] = []
        call = _Call(lambda: answers.append(work()))
        self._calls.put(call)
        if not call.ends_within(limit_s):
            self._abandon()
            raise Timeout(f"no answer within {limit_s:g} s")
        return answers[0]

    def end(self) -> None:
        """No further call; the thread ends after the running one."""
        self._calls.put(None)

    def _abandon(self) -> None:
        self._abandoned = True
        with _guard:
            _held.add(self)
        self.end()

    def _loop(self) -> None:
        while (call := self._calls.get()) is not None:
            call.run()
            del call  # else its closure would live until the next call
        self._at_end()
        with _guard:
            _held.discard(self)
