"""A serial line: a pseudo-terminal whose host end is reached by a symlink that stays the same.

Talks to the kernel's pty driver inside the asyncio loop. The master reports a hang-up for as long
as no host has the tty open, so it is then watched by a short timer and not by the selector (which
would spin), and bytes sent meanwhile are lost as on a real plug.
"""

import asyncio
import errno
import os
import re
import select
import termios
import tty
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

HOST_CHECK_S = 0.02
CHUNK_BYTES = 4096
SPEED_NAMES = tuple(name for name in dir(termios) if re.fullmatch(r"B\d+", name))


class PtyLine:
    """One virtual serial port. ``receive`` gets every chunk of bytes the host writes."""

    def __init__(self, link: Path, receive: Callable[[bytes], None]) -> None:
        self.path = f"serial:{link}"
        self._link = link
        self._receive = receive
        self._master = -1
        self._timer: asyncio.TimerHandle | None = None

    def open(self) -> None:
        """Create the pty in raw mode and point the symlink at it."""
        self._master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(self._master, False)
        fresh = self._link.with_name(self._link.name + ".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(slave))
        fresh.replace(self._link)
        os.close(slave)
        self._wait_for_host()

    def close(self) -> None:
        """Unplug: the host's reads fail from now on, and the path is gone as udev takes it away."""
        if self._master < 0:
            return
        self._forget(self._master)
        self._link.unlink(missing_ok=True)
        os.close(self._master)
        self._master = -1

    def cut(self) -> None:
        """Unplug and plug in again: the symlink leads to a new tty when the old one is gone."""
        old, self._master = self._master, -1
        self._forget(old)
        self.open()
        os.close(old)

    def send(self, data: bytes) -> bool:
        """Write to the host; False when no host has the tty open or it does not read."""
        if not self._has_host():
            return False
        with suppress(BlockingIOError):
            return os.write(self._master, data) == len(data)
        return False

    def baud(self) -> int:
        """The speed the host has set; a pty carries bytes at any."""
        number = termios.tcgetattr(self._master)[4]
        return next((int(name[1:]) for name in SPEED_NAMES if getattr(termios, name) == number), 0)

    def _forget(self, master: int) -> None:
        if self._timer is not None:
            self._timer.cancel()
        asyncio.get_running_loop().remove_reader(master)

    def _has_host(self) -> bool:
        if self._master < 0:
            return False
        return not any(mask & select.POLLHUP for _fd, mask in self._poll())

    def _poll(self) -> list[tuple[int, int]]:
        poller = select.poll()
        poller.register(self._master, select.POLLIN)
        return poller.poll(0)

    def _wait_for_host(self) -> None:
        self._timer = None
        loop = asyncio.get_running_loop()
        if any(mask == select.POLLHUP for _fd, mask in self._poll()):
            self._timer = loop.call_later(HOST_CHECK_S, self._wait_for_host)
        else:
            loop.add_reader(self._master, self._on_readable)

    def _on_readable(self) -> None:
        try:
            data = os.read(self._master, CHUNK_BYTES)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            asyncio.get_running_loop().remove_reader(self._master)
            self._wait_for_host()
            return
        self._receive(data)
