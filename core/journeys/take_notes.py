"""Take banknotes into the machine, each one journal first; for a bill or for a balance.

Works inside an operation of the caller's that is STARTED already. On disk, in order: the note that
is held (`note_offered`) → the acceptor stacks it → its end (`note_taken`, `note_returned`). So
after a cut at most one note is in question, and `find_note` asks the acceptor what became of it.
What a reader would get wrong: `note_taken` is the only credit, and its facts hold the sum of all
notes so far; nothing that was stacked ever comes out again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from core.flow import Abandoned, Ask, Reason
from core.journal.operations import Operation
from core.operation import OperationEvent, OperationKind
from core.ports import (
    DeviceTrouble,
    NoteLost,
    NoteOffered,
    NoteReturned,
    NotesAllowed,
    NoteTaken,
    Unknown,
)
from core.steps import Facts, JournalBroken, Leave, Record
from core.steps.cash import (
    AllowNotes,
    Answer,
    EnoughNotes,
    FindNote,
    NoteOut,
    ReturnNote,
    StopNotes,
    TakeNote,
)

_BUSY = "busy"
_NO_COUNT = -1


@dataclass(frozen=True, slots=True)
class NoteCount:
    """So many notes of one kind, named as the contract names them."""

    value_fen: int
    count: int


@dataclass(frozen=True, slots=True)
class CashInside:
    """What was taken in one operation; `notes` by value, smallest first."""

    notes: tuple[NoteCount, ...] = ()

    @property
    def amount_fen(self) -> int:
        """Their sum."""
        return sum(note.value_fen * note.count for note in self.notes)

    def with_note(self, value_fen: int) -> CashInside:
        """One more."""
        counts = {note.value_fen: note.count for note in self.notes}
        counts[value_fen] = counts.get(value_fen, 0) + 1
        return CashInside(tuple(NoteCount(*pair) for pair in sorted(counts.items())))


@dataclass(frozen=True, slots=True)
class CashWanted:
    """How much. `due_fen`: it ends by itself once so much is inside. `least_fen`: the first note
    alone must be worth it, so that whatever is inside can be booked. `exact`: as of AllowNotes."""

    due_fen: int
    least_fen: int = 0
    exact: bool = True


@dataclass(frozen=True, slots=True)
class NotesSoFar:
    """For the page. `handled`: the offer that was dealt with, which may be told again."""

    inside: CashInside
    allowed_fen: tuple[int, ...]
    handled: NoteOffered | None = None
    trouble: str = ""


Page = Callable[[NotesSoFar], Ask[Answer]]


@dataclass(frozen=True, slots=True)
class Taken:
    """These notes are in the box and on disk; nothing more comes in. `left`: the patient was gone
    or away when it ended. `trouble`: what ended it early, a code of core/wording."""

    inside: CashInside
    left: Reason | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Nothing is in the box. `left`: throw it again once the operation is ended."""

    reason: str
    left: Reason | None = None


@dataclass(frozen=True, slots=True)
class NoteInDoubt:
    """One note may be in the box or not; `amount_fen` counts it in. Nothing more comes in."""

    reason: str
    amount_fen: int


async def take_notes(
    operation_id: str, kind: OperationKind, wanted: CashWanted, page: Page
) -> Taken | Stopped | NoteInDoubt:
    """Until enough is inside, the patient says so or leaves, or the acceptor has trouble.

    The operation must be STARTED. Notes stay when the patient leaves: `Taken` says so.
    """
    inside, end = CashInside(), ""
    left: Reason | None = None
    so_far = NotesSoFar(inside, ())
    while not end and left is None:
        allowed = await _allow(wanted, so_far)
        if isinstance(allowed, str):
            end = allowed
            continue
        so_far = replace(so_far, allowed_fen=allowed)
        try:
            answer = await page(so_far)
        except Abandoned as abandoned:
            left = abandoned.reason
            continue
        match answer:
            case EnoughNotes():
                end = "enough"
            case Leave():
                end = "stopped"
            case NoteOut(reason):
                so_far = replace(so_far, trouble=reason)
            case NoteOffered() as offered:
                took = await _take(operation_id, kind, offered, so_far)
                if isinstance(took, NoteInDoubt):
                    await StopNotes()
                    return took
                so_far, end = took.so_far, took.end
            case other:
                assert_never(other)
    await StopNotes()
    return _ended(so_far.inside, end, left)


_GOOD_ENDS = frozenset({"", "enough", "stopped", "full"})


def _ended(inside: CashInside, end: str, left: Reason | None) -> Taken | Stopped:
    if inside.amount_fen:
        return Taken(inside, left, "" if end in _GOOD_ENDS else end)
    return Stopped("stopped" if end in _GOOD_ENDS else end, left)


async def _allow(wanted: CashWanted, so_far: NotesSoFar) -> tuple[int, ...] | str:
    """What may come in now, or why nothing: "full" is a good end."""
    inside_fen = so_far.inside.amount_fen
    open_fen = wanted.due_fen - inside_fen
    if open_fen <= 0:
        return "full"
    least_fen = max(0, wanted.least_fen - inside_fen)
    match await AllowNotes(open_fen, least_fen, wanted.exact):
        case NotesAllowed(()):
            return "full" if inside_fen else "no_note_fits"
        case NotesAllowed(denominations_fen):
            return denominations_fen
        case DeviceTrouble(_, reason) if reason == _BUSY and so_far.allowed_fen:
            return tuple(fen for fen in so_far.allowed_fen if fen <= open_fen)
        case DeviceTrouble(_, reason) | Unknown(reason):
            return reason or "cash_trouble"


@dataclass(frozen=True, slots=True)
class _Took:
    so_far: NotesSoFar
    end: str = ""


async def _take(
    operation_id: str, kind: OperationKind, offered: NoteOffered, so_far: NotesSoFar
) -> _Took | NoteInDoubt:
    """One note that is held, to its end."""
    before = replace(so_far, handled=offered, trouble="")
    inside, wished = so_far.inside, offered.denomination_fen in so_far.allowed_fen
    in_doubt = NoteInDoubt("note_unknown", inside.amount_fen + offered.denomination_fen)
    written = await Record(operation_id, kind, OperationEvent.NOTE, offered_facts(offered, inside))
    if isinstance(written, JournalBroken):
        is_out = isinstance(await _decided(operation_id, offered, False), NoteReturned)
        return _Took(before, "journal_broken") if is_out else in_doubt
    ended = await _decided(operation_id, offered, wished)
    if ended is None:
        return in_doubt
    now_inside = await note_ended(operation_id, kind, inside, ended)
    if now_inside is None:
        return replace(in_doubt, reason="journal_broken")
    is_in = isinstance(ended, NoteTaken)
    trouble = "" if is_in else "note_returned" if wished else "note_not_allowed"
    return _Took(replace(before, inside=now_inside, trouble=trouble))


async def _decided(
    operation_id: str, offered: NoteOffered, wished: bool
) -> NoteTaken | NoteReturned | None:
    """Take it, or give it back when it is not `wished`; None: nobody saw how it ended.

    An acceptor that could not be told gives it back by itself.
    """
    told = await (TakeNote(operation_id, offered) if wished else ReturnNote(operation_id, offered))
    match told:
        case NoteTaken() | NoteReturned() as ended:
            return ended
        case DeviceTrouble():
            return NoteReturned(offered.denomination_fen, offered.note_number, offered.at)
        case Unknown():
            return await _found(operation_id, offered)


async def _found(operation_id: str, offered: NoteOffered) -> NoteTaken | NoteReturned | None:
    match await FindNote(operation_id, offered):
        case NoteTaken() | NoteReturned() as ended:
            return ended
        case NoteLost() | DeviceTrouble():
            return None


async def note_ended(
    operation_id: str,
    kind: OperationKind,
    inside: CashInside,
    ended: NoteTaken | NoteReturned,
) -> CashInside | None:
    """Write a note's end down; what is inside then. None: it could not be written."""
    if isinstance(ended, NoteTaken):
        inside = inside.with_note(ended.denomination_fen)
        written = await Record(operation_id, kind, OperationEvent.NOTE, taken_facts(ended, inside))
    else:
        written = await Record(
            operation_id, kind, OperationEvent.NOTE, returned_facts(ended, inside)
        )
    return None if isinstance(written, JournalBroken) else inside


async def find_note(operation: Operation) -> CashInside | NoteInDoubt | NoteLost:
    """For recovery: what is inside for certain, after asking for the note that is in question.

    NoteInDoubt: the acceptor cannot be asked now. NoteLost: it answered, and a person must look.
    """
    inside = inside_of(operation)
    offered = open_note(operation)
    if offered is None:
        return inside
    at_stake_fen = inside.amount_fen + offered.denomination_fen
    match await FindNote(operation.operation_id, offered):
        case NoteTaken() | NoteReturned() as ended:
            known = await note_ended(operation.operation_id, operation.kind, inside, ended)
            return NoteInDoubt("journal_broken", at_stake_fen) if known is None else known
        case NoteLost() as lost:
            return lost
        case DeviceTrouble(_, reason):
            return NoteInDoubt(reason, at_stake_fen)
        case other:
            assert_never(other)


def inside_of(operation: Operation) -> CashInside:
    """What the journal says was taken in this operation."""
    pairs = (word.split("x") for word in operation.text("notes").split())
    return CashInside(tuple(NoteCount(int(value), int(count)) for value, count in pairs))


def open_note(operation: Operation) -> NoteOffered | None:
    """The note whose end is not on disk."""
    phases = [phase for phase in operation.phases if phase.startswith("note_")]
    if not phases or phases[-1] != "note_offered":
        return None
    count = operation.number("box_count")
    return NoteOffered(
        operation.number("denomination_fen"),
        operation.number("note_number"),
        None if count == _NO_COUNT else count,
        datetime.fromisoformat(operation.text("offered_at")),
    )


def offered_facts(offered: NoteOffered, inside: CashInside) -> Facts:
    """`cash_fen`: what is at stake from here on."""
    return {
        "phase": "note_offered",
        "denomination_fen": offered.denomination_fen,
        "note_number": offered.note_number,
        "box_count": _NO_COUNT if offered.box_count is None else offered.box_count,
        "offered_at": offered.at.isoformat(),
        "cash_fen": inside.amount_fen + offered.denomination_fen,
    }


def taken_facts(taken: NoteTaken, inside: CashInside) -> Facts:
    """`inside` holds the note already; the cash box's ledger reads these."""
    return {
        "phase": "note_taken",
        "denomination_fen": taken.denomination_fen,
        "note_number": taken.note_number,
        "cash_fen": inside.amount_fen,
        "notes": " ".join(f"{note.value_fen}x{note.count}" for note in inside.notes),
    }


def returned_facts(returned: NoteReturned, inside: CashInside) -> Facts:
    """The note is out; what was inside before still is."""
    return {
        "phase": "note_returned",
        "denomination_fen": returned.denomination_fen,
        "note_number": returned.note_number,
        "cash_fen": inside.amount_fen,
    }
