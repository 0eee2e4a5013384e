"""The cash box: what the journal says is in it, sealed batches, and blind counts by two people.

A batch is everything credited between one box and the next. Two people count it without seeing
the journal's sum or each other's count; only when both agree is it compared note by note. What a
reader would get wrong: counts are notes per denomination, never a sum of money; and a note is in
the ledger when its operation says so (core/journeys/take_notes.py), once, not when it was told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.audit import AuditEvent, audited
from core.journal.records import Record

NOTE_TAKEN = "note_taken"
"""The phase of an operation that credits a note."""

Counts = Mapping[int, int]
"""Notes by denomination in fen."""


@dataclass(frozen=True, slots=True)
class LedgerNote:
    """One credited note. `number` counts since the acceptor was enabled."""

    denomination_fen: int
    number: int
    at: str


@dataclass(frozen=True, slots=True)
class BlindCount:
    """What one person counted."""

    person: str
    counts: Counts
    at: str


@dataclass(slots=True)
class Batch:
    """One filling of the box. `sealed_at` "": still in the machine."""

    number: int
    notes: list[LedgerNote] = field(default_factory=list)
    sealed_at: str = ""
    seal: str = ""
    counted: list[BlindCount] = field(default_factory=list)

    @property
    def expected(self) -> dict[int, int]:
        """Notes by denomination, as credited."""
        counts: dict[int, int] = {}
        for note in self.notes:
            counts[note.denomination_fen] = counts.get(note.denomination_fen, 0) + 1
        return counts

    @property
    def total_fen(self) -> int:
        """Money credited into this box."""
        return sum(note.denomination_fen for note in self.notes)

    @property
    def agreed(self) -> BlindCount | None:
        """The last count, when another person counted the same; else None."""
        if not self.counted:
            return None
        last = self.counted[-1]
        same = any(
            other.person != last.person and dict(other.counts) == dict(last.counts)
            for other in self.counted[:-1]
        )
        return last if same else None


@dataclass(frozen=True, slots=True)
class Difference:
    """A denomination whose count is not what was credited, with the notes that it may be."""

    denomination_fen: int
    expected: int
    counted: int
    notes: tuple[LedgerNote, ...]


def batches(records: Iterable[Record]) -> list[Batch]:
    """Oldest first; the last one is in the machine."""
    told = [Batch(1)]
    for record in records:
        facts, at = record.entry.payload, record.stamp.wall_time
        if facts.get("phase") == NOTE_TAKEN:
            note = LedgerNote(int(facts["denomination_fen"]), int(facts["note_number"]), at)
            told[-1].notes.append(note)
        match audited(record):
            case AuditEvent.CASH_BOX_REMOVED:
                told[-1].sealed_at = at
                told.append(Batch(told[-1].number + 1))
            case AuditEvent.CASH_BOX_COUNTED:
                counted = {int(k): int(v) for k, v in json.loads(str(facts["counts"])).items()}
                for batch in told:
                    if batch.number == facts["batch"]:
                        batch.seal = str(facts["seal"])
                        batch.counted.append(BlindCount(str(facts["person"]), counted, at))
            case _:
                pass
    return told


def differences(batch: Batch, counts: Counts) -> list[Difference]:
    """Where a count is not what was credited, lowest denomination first."""
    found = []
    for fen in sorted({*batch.expected, *counts}):
        expected, counted = batch.expected.get(fen, 0), counts.get(fen, 0)
        if expected != counted:
            notes = tuple(note for note in batch.notes if note.denomination_fen == fen)
            found.append(Difference(fen, expected, counted, notes))
    return found


def count_payload(batch: int, seal: str, person: str, counts: Counts) -> dict[str, str | int]:
    """A blind count as the audit record's facts."""
    return {
        "batch": batch,
        "seal": seal,
        "person": person,
        "counts": json.dumps({str(fen): number for fen, number in sorted(counts.items())}),
    }
