"""Figures and what follows from them: shares, average times. Pure.

What a reader would get wrong: shares are whole hundredths of a percent (9743 is 97.43 %), so that
no figure is ever inexact; a share of nothing is 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_BY_PHONE = ("SCAN", "ONE_CODE", "BOUND_DEBIT", "REMOTE")
_BOUND = ("BOUND_DEBIT",)
_SCANNED = ("SCAN",)
_WHOLE = 10_000


class Measure(StrEnum):
    """What a figure's name is a name of."""

    FUNCTION = "FUNCTION"
    TENDER = "TENDER"
    MEDIUM = "MEDIUM"
    DEPARTMENT = "DEPARTMENT"
    HOUR = "HOUR"
    SERVICE_TIME = "SERVICE_TIME"
    NOTICE = "NOTICE"
    SIGNING = "SIGNING"


@dataclass(frozen=True, slots=True)
class Figure:
    """How often, for how much, in how many seconds altogether; `channel`: kind of terminal."""

    measure: Measure
    name: str
    channel: str
    count: int
    amount_fen: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Shares:
    """In hundredths of a percent of the numbers of payments (W36, W37).

    `mobile` of all payments; `bound` and `scan` of the mobile ones.
    """

    mobile: int
    bound: int
    scan: int


def summed(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures of one kind, name and channel together, in that order."""
    sums: dict[tuple[Measure, str, str], tuple[int, int, int]] = {}
    for each in figures:
        key = (each.measure, each.name, each.channel)
        count, amount_fen, seconds = sums.get(key, (0, 0, 0))
        sums[key] = (count + each.count, amount_fen + each.amount_fen, seconds + each.seconds)
    return tuple(Figure(*key, *sums[key]) for key in sorted(sums))


def of(figures: Iterable[Figure], measure: Measure) -> tuple[Figure, ...]:
    """Those of one measure."""
    return tuple(each for each in figures if each.measure is measure)


def total(
    figures: Iterable[Figure], measure: Measure, *names: str, channel: str | None = None
) -> int:
    """How often altogether; `channel` None: anywhere."""
    return sum(
        each.count
        for each in of(figures, measure)
        if each.name in names and channel in (None, each.channel)
    )


def shares(figures: Iterable[Figure]) -> Shares:
    """Of payments by their kind; a name is a kind, or a kind and its wallet (SCAN:WECHAT)."""
    paid: dict[str, int] = {}
    for each in of(figures, Measure.TENDER):
        kind = each.name.partition(":")[0]
        paid[kind] = paid.get(kind, 0) + each.count
    mobile = sum(paid.get(kind, 0) for kind in _BY_PHONE)
    return Shares(
        mobile=share(mobile, sum(paid.values())),
        bound=share(sum(paid.get(kind, 0) for kind in _BOUND), mobile),
        scan=share(sum(paid.get(kind, 0) for kind in _SCANNED), mobile),
    )


def share(part: int, whole: int) -> int:
    """Hundredths of a percent, half up."""
    return (2 * part * _WHOLE + whole) // (2 * whole) if whole else 0


def busiest_hour(figures: Iterable[Figure]) -> str:
    """The hour of the day with the most events, "" without any."""
    hours = of(figures, Measure.HOUR)
    return max(hours, key=lambda each: each.count).name if hours else ""
