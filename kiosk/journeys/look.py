"""Look something up, or tell why it cannot be looked up: the beginning of most services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from core.flow import Act
from core.ports import NotSent, Refused, Unknown
from kiosk.journeys.ending import Retry, trouble

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Ended:
    """The patient was told why not; this is how the service ends."""

    end: Retry | None


async def look(act: Act[Told | Refused | NotSent | Unknown]) -> Told | Ended:
    """The answer, or the trouble page."""
    match await act:
        case Refused(reason, detail):
            return Ended(await trouble(reason, detail))
        case NotSent(reason) | Unknown(reason):
            return Ended(await trouble(reason))
        case told:
            return told
