"""Drives one journey at a time on the GUI thread. Knows steps, routes and lanes; no device.

Everything arrives through one queued signal, so nothing ever re-enters a journey. A ticket number
per step drops late answers: a double press on "pay" pays once. What a reader would get wrong:
an Act is never interrupted; a wish to leave is remembered, told to the Act, and thrown at the
next Ask.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from core.flow import Abandoned, Act, Aside, Ask, Event, Journey, Reason, Step, Touch
from core.routes import Crashed, Offered, Route

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """ticket None: a device event for whatever Ask is open."""

    ticket: int | None
    reply: object


class FlowRunner(QObject):
    """Signals: `ask_shown(ticket, ask)`, `act_shown(ticket, act, may_leave)`, `ended(value)`,
    `broken(error)`, `seconds_left(int)` (−1 while no idle clock runs)."""

    ask_shown = Signal(int, object)
    act_shown = Signal(int, object, bool)
    ended = Signal(object)
    broken = Signal(object)
    seconds_left = Signal(int)
    _arrived = Signal(object)

    def __init__(
        self,
        routes: Mapping[type[Act[Any]], Route],
        levels: tuple[Event, ...] = (),
        idle_scale: float = 1.0,
    ) -> None:
        """`levels`: presence that is true before any device spoke, such as an empty slot.

        `idle_scale` lengthens every idle limit, or shortens it in tests.
        """
        super().__init__()
        self._routes = dict(routes)
        self._journey: Journey[Any] | None = None
        self._step: Step[Any] | None = None
        self._ticket = 0
        self._levels = {event.level: event for event in levels if event.level is not None}
        self._leave: Reason | None = None
        self._wish = threading.Event()
        self._offered: Offered | None = None
        self._idle_scale = idle_scale
        self._seconds = -1
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._on_second)
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self._on_deadline)
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self.stale = 0

    # --- from any thread

    def tell(self, event: Event) -> None:
        """A device event, asked for by nobody."""
        self._arrived.emit(_Arrival(None, event))

    # --- GUI thread

    @property
    def running(self) -> bool:
        """A journey is on its way."""
        return self._journey is not None

    @property
    def step(self) -> Step[Any] | None:
        """What is awaited now."""
        return self._step

    @property
    def ticket(self) -> int:
        """The number of the step that is awaited now."""
        return self._ticket

    def start(self, journey: Journey[Any]) -> None:
        """Begin; the first step is taken at once."""
        assert self._journey is None, "one journey at a time"
        self._journey, self._leave = journey, None
        self._wish = threading.Event()
        self._resume(lambda: journey.send(None))

    def said(self, ticket: int, word: str, value: str) -> None:
        """A press on a control."""
        self._arrived.emit(_Arrival(ticket, Touch(word, value)))

    def touched(self) -> None:
        """The person is there: the idle clock of the open Ask starts again."""
        if isinstance(self._step, Ask) and self._step.lengthened:
            self._start_idle(self._step)

    def stretch(self, idle_scale: float) -> None:
        """Idle limits are so many times as long from now on, the open one too."""
        self._idle_scale = idle_scale
        self.touched()

    def renew(self, ask: Ask[Any]) -> None:
        """The open question with newer facts: the same ticket, so a press that was made on what
        was shown a moment ago counts, if it still answers."""
        assert type(ask) is type(self._step), "another question"
        self._step = ask
        self.ask_shown.emit(self._ticket, ask)

    def leave(self, reason: Reason) -> None:
        """Now if an Ask is open, else at the next one; a running Act is told of the wish."""
        if self._journey is None:
            return
        self._leave = reason
        if isinstance(self._step, Ask):
            self._throw(reason)
        else:
            self._wish.set()

    @Slot()
    def _on_second(self) -> None:
        self._seconds -= 1
        self.seconds_left.emit(self._seconds)
        if self._seconds <= 0 and isinstance(self._step, Ask):
            self._throw(Reason.IDLE)

    @Slot()
    def _on_deadline(self) -> None:
        step = self._step
        if not isinstance(step, Act):
            return
        route, offered = self._routes[type(step)], self._offered
        withdrawn = offered is not None and offered.withdraw()
        log.warning("%s passed its limit of %d ms", step.boundary, route.limit_ms)
        self._send(route.unstarted if withdrawn else route.overdue)

    @Slot(object)
    def _on_arrived(self, arrival: _Arrival) -> None:
        reply = arrival.reply
        if arrival.ticket is None:
            assert isinstance(reply, Event)
            if reply.level is not None:
                self._levels[reply.level] = reply
            self._hear(reply)
        elif arrival.ticket != self._ticket or self._step is None:
            self.stale += 1
        elif not isinstance(reply, Touch):
            self._heed(self._step)
            self._send(reply)
        elif isinstance(self._step, Ask):
            self._on_touch(self._step, reply)
        elif reply.word == "leave" and self._may_leave(self._step):
            self.leave(Reason.LEFT)

    def _heed(self, step: Step[Any]) -> None:
        """An Act that was told of the wish to leave answered it: the patient sees what came of
        it, instead of being thrown out before."""
        if self._leave is Reason.LEFT and self._may_leave(step):
            self._leave = None

    def _may_leave(self, step: Step[Any]) -> bool:
        return isinstance(step, Act) and self._routes[type(step)].may_leave

    def _on_touch(self, ask: Ask[Any], touch: Touch) -> None:
        answer = ask.touched(touch)
        if answer is not None:
            self._send(answer)
        elif touch.word == "leave":
            self._throw(Reason.LEFT)
        else:
            self.touched()

    def _hear(self, event: Event) -> bool:
        if not isinstance(self._step, Ask):
            return False
        heard = event if isinstance(event, Aside) else self._step.heard(event)
        if isinstance(heard, Reason):
            self._throw(heard)
        elif heard is not None:
            self._send(heard)
        return heard is not None

    def _send(self, reply: object) -> None:
        journey = self._journey
        assert journey is not None
        self._resume(lambda: journey.send(reply))

    def _throw(self, reason: Reason) -> None:
        journey = self._journey
        assert journey is not None
        assert isinstance(self._step, Ask), "only an Ask may be abandoned"
        self._leave = None
        self._resume(lambda: journey.throw(Abandoned(reason)))

    def _resume(self, advance: Callable[[], Step[Any]]) -> None:
        self._second.stop()
        self._deadline.stop()
        self._step = self._offered = None
        self._ticket += 1
        try:
            step = advance()
        except StopIteration as stop:
            self._end(stop.value)
        except Abandoned as abandoned:
            self._end(abandoned.reason)
        except Exception as error:
            log.exception("a journey raised")
            self._forget()
            self.broken.emit(error)
        else:
            self._take(step)

    def _end(self, value: object) -> None:
        self._forget()
        self.ended.emit(value)

    def _forget(self) -> None:
        self._journey = None
        self._forget_visit()
        self.seconds_left.emit(-1)

    def _forget_visit(self) -> None:
        for level, event in list(self._levels.items()):
            if event.of_one_visit:
                del self._levels[level]

    def _take(self, step: Step[Any]) -> None:
        self._step = step
        if isinstance(step, Ask):
            if self._leave is not None:
                self._throw(self._leave)
                return
            self._wish = threading.Event()
            if step.forgets:
                self._forget_visit()
            for level in list(self._levels.values()):
                if self._hear(level):
                    return
            self.ask_shown.emit(self._ticket, step)
            if self._step is step:  # whoever shows it may have left it at once
                self._start_idle(step)
            return
        assert isinstance(step, Act)
        route, wish, ticket = self._routes[type(step)], self._wish, self._ticket
        self.seconds_left.emit(-1)
        self.act_shown.emit(ticket, step, route.may_leave)
        self._deadline.start(route.limit_ms)
        self._offered = route.lane.offer(
            lambda: route.work(step, wish),
            lambda reply: self._arrived.emit(_Arrival(ticket, _known(reply, route))),
        )
        if self._offered is None:
            self._arrived.emit(_Arrival(ticket, route.unstarted))

    def _start_idle(self, ask: Ask[Any]) -> None:
        if ask.idle_ms is None:
            self._seconds = -1
            self._second.stop()
        else:
            scale = self._idle_scale if ask.lengthened else 1.0
            self._seconds = max(1, round(ask.idle_ms * scale / 1000))
            self._second.start()
        self.seconds_left.emit(self._seconds)


def _known(reply: object, route: Route) -> object:
    return route.overdue if isinstance(reply, Crashed) else reply
