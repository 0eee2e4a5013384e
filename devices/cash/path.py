"""The note path as one machine over the drivers' signals: which note is where, and what to tell.

No I/O. What a reader would get wrong: a note ends only by what the acceptor says of it. A credit
without a note of this run is evidence for the journal (`NoteFoundAtPowerUp`), never a `NoteTaken`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import assert_never

from core.clock import Clock
from core.flow import Event
from core.ports import (
    CashBoxRemoved,
    CashBoxReplaced,
    CashFraud,
    NoteFoundAtPowerUp,
    NoteLost,
    NoteOffered,
    NoteRejected,
    NoteReturned,
    NoteTaken,
)
from devices.cash.notes import (
    AtRest,
    Begun,
    Condition,
    Credited,
    Ejected,
    Ended,
    Fate,
    FoundAtStart,
    Fraud,
    Held,
    Moving,
    Restarted,
    Signal,
)

NOT_ALLOWED = "not_allowed"
_AFTER_A_BOX = frozenset({Condition.BOX_OUT, Condition.BOX_FULL})


class Stage(Enum):
    """How far we are with the note in escrow."""

    ARRIVED = "arrived"
    OFFERED = "offered"
    TAKING = "taking"
    RETURNING = "returning"


@dataclass(slots=True)
class Note:
    """The one note that may be inside. `box_count`: the acceptor's count while it was held."""

    denomination_fen: int
    number: int
    stage: Stage = Stage.ARRIVED
    box_count: int | None = None
    was_offered: bool = False


@dataclass(slots=True)
class NotePath:
    """`allowed_fen` empty: disabled. `calm`: looks in a row at which nothing moved.

    `offered`: the last note that was, `ended` its end, `found` what power-up told since: evidence
    that stays after it was told.
    """

    clock: Clock
    allowed_fen: tuple[int, ...] = ()
    note: Note | None = None
    calm: int = 0
    has_restarted: bool = False
    conditions: set[Condition] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)
    offered: NoteOffered | None = None
    ended: NoteTaken | NoteReturned | None = None
    found: NoteFoundAtPowerUp | None = None
    _number: int = 0
    _at_start: bool = False

    def connected(self) -> None:
        """A driver was started: disabled, a note in escrow was sent back, conditions unknown."""
        self.allowed_fen = ()
        self.conditions.clear()
        self.calm = 0
        self.has_restarted = False
        self._at_start = True
        if self.note is not None and self.note.stage in (Stage.ARRIVED, Stage.OFFERED):
            self.note.stage = Stage.RETURNING

    def allow(self, denominations_fen: tuple[int, ...]) -> None:
        """The acceptor said yes to these; notes are counted anew when none were allowed before."""
        if not self.allowed_fen:
            self._number = 0
        self.allowed_fen = denominations_fen

    def hear(self, signals: Iterable[Signal]) -> None:
        """All signals of one look."""
        told = list(signals)
        self.calm = self.calm + 1 if AtRest() in told else 0
        for signal in told:
            self._hear(signal)
        self._at_start = False

    def offer(self, box_count: int | None) -> None:
        """The note that arrived is kept in escrow."""
        note = self.note
        assert note is not None
        note.stage, note.box_count, note.was_offered = Stage.OFFERED, box_count, True
        told = NoteOffered(note.denomination_fen, note.number, box_count, self.clock.wall())
        self.offered, self.ended, self.found = told, None, None
        self.events.append(told)

    def give_up(self, box_count: int | None) -> None:
        """The acceptor is at rest and never said how the note ended; its counter may."""
        note, self.note = self.note, None
        if note is None or not note.was_offered:
            return
        fate = _by_counter(note.box_count, box_count)
        self._found(note.denomination_fen, fate)

    def end_of(self, note: Note) -> NoteTaken | NoteReturned | None:
        """How the note ended, taken out of what is still to be told."""
        for event in self.events:
            if isinstance(event, NoteTaken | NoteReturned) and event.note_number == note.number:
                self.events.remove(event)
                return event
        return None

    def fate_of(
        self, offered: NoteOffered, box_count: int | None
    ) -> NoteTaken | NoteReturned | NoteLost:
        """By all evidence there is. `box_count`: the acceptor's now."""
        fen, number, now = offered.denomination_fen, offered.note_number, self.clock.wall()
        if self.offered is not None and self.offered != offered:
            return NoteLost()
        if self.ended is not None:
            return self.ended
        fate = _by_counter(offered.box_count, box_count)
        if fate is Fate.UNKNOWN and self.found and self.found.denomination_fen in (None, fen):
            fate = Fate(self.found.fate)
        match fate:
            case Fate.STACKED:
                return NoteTaken(fen, number, now)
            case Fate.RETURNED:
                return NoteReturned(fen, number, now)
            case Fate.UNKNOWN:
                return NoteLost()

    def told(self) -> list[Event]:
        """What was not told yet."""
        events, self.events = self.events, []
        return events

    def _hear(self, signal: Signal) -> None:
        match signal:
            case AtRest() | Moving():
                return
            case Held(denomination_fen=fen):
                self._held(fen)
            case Credited(denomination_fen=fen):
                self._credited(fen)
            case Ejected(reason=reason):
                self._ejected(reason)
            case FoundAtStart(denomination_fen=found, fate=fate):
                self.note = None
                self._found(found, fate)
            case Restarted():
                self.has_restarted = True
            case Begun(condition=condition):
                self._begun(condition)
            case Ended(condition=condition):
                self._ended(condition)
            case Fraud():
                self.events.append(CashFraud(self.clock.wall()))
            case _:
                assert_never(signal)

    def _held(self, fen: int) -> None:
        """A note that was decided about may still be told as held."""
        if self.note is None:
            self._number += 1
            self.note = Note(fen, self._number)

    def _credited(self, fen: int) -> None:
        note, self.note = self.note, None
        if note is None or not note.was_offered:
            self._found(fen or None, Fate.STACKED)
            return
        taken = NoteTaken(fen or note.denomination_fen, note.number, self.clock.wall())
        self._end(taken)

    def _ejected(self, reason: str) -> None:
        note, self.note = self.note, None
        now = self.clock.wall()
        if note is not None and note.was_offered:
            self._end(NoteReturned(note.denomination_fen, note.number, now))
        elif note is not None:
            self.events.append(NoteRejected(note.number, reason or NOT_ALLOWED, now))
        elif self._at_start:
            self._found(None, Fate.RETURNED)
        else:
            self._number += 1
            self.events.append(NoteRejected(self._number, reason, now))

    def _end(self, ended: NoteTaken | NoteReturned) -> None:
        self.ended = ended
        self.events.append(ended)

    def _found(self, fen: int | None, fate: Fate) -> None:
        self.found = NoteFoundAtPowerUp(fen, fate.value, self.clock.wall())
        self.events.append(self.found)

    def _begun(self, condition: Condition) -> None:
        if condition is Condition.BOX_OUT and condition not in self.conditions:
            self.events.append(CashBoxRemoved(self.clock.wall()))
        self.conditions.add(condition)

    def _ended(self, condition: Condition) -> None:
        if condition is Condition.BOX_OUT and condition in self.conditions:
            self.events.append(CashBoxReplaced(self.clock.wall()))
            self.conditions -= _AFTER_A_BOX
        self.conditions.discard(condition)


def _by_counter(before: int | None, after: int | None) -> Fate:
    if before is None or after is None:
        return Fate.UNKNOWN
    return {before: Fate.RETURNED, before + 1: Fate.STACKED}.get(after, Fate.UNKNOWN)
