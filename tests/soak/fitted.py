"""One device opened as the terminal opens it: settings, service, a worker of its own.

Talks to the virtual units through the driver alone. What a reader would get wrong: events come in
the worker's thread and are waited for in another, so all of them pass through one condition.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from core.flow import Event
from core.ports import DeviceHealth, DeviceTrouble
from core.settings import load
from devices.fitting import FITTINGS
from devices.worker import Worker
from sandbox.settings_file import toml
from tests.soak.usage import wait_until

TELL_LIMIT_S = 25.0
STOP_LIMIT_S = 10.0


class NotTold(Exception):
    """What had to be told was not told in time; the text says what."""


class FittedDevice:
    """`unit`: the name of what stands at the other end; `table`: its settings table."""

    def __init__(self, unit: str, table: str, given: Mapping[str, object], folder: Path) -> None:
        self.unit = unit
        fitting = next(f for f in FITTINGS if f.name == table)
        file = folder / f"{unit}.toml"
        file.write_text(toml({table: given}), encoding="utf-8")
        settings = load(file, fitting.settings, rules=(fitting.contradictions,))
        self.service = fitting.open_from(settings)
        self._changed = threading.Condition()
        self._state = ""
        self._heard: list[Event] = []
        self._worker = Worker(unit, poll=self.service.poll, tell=self._on_event)
        self._worker.start()

    def stop(self) -> bool:
        """Close in the worker's thread, then end it; False: it hangs."""
        self.ask(self.service.close)
        self._worker.stop()
        return self._worker.join(STOP_LIMIT_S)

    def ask(self, work: Callable[[], object]) -> object:
        """The reply of a request, as a person makes one. NotTold: none came."""
        replies: list[object] = []
        if self._worker.offer(work, lambda reply: self._on_reply(replies, reply)) is None:
            raise NotTold("its queue is full")
        self._wait("a reply", lambda: bool(replies))
        return replies[0]

    def wait_for_state(self, *states: str) -> None:
        """Wait until its health is one of these. NotTold: it stays otherwise."""
        self._wait(" or ".join(states), lambda: self._state in states)

    def wait_for_answer(self, *, answered: bool) -> None:
        """Ask who is there until it answers, or until it does not. NotTold: it never changed."""

        def as_wanted() -> bool:
            return isinstance(self.ask(self.service.identity), DeviceTrouble) is not answered

        if not wait_until(as_wanted, TELL_LIMIT_S):
            raise NotTold("it still answers" if not answered else "it does not answer")

    def forget(self) -> None:
        """Events heard so far are not waited for."""
        with self._changed:
            self._heard.clear()

    def wait_for_event(self, kind: type[Event]) -> None:
        """Wait for an event heard since `forget`."""
        self._wait(kind.__name__, lambda: any(isinstance(event, kind) for event in self._heard))

    def _wait(self, what: str, condition: Callable[[], bool]) -> None:
        with self._changed:
            if not self._changed.wait_for(condition, TELL_LIMIT_S):
                raise NotTold(f"waited for {what}; it is {self._state or 'silent'}")

    def _on_event(self, event: Event) -> None:
        with self._changed:
            if isinstance(event, DeviceHealth):
                self._state = event.state
            self._heard.append(event)
            self._changed.notify_all()

    def _on_reply(self, replies: list[object], reply: object) -> None:
        with self._changed:
            replies.append(reply)
            self._changed.notify_all()
