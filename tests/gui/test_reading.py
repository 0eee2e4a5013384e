"""Reading aloud, its captions, and calm mode, on the real screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from screen_checks import defects
from screen_rig import MODES, FixedClock, Rig

from kiosk.reading import Reading
from sandbox.player.qml import click, find, is_shown, settle, text, walk
from ui.bridge import Ui
from ui.tactile import Tactile
from ui.text import catalogues
from ui.tokens import Modes

SPOKEN = "Please check the bill, and pay when everything on it is right; take the time you need."


@dataclass
class WrittenVoice:
    """A voice that writes down what it was given; the test says how far it has come."""

    state: str = "ok"
    given: list[tuple[str, ...]] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    told: Callable[[str], None] | None = None

    def read(self, sentences: tuple[str, ...], language: str, told: Callable[[str], None]) -> None:
        self.given.append(sentences)
        self.languages.append(language)
        self.told = told

    def stop(self) -> None:
        self.told = None

    def close(self) -> None:
        self.told = None

    def come_to(self, words: str) -> None:
        """The voice is at this sentence now; "" at the end."""
        assert self.told is not None, "nothing is being read"
        self.told(words)


@dataclass
class Heard:
    """A window with its reading."""

    rig: Rig
    voice: WrittenVoice

    def caption(self) -> str:
        """What stands in the caption, "" without one."""
        settle(self.rig.window)
        strip = is_shown(self.rig.window, "caption_strip")
        return text(self.rig.window, "caption") if strip else ""


@pytest.fixture
def hear(rig: Rig) -> Iterator[Callable[..., Heard]]:
    owner = QObject()

    def _hear(state: str = "ok", headphones: bool = False) -> Heard:
        voice = WrittenVoice(state)
        reading = Reading(rig.ui, voice, headphones, owner)
        tactile = rig.window.findChild(Tactile)
        assert tactile is not None
        tactile.focused.connect(reading.on_focused)
        return Heard(rig, voice)

    yield _hear
    owner.deleteLater()


def test_nothing_is_read_until_somebody_wants_it(hear: Callable[..., Heard]) -> None:
    heard = hear()
    heard.rig.show("home")
    heard.rig.show("quote")
    assert heard.voice.given == []


def test_switch_in_the_dock_reads_this_screen_and_every_following(
    hear: Callable[..., Heard],
) -> None:
    heard = hear()
    heard.rig.show("home")
    click(heard.rig.window, "dock_read_aloud")
    heard.rig.show("place_id_card")
    assert heard.voice.given[0] == ("Hello, what would you like to do?",)
    assert heard.voice.given[1][0] == "Lay your ID card on the reader"
    assert heard.voice.languages == ["en", "en"]


def test_caption_shows_the_sentence_that_is_read(hear: Callable[..., Heard]) -> None:
    heard = hear()
    heard.rig.use(Modes(read_aloud=True))
    heard.rig.show("home")
    assert heard.caption() == ""
    heard.voice.come_to("Hello")
    assert heard.caption() == "Hello"
    heard.voice.come_to("")
    assert heard.caption() == ""


def test_new_screen_ends_the_caption_and_late_words_of_the_old_one_are_dropped(
    hear: Callable[..., Heard],
) -> None:
    heard = hear()
    heard.rig.use(Modes(read_aloud=True))
    heard.rig.show("home")
    old = heard.voice.told
    assert old is not None
    old("Hello")
    heard.rig.show("quote")
    old("late")
    assert heard.caption() == ""


def test_mode_that_is_switched_off_is_silent_at_once(hear: Callable[..., Heard]) -> None:
    heard = hear()
    heard.rig.use(Modes(read_aloud=True))
    heard.rig.show("home")
    heard.voice.come_to("Hello")
    heard.rig.ui.reset()
    assert heard.voice.told is None
    assert heard.caption() == ""


def test_other_language_is_read_in_that_language(hear: Callable[..., Heard]) -> None:
    heard = hear()
    heard.rig.use(Modes(read_aloud=True))
    heard.rig.show("place_id_card")
    click(heard.rig.window, "dock_language")
    heard.rig.show_again("place_id_card")
    assert heard.voice.languages[-1] == "zh"
    assert heard.voice.given[-1][0] == "请把身份证放在读卡区"


def test_same_words_on_the_same_screen_are_not_read_twice(hear: Callable[..., Heard]) -> None:
    heard = hear()
    heard.rig.use(Modes(read_aloud=True))
    heard.rig.show("place_id_card")
    before = len(heard.voice.given)
    heard.rig.show_again("place_id_card")
    assert len(heard.voice.given) == before


def test_repeat_reads_options_and_amounts_without_the_mode(hear: Callable[..., Heard]) -> None:
    heard = hear()
    heard.rig.show("quote")
    QTest.keyClick(heard.rig.window, Qt.Key.Key_F2)
    assert "To pay now 211.36 yuan" in heard.voice.given[-1]
    assert any("WeChat" in sentence for sentence in heard.voice.given[-1])


@pytest.mark.parametrize("headphones", [False, True])
def test_amount_is_read_unasked_in_headphones_alone(
    hear: Callable[..., Heard], headphones: bool
) -> None:
    heard = hear(headphones=headphones)
    heard.rig.use(Modes(read_aloud=True))
    heard.rig.show("quote")
    read = [sentence for sentences in heard.voice.given for sentence in sentences]
    assert ("To pay now 211.36 yuan" in read) is headphones


def test_control_the_keys_come_to_is_read(hear: Callable[..., Heard]) -> None:
    heard = hear()
    heard.rig.use(Modes(read_aloud=True))
    heard.rig.show("home")
    QTest.keyClick(heard.rig.window, Qt.Key.Key_Up)
    assert heard.voice.given[-1] == ("Call staff",)


def test_question_for_more_time_and_the_answer_of_staff_are_heard(
    hear: Callable[..., Heard],
) -> None:
    heard = hear()
    heard.rig.use(Modes(read_aloud=True))
    heard.rig.show("quote", seconds=21)
    heard.rig.ui.set_seconds_left(20)
    assert heard.voice.given[-1] == ("Do you need more time?",)
    heard.rig.ui.set_help("calling")
    heard.rig.ui.set_help("told")
    assert heard.voice.given[-1] == ("Staff told",)


def test_machine_without_a_voice_says_so_and_reads_nothing(
    hear: Callable[..., Heard], qtbot: QtBot
) -> None:
    heard = hear(state="out")
    heard.rig.show("home")
    assert text(heard.rig.window, "dock_read_aloud") == "No reading here"
    click(heard.rig.window, "dock_read_aloud")
    assert heard.caption() == "Reading aloud is not available at this machine."
    assert not heard.rig.ui.modes.read_aloud
    assert heard.voice.given == []
    heard.rig.show("quote")
    assert heard.caption() == ""


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(MODES))
@pytest.mark.parametrize("name", ["home", "quote", "page_choose_long", "type_phone", "settled"])
@pytest.mark.parametrize("out", [False, True])
def test_captions_keep_the_measures_in_every_mode(
    both: Rig, name: str, mode: str, out: bool
) -> None:
    both.use(MODES[mode])
    both.show(name)
    both.ui.set_voice_out(out)
    long = "请仔细核对账单上的每一项，确认全部正确以后再付款；如果需要，请慢慢看，不用着急，谢谢。"
    both.ui.set_caption(long if both.ui.catalogue.language == "zh" else SPOKEN)
    settle(both.window)
    assert defects(both.window, MODES[mode]) == []
    both.ui.set_caption("")
    both.ui.set_voice_out(False)


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(MODES))
def test_shelf_of_modes_keeps_the_measures(both: Rig, mode: str) -> None:
    both.use(MODES[mode])
    both.show("home")
    both.show("type_phone")
    click(both.window, "dock_others")
    settle(both.window)
    for name in ("dock_contrast", "dock_low_reach", "dock_calm", "shelf_close"):
        item = find(both.window, name)
        assert min(item.width(), item.height()) >= 96
    shelf = find(both.window, "shelf")
    labels = [one for one in walk(shelf) if one.inherits("QQuickText") and one.isVisible()]
    assert len(labels) >= 4
    assert [one.property("text") for one in labels if not _whole(one)] == []


def _whole(label: QQuickItem) -> bool:
    wide = label.property("contentWidth") <= label.width() + 2
    return wide and not label.property("truncated")


def test_calm_mode_shows_four_options_at_a_time_and_the_next_ones_on_request(rig: Rig) -> None:
    rig.use(Modes(calm=True))
    rig.show("page_choose_long")
    first = _options(rig)
    click(rig.window, "more_options")
    second = _options(rig)
    assert (len(first), len(second)) == (4, 3)
    click(rig.window, "more_options")
    assert _options(rig) == first
    rig.use(Modes())
    assert _options(rig) == first | second
    assert not is_shown(rig.window, "more_options")


def test_calm_mode_stops_every_movement(qapp: QApplication, messages: Path) -> None:
    ui = Ui(catalogues(messages), FixedClock(), "en")
    ui.translator.remove()
    assert ui.property("frozen") is False
    ui.toggle("calm")
    assert ui.property("frozen") is True


def _options(rig: Rig) -> set[str]:
    settle(rig.window)
    found: set[str] = set()
    waiting = [rig.window.contentItem()]
    while waiting:
        item = waiting.pop()
        if item.isVisible():
            if item.objectName().startswith("choose_"):
                found.add(item.objectName())
            waiting.extend(item.childItems())
    return found
