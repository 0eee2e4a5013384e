"""What became of a note whose end nobody saw: which evidence counts, and which does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.clock import SystemClock
from core.ports import NoteLost, NoteOffered, NoteReturned, NoteTaken
from devices.cash.notes import Credited, Ejected, Fate, FoundAtStart, Held
from devices.cash.path import NotePath

AT = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
BEFORE = NoteOffered(10_000, 1, 41, AT)
UNCOUNTED = replace(BEFORE, box_count=None)


def restarted() -> NotePath:
    """The path of a process that began after the note was offered."""
    path = NotePath(SystemClock())
    path.connected()
    return path


def offering(fen: int = 10_000) -> tuple[NotePath, NoteOffered]:
    """A path with a note in escrow."""
    path = restarted()
    path.allow((fen,))
    path.hear([Held(fen)])
    path.offer(None)
    (offered,) = [event for event in path.told() if isinstance(event, NoteOffered)]
    return path, offered


@pytest.mark.parametrize(
    ("count", "kind"), [(42, NoteTaken), (41, NoteReturned), (43, NoteLost), (None, NoteLost)]
)
def test_the_counter_of_stacked_notes_decides_after_a_restart(
    count: int | None, kind: type[object]
) -> None:
    assert isinstance(restarted().fate_of(BEFORE, count), kind)


@pytest.mark.parametrize(
    ("fate", "kind"),
    [(Fate.STACKED, NoteTaken), (Fate.RETURNED, NoteReturned), (Fate.UNKNOWN, NoteLost)],
)
def test_without_a_counter_what_power_up_found_decides(fate: Fate, kind: type[object]) -> None:
    path = restarted()
    path.hear([FoundAtStart(10_000, fate)])
    assert path.told()
    assert isinstance(path.fate_of(UNCOUNTED, None), kind)


def test_another_denomination_at_power_up_is_no_evidence() -> None:
    path = restarted()
    path.hear([FoundAtStart(5_000, Fate.STACKED)])
    assert path.fate_of(UNCOUNTED, None) == NoteLost()


def test_the_counter_is_trusted_before_what_power_up_found() -> None:
    path = restarted()
    path.hear([FoundAtStart(10_000, Fate.RETURNED)])
    assert isinstance(path.fate_of(BEFORE, 42), NoteTaken)


def test_a_note_that_was_offered_since_makes_all_evidence_worthless() -> None:
    path, _ = offering()
    path.hear([Credited(10_000)])
    assert path.fate_of(BEFORE, 42) == NoteLost()
    assert path.fate_of(UNCOUNTED, None) == NoteLost()


def test_an_end_that_came_late_is_the_answer_after_it_was_told() -> None:
    path, offered = offering()
    path.hear([Credited(10_000)])
    assert any(isinstance(event, NoteTaken) for event in path.told())
    assert isinstance(path.fate_of(offered, None), NoteTaken)


def test_a_note_that_came_out_again_is_returned() -> None:
    path, offered = offering()
    path.hear([Ejected("")])
    assert isinstance(path.fate_of(offered, None), NoteReturned)


def test_nothing_at_all_is_lost_and_not_guessed() -> None:
    assert restarted().fate_of(UNCOUNTED, None) == NoteLost()
