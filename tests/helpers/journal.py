"""A clock that stands still unless told, and entries for journal tests."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from core.journal.records import Entry
from core.journal.store import SqliteJournal


class StillClock:
    """Each look at the monotonic clock is one nanosecond later."""

    def __init__(self) -> None:
        self._ns = 0

    def wall(self) -> datetime:
        """Always the same moment."""
        return datetime(2026, 1, 5, 1, 30, tzinfo=UTC)

    def monotonic_ns(self) -> int:
        """Counts its calls."""
        self._ns += 1
        return self._ns

    def boot_id(self) -> str:
        """One boot for ever."""
        return "boot-1"


def open_journal(path: Path) -> SqliteJournal:
    """The journal of terminal K01."""
    return SqliteJournal(path, "K01", StillClock())


def entry(number: int) -> Entry:
    """One audit-like entry that carries its number."""
    return Entry("audit.help_called", f"op-{number}", {"number": number, "text": "病人"})
