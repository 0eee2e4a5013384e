"""A device file that moves bytes both ways, such as `/dev/usb/lp0` of a USB printer.

Linux only. What a reader would get wrong: the file is opened non-blocking, and a read of no bytes
is not the end of anything, a USB printer answers so when it has nothing to say; only an error or a
hang-up breaks the line.
"""

from __future__ import annotations

import os
import select
import stat
import sys
import time

from devices.errors import TransportError

WRITE_LIMIT_S = 5.0
PAUSE_S = 0.02
_BROKEN = select.POLLERR | select.POLLHUP | select.POLLNVAL if sys.platform != "win32" else 0


class FileLine:
    """A character device or a pipe, by its file name."""

    def __init__(self, name: str, write_limit_s: float = WRITE_LIMIT_S) -> None:
        self._name = name
        self._write_limit_s = write_limit_s
        self._file: int | None = None

    def open(self) -> None:
        """Raises TransportError: no such file, no right to it, or a plain file."""
        if sys.platform == "win32":
            raise TransportError(f"{self._name}: device files are for Linux")
        try:
            opened = os.open(self._name, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            raise TransportError(f"{self._name}: {error.strerror}") from None
        mode = os.fstat(opened).st_mode
        if not (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)):
            os.close(opened)
            raise TransportError(f"{self._name}: not a device")
        self._file = opened

    def close(self) -> None:
        """Give the file back."""
        opened, self._file = self._file, None
        if opened is not None:
            os.close(opened)

    def write(self, data: bytes) -> None:
        """Raises TransportError when the device is gone or takes nothing for the write limit."""
        left = memoryview(data)
        while left:
            if not self._wait(select.POLLOUT, time.monotonic() + self._write_limit_s):
                raise TransportError(f"{self._name}: takes no more bytes")
            try:
                left = left[os.write(self._opened(), left) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise TransportError(f"{self._name}: {error.strerror}") from None

    def read(self, size: int, deadline: float) -> bytes:
        """See `Line.read`."""
        while told := self._wait(select.POLLIN, deadline):
            try:
                data = os.read(self._opened(), size)
            except BlockingIOError:
                data = b""
            except OSError as error:
                raise TransportError(f"{self._name}: {error.strerror}") from None
            if not data and told & _BROKEN:
                raise TransportError(f"{self._name}: gone")
            if data or time.monotonic() >= deadline:
                return data
            time.sleep(PAUSE_S)
        return b""

    def _wait(self, event: int, deadline: float) -> int:
        """What the file is ready for, 0 at the deadline. Raises TransportError: unplugged."""
        watch = select.poll()
        watch.register(self._opened(), event)
        left_ms = max(deadline - time.monotonic(), 0.0) * 1000
        for _, told in watch.poll(left_ms):
            if told & event:
                return told
            if told & _BROKEN:
                raise TransportError(f"{self._name}: gone")
        return 0

    def _opened(self) -> int:
        if self._file is None:
            raise TransportError(f"{self._name}: not open")
        return self._file
