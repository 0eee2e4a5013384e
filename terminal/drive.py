"""Runs a journey of Acts only, without a person: recovery uses it, in a thread of its own.

The same rules as the Qt runner: a withdrawn request never started, a passed limit after the start
is the route's `overdue` reply.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Mapping
from typing import Any

from core.flow import Act, Ended, Journey
from core.routes import Crashed, Route

Routes = Mapping[type[Act[Any]], Route]


def carry_out(routes: Routes, act: Act[Any], wish: threading.Event) -> object:
    """One Act to its reply; never raises for outside faults."""
    route = routes[type(act)]
    box: queue.Queue[object] = queue.Queue(1)
    offered = route.lane.offer(lambda: route.work(act, wish), box.put)
    if offered is None:
        return route.unstarted
    try:
        reply = box.get(timeout=route.limit_ms / 1000)
    except queue.Empty:
        return route.unstarted if offered.withdraw() else route.overdue
    return route.overdue if isinstance(reply, Crashed) else reply


def drive(journey: Journey[Ended], routes: Routes) -> Ended:
    """From its first step to its end. An Ask here is a bug."""
    wish = threading.Event()
    reply: object = None
    while True:
        try:
            step = journey.send(reply)
        except StopIteration as stop:
            ended: Ended = stop.value
            return ended
        assert isinstance(step, Act), f"{step!r} asks a person, and there is none"
        reply = carry_out(routes, step, wish)
