"""Bad endings: one screen that says what became of the money, and whether to begin again."""

from __future__ import annotations

from dataclasses import dataclass

from core.journeys.doubt import Doubtful
from core.steps import Leave
from kiosk.steps import ShowTrouble

_FINAL = frozenset({"has_card", "bill_paid", "window_only", "not_found", "already_registered"})


@dataclass(frozen=True, slots=True)
class Retry:
    """The patient wants to begin this service again."""


async def trouble(
    reason: str,
    detail: str = "",
    *,
    returned: bool = False,
    case_id: str = "",
    printed: bool = False,
) -> Retry | None:
    """Nothing was charged, or it was returned. A case that a person looks at cannot be retried."""
    money = "returned" if returned else "untouched"
    may_retry = reason not in _FINAL and not case_id
    answer = await ShowTrouble(reason, money, detail, case_id, may_retry, printed)
    return None if isinstance(answer, Leave) else Retry()


async def doubt(doubtful: Doubtful) -> None:
    """Being checked: do not pay again."""
    await ShowTrouble(
        "being_checked", "being_checked", "", doubtful.case_id, False, doubtful.printed
    )
