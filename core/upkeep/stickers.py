"""Passive NFC stickers at counters: which tag hangs where (W17). An asset list, nothing live.

Talks to nothing. What a reader would get wrong: one counter has one sticker; placing another
replaces it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.audit import AuditEvent, audited
from core.journal.records import Record


@dataclass(frozen=True, slots=True)
class Sticker:
    """`tag`: the chip's number in hex. `counter`: such as "Window 07"."""

    counter: str
    tag: str
    person: str
    placed_at: str


def stickers(records: Iterable[Record]) -> list[Sticker]:
    """By counter."""
    placed: dict[str, Sticker] = {}
    for record in records:
        event, facts = audited(record), record.entry.payload
        if event is AuditEvent.STICKER_PLACED:
            counter = str(facts["counter"])
            placed[counter] = Sticker(
                counter, str(facts["tag"]), str(facts["person"]), record.stamp.wall_time
            )
        elif event is AuditEvent.STICKER_REMOVED:
            placed.pop(str(facts["counter"]), None)
    return [placed[counter] for counter in sorted(placed)]
