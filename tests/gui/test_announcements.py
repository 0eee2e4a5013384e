"""What home announces is looked at while nobody is served; a silent backend changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject
from screen_rig import ANNOUNCED, Rig

from core.idle_content import IdleContent
from core.ports import NotSent
from core.routes import route
from core.steps.idle import FetchIdleContent
from sandbox.player.qml import find, settle, text
from ui.announcements import Announcements
from ui.text import sentences
from ui.tokens import Modes

pytestmark = pytest.mark.slow
SILENT = NotSent("backend_silent")


@dataclass
class Desk:
    """A lane that does its work at once; `at_home`: nobody is served."""

    answers: list[IdleContent | NotSent] = field(default_factory=list)
    asked: int = 0
    at_home: bool = True

    def offer(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self.asked += 1
        done(work())


@pytest.fixture
def looking(rig: Rig) -> Iterator[tuple[Desk, Announcements, Rig]]:
    """Announcements of the rig's window, which ask the desk."""
    desk, owner = Desk(), QObject()
    row = route(
        FetchIdleContent,
        desk,
        lambda step, wish: desk.answers.pop(0),
        unstarted=SILENT,
        overdue=SILENT,
        limit_ms=1000,
    )
    yield desk, Announcements(dict([row]), rig.ui, lambda: desk.at_home, owner), rig
    owner.deleteLater()


def _titles(rig: Rig) -> list[str]:
    return [str(one["title"]) for one in rig.ui.property("announcements")]


def test_h41_silent_backend_leaves_what_was_told_last(
    looking: tuple[Desk, Announcements, Rig],
) -> None:
    desk, announcements, rig = looking
    before = _titles(rig)
    desk.answers = [SILENT, IdleContent(ANNOUNCED.content[:1], 0)]
    announcements.look()
    settle(rig.window)
    assert _titles(rig) == before
    announcements.look()
    settle(rig.window)
    assert _titles(rig) == ["Outpatient prepayments have ended"]


def test_nothing_is_asked_while_somebody_is_served(
    looking: tuple[Desk, Announcements, Rig],
) -> None:
    desk, announcements, _rig = looking
    desk.at_home = False
    announcements.look()
    assert desk.asked == 0


def test_w22_policy_is_shown_and_read_aloud_in_the_language_of_the_moment(rig: Rig) -> None:
    rig.show("home")
    assert text(rig.window, "notice_title") == "Outpatient prepayments have ended"
    rig.ui.set_language("zh")
    rig.show_again("home")
    assert text(rig.window, "notice_title") == "门诊预交金已停止收取"


@pytest.mark.parametrize("large", [False, True])
def test_h41_promotion_is_only_for_who_reads_normal_text(rig: Rig, large: bool) -> None:
    rig.use(Modes(large=large))
    rig.show("home")
    turns = find(rig.window, "notices").property("turns").toVariant()
    words = " ".join(f"{turn['title']} {turn['text']}" for turn in turns)
    assert ("Health check" in words) is not large
    assert "People waiting to be called now: 37" in words


@pytest.mark.parametrize(
    ("whole", "cut"),
    [
        ("", []),
        ("One.", ["One."]),
        ("One. Two; three", ["One.", "Two;", "three"]),
        ("一。二；三", ["一。", "二；", "三"]),
        ("3.5 yuan a day.", ["3.5 yuan a day."]),
    ],
)
def test_long_text_is_cut_after_its_sentences(whole: str, cut: list[str]) -> None:
    assert sentences(whole) == cut
