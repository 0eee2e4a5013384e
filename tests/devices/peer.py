"""Scripted far ends over real pseudo-terminals and sockets.

A script is a function of a `Wire`: it expects literal bytes and sends literal bytes. What a reader
would get wrong: a script that failed, or did not come to its end, fails the test when the `with`
block ends.
"""

from __future__ import annotations

import os
import select
import socket
import threading
import time
import tty
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.flow import Event

LIMIT_S = 5.0


def bytes_of(text: str) -> bytes:
    """Literal hex."""
    return bytes.fromhex(text)


class Wire(ABC):
    """The far end's side of a line."""

    def expect(self, text: str) -> None:
        """Exactly these bytes come next."""
        wanted = bytes_of(text)
        got = self.read_exactly(len(wanted))
        assert got == wanted, f"expected {wanted.hex(' ')}, got {got.hex(' ')}"

    def read_exactly(self, size: int) -> bytes:
        """Raises AssertionError when they do not come."""
        deadline = time.monotonic() + LIMIT_S
        got = b""
        while len(got) < size:
            left = deadline - time.monotonic()
            assert left > 0, f"only {got.hex(' ')} of {size} bytes came"
            got += self.read_some(size - len(got), left)
        return got

    def expect_silence(self, limit_s: float) -> None:
        """Nothing comes for that long."""
        assert self.read_some(64, limit_s) == b""

    def send(self, text: str) -> None:
        """Literal hex out."""
        self.write(bytes_of(text))

    @abstractmethod
    def read_some(self, size: int, limit_s: float) -> bytes:
        """b"" when nothing came."""

    @abstractmethod
    def write(self, data: bytes) -> None:
        """Raw bytes out."""

    @abstractmethod
    def hang_up(self) -> None:
        """Unplug, or close the connection."""


class PtyWire(Wire):
    """The master of a pseudo-terminal; the slave's name is what the driver opens."""

    def __init__(self) -> None:
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.path = f"serial:{os.ttyname(self._slave)}"
        self._open = True

    def read_some(self, size: int, limit_s: float) -> bytes:
        ready, _, _ = select.select([self._master], [], [], limit_s)
        return os.read(self._master, size) if ready else b""

    def write(self, data: bytes) -> None:
        os.write(self._master, data)

    def hang_up(self) -> None:
        if self._open:
            self._open = False
            os.close(self._slave)
            os.close(self._master)


class TcpWire(Wire):
    """A listener and the connection accepted last."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(LIMIT_S)
        self.path = f"tcp:127.0.0.1:{self._listener.getsockname()[1]}"
        self._connection: socket.socket | None = None

    def accept(self) -> None:
        """The next connection; the one before is closed."""
        self.hang_up()
        self._connection, _ = self._listener.accept()

    def read_some(self, size: int, limit_s: float) -> bytes:
        assert self._connection is not None
        self._connection.settimeout(max(limit_s, 0.001))
        try:
            return self._connection.recv(size)
        except TimeoutError:
            return b""

    def write(self, data: bytes) -> None:
        assert self._connection is not None
        self._connection.sendall(data)

    def hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def stop_listening(self) -> None:
        """No further connection."""
        self._listener.close()


class _Running:
    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="far end", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:
            self._error = error

    def finish(self) -> None:
        self._thread.join(LIMIT_S)
        assert not self._thread.is_alive(), "the script did not come to its end"
        if self._error is not None:
            raise self._error


@contextmanager
def serial_peer(script: Callable[[PtyWire], None]) -> Iterator[str]:
    """A path to a far end that plays `script`."""
    wire = PtyWire()
    running = _Running(lambda: script(wire))
    try:
        yield wire.path
        running.finish()
    finally:
        wire.hang_up()


@contextmanager
def tcp_peer(script: Callable[[TcpWire], None]) -> Iterator[str]:
    """A path to a listener that plays `script`."""
    wire = TcpWire()
    running = _Running(lambda: script(wire))
    try:
        yield wire.path
        running.finish()
    finally:
        wire.hang_up()
        wire.stop_listening()


def first_told(poll: Callable[[], list[Event]]) -> list[Event]:
    """What the first poll that tells anything tells."""
    told: list[Event] = []

    def anything() -> bool:
        told.extend(poll())
        return bool(told)

    wait_until(anything)
    return told


def wait_until(condition: Callable[[], bool], limit_s: float = LIMIT_S) -> None:
    """Poll a condition; AssertionError when it stays false."""
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline, "condition stayed false"
        threading.Event().wait(0.01)
