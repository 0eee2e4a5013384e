"""One process owns the ports: a lock file that names its holder."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from core.errors import ZhenfuError


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
