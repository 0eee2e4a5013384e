"""A runner whose queue waits for the test, with the questions and journeys of its tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, QTimer

from core.flow import Act, Ask, Event, Touch
from core.identity import IdDocument
from core.ports import CardTaken, CodeScanned, HealthCardPresent
from core.routes import Offered, Route, Wish
from ui.flow_runner import FlowRunner

CARD = HealthCardPresent("04C0FFE2", "260000000025")
OTHER_CARD = HealthCardPresent("04C0FFEE", "260000000017")
DOCUMENT = IdDocument("王建国", "M", "汉", "1984-02-29", "温州", "330302198402290016", "局", "", "")
LIMIT_MS = 3_000


@dataclass(frozen=True, slots=True)
class Question(Ask[str]):
    """Answered by the word "yes", by a scanned code, or by a taken card."""

    name: str = ""

    def touched(self, touch: Touch) -> str | None:
        return touch.value if touch.word == "yes" else None

    def heard(self, event: Event) -> str | None:
        match event:
            case CodeScanned(text):
                return text
            case CardTaken():
                return "taken"
            case HealthCardPresent(_, number):
                return number
        return None


@dataclass(frozen=True, slots=True)
class Patient(Ask[str]):
    """Waits for ever."""

    idle_ms: ClassVar[int | None] = None


@dataclass(frozen=True, slots=True)
class Move(Act[str]):
    """Something a worker does."""

    what: str = ""


class HeldRequest:
    """Started and finished by the test, as a worker would."""

    def __init__(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self._work, self._done = work, done
        self.reply: object = None
        self.started = self.withdrawn = False

    def start(self) -> None:
        assert not self.withdrawn
        self.started = True
        self.reply = self._work()

    def finish(self, reply: object = None) -> None:
        self._done(self.reply if reply is None else reply)

    def withdraw(self) -> bool:
        self.withdrawn = not self.started
        return self.withdrawn


class HeldLane:
    """A queue whose work waits for the test. `room` False: it is full."""

    def __init__(self) -> None:
        self.requests: list[HeldRequest] = []
        self.room = True

    def offer(self, work: Callable[[], object], done: Callable[[object], None]) -> Offered | None:
        if not self.room:
            return None
        self.requests.append(HeldRequest(work, done))
        return self.requests[-1]

    def do(self) -> None:
        """The newest request, from start to reply."""
        self.requests[-1].start()
        self.requests[-1].finish()
        let_live()


def let_live() -> None:
    """Everything queued for the GUI thread arrives."""
    QCoreApplication.processEvents()


@dataclass
class Bench:
    """A runner whose signals are kept."""

    runner: FlowRunner
    lane: HeldLane
    wishes: list[Wish] = field(default_factory=list)
    asked: list[Ask[Any]] = field(default_factory=list)
    acted: list[bool] = field(default_factory=list)
    ended: list[object] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)
    seconds: list[int] = field(default_factory=list)

    def say(self, word: str, value: str = "", ticket: int | None = None) -> None:
        self.runner.said(self.runner.ticket if ticket is None else ticket, word, value)
        let_live()

    def tell(self, event: Event) -> None:
        self.runner.tell(event)
        let_live()

    def second(self, times: int = 1) -> None:
        """The clock of the open question ticks, if it runs."""
        timers = self.runner.findChildren(QTimer)
        clock = next(timer for timer in timers if not timer.isSingleShot())
        for _ in range(times):
            if clock.isActive():
                clock.timeout.emit()


Open = Callable[..., Bench]


@contextmanager
def benches() -> Iterator[Open]:
    """Makes benches: `levels`, `limit_ms`, `may_leave`."""
    made: list[Bench] = []

    def opened(
        *levels: Event, limit_ms: int = LIMIT_MS, may_leave: bool = False, idle_scale: float = 1.0
    ) -> Bench:
        lane = HeldLane()
        wishes: list[Wish] = []

        def work(step: Move, wish: Wish) -> str:
            wishes.append(wish)
            return f"did {step.what}"

        route = Route(lane, work, "unstarted", "overdue", limit_ms, may_leave)
        one = Bench(FlowRunner({Move: route}, levels, idle_scale), lane, wishes)
        one.runner.ask_shown.connect(lambda _ticket, ask: one.asked.append(ask))
        one.runner.act_shown.connect(lambda _ticket, _act, leave: one.acted.append(leave))
        one.runner.ended.connect(one.ended.append)
        one.runner.broken.connect(one.broken.append)
        one.runner.seconds_left.connect(one.seconds.append)
        made.append(one)
        return one

    yield opened
    for one in made:
        one.runner.deleteLater()


async def two_questions() -> tuple[str, str]:
    return await Question("first"), await Question("second")


async def act_then_ask() -> tuple[str, str]:
    return await Move("it"), await Question("after")


async def act_only() -> str:
    return await Move("it")
