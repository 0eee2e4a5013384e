"""What the journal's records say about each operation: fold, never guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from core.journal.records import EMPTY, Entry, Head, Record
from core.operation import (
    OPEN_STATES,
    TRANSITIONS,
    OperationEvent,
    OperationKind,
    OperationState,
    advance,
)

_PREFIX = "operation."
_ENDED = frozenset(OperationState) - {state for state, _ in TRANSITIONS}


@dataclass(slots=True)
class Operation:
    """One operation as far as the journal knows it. `facts`: all payloads, later ones winning."""

    operation_id: str
    kind: OperationKind
    state: OperationState = OperationState.NEW
    facts: dict[str, str | int] = field(default_factory=dict)
    phases: list[str] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Recovery still has to find out what became of it."""
        return self.state in OPEN_STATES

    def text(self, name: str) -> str:
        """A text fact, "" when it was never written."""
        return str(self.facts.get(name, ""))

    def number(self, name: str) -> int:
        """A number fact, 0 when it was never written."""
        value = self.facts.get(name, 0)
        assert isinstance(value, int)
        return value


def entry_of(
    kind: OperationKind, event: OperationEvent, operation_id: str, facts: dict[str, str | int]
) -> Entry:
    """The journal entry of one event of one operation."""
    return Entry(f"{_PREFIX}{kind}.{event}", operation_id, facts)


def fold(records: Iterable[Record]) -> dict[str, Operation]:
    """All operations by id, in order of their intention. Raises RuleBroken on a wrong sequence."""
    operations: dict[str, Operation] = {}
    for record in records:
        _tell(operations, record.entry)
    return operations


class Unfinished:
    """Operations that may still change, told record by record; one that has ended is forgotten.

    `head`: the last record that was added. A journal grows for years and recovery asks every few
    seconds, so it goes on where it stood.
    """

    def __init__(self) -> None:
        self.head: Head = EMPTY
        self._known: dict[str, Operation] = {}

    def add(self, records: Iterable[Record]) -> None:
        """The records that follow `head`. Raises RuleBroken on a wrong sequence."""
        for record in records:
            told = _tell(self._known, record.entry)
            if told is not None and told.state in _ENDED:
                del self._known[told.operation_id]
            self.head = (record.seq, record.hash)

    def operations(self) -> list[Operation]:
        """As they stand, in order of their intention; the caller's own."""
        return [
            replace(one, facts=dict(one.facts), phases=list(one.phases))
            for one in self._known.values()
        ]


def _tell(operations: dict[str, Operation], entry: Entry) -> Operation | None:
    """The operation that this is about, changed; None: the entry is about none."""
    if not entry.kind.startswith(_PREFIX):
        return None
    kind, event = entry.kind.removeprefix(_PREFIX).split(".")
    operation = operations.setdefault(
        entry.operation_id, Operation(entry.operation_id, OperationKind(kind))
    )
    operation.state = advance(operation.state, OperationEvent(event))
    operation.facts.update(entry.payload)
    if event == OperationEvent.NOTE:
        operation.phases.append(str(entry.payload.get("phase", "")))
    return operation
