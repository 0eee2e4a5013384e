"""A few main screens look as they did when a person last agreed with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import FOLDER, GOLDEN, differences, draw
from PIL import Image
from screen_rig import Rig

pytestmark = pytest.mark.slow


def test_main_screens_look_as_agreed(both: Rig, tmp_path: Path) -> None:
    language = both.ui.catalogue.language
    found = []
    for golden in GOLDEN[language]:
        kept = golden.file(language)
        drawn = tmp_path / kept.name
        draw(both, golden).save(str(drawn))
        found += list(differences(drawn, kept))
    assert found == [], "look at `./run screens`; if it is meant so: ./run screens --golden"
    assert both.warnings == []


def test_folder_holds_no_picture_that_nothing_looks_at() -> None:
    named = {golden.file(language) for language, all_of in GOLDEN.items() for golden in all_of}
    assert set(FOLDER.glob("*.png")) == named


def test_a_word_in_another_place_is_seen(tmp_path: Path) -> None:
    kept = GOLDEN["zh"][0].file("zh")
    with Image.open(kept) as image:
        moved = image.convert("RGB")
    word = moved.crop((20, 20, 120, 60))
    moved.paste(word, (26, 22))
    moved.save(tmp_path / "moved.png")
    assert list(differences(tmp_path / "moved.png", kept)) != []
    assert list(differences(kept, kept)) == []
