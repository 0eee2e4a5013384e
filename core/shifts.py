"""Cash drawers in one person's hands, and cash boxes of machines; fields as staff.md names them.

What a reader would get wrong: what is expected of an open drawer is told by the backend at any time
and shown by no page before it was counted (`cashier/journeys/day/closing.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.money import SIGNED

DENOMINATIONS_FEN = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
"""Notes and coins in a drawer, largest first."""


@dataclass(frozen=True, slots=True)
class Taking:
    """Of one kind; `given_fen`: refunded, undone, or handed out as change."""

    kind: str
    taken_fen: int
    given_fen: int
    count: int


@dataclass(frozen=True, slots=True)
class OpenDoubt:
    """A case that nobody resolved yet; it is handed over with the drawer."""

    case_id: str
    amount_fen: int
    owner: str
    due_at: str


@dataclass(frozen=True, slots=True)
class Shift:
    """`state`: OPEN, CLOSED, HANDED_OVER. One of `over_fen` and `short_fen` is 0."""

    shift_id: str
    operator: str
    terminal_id: str
    campus: str
    state: str
    opened_at: str
    closed_at: str
    float_fen: int
    counted_fen: int
    expected_fen: int = field(metadata=SIGNED)
    over_fen: int
    short_fen: int
    explanation: str
    seen_by: str
    must_close: bool
    takings: tuple[Taking, ...]
    open_doubts: tuple[OpenDoubt, ...]

    @property
    def is_open(self) -> bool:
        """Cash may still come into it."""
        return self.state == "OPEN"


@dataclass(frozen=True, slots=True)
class Shifts:
    """Of one cashier, newest first; or of one day."""

    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The drawer that was counted, and the same cash in the next person's hands."""

    closed: Shift
    opened: Shift


@dataclass(frozen=True, slots=True)
class BoxNotes:
    """Of one denomination."""

    denomination_fen: int
    counted: int
    in_journal: int


@dataclass(frozen=True, slots=True)
class CashBox:
    """A machine's box that was emptied. `booked_fen`: by the ledger since the box before."""

    box_id: str
    terminal_id: str
    box_number: str
    technician: str
    at: str
    counted_fen: int
    journal_fen: int
    booked_fen: int = field(metadata=SIGNED)
    explanation: str
    notes: tuple[BoxNotes, ...]

    @property
    def agrees(self) -> bool:
        """Count, journal and ledger say the same."""
        same = all(each.counted == each.in_journal for each in self.notes)
        return same and self.counted_fen == self.booked_fen


@dataclass(frozen=True, slots=True)
class CashBoxes:
    """Newest first."""

    boxes: tuple[CashBox, ...]
