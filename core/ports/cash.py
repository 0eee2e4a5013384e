"""Banknotes: what the acceptor tells of each note. The journal makes money of it, nobody else.

What a reader would get wrong: only `NoteTaken` is a credit, and it comes once for a note: as the
answer of `take_note`, or as an event when that answer had to be `Unknown`. A note found at
power-up is evidence about an earlier one, not a credit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.flow import Event


@dataclass(frozen=True, slots=True)
class NotesAllowed:
    """The acceptor lets in exactly these denominations; empty: it stays disabled."""

    denominations_fen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoteLost:
    """The acceptor answered, and nothing it keeps tells what became of the note."""


@dataclass(frozen=True, slots=True)
class NoteOffered(Event):
    """A note is held in escrow until somebody decides.

    Kept for the next question, because it may be told while the one before is being taken.
    `note_number` runs since the acceptor was enabled. `box_count`: the acceptor's own count of
    notes it ever stacked, None when it keeps none; one more after a power cut means stacked.
    """

    level: ClassVar[str | None] = "note"
    of_one_visit: ClassVar[bool] = True
    denomination_fen: int
    note_number: int
    box_count: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteTaken(Event):
    """The acceptor's credit: the note is beyond the patient's reach."""

    denomination_fen: int
    note_number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteReturned(Event):
    """A note that had been offered is out again."""

    level: ClassVar[str | None] = "note"
    of_one_visit: ClassVar[bool] = True
    denomination_fen: int
    note_number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteRejected(Event):
    """The acceptor gave back what was put in before it was offered; `reason` is its own code."""

    note_number: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteFoundAtPowerUp(Event):
    """A note that no `NoteOffered` of this run accounts for, or whose end was not seen.

    `fate`: "stacked", "returned" or "unknown". The journal matches it with its open note and
    credits at most once. `denomination_fen` None: the acceptor does not know.
    """

    denomination_fen: int | None
    fate: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CashBoxRemoved(Event):
    """The cash box was taken out."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CashBoxReplaced(Event):
    """A cash box is in again; not necessarily the same."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CashFraud(Event):
    """The acceptor saw a manipulation, such as a note on a string."""

    at: datetime
