"""A translator adds a language with one file of messages, and nobody writes code for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from examples import GALLERY, shown
from PySide6.QtWidgets import QApplication
from screen_rig import open_rig

from core.catalogue import Catalogue, languages
from core.phrase import Day, Phrase, Yuan, said, spoken
from kiosk.screens.view_speech import Wish, sentences
from sandbox.player import qml
from ui.fonts import use_font

WORDS = {"English": "Esperanto", "Leave": "Foriri", "Pay your bill": "Pagi vian fakturon"}


@pytest.fixture(scope="module")
def three(messages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled messages of the house, and a translator's beside them."""
    folder = tmp_path_factory.mktemp("three")
    shutil.copy(messages / "zh.mo", folder)
    added = Catalog(locale="eo")
    for message, words in WORDS.items():
        added.add(message, words)
    with (folder / "eo.mo").open("wb") as compiled:
        write_mo(compiled, added)
    return folder


def test_language_of_a_file_is_offered_after_the_two_and_then_the_first_again(
    qapp: QApplication, three: Path
) -> None:
    use_font(qapp)
    rig = open_rig("zh", three)
    offered = []
    for _turn in languages(three):
        offered.append(str(qml.find(rig.window, "dock_language").property("text")))
        rig.ui.switch_language()
        rig.show("home")
    assert offered == ["English", "Esperanto", "中文"]
    assert rig.ui.catalogue.language == "zh"
    rig.ui.set_language("eo")
    rig.show("home")
    tile = next(one for one in rig.ui.property("view")["tiles"] if one["id"] == "pay")
    assert tile["title"] == "Pagi vian fakturon"
    rig.close()
    assert rig.warnings == []


@pytest.mark.parametrize("name", sorted(GALLERY))
def test_every_page_can_be_shown_and_read_in_it(name: str, three: Path) -> None:
    added = Catalogue("eo", three)
    view = shown(name, added).view
    sentences(view, added, Wish(asked=True, amounts=True))


def test_what_is_not_translated_yet_and_amounts_and_dates_are_read_in_english(three: Path) -> None:
    added = Catalogue("eo", three)
    told = said("Places left: {count}", count=3)
    phrases: list[Phrase] = [told, Yuan(100), Day("2026-11-22")]
    assert [spoken(one, added) for one in phrases] == ["Places left: 3", "¥1.00", "22 Nov 2026"]
