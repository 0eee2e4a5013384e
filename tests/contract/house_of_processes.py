"""The platforms and the backend as real processes on loopback, as the README starts them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.programs import Program


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where each program listens."""

    backend: str
    acquirer: str
    insurance: str


@contextmanager
def running(folder: Path) -> Iterator[Addresses]:
    """All platforms and the demo backend with a fresh database in `folder`."""
    run_dir = folder / "run"
    run_dir.mkdir()
    behind = Program("sandbox.platforms", ("--run-dir", str(run_dir)), run_dir / "platforms.json")
    with behind.running() as platforms:
        ready = folder / "backend.json"
        arguments = (
            *("--demo", "--port", "0", "--ready-file", str(ready)),
            *("--database-url", f"sqlite:///{folder / 'backend.sqlite'}"),
            *(word for name, url in platforms.items() for word in (f"--{name}-url", url)),
        )
        with Program("settlement_backend", arguments, ready).running() as backend:
            yield Addresses(backend["url"], platforms["acquirer"], platforms["insurance"])
