"""Every screen, in every mode and language, on a standing and on a lying panel, loads without a
warning and keeps the measures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from examples import GALLERY
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem
from screen_checks import defects
from screen_rig import LYING, MODES, STANDING, Rig

from sandbox.player.qml import accessible_tree, find, is_shown, scene_rect, settle, visible
from ui.tokens import Modes

pytestmark = pytest.mark.slow

LAYOUTS = {mode: modes for mode, modes in MODES.items() if mode != "contrast"}
"""Contrast alone moves nothing; its colours are the business of test_look.py."""
LYING_LAYOUTS = {mode: LAYOUTS[mode] for mode in ("normal", "all")}


@pytest.fixture
def unpainted(both: Rig) -> Iterator[Rig]:
    """The window in both languages, laid out and never painted: nobody looks at these pixels."""
    both.window.hide()
    yield both
    both.window.show()


@pytest.mark.parametrize("name", list(GALLERY))
def test_screen_keeps_the_measures_and_speaks_in_every_mode(unpainted: Rig, name: str) -> None:
    unpainted.turn(STANDING)
    unpainted.use(Modes())
    unpainted.show(name)
    buttons = [n for n in accessible_tree(unpainted.window) if n.role == QAccessible.Role.Button]
    assert len(buttons) >= 5  # the dock alone has five
    found = [f"nameless: {node}" for node in buttons if not node.name]
    for mode, modes in LAYOUTS.items():
        unpainted.use(modes)
        found += [f"{mode}: {defect}" for defect in _lasting(unpainted, modes)]
    assert found == []
    assert unpainted.warnings == []


def _size(item: QQuickItem) -> tuple[int, int]:
    return round(item.width()), round(item.height())


def _lasting(both: Rig, modes: Modes) -> list[str]:
    """What is still wrong when long lists had one more frame to come to rest."""
    if not defects(both.window, modes):
        return []
    settle(both.window)
    return defects(both.window, modes)


@pytest.mark.parametrize("name", list(GALLERY))
def test_screen_keeps_the_measures_on_a_lying_panel(unpainted: Rig, name: str) -> None:
    unpainted.turn(LYING)
    unpainted.use(Modes())
    unpainted.show(name)
    found = []
    for mode, modes in LYING_LAYOUTS.items():
        unpainted.use(modes)
        found += [f"{mode}: {defect}" for defect in _lasting(unpainted, modes)]
    assert found == []
    assert unpainted.warnings == []


def test_window_that_is_turned_draws_for_the_lying_panel(both: Rig) -> None:
    both.use(Modes())
    both.turn(LYING)
    both.show("quote")
    stage, pay = find(both.window, "stage"), find(both.window, "pay_SCAN")
    assert _size(stage) == LYING
    assert scene_rect(pay).left() > LYING[0] / 2
    both.turn((1366, 768))
    assert stage.scale() == pytest.approx(1366 / LYING[0], rel=0.01)
    both.turn(STANDING)
    assert _size(stage) == STANDING
    assert scene_rect(pay).left() < STANDING[0] / 2


@pytest.mark.parametrize("mode", list(MODES))
def test_idle_sheet_keeps_the_measures(both: Rig, mode: str) -> None:
    both.turn(STANDING)
    both.use(MODES[mode])
    both.show("starting")
    both.show("quote", seconds=14)
    assert is_shown(both.window, "idle_more")
    assert is_shown(both.window, "idle_leave")
    assert both.warnings == []


@pytest.mark.parametrize("mode", MODES)
def test_home_that_changed_in_place_stands_as_one_drawn_anew(unpainted: Rig, mode: str) -> None:
    unpainted.turn(STANDING)
    unpainted.use(MODES[mode])
    for before, after in (("home", "home_unavailable"), ("home_unavailable", "home")):
        unpainted.show(after)
        anew = _words_in_place(unpainted)
        unpainted.show(before)
        unpainted.show_again(after)
        assert _words_in_place(unpainted) == anew


def _words_in_place(rig: Rig) -> set[tuple[str, tuple[int, ...], str]]:
    """Every text that is seen: what it says, where, and in which colour."""
    seen = [item for item in visible(rig.window) if item.inherits("QQuickText")]
    return {(item.property("text"), _place(item), item.property("color").name()) for item in seen}


def _place(item: QQuickItem) -> tuple[int, ...]:
    rect = scene_rect(item)
    return round(rect.x()), round(rect.y()), *_size(item), round(item.property("contentHeight"))
