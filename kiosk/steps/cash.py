"""The page at which notes go in: how much is wanted, how much is inside, and what may come.

What a reader would get wrong: the offer that was just dealt with is told again to the next page
(a note may be offered before that page stands), so a page ignores the one it was made after.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Event, Reason, Touch
from core.ports import CashFraud, NoteOffered, NoteRejected, NoteReturned
from core.steps import Leave
from core.steps.cash import Answer, EnoughNotes, NoteOut
from kiosk.steps.pages import AtMachine


@dataclass(frozen=True, slots=True, kw_only=True)
class InsertNotes(AtMachine[Answer]):
    """Buttons: "enough" when `may_stop`, else "cancel". Notes that are inside never come out."""

    idle_ms: ClassVar[int | None] = 120_000
    due_fen: int
    inside_fen: int
    handled: NoteOffered | None = None
    may_stop: bool = False

    def touched(self, touch: Touch) -> Answer | None:
        match touch.word:
            case "enough" if self.may_stop:
                return EnoughNotes()
            case "back" | "leave" | "cancel" if not self.inside_fen:
                return Leave()
        return None

    def heard(self, event: Event) -> Answer | Reason | None:  # type: ignore[override]  # notes too
        match event:
            case NoteOffered() if event != self.handled:
                return event
            case NoteRejected():
                return NoteOut("note_rejected")
            case NoteReturned() if self.trouble != "note_returned":
                return NoteOut("note_returned")
            case CashFraud():
                return NoteOut("note_rejected")
        return AtMachine.heard(self, event)
