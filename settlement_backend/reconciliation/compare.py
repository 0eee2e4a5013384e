"""What we booked beside what the other side says: one verdict for each movement of money. Pure.

What a reader would get wrong: a movement near midnight may stand in the file of the next day, so
three days are looked at together and a line belongs to our day; and what we took and gave back
without ever hearing of it is right when the other side has both halves, or neither.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from settlement_backend.base.clock import CHINA

Kind = Literal["PAY", "REFUND", "REVOKED", "ADJUSTED"]
Verdict = Literal["NOT_READY", "STATUS_DIFF", "AMOUNT_DIFF", "ONLY_THERE", "ONLY_HERE", "MATCHED"]
VERDICTS: tuple[Verdict, ...] = (
    *("NOT_READY", "STATUS_DIFF", "AMOUNT_DIFF", "ONLY_THERE", "ONLY_HERE", "MATCHED"),
)
DIFFERENCES: tuple[Verdict, ...] = VERDICTS[1:-1]
_ID_DIGITS = 20
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Key:
    """A movement's name at both sides. `number`: our own number of it, for ever."""

    bank: str
    channel: str
    kind: Kind
    number: str


@dataclass(frozen=True, slots=True)
class Ours:
    """A movement in our books. `state`: BOOKED; UNKNOWN (asked, no word yet); UNDONE (given back
    without ever having been booked); NOT_ASKED. `originals`: what a refund may say it gives back.
    `account`: where the ledger has the money; `at`: when it was booked, or asked."""

    key: Key
    state: Literal["BOOKED", "UNKNOWN", "UNDONE", "NOT_ASKED"]
    amount_fen: int
    at: datetime
    account: str
    originals: tuple[str, ...] = ()
    person_id: str = ""
    about: str = ""
    campus: str = ""

    @property
    def day(self) -> date:
        """In China."""
        return self.at.astimezone(CHINA).date()


@dataclass(frozen=True, slots=True)
class Theirs:
    """A row of the file of a day."""

    key: Key
    day: date
    amount_fen: int
    original: str
    reference: str


@dataclass(frozen=True, slots=True)
class Files:
    """Which files were read, and how far from midnight a movement may stand in the next one."""

    ready: frozenset[tuple[str, str, date]]
    tolerance: timedelta

    def cover(self, key: Key, at: datetime) -> bool:
        """Whether every file that may have this movement is there."""
        days = {at.date(), (at - self.tolerance).date(), (at + self.tolerance).date()}
        return all((key.bank, key.channel, day) in self.ready for day in days)


@dataclass(frozen=True, slots=True)
class Line:
    """One movement with both sides. `copy`: 0, then one more for each further row of its key."""

    key: Key
    copy: int
    verdict: Verdict
    ours: Ours | None
    theirs: Theirs | None

    @property
    def id(self) -> str:
        """The same for ever, whatever day it is seen on."""
        key = self.key
        name = f"{key.bank}/{key.channel}/{key.kind}/{key.number}/{self.copy}"
        return "D" + hashlib.sha256(name.encode()).hexdigest()[:_ID_DIGITS].upper()

    @property
    def day(self) -> date:
        """Ours where we have it."""
        if self.ours is not None:
            return self.ours.day
        if self.theirs is None:
            raise ValueError("a line without sides")
        return self.theirs.day


def compare(
    day: date, ours: Iterable[Ours], theirs: Iterable[Theirs], files: Files
) -> tuple[Line, ...]:
    """The lines of one day, unknown first. Both sides bring the days around it too."""
    booked = {each.key: each for each in ours}
    rows: defaultdict[Key, list[Theirs]] = defaultdict(list)
    for row in sorted(theirs, key=lambda each: each.day):
        rows[row.key].append(row)
    lines: list[Line] = []
    for key in sorted({*booked, *rows}, key=_order):
        lines += _lines(booked.get(key), rows.get(key, []), rows, files)
    wanted = [line for line in lines if _belongs(line, day)]
    return tuple(sorted(wanted, key=lambda line: VERDICTS.index(line.verdict)))


def day_of(day: date) -> datetime:
    """Its first moment."""
    return datetime.combine(day, time(), CHINA)


def _order(key: Key) -> tuple[str, str, str, str]:
    return (key.bank, key.channel, key.number, key.kind)


def _lines(
    ours: Ours | None, rows: Sequence[Theirs], everything: dict[Key, list[Theirs]], files: Files
) -> list[Line]:
    if ours is None:
        return [Line(row.key, place, "ONLY_THERE", None, row) for place, row in enumerate(rows)]
    if not rows:
        verdict = _missing(ours, files)
        return [Line(ours.key, 0, verdict, ours, None)] if verdict else []
    best = min(rows, key=lambda row: abs(row.day - ours.day))
    more = [row for row in rows if row is not best]
    first = Line(ours.key, 0, _verdict(ours, best, everything), ours, best)
    return [
        first,
        *(Line(row.key, place, "ONLY_THERE", None, row) for place, row in enumerate(more, 1)),
    ]


def _missing(ours: Ours, files: Files) -> Verdict | None:
    if ours.state in ("UNDONE", "NOT_ASKED"):
        return None
    if ours.state == "UNKNOWN" or not files.cover(ours.key, ours.at.astimezone(CHINA)):
        return "NOT_READY"
    return "ONLY_HERE"


def _verdict(ours: Ours, row: Theirs, everything: dict[Key, list[Theirs]]) -> Verdict:
    if ours.amount_fen != row.amount_fen:
        return "AMOUNT_DIFF"
    if ours.state == "UNDONE":
        return "MATCHED" if _both_halves(ours.key, everything) else "STATUS_DIFF"
    other = bool(ours.originals and row.original) and row.original not in ours.originals
    if ours.state != "BOOKED" or other or abs(row.day - ours.day) > _ONE_DAY:
        return "STATUS_DIFF"
    return "MATCHED"


def _both_halves(key: Key, everything: dict[Key, list[Theirs]]) -> bool:
    halves = (Key(key.bank, key.channel, kind, key.number) for kind in ("PAY", "REVOKED"))
    return all(half in everything for half in halves)


def _belongs(line: Line, day: date) -> bool:
    """To our day; what stands in a file far from it, to the file's."""
    if line.theirs is not None and abs(line.theirs.day - line.day) > _ONE_DAY:
        return line.theirs.day == day
    return line.day == day
