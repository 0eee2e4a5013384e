"""Bad endings: one screen that says what became of the money, and whether to begin again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.billing import Bill
from core.identity import Patient
from core.journeys.doubt import Doubtful
from core.journeys.print_slip import print_slip
from core.journeys.settle_end import NotSettled
from core.ports import CardPresence
from core.slips import ReferralSlip
from core.steps import Leave, MakeReferral, Referral
from kiosk.steps import ShowReferred, ShowTrouble

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


async def not_paid(end: NotSettled | Doubtful) -> Retry | None:
    """How a payment ends that was not made: left, refused, returned, or in doubt."""
    match end:
        case NotSettled("left", returned=False):
            return None
        case NotSettled(reason, detail, returned):
            return await trouble(reason, detail, returned=returned)
        case Doubtful():
            await doubt(end)
            return None
        case other:
            assert_never(other)


async def to_window(
    patient: Patient,
    bills: tuple[Bill, ...],
    reason: str,
    presence: CardPresence | None,
    why: str = "",
) -> Retry | None:
    """A slip that names the window, which finds by its code what was begun here (H35).

    `why`: what the patient reads, where that says more than the reason.
    """
    match await MakeReferral(patient, bills, reason):
        case Referral(ReferralSlip(window=window) as content):
            printed = await print_slip(content)
            shown = why or reason
            await ShowReferred(window.zh, window.en, shown, bills, printed, presence=presence)
            return None
        case _:
            return await trouble(reason)
