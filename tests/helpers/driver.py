"""Plays a journey against a script and keeps what it asked for, so tests assert the sequence.

The rules are those of every runner: a reply that is a `Reason` abandons, and only an Ask may be
abandoned. What a reader would get wrong: an `Abandoned` that leaves the journey is an ending, not
an error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from core.flow import Abandoned, Act, Ask, Journey, Reason, Step
from core.steps import Intend, Record

Ended = TypeVar("Ended")
Answer = Callable[[Step[Any]], object]

_MOST_STEPS = 300


class Cut(Exception):
    """Raised by an answer to stop a journey for good: the power went."""


@dataclass(frozen=True, slots=True)
class Played(Generic[Ended]):
    """`end` is None when the journey was abandoned (`abandoned`) or cut."""

    end: Ended | None
    abandoned: Reason | None
    steps: tuple[Step[Any], ...]

    @property
    def names(self) -> list[str]:
        """The steps by name; journal steps by their boundary, such as "hold.intend"."""
        return [name_of(step) for step in self.steps]

    @property
    def asks(self) -> list[Ask[Any]]:
        """What the person saw."""
        return [step for step in self.steps if isinstance(step, Ask)]


def name_of(step: Step[Any]) -> str:
    """One word per step."""
    return step.boundary if isinstance(step, Intend | Record) else type(step).__name__


def play(journey: Journey[Ended], answer: Answer) -> Played[Ended]:
    """From the first step to the end. `answer` gives each reply; a Reason abandons the Ask."""
    steps: list[Step[Any]] = []
    reply: object = None
    while len(steps) < _MOST_STEPS:
        try:
            if isinstance(reply, Reason):
                step = journey.throw(Abandoned(reply))
            else:
                step = journey.send(reply)
        except StopIteration as stop:
            return Played(stop.value, None, tuple(steps))
        except Abandoned as abandoned:
            return Played(None, abandoned.reason, tuple(steps))
        steps.append(step)
        try:
            reply = answer(step)
        except Cut:
            journey.close()
            return Played(None, None, tuple(steps))
        assert not (isinstance(reply, Reason) and isinstance(step, Act)), f"{step} is an Act"
    raise AssertionError(f"the journey does not end: … {[name_of(step) for step in steps[-8:]]}")
