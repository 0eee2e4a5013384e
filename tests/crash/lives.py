"""Runs lives of the terminal's process one after another, and keeps what each one told.

Talks to `life.py` by a pipe. What a reader would get wrong: what a killed process told before it
died is still in the pipe, so a boundary counts as reached although nobody was left to report it.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from tests.crash.life import Order, Reached, Recovered, SilenceWanted, live
from tests.helpers.forked import fork_server

_LIFE_LIMIT_S = 60.0


@dataclass(slots=True)
class Told:
    """One life: what it passed, how its recovery went, and how it ended."""

    reached: list[str] = field(default_factory=list)
    recovered: Recovered | None = None
    killed: bool = False


class Lives:
    """A fork server with the terminal's modules loaded. `silence`: kills the backend."""

    def __init__(self, silence: Callable[[], None]) -> None:
        self._context = fork_server()
        self._silence = silence

    def run(self, order: Order) -> Told:
        """From its start to its end. Fails on any end but a clean one or the ordered kill."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=live, args=(order, theirs), daemon=True)
        process.start()
        theirs.close()
        told = Told()
        with ours:
            while self._hear(ours, told):
                pass
        process.join(_LIFE_LIMIT_S)
        if process.exitcode is None:
            process.kill()
            raise AssertionError(f"the terminal does not end: {order}")
        told.killed = process.exitcode == -signal.SIGKILL
        assert told.killed or process.exitcode == 0, f"{process.exitcode} of {order}"
        return told

    def _hear(self, pipe: Connection, told: Told) -> bool:
        """One message; False when the process has gone."""
        if not pipe.poll(_LIFE_LIMIT_S):
            return False
        try:
            message = pipe.recv()
        except (EOFError, ConnectionResetError):
            return False
        match message:
            case Reached(boundary):
                told.reached.append(boundary)
            case SilenceWanted():
                self._silence()
                pipe.send(True)
            case Recovered() as recovered:
                told.recovered = recovered
        return True
