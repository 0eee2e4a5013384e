"""What the journal's records say about each operation: fold, never guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.journal.records import Entry, Record
from core.operation import (
    OPEN_STATES,
    OperationEvent,
    OperationKind,
    OperationState,
    advance,
)

_PREFIX = "operation."


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
        entry = record.entry
        if not entry.kind.startswith(_PREFIX):
            continue
        kind, event = entry.kind.removeprefix(_PREFIX).split(".")
        operation = operations.setdefault(
            entry.operation_id, Operation(entry.operation_id, OperationKind(kind))
        )
        operation.state = advance(operation.state, OperationEvent(event))
        operation.facts.update(entry.payload)
        if event == OperationEvent.NOTE:
            operation.phases.append(str(entry.payload.get("phase", "")))
    return operations
