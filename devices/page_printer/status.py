"""Printer attributes of a CUPS queue to one word, ranked (docs/protocols/cups.md).

What a reader would get wrong: reasons of an idle queue may be stale, so they tell health, but only
a queue that is stopped or takes no jobs is a reason not to try.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from devices.model import HealthState, TroubleReason

STOPPED = 5
_SUFFIXES = ("-report", "-warning", "-error")
_OFFLINE_WORDS = ("offline", "paused", "shutdown", "timed-out", "stopped")


class PageStatus(Enum):
    """Worst first."""

    OFFLINE = "offline"
    COVER_OPEN = "cover_open"
    PAPER_OUT = "paper_out"
    JAM = "jam"
    ERROR = "error"
    TONER_LOW = "toner_low"
    PAPER_LOW = "paper_low"
    OK = "ok"

    @property
    def can_print(self) -> bool:
        """Pages come out."""
        return self in (PageStatus.OK, PageStatus.PAPER_LOW, PageStatus.TONER_LOW)


_WORDS = {
    "cover-open": PageStatus.COVER_OPEN,
    "door-open": PageStatus.COVER_OPEN,
    "interlock-open": PageStatus.COVER_OPEN,
    "media-empty": PageStatus.PAPER_OUT,
    "media-needed": PageStatus.PAPER_OUT,
    "input-tray-missing": PageStatus.PAPER_OUT,
    "media-jam": PageStatus.JAM,
    "toner-empty": PageStatus.ERROR,
    "marker-supply-empty": PageStatus.ERROR,
    "developer-empty": PageStatus.ERROR,
    "output-area-full": PageStatus.ERROR,
    "fuser-over-temp": PageStatus.ERROR,
    "fuser-under-temp": PageStatus.ERROR,
    "opc-life-over": PageStatus.ERROR,
    "other": PageStatus.ERROR,
    "toner-low": PageStatus.TONER_LOW,
    "marker-supply-low": PageStatus.TONER_LOW,
    "media-low": PageStatus.PAPER_LOW,
}
_RANK = {status: rank for rank, status in enumerate(PageStatus)}
_REASONS = {
    PageStatus.OFFLINE: TroubleReason.OFFLINE,
    PageStatus.COVER_OPEN: TroubleReason.COVER_OPEN,
    PageStatus.PAPER_OUT: TroubleReason.PAPER_OUT,
    PageStatus.JAM: TroubleReason.JAM,
    PageStatus.ERROR: TroubleReason.HARDWARE_ERROR,
}
_HEALTH = {
    PageStatus.OFFLINE: HealthState.OFFLINE,
    PageStatus.COVER_OPEN: HealthState.JAMMED,
    PageStatus.PAPER_OUT: HealthState.OUT,
    PageStatus.JAM: HealthState.JAMMED,
    PageStatus.ERROR: HealthState.JAMMED,
    PageStatus.TONER_LOW: HealthState.LOW,
    PageStatus.PAPER_LOW: HealthState.LOW,
    PageStatus.OK: HealthState.OK,
}


@dataclass(frozen=True, slots=True)
class QueueState:
    """What the server tells of a queue. `state`: 3 idle, 4 processing, 5 stopped."""

    state: int
    accepting: bool
    reasons: tuple[str, ...]
    waiting_jobs: int

    @property
    def takes_jobs(self) -> bool:
        """A document can be tried."""
        return self.accepting and self.state != STOPPED


def status_of(queue: QueueState) -> PageStatus:
    """The worst that is true."""
    if not queue.takes_jobs:
        return PageStatus.OFFLINE
    return min(map(_word, queue.reasons), key=_RANK.__getitem__, default=PageStatus.OK)


def reason_of(status: PageStatus) -> TroubleReason:
    """Why no page comes out; only for a status that cannot print."""
    return _REASONS[status]


def health_of(status: PageStatus) -> HealthState:
    """For the degraded-mode table."""
    return _HEALTH[status]


def _word(reason: str) -> PageStatus:
    suffix = next((s for s in _SUFFIXES if reason.endswith(s)), "")
    keyword = reason.removesuffix(suffix)
    if keyword in _OFFLINE_WORDS:
        return PageStatus.OFFLINE
    found = _WORDS.get(keyword, PageStatus.OK)
    return PageStatus.OK if suffix == "-report" and not found.can_print else found
