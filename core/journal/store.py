"""The journal on disk: SQLite, one writer, every append synced before it returns.

`synchronous=EXTRA` is set before `journal_mode=WAL` (reliability.md 4.1): the other order loses
acknowledged records on a strict file system. A flush error is fatal for this store: it closes and
every later append raises, because what the disk holds is no longer known.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from core.clock import Clock
from core.errors import JournalError
from core.journal.records import EMPTY, Entry, Head, Record, Stamp, seal, unseal

_SCHEMA = """
create table if not exists journal (
    seq integer primary key check (seq > 0),
    body text not null, previous_hash text not null, hash text not null, crc32 integer not null
) strict;
create trigger if not exists journal_is_append_only_1 before update on journal
    begin select raise(abort, 'the journal is append-only'); end;
create trigger if not exists journal_is_append_only_2 before delete on journal
    begin select raise(abort, 'the journal is append-only'); end;
"""


class JournalStore(Protocol):
    """Where records are kept. A second copy will be another store behind this."""

    def append(self, entry: Entry, session_id: str) -> Record:
        """Durable when it returns. Raises JournalError."""

    def records(self, after: Head = EMPTY) -> Iterator[Record]:
        """Those that follow `after`, in order, each verified; all of them when left out.

        Raises JournalError at the first damaged one.
        """

    @property
    def head(self) -> Head:
        """Where it stands; EMPTY when empty."""

    def close(self) -> None:
        """Fold the write-ahead log back and close."""


class SqliteJournal:
    """One file. To be used by one thread, the journal worker's."""

    def __init__(self, path: Path, terminal_id: str, clock: Clock) -> None:
        """Opens, checks pragmas and the whole chain. Raises JournalError."""
        self._terminal_id, self._clock = terminal_id, clock
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection: sqlite3.Connection | None = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("pragma synchronous=EXTRA")
            mode = self._connection.execute("pragma journal_mode=WAL").fetchone()[0]
            level = self._connection.execute("pragma synchronous").fetchone()[0]
            self._connection.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise JournalError(f"journal {path} cannot be opened: {error}") from error
        if (mode, level) != ("wal", 3):
            raise JournalError(f"journal {path} is not durable: {mode}, synchronous {level}")
        self._head = EMPTY
        for record in self.records():
            self._head = (record.seq, record.hash)

    @property
    def head(self) -> Head:
        """Last sequence number and hash."""
        return self._head

    def append(self, entry: Entry, session_id: str) -> Record:
        """Write one record; it is on disk when this returns."""
        if self._connection is None:
            raise JournalError("the journal is closed")
        stamp = Stamp(
            self._terminal_id,
            session_id,
            self._clock.wall().isoformat(),
            self._clock.boot_id(),
            self._clock.monotonic_ns(),
        )
        seq, last_hash = self._head
        record = seal(seq + 1, entry, stamp, last_hash)
        try:
            self._connection.execute(
                "insert into journal values (?, ?, ?, ?, ?)",
                (record.seq, record.body, record.previous_hash, record.hash, record.crc32),
            )
        except sqlite3.Error as error:
            self._connection.close()
            self._connection = None
            raise JournalError(f"the journal cannot be written: {error}") from error
        self._head = (record.seq, record.hash)
        return record

    def records(self, after: Head = EMPTY) -> Iterator[Record]:
        """Verified one by one against the chain."""
        if self._connection is None:
            raise JournalError("the journal is closed")
        last, previous = after
        expected = last + 1
        try:
            rows = self._connection.execute(
                "select seq, body, previous_hash, hash, crc32 from journal"
                " where seq > ? order by seq",
                (last,),
            )
            for seq, body, previous_hash, digest, crc32 in rows:
                if seq != expected or previous_hash != previous:
                    raise JournalError(f"the journal has a hole before record {seq}")
                yield unseal(seq, body, previous_hash, digest, crc32)
                previous, expected = digest, seq + 1
        except sqlite3.Error as error:
            raise JournalError(f"the journal cannot be read: {error}") from error

    def close(self) -> None:
        """Fold the log back and close; safe to call twice."""
        if self._connection is not None:
            self._connection.execute("pragma wal_checkpoint(TRUNCATE)")
            self._connection.close()
            self._connection = None
