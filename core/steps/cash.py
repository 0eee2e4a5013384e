"""Acts and answers around the banknote acceptor.

What a reader would get wrong: `TakeNote` alone moves money. It and `ReturnNote` come only after the
note that is offered stands in the journal; everything else may be lost or repeated without harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Act
from core.ports import (
    DeviceTrouble,
    Done,
    NoteLost,
    NoteOffered,
    NoteReturned,
    NotesAllowed,
    NoteTaken,
    Unknown,
)
from core.steps.questions import Leave


@dataclass(frozen=True, slots=True)
class AllowNotes(Act[NotesAllowed | DeviceTrouble | Unknown]):
    """Let notes in, from `least_fen` on and up to `due_fen`, each.

    `exact`: never more than is due; else the machine's setting says by how much a note may exceed.
    """

    durable: ClassVar[bool] = False
    due_fen: int
    least_fen: int = 0
    exact: bool = True


@dataclass(frozen=True, slots=True)
class TakeNote(Act[NoteTaken | NoteReturned | DeviceTrouble | Unknown]):
    """Stack the note that is held. DeviceTrouble: it was never told to, the note is not ours."""

    operation_id: str
    offered: NoteOffered


@dataclass(frozen=True, slots=True)
class ReturnNote(Act[NoteTaken | NoteReturned | DeviceTrouble | Unknown]):
    """Give the note that is held back; it may be taken all the same."""

    durable: ClassVar[bool] = False
    operation_id: str
    offered: NoteOffered


@dataclass(frozen=True, slots=True)
class StopNotes(Act[Done | DeviceTrouble | Unknown]):
    """Let nothing in any longer; a note that is held comes out."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FindNote(Act[NoteTaken | NoteReturned | NoteLost | DeviceTrouble]):
    """What became of a note whose end nobody saw: the acceptor's counter, then its last word."""

    durable: ClassVar[bool] = False
    operation_id: str
    offered: NoteOffered


@dataclass(frozen=True, slots=True)
class EnoughNotes:
    """The patient put in what they wanted to."""


@dataclass(frozen=True, slots=True)
class NoteOut:
    """A note came out again by itself. `reason`: a code of core/wording."""

    reason: str


Answer = NoteOffered | NoteOut | EnoughNotes | Leave
"""What may come while notes are being put in."""
