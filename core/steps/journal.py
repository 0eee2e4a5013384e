"""Acts on the journal: intentions and outcomes of operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.flow import Act
from core.operation import OperationEvent, OperationKind

Facts = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Intended:
    """The intention is on disk under this id, which is the operation's for ever."""

    operation_id: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """Synced to disk."""


@dataclass(frozen=True, slots=True)
class JournalBroken:
    """Nothing could be written: no money, card or paper may move."""


@dataclass(frozen=True, slots=True)
class Intend(Act[Intended | JournalBroken]):
    """Write the intention of one operation. `facts` never hold personal data."""

    kind: OperationKind
    facts: Facts = field(default_factory=dict)

    @property
    def boundary(self) -> str:
        """hold.intend"""
        return f"{self.kind}.intend"


@dataclass(frozen=True, slots=True)
class Record(Act[Recorded | JournalBroken]):
    """Write what became of it. A NOTE names its phase in `facts["phase"]`."""

    operation_id: str
    kind: OperationKind
    event: OperationEvent
    facts: Facts = field(default_factory=dict)

    @property
    def boundary(self) -> str:
        """card_issue.note.written, settle.finish"""
        phase = f".{self.facts['phase']}" if "phase" in self.facts else ""
        return f"{self.kind}.{self.event}{phase}"
