"""How much paper, cards, booklets and toner is left, and when the machine will stop (S47).

Levels count down from the last refill that a technician recorded. What a reader would get wrong:
`left` None means that nobody ever filled it here, which is not the same as empty; and the predicted
stop follows today's rate, so a quiet morning predicts a late stop.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.audit import AuditEvent, audited
from core.clock import CHINA
from core.journal.records import Record

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
    used_today: int = 0
    first_today: datetime | None = None
    filled_at: str = ""
    filled_by: str = ""


def levels(records: Iterable[Record], items: Iterable[Item], now: datetime) -> list[Level]:
    """One level per item. `now`: aware; "today" is the day in China."""
    counts = {item: _Count() for item in items}
    today = now.astimezone(CHINA).date()
    for record in records:
        event = audited(record)
        if event not in (AuditEvent.CONSUMED, AuditEvent.REFILLED):
            continue
        facts = record.entry.payload
        count = counts.get(Item(str(facts["item"])))
        if count is None:
            continue
        pieces, at = int(facts["pieces"]), datetime.fromisoformat(record.stamp.wall_time)
        if event is AuditEvent.REFILLED:
            count.left = pieces
            count.filled_at, count.filled_by = record.stamp.wall_time, str(facts["person"])
        else:
            count.left = None if count.left is None else max(0, count.left - pieces)
            if at.astimezone(CHINA).date() == today:
                count.used_today += pieces
                count.first_today = count.first_today or at
    return [_level(item, count, now) for item, count in counts.items()]


def _level(item: Item, count: _Count, now: datetime) -> Level:
    stops_at = None
    if count.left is not None and count.first_today is not None and count.used_today:
        span = max(now - count.first_today, _SHORTEST_DAY)
        stops_at = now + span * count.left / count.used_today
    return Level(item, count.left, count.used_today, count.filled_at, count.filled_by, stops_at)
