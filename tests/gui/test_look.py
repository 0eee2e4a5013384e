"""Tokens, icons, font, Widgets style, and the reference count that once killed a process."""

from __future__ import annotations

import sys
from dataclasses import asdict

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot

import ui.fonts
from ui.fonts import FontMissing, use_font
from ui.icons import FOLDER, icon, pixmap
from ui.qss import stylesheet
from ui.tokens import PAIRS, Modes, Pair, contrast, palette, type_scale


@pytest.mark.parametrize("modes", [Modes(), Modes(contrast=True)])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.front} on {pair.back}")
def test_colours_that_meet_are_told_apart(modes: Modes, pair: Pair) -> None:
    colours = asdict(palette(modes))
    assert contrast(colours[pair.front], colours[pair.back]) >= pair.at_least


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21


def test_no_text_size_is_under_the_floor() -> None:
    assert min(asdict(type_scale(Modes())).values()) == 28
    assert min(asdict(type_scale(Modes(large=True))).values()) == 36


def test_missing_font_is_named(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui.fonts, "FONT", "Font That Nobody Has")
    with pytest.raises(FontMissing, match="fonts-noto-cjk"):
        use_font(qapp)


def test_every_icon_draws_something(qapp: QApplication) -> None:
    blank = [
        path.stem
        for path in FOLDER.glob("*.svg")
        if pixmap(path.stem, "#0A4F7C", 48).toImage().allGray()
    ]
    assert blank == []
    assert (FOLDER / "LICENSE-tabler").read_text().startswith("MIT License")


def test_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", "#000000")


@pytest.mark.parametrize("modes", [Modes(), Modes(large=True, contrast=True)])
def test_widgets_style_is_understood_by_qt(
    qtbot: QtBot, qtlog: _QtMessageCapture, modes: Modes
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    label, button = QLabel("x", page), QPushButton("x", page)
    label.setProperty("role", "amount")
    button.setProperty("role", "primary")
    page.setStyleSheet(stylesheet(modes))
    page.show()
    assert label.palette().windowText().color().name().upper() == palette(modes).primary
    assert [record.message for record in qtlog.records] == []


def test_none_keeps_its_references(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 drops one at every void call until the process dies."""
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.update()
    before = sys.getrefcount(None)
    for _call in range(300):
        widget.update()
    assert abs(sys.getrefcount(None) - before) < 50
