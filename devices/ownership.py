"""One process owns a terminal's ports: a lock file in its data folder that names the holder.

The terminal holds it while it runs, the command line while it tests. What a reader would get
wrong: the kernel frees the lock even after SIGKILL, so a stale file never locks anybody out.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from core.errors import ZhenfuError
from core.settings import Kind, Setting

SETTINGS: tuple[Setting, ...] = (
    Setting("terminal.id", Kind.TEXT, "The terminal's number at the backend, such as K01."),
    Setting("terminal.data", Kind.TEXT, "Folder of the journal; on a disk that keeps its word."),
)
"""Which terminal this is, and where it keeps its journal and its lock."""


class AlreadyRunning(ZhenfuError):
    """Another process holds the terminal."""


class InstanceLock:
    """Held from construction until the process ends; the kernel frees it even after SIGKILL."""

    def __init__(self, folder: Path) -> None:
        """Raises AlreadyRunning with the holder's process id."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "terminal.lock"
        self._file = path.open("a+", encoding="ascii")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            holder = self._file.read().strip() or "unknown"
            self._file.close()
            raise AlreadyRunning(f"this terminal is already running as process {holder}") from None
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    def release(self) -> None:
        """Free it early."""
        self._file.close()
