"""A program of ours as a process of its own, from its ready file to its end.

What a reader would get wrong: a signal goes to everything the program started too.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.helpers.forked import Forked

_READY_S, _LOOK_S, _STOP_S = 60.0, 0.02, 15.0
Json = dict[str, Any]


@dataclass(slots=True)
class Program:
    """A Python program with a ready file; its output goes to a log beside it."""

    module: str
    arguments: tuple[str, ...]
    ready: Path
    _process: Forked | None = None

    def start(self) -> Json:
        """What the ready file says once it is there."""
        self.ready.unlink(missing_ok=True)
        log = self.ready.with_suffix(".log")
        self._process = Forked(self.module, self.arguments, log)
        wait = threading.Event().wait
        for _ in range(int(_READY_S / _LOOK_S)):
            if self.ready.exists():
                content: Json = json.loads(self.ready.read_text("utf-8"))
                return content
            if self._process.poll() is not None:
                break
            wait(_LOOK_S)
        raise AssertionError(f"{self.module}: {log.read_text('utf-8', 'replace')[-2000:]}")

    @contextmanager
    def running(self) -> Iterator[Json]:
        """From its ready file, whose content it gives, to its end."""
        try:
            yield self.start()
        finally:
            self.signal(signal.SIGTERM)

    def signal(self, number: signal.Signals) -> None:
        """To it and to everything it started; then it is waited for."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, number)
            try:
                self._process.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(_STOP_S)
