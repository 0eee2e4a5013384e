"""Programs of ours as processes of a fork server that has their modules loaded: quickly there.

What a reader would get wrong: such a process is `python -m module` in all but its beginning. It
gets the environment of the moment, a session of its own, and its output goes to a log; what starts
further processes of itself (several workers) starts them as everybody would.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LOADED = ("tests.helpers.loaded",)


def fork_server() -> multiprocessing.context.ForkServerContext:
    """The one of this process. It finds our modules, wherever the tests were started."""
    os.environ["PYTHONPATH"] = str(ROOT)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_LOADED))
    return context


class Forked:
    """A part of a house (`sandbox.house.Part`); also what a test's own program needs."""

    def __init__(self, module: str, arguments: Sequence[str], log: Path) -> None:
        context = fork_server()
        told = (module, tuple(arguments), log, dict(os.environ))
        self._process = context.Process(target=_live, args=told, daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        """Of the process, and of its session."""
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """Its exit status, None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Until it has ended. Raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        status = self._process.exitcode
        if status is None:
            raise subprocess.TimeoutExpired(str(self._process.name), timeout or 0)
        return status

    def send_signal(self, sig: int) -> None:
        """To a process that runs."""
        if self.poll() is None:
            os.kill(self.pid, sig)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(signal.SIGKILL)


def _live(module: str, arguments: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
    os.setsid()
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
