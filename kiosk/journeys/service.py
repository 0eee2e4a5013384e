"""What one service is: a name, a tile, and the journey behind it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from core.operation import OperationKind
from core.phrase import Phrase
from core.steps import MediumShown
from kiosk.journeys.ending import Retry
from kiosk.steps import Group, Notice, Terms


@dataclass(frozen=True, slots=True)
class Start:
    """What a service begins with. `shown`: a medium that was shown at home already."""

    shown: MediumShown | None
    notice: Notice
    terms: Terms


@dataclass(frozen=True, slots=True)
class Service:
    """`name`: also that of the function in sign-on. `needs`: one well device of each group.
    `blocked_by`: operations whose open doubt must not be overwritten. `offered`: by the terms of
    the day, such as the ban on prepayments; a service that is not offered is not shown. `note`:
    what its words leave open."""

    name: str
    group: Group
    words: Phrase
    icon: str
    begin: Callable[[Start], Coroutine[Any, Any, Retry | None]]
    needs: tuple[tuple[str, ...], ...] = ()
    blocked_by: OperationKind | None = None
    offered: Callable[[Terms], bool] = lambda terms: True
    note: Phrase = ""

    @property
    def devices(self) -> tuple[tuple[str, ...], ...]:
        """`needs`, and the backend that every service needs."""
        return (("backend",), *self.needs)
