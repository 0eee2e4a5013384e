"""The journal worker's side of the Acts: write intentions and outcomes, remember the head.

All methods but `head` and `broken` run in the journal worker, which never waits for the network.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator

from core.audit import AuditEvent, audit_entry
from core.errors import JournalError
from core.journal.operations import Operation, Unfinished, entry_of, fold
from core.journal.records import Entry, Head
from core.journal.records import Record as JournalRecord
from core.journal.store import JournalStore
from core.operation import OperationEvent, OperationKind
from core.routes import Wish
from core.steps import Facts, Intend, Intended, JournalBroken, Record, Recorded
from core.steps.media import NoteAudit

log = logging.getLogger(__name__)


class JournalKeeper:
    """Owner of the store."""

    def __init__(
        self, store: JournalStore, doubt_arose: Callable[[OperationKind], None] = lambda _: None
    ) -> None:
        """`doubt_arose` is told, in the journal's worker, as soon as a doubt is on disk."""
        self._doubt_arose = doubt_arose
        self._store = store
        self._unfinished = Unfinished()
        self._session_id = ""
        self.head = store.head
        self.broken = False

    def intend(self, step: Intend, _wish: Wish) -> Intended | JournalBroken:
        """A new operation id, and its intention on disk."""
        operation_id = str(uuid.uuid4())
        entry = entry_of(step.kind, OperationEvent.INTEND, operation_id, dict(step.facts))
        return Intended(operation_id) if self._append(entry) else JournalBroken()

    def record(self, step: Record, _wish: Wish) -> Recorded | JournalBroken:
        """What became of it."""
        entry = entry_of(step.kind, step.event, step.operation_id, dict(step.facts))
        if not self._append(entry):
            return JournalBroken()
        if step.event is OperationEvent.DOUBT:
            self._doubt_arose(step.kind)
        return Recorded()

    def note(self, step: NoteAudit, _wish: Wish) -> Recorded | JournalBroken:
        """One audit line that a journey waits for, because what follows needs it on disk."""
        written = self._append(audit_entry(step.event, step.facts))
        return Recorded() if written else JournalBroken()

    def audit(self, event: AuditEvent, facts: Facts) -> None:
        """One audit line; losing it breaks the journal like any other record."""
        self._append(audit_entry(event, facts))

    def begin_session(self) -> None:
        """A new patient: later records carry a new session id."""
        self._session_id = uuid.uuid4().hex
        self.audit(AuditEvent.SESSION_STARTED, {})

    def end_session(self, how: str) -> None:
        """The patient is gone."""
        self.audit(AuditEvent.SESSION_ENDED, {"how": how})
        self._session_id = ""

    def operations(self) -> dict[str, Operation]:
        """All operations the journal knows, folded. Raises JournalError when it is damaged."""
        return fold(self._store.records())

    def unfinished(self) -> list[Operation]:
        """Those that may still change. Raises JournalError when what is new of it is damaged."""
        self._unfinished.add(self._store.records(self._unfinished.head))
        return self._unfinished.operations()

    def records(self) -> list[JournalRecord]:
        """Everything, oldest first. Raises JournalError when it is damaged."""
        return list(self._store.records())

    def newer(self, head: Head) -> Iterator[JournalRecord]:
        """What follows a record that was read before. Raises JournalError when it is damaged."""
        return self._store.records(head)

    def close(self) -> None:
        """Last act of the worker."""
        self._store.close()

    def _append(self, entry: Entry) -> bool:
        try:
            self._store.append(entry, self._session_id)
        except JournalError:
            log.exception("the journal is broken: this terminal stops taking orders")
            self.broken = True
            return False
        self.head = self._store.head
        return True
