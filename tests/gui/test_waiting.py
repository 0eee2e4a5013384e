"""A kiosk that waits says for what, in both languages, whatever it is."""

from __future__ import annotations

from core.phrase import spoken
from core.steps import Intend, PlaceHoldAtPos, Record
from core.steps.media import NoteAudit
from kiosk.screens.waiting import WAITING
from terminal.launch import MESSAGES
from tests.helpers.window_acts import acts_of_a_kiosk
from ui.text import catalogues

_OWN_DISK = frozenset({Intend, Record, NoteAudit})
"""Over before anybody could read it."""
_OWN_PAGE = frozenset({PlaceHoldAtPos})


def test_every_act_that_a_kiosk_can_meet_says_what_it_does() -> None:
    assert len(acts_of_a_kiosk()) > 100
    silent = acts_of_a_kiosk() - WAITING.keys() - _OWN_DISK - _OWN_PAGE
    assert {kind.__name__ for kind in silent} == set(), "each needs a sentence in waiting_*.py"


def test_every_sentence_is_there_in_chinese_and_none_is_only_a_moment() -> None:
    said = catalogues(MESSAGES)
    english = {spoken(words, said["en"]) for words in WAITING.values()}
    chinese = {spoken(words, said["zh"]) for words in WAITING.values()}
    assert not english & {"", "One moment, please"}
    assert not english & chinese
