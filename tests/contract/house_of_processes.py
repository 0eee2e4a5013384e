"""The platforms and the backend as real processes on loopback, as the README starts them."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_START_S = 40.0
_STOP_S = 10.0
_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where each program listens."""

    backend: str
    acquirer: str
    insurance: str


@contextmanager
def running(folder: Path) -> Iterator[Addresses]:
    """Both platforms and the demo backend with a fresh database in `folder`."""
    run_dir, ready = folder / "run", folder / "backend.json"
    run_dir.mkdir()
    platforms_ready = run_dir / "platforms.json"
    with _program(folder, platforms_ready, "sandbox.platforms", "--run-dir", str(run_dir)):
        platforms = json.loads(platforms_ready.read_text())
        arguments = (
            *("--demo", "--port", "0", "--ready-file", str(ready)),
            *("--database-url", f"sqlite:///{folder / 'backend.sqlite'}"),
            *(word for name, url in platforms.items() for word in (f"--{name}-url", url)),
        )
        with _program(folder, ready, "settlement_backend", *arguments):
            url = json.loads(ready.read_text())["url"]
            yield Addresses(url, platforms["acquirer"], platforms["insurance"])


@contextmanager
def _program(folder: Path, ready: Path, module: str, *arguments: str) -> Iterator[None]:
    """One program, from its ready file to its end; what it said is in `folder`."""
    log = folder / f"{module}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=_ROOT,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, ready, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], ready: Path, log: Path) -> None:
    looks = round(_START_S / _LOOK_S)
    for _ in range(looks):
        if ready.exists() and ready.stat().st_size:
            return
        assert process.poll() is None, log.read_text(errors="replace")[-2000:]
        threading.Event().wait(_LOOK_S)
    raise AssertionError(f"not ready in {_START_S} s: {log.read_text(errors='replace')[-2000:]}")
