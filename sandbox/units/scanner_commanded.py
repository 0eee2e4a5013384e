"""What the commanded scanners have in common: a window, a look on command, codes among answers.

Talks to the host over a pty. A code before the window is read only while a look lasts; one look
ends with its code or after ``LOOK_S``. A fault without ``on`` waits for the next code, because
hosts repeat their commands as a sign of life.
"""

import asyncio
from abc import abstractmethod
from pathlib import Path

from sandbox.units.json_files import Json
from sandbox.units.pty_line import PtyLine
from sandbox.units.request import Request
from sandbox.units.unit import Unit

LOOK_S = 5.0
ENDINGS = {"cr": b"\r", "crlf": b"\r\n", "none": b""}
LONGEST_COMMAND = 512


class CommandedScanner(Unit):
    """Control: ``show(text, ending)`` holds a code before the window, ``hide`` takes it away."""

    def __init__(self, run_dir: Path) -> None:
        super().__init__(run_dir)
        self._line = PtyLine(run_dir / f"{self.name}.tty", self._on_bytes)
        self._buffer = b""
        self._look: asyncio.TimerHandle | None = None
        before = self.load() or {}
        text = before.get("text")
        self._text = text if isinstance(text, str) else None
        self._ending = str(before.get("ending", "cr"))
        self._read = int(str(before.get("read", 0)))

    @abstractmethod
    def take_command(self, buffer: bytes) -> tuple[bytes, bytes]:
        """The first whole command in ``buffer`` and the rest; no command while none is whole."""

    @abstractmethod
    def execute(self, command: bytes) -> bytes:
        """Carry a command out; the answer to it."""

    @abstractmethod
    def command_name(self, command: bytes) -> str:
        """The name faults know a command by."""

    def reads_unasked(self) -> bool:
        """True in a mode that reads without a command."""
        return False

    async def start(self) -> None:
        self._line.open()

    def stop(self) -> None:
        self.look(on=False)
        self._line.close()

    def paths(self) -> Json:
        return {"path": self._line.path}

    def state(self) -> Json:
        return {"text": self._text, "looking": self._look is not None, "read": self._read}

    def saved(self) -> Json:
        return {"text": self._text, "ending": self._ending, "read": self._read}

    def perform(self, request: Request) -> Json:
        match request.text("do"):
            case "show":
                self._text = request.text("text")
                self._ending = request.choice("ending", tuple(ENDINGS), "cr")
                self._read_code(self._look is not None or self.reads_unasked())
            case "hide":
                self._text = None
            case _:
                raise self.unknown(request)
        self.changed()
        return {}

    def look(self, on: bool) -> None:
        """Begin a look, anew when one lasts, or end it."""
        if self._look is not None:
            self._look.cancel()
        self._look = self.later(LOOK_S, self._on_look_over) if on else None

    def _on_look_over(self) -> None:
        self._look = None
        self.changed()

    def _on_bytes(self, data: bytes) -> None:
        self._buffer = (self._buffer + data)[-LONGEST_COMMAND:]
        while True:
            command, self._buffer = self.take_command(self._buffer)
            if not command:
                return
            self._on_command(command)

    def _on_command(self, command: bytes) -> None:
        fault = self.faults.take(self.command_name(command))
        if self.stopped_before(fault, self._line):
            return
        answer = self.execute(command)
        self.deliver(fault, self._line, answer)
        self._read_code(self._look is not None)
        self.changed()

    def _read_code(self, may_read: bool) -> None:
        if self._text is None or not may_read or not self.is_on:
            return
        self.look(on=False)
        self._read += 1
        fault = self.faults.take("code")
        if not self.stopped_before(fault, self._line):
            code = self._text.encode("utf-8") + ENDINGS[self._ending]
            self.deliver(fault, self._line, code)
