"""A program of the system that runs for one set of virtual units, and ends with it.

Talks to the process. Nobody but this object stops it, by its pid; a killed parent takes it along,
so that no port stays taken.
"""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from sandbox.units.control import LONGEST_SOCKET_PATH

PARENT_DEATH = ("setpriv", "--pdeathsig", "TERM")
START_LIMIT_S, CHECK_S = 8.0, 0.02


class DaemonFailed(Exception):
    """The daemon cannot run here; the text says what is missing."""


class Daemon:
    """One running program; clients use ``socket``, its words stand in ``log``."""

    name: ClassVar[str]
    stop_limit_s: ClassVar[float]

    def __init__(self, socket: Path, log: Path) -> None:
        self.socket = socket
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        """End the process; killed when it does not go within ``stop_limit_s``."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(self.stop_limit_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(self.stop_limit_s)
        self._process = None

    def _require(self, programs: Iterable[str]) -> None:
        """Raises DaemonFailed when one is missing, or the socket's path is too long."""
        for program in (*programs, PARENT_DEATH[0]):
            if shutil.which(program) is None:
                raise DaemonFailed(f"the program {program} is missing")
        if len(str(self.socket).encode()) > LONGEST_SOCKET_PATH:
            raise DaemonFailed(f"the run folder is too deep for a Unix socket: {self.socket}")

    def _run(self, command: Iterable[str], is_ready: Callable[[], bool]) -> None:
        """Start and wait until it serves; raises DaemonFailed with its last words."""
        with self._log.open("wb") as log:
            process = subprocess.Popen(
                [*PARENT_DEATH, *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._process = process
        limit = time.monotonic() + START_LIMIT_S
        while not is_ready():
            if process.poll() is not None or time.monotonic() > limit:
                self.stop()
                told = self._log.read_text(errors="replace")
                raise DaemonFailed(f"{self.name} did not start: {told.strip()[-300:]}")
            time.sleep(CHECK_S)
