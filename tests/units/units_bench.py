"""Runs virtual units inside the test process and stands at the host's end of their wires.

Talks to ``sandbox.units`` by its public program and control channel, and to the wires with the
standard library alone: neither end's coder may be used to judge the other.
"""

import asyncio
import os
import select
import socket
import termios
import threading
import time
import tomllib
import tty
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps, loads
from pathlib import Path
from subprocess import Popen
from types import TracebackType
from typing import Self, cast

from sandbox.units.control import ControlClient
from sandbox.units.json_files import Json, read_json
from sandbox.units.program import Settings, UnitsProgram

VECTORS = Path(__file__).parent.parent / "vectors"
ANSWER_LIMIT_S = 3.0
QUIET_S = 0.15


@dataclass(frozen=True, slots=True)
class Vector:
    """One golden frame: its bytes and, where given, the decoded values."""

    data: bytes
    fields: Json = field(default_factory=dict)


@cache
def vectors(protocol: str) -> dict[str, Vector]:
    """The vectors of one protocol by name."""
    with (VECTORS / f"{protocol}.toml").open("rb") as file:
        tables = tomllib.load(file)["vector"]
    return {t["name"]: Vector(bytes.fromhex(t["hex"]), t.get("fields", {})) for t in tables}


class Wire:
    """The host's end of a serial or network path; reads wait for a limited time."""

    def __init__(self, path: str) -> None:
        kind, _, place = path.partition(":")
        self._socket: socket.socket | None = None
        if kind in ("serial", "file"):
            self._descriptor = os.open(place, os.O_RDWR | os.O_NOCTTY)
            tty.setraw(self._descriptor)
            termios.tcflush(self._descriptor, termios.TCIOFLUSH)
        else:
            host, _, port = place.partition(":")
            self._socket = socket.create_connection((host, int(port)), ANSWER_LIMIT_S)
            self._descriptor = self._socket.fileno()

    def write(self, data: bytes) -> None:
        assert os.write(self._descriptor, data) == len(data)

    def read(self, count: int) -> bytes:
        """Exactly ``count`` bytes, or fewer when the limit has passed or the line has dropped."""
        data = b""
        limit = time.monotonic() + ANSWER_LIMIT_S
        while len(data) < count and (left := limit - time.monotonic()) > 0:
            chunk = self._chunk(count - len(data), left)
            if not chunk:
                break
            data += chunk
        return data

    def quiet(self) -> bool:
        """True when nothing comes within a short while."""
        return self._chunk(1, QUIET_S) == b""

    def is_cut(self) -> bool:
        """True when the other end drops the line within the limit."""
        if not select.select([self._descriptor], [], [], ANSWER_LIMIT_S)[0]:
            return False
        try:
            return os.read(self._descriptor, 1) == b""
        except OSError:
            return True

    def exchange(self, request: bytes, answer: bytes) -> None:
        """Send ``request`` and insist on exactly ``answer``."""
        self.write(request)
        got = self.read(len(answer))
        assert got.hex(" ") == answer.hex(" ")

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        else:
            os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _chunk(self, count: int, limit_s: float) -> bytes:
        if not select.select([self._descriptor], [], [], limit_s)[0]:
            return b""
        return os.read(self._descriptor, count)


class Bench:
    """Units running in a thread of this process, until ``stop``."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._loop = asyncio.new_event_loop()
        self._end = asyncio.Event()
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        announcement = settings.run_dir / "units.json"
        limit = time.monotonic() + 10
        while (found := read_json(announcement)) is None:
            assert self._failure is None, self._failure
            assert time.monotonic() < limit, "the units did not start"
            self._ready.wait(0.005)
        self.wires: Json = found
        self.control = ControlClient(settings.run_dir / "control.sock")

    def path(self, unit: str, which: str = "path") -> str:
        return str(cast(Json, self.wires[unit])[which])

    def wire(self, unit: str, which: str = "path") -> Wire:
        return Wire(self.path(unit, which))

    def watcher(self) -> Iterator[Json]:
        """Changes of every unit as they happen, over a connection of its own."""
        return ControlClient(self._settings.run_dir / "control.sock", ANSWER_LIMIT_S).watch()

    def stop(self) -> None:
        self.control.close()
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(5)
        assert not self._thread.is_alive()

    @property
    def is_running(self) -> bool:
        return self._thread.is_alive()

    def _serve(self) -> None:
        try:
            self._loop.run_until_complete(UnitsProgram(self._settings).run(self._end))
            self._loop.run_until_complete(_let_tasks_end())
        except BaseException as failure:
            self._failure = failure
        finally:
            self._loop.close()


async def _let_tasks_end() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_default_executor()


class Acquirer:
    """A loopback HTTP host that gives prepared answers by path and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Json] = {}
        self.asked: list[tuple[str, Json]] = []
        acquirer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                acquirer.asked.append((self.path, loads(body)))
                answer = acquirer.answers.get(self.path)
                self.send_response(200 if answer else 503)
                self.end_headers()
                self.wfile.write(dumps(answer).encode())

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Requests are kept in ``asked``, not printed."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


StartBench = Callable[..., Bench]


def fulfilled(holds: Callable[[], bool]) -> None:
    """Wait until ``holds`` says so; asserts that it does within the limit."""
    pause, limit = threading.Event(), time.monotonic() + ANSWER_LIMIT_S
    while not holds():
        assert time.monotonic() < limit, "it did not come about"
        pause.wait(0.005)


def announced_by(process: Popen[bytes], run_dir: Path, limit_s: float = 15.0) -> None:
    """Wait until a units process has announced itself; asserts that it lives and is in time."""
    pause, limit = threading.Event(), time.monotonic() + limit_s
    while read_json(run_dir / "units.json") is None:
        assert process.poll() is None, "the units process ended"
        assert time.monotonic() < limit, "the units did not start"
        pause.wait(0.02)
