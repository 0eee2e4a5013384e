"""Journeys without an event loop: a step is its own awaitable.

A journey is an `async def` that awaits steps; a runner sends it the replies. Three runners exist:
Qt (`ui/flow_runner.py`), the scripted one of the tests and of the player. What a reader would get
wrong: there is no asyncio here; `await ShowBill(bill)` yields the step object itself.
"""

from __future__ import annotations

from collections.abc import Coroutine, Generator
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar, Generic, TypeVar

Reply = TypeVar("Reply")
Ended = TypeVar("Ended")


class Reason(Enum):
    """Why an open question was abandoned."""

    IDLE = "idle"
    LEFT = "left"
    CARD_PULLED = "card pulled"
    SHUTDOWN = "shutdown"


class Abandoned(Exception):
    """Thrown in at an Ask, never at an Act."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Touch:
    """A press on a control: its plain word, and what was typed or chosen with it."""

    word: str
    value: str = ""


class Event:
    """Something a device tells unasked (card in, code scanned, card taken).

    `level`: what this event is the newest word about; kept and told again to each new Ask.
    None: an edge, told once to the Ask that is open, else dropped. `of_one_visit`: forgotten when
    the journey ends, because nothing will tell that it is no longer true.
    """

    __slots__ = ()
    level: ClassVar[str | None] = None
    of_one_visit: ClassVar[bool] = False


class Aside:
    """Answers no question: whoever accompanies the journey acts on it, and asks again.

    What was said beside the question, such as a wish that may be had at any time. A journey that
    nobody accompanies is never told one.
    """

    __slots__ = ()


class Step(Generic[Reply]):
    """What a journey wants next; knows the type of the answer."""

    __slots__ = ()

    def __await__(self) -> Generator[Step[Reply], Reply, Reply]:
        return (yield self)


class Ask(Step[Reply]):
    """Waits for the person; the only kind of step that may be abandoned.

    `idle_ms`: how long without a touch before it is abandoned as IDLE; None: for ever.
    `lengthened`: whether a touch starts that time anew. `forgets`: what of one visit was shown
    before this question means nobody any more; who serves many in one journey asks so.
    """

    __slots__ = ()
    idle_ms: ClassVar[int | None] = 60_000
    lengthened: ClassVar[bool] = True
    forgets: ClassVar[bool] = False

    def touched(self, touch: Touch) -> Reply | Aside | None:
        """The typed reply for a press; None: not an answer to this question."""
        return None

    def heard(self, event: Event) -> Reply | Reason | None:
        """The typed reply for a device event, or a reason to abandon; None: ignore."""
        return None


class Act(Step[Reply]):
    """Moves money, a card or paper, or talks to the backend. Cannot be interrupted.

    `boundary` names the step for kill tests and for the log. `durable`: losing or doubling it could
    do harm; False for one that only looks, or that the backend does once by a rule of its own.
    """

    __slots__ = ()
    durable: ClassVar[bool] = True

    @property
    def boundary(self) -> str:
        """Name of this durable boundary; steps that differ in effect differ in name."""
        return type(self).__name__


Journey = Coroutine[Step[Any], Any, Ended]
