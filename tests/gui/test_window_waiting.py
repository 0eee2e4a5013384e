"""A window that waits says for what, in both languages, whatever it is."""

from __future__ import annotations

from cashier.pages.doing import WAITING, act
from core.phrase import spoken
from core.steps import CommitSettlement, Intend, Record
from core.steps.media import NoteAudit
from core.steps.window_papers import RecallSheet
from terminal.launch import MESSAGES
from tests.helpers.window_acts import acts_of_a_window
from ui.text import catalogues

_OWN_DISK = frozenset({Intend, Record, NoteAudit})
"""Over before anybody could read it."""


def test_acts_of_a_window_are_found_in_works_and_in_what_they_share_with_the_kiosk() -> None:
    assert {CommitSettlement, RecallSheet, Intend} <= acts_of_a_window()


def test_every_act_that_a_window_can_meet_says_what_it_does() -> None:
    silent = {kind.__name__ for kind in acts_of_a_window() - WAITING.keys() - _OWN_DISK}
    assert silent == set(), "each needs a sentence in cashier/pages/doing_*.py"


def test_nothing_is_said_of_an_act_that_no_window_meets() -> None:
    assert {kind.__name__ for kind in WAITING.keys() - acts_of_a_window()} == set()


def test_every_sentence_is_there_in_chinese_and_none_is_only_a_moment() -> None:
    said = catalogues(MESSAGES)
    english = {spoken(words, said["en"]) for words in WAITING.values()}
    chinese = {spoken(words, said["zh"]) for words in WAITING.values()}
    assert not english & {"", "One moment"}
    assert not english & chinese
    assert act(Intend, said["en"]) == "One moment"  # type: ignore[arg-type]
