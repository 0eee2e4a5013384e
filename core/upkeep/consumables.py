"""How much paper, cards, booklets and toner is left, and when the machine will stop (S47).

Levels count down from the last refill that a technician recorded. What a reader would get wrong:
`left` None means that nobody ever filled it here, which is not the same as empty; and the predicted
stop follows today's rate, so a quiet morning predicts a late stop.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.audit import AuditEvent, audited
from core.clock import CHINA
from core.journal.records import EMPTY, Head, Record

_SHORTEST_DAY = timedelta(minutes=30)


class Item(StrEnum):
    """What is used up. A receipt is one slip of usual length; toner counts pages."""

    RECEIPT = "receipt"
    CARD = "card"
    BOOKLET = "booklet"
    PAGE = "page"
    TONER = "toner"


OF_DEVICE: dict[str, tuple[Item, ...]] = {
    "receipt_printer": (Item.RECEIPT,),
    "card_dispenser": (Item.CARD,),
    "vending": (Item.BOOKLET,),
    "page_printer": (Item.PAGE, Item.TONER),
}
"""Which items a fitted device uses up."""


@dataclass(frozen=True, slots=True)
class Level:
    """`left`: pieces, None when never filled. `stops_at`: None when today's rate says nothing."""

    item: Item
    left: int | None
    used_today: int
    filled_at: str = ""
    filled_by: str = ""
    stops_at: datetime | None = None


@dataclass(slots=True)
class _Count:
    left: int | None = None
    day: date | None = None
    used: int = 0
    first: datetime | None = None
    filled_at: str = ""
    filled_by: str = ""

    def fill(self, pieces: int, at: str, person: str) -> None:
        """A technician counted so many."""
        self.left, self.filled_at, self.filled_by = pieces, at, person

    def use(self, pieces: int, at: datetime) -> None:
        """The machine gave so many away."""
        day = at.astimezone(CHINA).date()
        if day != self.day:
            self.day, self.used, self.first = day, 0, at
        self.used += pieces
        self.left = None if self.left is None else max(0, self.left - pieces)


class Tally:
    """Counts of some items, told record by record. `head`: the last record that was added.

    It goes on where it stood: a machine's journal grows for years, and is asked every ten minutes.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self.head: Head = EMPTY
        self._counts = {item: _Count() for item in items}

    def add(self, records: Iterable[Record]) -> None:
        """The records that follow `head`."""
        for record in records:
            self.head = (record.seq, record.hash)
            event = audited(record)
            if event not in (AuditEvent.CONSUMED, AuditEvent.REFILLED):
                continue
            facts, at = record.entry.payload, record.stamp.wall_time
            count = self._counts.get(Item(str(facts["item"])))
            if count is None:
                continue
            if event is AuditEvent.REFILLED:
                count.fill(int(facts["pieces"]), at, str(facts["person"]))
            else:
                count.use(int(facts["pieces"]), datetime.fromisoformat(at))

    def levels(self, now: datetime) -> list[Level]:
        """One level per item. `now`: aware; "today" is the day in China."""
        return [_level(item, count, now) for item, count in self._counts.items()]


def levels(records: Iterable[Record], items: Iterable[Item], now: datetime) -> list[Level]:
    """All at once, from the first record on."""
    tally = Tally(items)
    tally.add(records)
    return tally.levels(now)


def _level(item: Item, count: _Count, now: datetime) -> Level:
    is_today = count.day == now.astimezone(CHINA).date()
    used_today = count.used if is_today else 0
    stops_at = None
    if count.left is not None and count.first is not None and used_today:
        span = max(now - count.first, _SHORTEST_DAY)
        stops_at = now + span * count.left / used_today
    return Level(item, count.left, used_today, count.filled_at, count.filled_by, stops_at)
