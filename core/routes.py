"""Where an Act goes: which worker, what it does there, and what is replied when it cannot.

Each route declares the reply of the step's union that stands for "queue full or withdrawn" (never
started) and for "deadline passed or worker bug" (started, so it may have been done). Runners know
lanes and routes, and no device.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from core.flow import Act, Step

Reply = TypeVar("Reply")
Doing = TypeVar("Doing", bound=Step[Any])


@dataclass(frozen=True, slots=True)
class Crashed:
    """A worker's work raised: a bug, logged there. To a journey the outcome is unknown."""

    error: Exception


class Wish(Protocol):
    """Set when the patient wants to leave while an Act runs; the Act may look at it."""

    def is_set(self) -> bool:
        """True from the moment of the wish."""


class Offered(Protocol):
    """A request in a lane's queue."""

    def withdraw(self) -> bool:
        """True when it had not started, and now never will."""


class Lane(Protocol):
    """A worker's queue."""

    def offer(self, work: Callable[[], object], done: Callable[[object], None]) -> Offered | None:
        """Queue work; None when the queue is full. `done` comes in the worker's thread."""


@dataclass(frozen=True, slots=True)
class Route:
    """One row of the table step type → handler. `limit_ms` counts from the offer."""

    lane: Lane
    work: Callable[[Any, Wish], object]
    unstarted: object
    overdue: object
    limit_ms: int
    may_leave: bool = False


def route(
    kind: type[Act[Reply]],
    lane: Lane,
    work: Callable[[Doing, Wish], Reply],
    *,
    unstarted: Reply,
    overdue: Reply,
    limit_ms: int,
    may_leave: bool = False,
) -> tuple[type[Act[Any]], Route]:
    """A row whose three replies mypy ties to the step's own union."""
    return kind, Route(lane, work, unstarted, overdue, limit_ms, may_leave)
