"""The journal on disk: durable settings, append-only, and no damage goes unseen."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core.errors import JournalError
from core.journal.records import GENESIS, Entry, seal
from tests.helpers.journal import StillClock, entry, open_journal

pytestmark = pytest.mark.slow


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed journal of five records."""
    path = tmp_path / "data" / "journal.db"
    journal = open_journal(path)
    for number in range(1, 6):
        journal.append(entry(number), "s1")
    journal.close()
    return path


def _tampered(path: Path, *statements: str) -> Path:
    """What somebody with the file and a database program can do."""
    with closing(sqlite3.connect(path)) as connection:
        for name in ("journal_is_append_only_1", "journal_is_append_only_2"):
            connection.execute(f"drop trigger {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def test_empty_journal_begins_at_genesis(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "journal.db")
    assert journal.head == (0, GENESIS)
    assert list(journal.records()) == []
    journal.close()


def test_newer_records_follow_the_one_that_was_read_last(path: Path) -> None:
    journal = open_journal(path)
    third = list(journal.records())[2]
    assert [record.seq for record in journal.records((third.seq, third.hash))] == [4, 5]
    with pytest.raises(JournalError, match="hole before record 4"):
        next(journal.records((third.seq, third.previous_hash)))
    assert list(journal.records(journal.head)) == []
    journal.close()


def test_records_are_chained_and_stamped(path: Path) -> None:
    journal = open_journal(path)
    records = list(journal.records())
    journal.close()
    assert [record.seq for record in records] == [1, 2, 3, 4, 5]
    assert [record.previous_hash for record in records] == [
        GENESIS,
        *(record.hash for record in records[:-1]),
    ]
    assert records[0].entry == entry(1)
    assert records[0].stamp.terminal_id == "K01"
    assert records[0].stamp.session_id == "s1"
    assert records[0].stamp.wall_time == StillClock().wall().isoformat()
    assert journal.head == (5, records[-1].hash)


def test_appending_goes_on_where_the_file_ended(path: Path) -> None:
    journal = open_journal(path)
    before = journal.head
    record = journal.append(entry(6), "s2")
    assert (record.seq, record.previous_hash) == (6, before[1])
    journal.close()


def test_full_synchronisation_is_asked_for_before_the_write_ahead_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements: list[str] = []

    class Traced(sqlite3.Connection):
        def __init__(
            self,
            database: Path,
            isolation_level: None,
            check_same_thread: bool,
            factory: type[sqlite3.Connection],
        ) -> None:
            assert factory is Traced
            super().__init__(
                database, isolation_level=isolation_level, check_same_thread=check_same_thread
            )
            self.set_trace_callback(statements.append)

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Traced))
    journal = open_journal(tmp_path / "journal.db")
    journal.append(entry(1), "s1")
    assert statements[:3] == [
        "pragma synchronous=EXTRA",
        "pragma journal_mode=WAL",
        "pragma synchronous",
    ]
    assert [text for text in statements if "pragma" in text] == statements[:3]
    journal.close()


def test_another_program_finds_the_file_in_write_ahead_mode(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    "statement",
    [
        "update journal set body = 'x' where seq = 1",
        "delete from journal where seq = 5",
        "delete from journal",
    ],
)
def test_database_itself_refuses_to_change_or_delete(path: Path, statement: str) -> None:
    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        connection.execute(statement)


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (("delete from journal where seq = 1",), "a hole before record 2"),
        (("delete from journal where seq = 3",), "a hole before record 4"),
        (("update journal set seq = 9 where seq = 5",), "a hole before record 9"),
        (("update journal set body = body || ' ' where seq = 4",), "record 4 is damaged"),
        (("update journal set body = replace(body, 'K01', 'K02')",), "record 1 is damaged"),
        (("update journal set crc32 = crc32 + 1 where seq = 2",), "record 2 is damaged"),
        (("update journal set hash = upper(hash) where seq = 2",), "record 2 is damaged"),
        (("update journal set hash = previous_hash where seq = 5",), "record 5 is damaged"),
        (
            ("update journal set previous_hash = hash where seq = 3",),
            "a hole before record 3",
        ),
        (
            (
                "update journal set seq = 99 where seq = 2",
                "update journal set seq = 2 where seq = 3",
                "update journal set seq = 3 where seq = 99",
            ),
            "a hole before record 2",
        ),
    ],
)
def test_changed_rows_are_refused_at_the_next_start(
    path: Path, statements: tuple[str, ...], told: str
) -> None:
    with pytest.raises(JournalError, match=told):
        open_journal(_tampered(path, *statements))


def test_row_rewritten_with_a_fitting_hash_breaks_the_chain_after_it(path: Path) -> None:
    journal = open_journal(path)
    second = list(journal.records())[1]
    journal.close()
    forged = seal(2, entry(99), second.stamp, second.previous_hash)
    _tampered(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "update journal set body = ?, hash = ?, crc32 = ? where seq = 2",
            (forged.body, forged.hash, forged.crc32),
        )
    with pytest.raises(JournalError, match="a hole before record 3"):
        open_journal(path)


def _cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _zeroed(content: bytes) -> bytes:
    return content[:4096] + bytes(512) + content[4608:]


def _garbage(content: bytes) -> bytes:
    return b"not a database, " * (len(content) // 16)


@pytest.mark.parametrize("damage", [_cut_short, _zeroed, _garbage])
def test_torn_or_overwritten_file_is_refused(path: Path, damage: Callable[[bytes], bytes]) -> None:
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(JournalError, match="journal"):
        open_journal(path)


def test_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands here")
    with pytest.raises(JournalError, match="cannot be opened"):
        open_journal(tmp_path / "data" / "journal.db")


def test_closed_journal_neither_reads_nor_writes(path: Path) -> None:
    journal = open_journal(path)
    journal.close()
    journal.close()
    with pytest.raises(JournalError, match="closed"):
        journal.append(entry(6), "s1")
    with pytest.raises(JournalError, match="closed"):
        next(iter(journal.records()))


def test_close_leaves_no_log_behind(path: Path) -> None:
    assert [one.name for one in path.parent.iterdir()] == ["journal.db"]


class JournalMachine(RuleBasedStateMachine):
    """Append, crash (a copy of the files as they lie there), close and open, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(prefix="journal-"))
        self._generation = 0
        self._journal = open_journal(self._path)
        self._hashes: list[str] = []

    @property
    def _path(self) -> Path:
        return self._folder / str(self._generation) / "journal.db"

    @rule(text=st.text(max_size=20), amount_fen=st.integers(-(2**70), 2**70))
    def append(self, text: str, amount_fen: int) -> None:
        """Acknowledged means kept."""
        facts: dict[str, str | int] = {
            "text": text.encode("utf-8", "ignore").decode(),
            "amount_fen": amount_fen,
        }
        record = self._journal.append(Entry("audit.x", "", facts), "s1")
        self._hashes.append(record.hash)

    @rule()
    def crash(self) -> None:
        """The process is gone; the files are as they lie."""
        old = self._path.parent
        self._generation += 1
        shutil.copytree(old, self._path.parent)
        abandoned, self._journal = self._journal, open_journal(self._path)
        abandoned.close()

    @rule()
    def reopen(self) -> None:
        """An orderly end and a new start."""
        self._journal.close()
        self._journal = open_journal(self._path)

    @invariant()
    def nothing_acknowledged_is_missing(self) -> None:
        """The chain is whole and ends at the last acknowledged record."""
        assert [record.hash for record in self._journal.records()] == self._hashes
        assert self._journal.head == (len(self._hashes), (self._hashes or [GENESIS])[-1])

    def teardown(self) -> None:
        """End of one example."""
        self._journal.close()
        shutil.rmtree(self._folder)


TestJournalMachine = JournalMachine.TestCase
TestJournalMachine.settings = settings(max_examples=15, stateful_step_count=12)
