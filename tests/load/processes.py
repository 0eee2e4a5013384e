"""The backend as it is started in a hospital, with its platforms, for load and for kills.

Every part is a process of its own on loopback. What a reader would get wrong: `kill` is SIGKILL for
every process of the backend at once, and `start` brings it back on the same port and database.
"""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from tests.helpers.postgres import Postgres, running_postgres
from tests.helpers.programs import Program

_READY_S, _LOOK_S = 60.0, 0.02
Json = dict[str, Any]


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Town:
    """Platforms and one backend on one database. `workers`: processes of the backend."""

    folder: Path
    database_url: str
    workers: int = 1
    url: str = ""
    platforms: dict[str, str] = field(default_factory=dict)
    _backend: Program | None = None
    _platforms: Program | None = None

    def start_platforms(self) -> None:
        """All of them."""
        ready = self.folder / "platforms.json"
        self._platforms = Program("sandbox.platforms", ("--run-dir", str(self.folder)), ready)
        self.platforms = self._platforms.start()

    def start(self) -> None:
        """The backend; the same one again after a kill."""
        if self._backend is None:
            urls = (w for n, url in self.platforms.items() for w in (f"--{n}-url", url))
            ready = self.folder / "backend.json"
            arguments = (
                *("--database-url", self.database_url, "--workers", str(self.workers)),
                *("--port", str(free_port()), "--ready-file", str(ready), *urls),
            )
            self._backend = Program("settlement_backend", arguments, ready)
        self.url = self._backend.start()["url"]
        self._until_it_answers()

    def _until_it_answers(self) -> None:
        wait = threading.Event().wait
        for _ in range(int(_READY_S / _LOOK_S)):
            try:
                if requests.get(f"{self.url}/v1/health", timeout=5).ok:
                    return
            except requests.RequestException:
                wait(_LOOK_S)
        raise AssertionError("the backend does not answer")

    def kill(self) -> None:
        """As if the machine lost its power, but for the platforms and the database server."""
        if self._backend is not None:
            self._backend.signal(signal.SIGKILL)

    def stop_backend(self) -> None:
        """As an administrator does."""
        if self._backend is not None:
            self._backend.signal(signal.SIGTERM)

    def stop(self) -> None:
        """Everything."""
        self.stop_backend()
        if self._platforms is not None:
            self._platforms.signal(signal.SIGTERM)

    def books(self, platform: str) -> Json:
        """What a platform recorded."""
        content: Json = requests.get(f"{self.platforms[platform]}/books", timeout=30).json()
        return content

    def control(self, platform: str, **order: object) -> None:
        """An order of a tester."""
        url = f"{self.platforms[platform]}/control"
        requests.post(url, json=order, timeout=30).raise_for_status()


@contextmanager
def towns(folder: Path, kind: str) -> Iterator[Town]:
    """A town on a database of `kind`, platforms up, backend not yet."""
    with ExitStack() as stack:
        if kind == "sqlite":
            town = Town(folder, f"sqlite:///{folder / 'backend.sqlite'}")
        else:
            server: Postgres = stack.enter_context(running_postgres())
            town = Town(folder, server.create("zhenfu"), workers=2)
        town.start_platforms()
        stack.callback(town.stop)
        yield town
