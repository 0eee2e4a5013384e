"""What a scanner's command language consists of, and how its answers leave the scanned text.

Pure: no I/O. What a reader would get wrong: an answer may stand in the middle of a code; taken out,
the code's halves belong together. An answer that is broken takes the code around it with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from devices.errors import ProtocolError
from devices.scanner.text import CodeSplitter


@dataclass(frozen=True, slots=True)
class Answer:
    """`code` is the protocol's own; `again`: the command did not arrive well, say it again."""

    done: bool
    code: str
    again: bool = False
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One command language. `marker`: two bytes with which every answer begins.

    `take` removes one answer from a buffer that begins with `marker`; None: more bytes are needed;
    ProtocolError after it removed what is no answer. `trigger`: the bytes for looking or not.
    `traces`: what answers hold and codes do not; it tells an answer whose marker was garbled.
    """

    marker: bytes
    take: Callable[[bytearray], Answer | None]
    trigger: Callable[[bool], bytes]
    traces: tuple[bytes, ...]


@dataclass(slots=True)
class Sieve:
    """Separates answers from codes; without a dialect everything is text."""

    dialect: Dialect | None = None
    answers: list[Answer] = field(default_factory=list)
    splitter: CodeSplitter = field(default_factory=CodeSplitter)
    _held: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> list[bytes]:
        """Codes that `data` completes; answers are appended to `answers`."""
        if self.dialect is None:
            return self.splitter.feed(data)
        return self._without_traces(self._separate(self.dialect, data))

    def end(self) -> list[bytes]:
        """Silence: an answer that stopped in the middle is broken, a code is complete."""
        if len(self._held) > 1:
            self.splitter.spoil()
        self._held.clear()
        return self._without_traces(self.splitter.end())

    def _separate(self, dialect: Dialect, data: bytes) -> list[bytes]:
        self._held += data
        codes: list[bytes] = []
        while (at := self._held.find(dialect.marker)) >= 0:
            codes += self._let_through(at)
            try:
                answer = dialect.take(self._held)
            except ProtocolError:
                self.splitter.spoil()
                continue
            if answer is None:
                return codes
            self.answers.append(answer)
        half_marker = self._held.endswith(dialect.marker[:1])
        return codes + self._let_through(len(self._held) - half_marker)

    def _without_traces(self, codes: list[bytes]) -> list[bytes]:
        traces = () if self.dialect is None else self.dialect.traces
        clean = [code for code in codes if not any(trace in code for trace in traces)]
        self.splitter.dropped += len(codes) - len(clean)
        return clean

    def _let_through(self, size: int) -> list[bytes]:
        text = bytes(self._held[:size])
        del self._held[:size]
        return self.splitter.feed(text)
