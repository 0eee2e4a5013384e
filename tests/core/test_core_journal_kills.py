"""Real processes: killed while they write, and with a disk that stops taking writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.journal import open_journal

_ROOT = Path(__file__).parents[2]
_KILLS = 8


def _writer(path: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.journal_writer", str(path), *more],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def _acknowledged(lines: list[str]) -> int:
    return max((int(line) for line in lines if line.strip().isdigit()), default=0)


@pytest.mark.slow
def test_writer_killed_again_and_again_keeps_every_acknowledged_record(tmp_path: Path) -> None:
    path, kept = tmp_path / "journal.db", 0
    for kill in range(_KILLS):
        with _writer(path) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(3 + 7 * kill)]
            process.kill()
            lines += process.stdout.readlines()
        acknowledged = _acknowledged(lines)
        assert acknowledged > kept, "the writer did not go on"
        journal = open_journal(path)
        kept = journal.head[0]
        numbers = [record.entry.payload["number"] for record in journal.records()]
        journal.close()
        assert kept in (acknowledged, acknowledged + 1)
        assert numbers == list(range(1, kept + 1))


def test_refused_write_closes_the_journal_and_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with _writer(path, "150000") as process:
        assert process.stdout is not None
        lines = process.stdout.readlines()
    acknowledged = _acknowledged(lines)
    assert acknowledged > 5
    assert lines[-2].startswith("refused: the journal cannot be written")
    assert lines[-1] == "after: the journal is closed\n"
    journal = open_journal(path)
    assert journal.head[0] == acknowledged
    journal.close()
