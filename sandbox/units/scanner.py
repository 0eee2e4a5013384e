"""Virtual plain line scanner: what it sees it sends as UTF-8 text ended by CR LF.

Talks to the host over a pty (protocol page section 7, "Plain"). It has no commands, so its faults
meet the next code shown and bytes from the host are ignored.
"""

from pathlib import Path
from typing import ClassVar

from sandbox.units.json_files import Json
from sandbox.units.pty_line import PtyLine
from sandbox.units.request import Request
from sandbox.units.unit import Unit


class Scanner(Unit):
    """Control: ``show(text)`` puts a code before the window."""

    name: ClassVar[str] = "scanner"
    table: ClassVar[str] = "scanner"

    def __init__(self, run_dir: Path) -> None:
        super().__init__(run_dir)
        self._line = PtyLine(run_dir / "scanner.tty", lambda _data: None)
        before = self.load() or {}
        self._shown = int(str(before.get("shown", 0)))

    async def start(self) -> None:
        self._line.open()

    def stop(self) -> None:
        self._line.close()

    def paths(self) -> Json:
        return {"path": self._line.path}

    def state(self) -> Json:
        return {"shown": self._shown}

    def perform(self, request: Request) -> Json:
        if request.text("do") != "show":
            raise self.unknown(request)
        return self._show(request.text("text"))

    def _show(self, text: str) -> Json:
        fault = self.faults.take("show")
        self._shown += 1
        self.changed()
        if not self.stopped_before(fault, self._line):
            self.deliver(fault, self._line, text.encode("utf-8") + b"\r\n")
        return {}
