"""Reads codes from a scanner at a byte line, and commands it if its dialect has commands.

What a reader would get wrong: a code may arrive while an answer is waited for, and an answer while
codes are read; neither is lost. `codes` waits only for the rest of a code that has begun.
"""

from __future__ import annotations

import logging
import time

from devices.checks import Identity
from devices.errors import DeviceRefused, Timeout
from devices.scanner.dialect import Answer, Dialect, Sieve
from devices.scanner.text import text_of
from devices.transport import Line
from devices.worker import Owner

log = logging.getLogger(__name__)

IDLE_END_S = 0.05
ANSWER_S = 0.5
TRIES = 2
CHUNK_BYTES = 1024
MAX_CHUNKS = 32
MAX_KEPT = 64


class SerialScanner:
    """Owns an open line. `dialect` None: a plain line scanner, never written to."""

    def __init__(self, line: Line, dialect: Dialect | None = None) -> None:
        self._line = line
        self._dialect = dialect
        self._sieve = Sieve(dialect)
        self._codes: list[bytes] = []
        self._quiet_at = 0.0
        self._dropped_told = 0
        self._owner = Owner()

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def codes(self) -> list[str]:
        """Codes that came since the last call. Raises TransportError when the line broke."""
        self._owner.check()
        for _ in range(MAX_CHUNKS):
            if not self._listen(self._quiet_at):
                self._codes += self._sieve.end()
                break
        if self._sieve.splitter.dropped > self._dropped_told:
            self._dropped_told = self._sieve.splitter.dropped
            log.warning("scanner: a code that was too long or broken was dropped")
        self._sieve.answers.clear()
        codes, self._codes = self._codes, []
        return [text for text in map(text_of, codes) if text]

    def trigger(self, on: bool) -> None:
        """Look or stop. Timeout: no answer to TRIES tries; DeviceRefused: it does not know how."""
        self._owner.check()
        if self._dialect is None:
            return
        answer = self._ask(self._dialect.trigger(on))
        if not answer.done:
            raise DeviceRefused(answer.code, "the scanner refused the command")

    def answers(self) -> bool:
        """A dialect's scanner answered when it was opened; a plain one cannot answer."""
        return self._dialect is not None

    def identity(self) -> Identity:
        """No dialect in use has a word for it."""
        return Identity()

    def _ask(self, command: bytes) -> Answer:
        self._sieve.answers.clear()
        for _ in range(TRIES):
            self._line.write(command)
            answer = self._answer()
            if answer is not None and not answer.again:
                return answer
        raise Timeout("the scanner does not answer")

    def _answer(self) -> Answer | None:
        deadline = time.monotonic() + ANSWER_S
        for _ in range(MAX_CHUNKS):
            if self._sieve.answers:
                return self._sieve.answers.pop(0)
            if not self._listen(deadline):
                break
        return self._sieve.answers.pop(0) if self._sieve.answers else None

    def _listen(self, deadline: float) -> bool:
        """One piece from the line; False: silence up to `deadline`."""
        chunk = self._line.read(CHUNK_BYTES, deadline)
        if chunk:
            self._quiet_at = time.monotonic() + IDLE_END_S
            self._codes = (self._codes + self._sieve.feed(chunk))[-MAX_KEPT:]
        return bool(chunk)
