"""Every screen is worked by the keys of a tactile keypad alone."""

from __future__ import annotations

import pytest
from examples import GALLERY
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from screen_rig import MODES, Rig, Said

from sandbox.player.qml import ancestors, is_shown, scene_rect, settle, text, visible
from ui.tokens import Modes

K = Qt.Key
TURNED = {"page_up", "page_down"}
"""A list follows the keys by itself, so which of these can be pressed changes on the way."""
_MOST_STEPS = 200


def _press(rig: Rig, key: Qt.Key, times: int = 1) -> None:
    for _time in range(times):
        QTest.keyClick(rig.window, key)
    settle(rig.window)


def _focused(rig: Rig) -> QQuickItem | None:
    item = rig.window.activeFocusItem()
    return item if item is not None and item.inherits("QQuickAbstractButton") else None


def _name(rig: Rig) -> str:
    item = _focused(rig)
    return "" if item is None else item.objectName()


def _go_to(rig: Rig, name: str) -> None:
    for _step in range(_MOST_STEPS):
        if _name(rig) == name:
            return
        QTest.keyClick(rig.window, K.Key_Down)
    raise AssertionError(f"{name} cannot be reached")


def _walk(rig: Rig, key: Qt.Key) -> list[QQuickItem]:
    """Every control the keys come to, once round."""
    found: list[QQuickItem] = []
    for _step in range(_MOST_STEPS):
        QTest.keyClick(rig.window, key)
        item = _focused(rig)
        if item is None or item in found:
            return found
        found.append(item)
    return found


def _enabled(rig: Rig) -> set[str]:
    items = [one for one in visible(rig.window) if one.inherits("QQuickAbstractButton")]
    return {one.objectName() for one in items if one.isEnabled() and one.width() > 0}


def _seen_whole(item: QQuickItem) -> bool:
    holders = [one for one in ancestors(item) if one.objectName() == "flick"]
    return all(scene_rect(one).adjusted(-1, -1, 1, 1).contains(scene_rect(item)) for one in holders)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(GALLERY))
def test_keys_alone_reach_every_control_of_every_screen(both: Rig, name: str) -> None:
    both.use(Modes())
    both.show(name)
    found = _walk(both, K.Key_Down)
    assert {one.objectName() for one in found} - TURNED == _enabled(both) - TURNED
    assert [one.objectName() for one in found if not one.property("text")] == []
    assert both.warnings == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["home", "quote", "page_choose_long", "type_phone"])
@pytest.mark.parametrize("mode", list(MODES))
def test_what_the_keys_stand_on_is_seen_with_its_ring(both: Rig, name: str, mode: str) -> None:
    both.use(MODES[mode])
    both.show(name)
    hidden = []
    for _step in range(len(_walk(both, K.Key_Up)) or 1):
        QTest.keyClick(both.window, K.Key_Down)
        settle(both.window)
        item = _focused(both)
        assert item is not None
        if not (item.property("visualFocus") and _seen_whole(item)):
            hidden.append(item.objectName())
    assert hidden == []


def test_up_goes_the_same_way_back(rig: Rig) -> None:
    rig.show("home")
    down = [one.objectName() for one in _walk(rig, K.Key_Down)]
    rig.show("home_unavailable")
    rig.show("home")
    up = [one.objectName() for one in _walk(rig, K.Key_Up)]
    assert up == down[::-1]
    assert down[0].startswith("tile_")
    assert down[-1] == "dock_help"


def test_ok_presses_what_the_keys_stand_on(rig: Rig) -> None:
    rig.show("home")
    _go_to(rig, "tile_visit")
    _press(rig, K.Key_Return)
    assert rig.said == [Said(1, "choose", "visit")]


def test_ok_with_the_keys_nowhere_presses_nothing_but_shows_where_they_are(rig: Rig) -> None:
    rig.show("home")
    _press(rig, K.Key_Return)
    assert rig.said == []
    assert _name(rig).startswith("tile_")


def test_a_number_is_typed_on_the_screen_by_keys(rig: Rig) -> None:
    rig.show("type_phone")
    for digit in "138":
        _go_to(rig, f"key_{digit}")
        _press(rig, K.Key_Return)
    assert text(rig.window, "typed") == "138"


def test_back_goes_back_and_where_there_is_no_back_it_leaves(rig: Rig) -> None:
    rig.show("place_id_card")
    going = "back" if is_shown(rig.window, "dock_back") else "leave"
    _press(rig, K.Key_Escape)
    rig.show("home")
    _press(rig, K.Key_Escape)
    assert rig.said == [Said(1, going, "")]


def test_help_calls_staff_and_repeat_asks_for_reading(rig: Rig, qtbot: QtBot) -> None:
    rig.show("quote")
    with qtbot.waitSignal(rig.ui.help_called, timeout=1000):
        _press(rig, K.Key_F1)
    with qtbot.waitSignal(rig.ui.read_asked, timeout=1000):
        _press(rig, K.Key_F2)


def test_any_key_shows_that_somebody_is_there(rig: Rig, qtbot: QtBot) -> None:
    rig.show("quote")
    with qtbot.waitSignal(rig.ui.touched_anywhere, timeout=1000):
        _press(rig, K.Key_Down)


def test_keys_of_the_idle_sheet_stay_on_it(rig: Rig, qtbot: QtBot) -> None:
    rig.show("quote", seconds=15)
    assert [one.objectName() for one in _walk(rig, K.Key_Down)] == ["idle_more", "idle_leave"]
    with qtbot.waitSignal(rig.ui.more_time, timeout=1000):
        _press(rig, K.Key_Escape)
    _go_to(rig, "idle_leave")
    _press(rig, K.Key_Return)
    assert rig.said == [Said(1, "leave", "")]


def test_shelf_of_modes_is_opened_used_and_closed_by_keys(rig: Rig) -> None:
    rig.show("quote")
    _go_to(rig, "dock_others")
    _press(rig, K.Key_Return)
    names = [one.objectName() for one in _walk(rig, K.Key_Down)]
    assert names == ["dock_contrast", "dock_low_reach", "dock_calm", "shelf_close"]
    _go_to(rig, "dock_calm")
    _press(rig, K.Key_Return)
    assert rig.ui.modes == Modes(calm=True)
    _press(rig, K.Key_Escape)
    assert not is_shown(rig.window, "shelf_close")
    assert rig.said == []
