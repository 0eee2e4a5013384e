"""What happened in the slot between two looks at the reader.

What a reader would get wrong: "present before and after" is not "the same card"; the event counter
tells a swap within one look.
"""

from __future__ import annotations

from enum import Enum

from devices.transport.pcsc import ReaderState


class Change(Enum):
    """Ranked: a swap is a removal and an insertion."""

    NONE = "none"
    INSERTED = "inserted"
    REMOVED = "removed"
    SWAPPED = "swapped"


def change_between(before: ReaderState, now: ReaderState) -> Change:
    """Compare two looks."""
    if before.present and now.present:
        return Change.NONE if before.counter == now.counter else Change.SWAPPED
    if now.present:
        return Change.INSERTED
    return Change.REMOVED if before.present else Change.NONE
