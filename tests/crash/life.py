"""One life of the terminal's process: start, recover, perhaps serve a patient, end or be killed.

Started by `lives.py` from a fork server; tells its parent through a pipe, which outlives a SIGKILL.
What a reader would get wrong: the machine is the product's own; only the work of its routes is
wrapped, so that the process dies right before an Act or between an Act and its reply. Doubts of
a visit are left to the next life. A life that only recovers ends without `stop`, which would wait
a second for the heartbeat.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from core.flow import Abandoned, Act, Ask, Event, Journey, Reason
from core.journeys import settle
from core.routes import Wish
from core.steps import PlaceHoldAtPos
from core.steps.paying import PayAtPos
from core.steps.sale import SellAtPos
from terminal.clock import now_s
from terminal.drive import carry_out
from terminal.launch import MESSAGES
from terminal.machine import Machine
from terminal.settings import read
from tests.crash.guest import Guest
from tests.crash.stories import STORIES
from tests.crash.visit import Visit

Moment = Literal["before", "after"]
START_LIMIT_S = 30.0
_AGAIN_S, _NEVER_S = 0.2, 3600.0
_FOLLOW_S = 2
_LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class Kill:
    """SIGKILL at the first time this boundary is reached."""

    boundary: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class Order:
    """`story` "": nobody comes, the process only recovers. `settle_s`: how long open operations
    may be asked about again before the process ends."""

    settings: Path
    control: Path
    story: str = ""
    guest: Guest | None = None
    kill: Kill | None = None
    silence_at: str = ""
    settle_s: float = 10.0
    looks_at_health: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """A durable boundary is about to be passed."""

    boundary: str


@dataclass(frozen=True, slots=True)
class SilenceWanted:
    """The backend shall be killed now; the process waits for the word that it is."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """The first round is over. `missing`: why each function cannot be given, after it."""

    after_s: float
    open_kinds: frozenset[str]
    missing: dict[str, str]


def live(order: Order, parent: Connection) -> None:
    """The process's whole life."""
    logging.basicConfig(filename=order.settings.with_suffix(".log"), level=logging.INFO, force=True)
    settle._FOLLOW_S = _FOLLOW_S
    again_s = _NEVER_S if order.story else _AGAIN_S
    machine = Machine(read(order.settings), MESSAGES, again_s=again_s, start_limit_s=START_LIMIT_S)
    _watch(machine, order, parent)
    events: queue.Queue[Event] = queue.Queue()
    began_s = now_s()
    machine.start(events.put)
    assert machine.recovery.finished.wait(START_LIMIT_S), "recovery does not finish"
    parent.send(_recovered(machine, now_s() - began_s, order))
    if order.story:
        assert order.guest is not None
        visit = Visit(order.guest, order.control, events)
        machine.begin_session()
        _serve(machine, STORIES[order.story].journey(order.guest), visit)
        machine.end_session("done")
        machine.stop()
    else:
        _wait_until_settled(machine, order.settle_s)


def _watch(machine: Machine, order: Order, parent: Connection) -> None:
    """Wrap the work of every route. Routes run in several workers; the pipe is one."""
    pipe = threading.Lock()
    for kind, route in machine.routes.items():
        work = _watched(route.work, order, parent, pipe)
        machine.routes[kind] = replace(route, work=work)


def _watched(
    work: Callable[[Any, Wish], object], order: Order, parent: Connection, pipe: threading.Lock
) -> Callable[[Any, Wish], object]:
    def watched(step: Act[Any], wish: Wish) -> object:
        with pipe:
            parent.send(Reached(step.boundary))
            if step.boundary == order.silence_at:
                parent.send(SilenceWanted())
                parent.recv()
        _die_at(order.kill, step.boundary, "before")
        reply = work(step, wish)
        _die_at(order.kill, step.boundary, "after")
        return reply

    return watched


def _die_at(kill: Kill | None, boundary: str, moment: Moment) -> None:
    if kill is not None and (kill.boundary, kill.moment) == (boundary, moment):
        os.kill(os.getpid(), signal.SIGKILL)


def _recovered(machine: Machine, after_s: float, order: Order) -> Recovered:
    """What stands after the first round; health only when asked for, because it takes polls."""
    if order.looks_at_health:
        _wait(lambda: "unknown" not in dict(machine.health.states()).values(), START_LIMIT_S)
    still_open = frozenset(str(one.kind) for one in machine.operations().values() if one.open)
    missing = {name: machine.health.missing(name) for name in ("pay", "register", "hold")}
    return Recovered(after_s, still_open, missing)


def _serve(machine: Machine, journey: Journey[object], visit: Visit) -> None:
    """Acts by the machine, Asks by the patient."""
    reply: object = None
    while True:
        try:
            if isinstance(reply, Reason):
                step = journey.throw(Abandoned(reply))
            else:
                step = journey.send(reply)
        except (StopIteration, Abandoned):
            return
        if isinstance(step, Ask):
            reply = visit.answer(step)
            continue
        assert isinstance(step, Act)
        if isinstance(step, PlaceHoldAtPos | SellAtPos | PayAtPos):
            visit.present_card_when_asked()
        reply = carry_out(machine.routes, step, threading.Event())


def _wait_until_settled(machine: Machine, limit_s: float) -> None:
    """Until no operation is open or the limit passes: later rounds get their chance."""
    _wait(lambda: not any(o.open for o in machine.operations().values()), limit_s)


def _wait(true: Callable[[], bool], limit_s: float) -> bool:
    pause = threading.Event()
    for _ in range(round(limit_s / _LOOK_S)):
        if true():
            return True
        pause.wait(_LOOK_S)
    return False
