"""A visit by the keys of a tactile keypad alone."""

from __future__ import annotations

import pytest
from hall import Hall
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickWindow

from sandbox.player import qml
from sandbox.player.hands import let_live, wait_until
from ui.tactile import controls

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

_LIMIT_S = 20
_MOST_STEPS = 60
_MOST_PAGES = 6
_STEP_MS = 450
"""Between two presses: a second one within 400 ms is taken for a trembling finger."""


def _choose(hall: Hall, name: str) -> None:
    """Down until the keys stand on it, then OK."""
    window = hall.stage.kiosk.window
    wait_until(lambda: name in _offered(window), _LIMIT_S, name)
    passed: list[str | None] = []
    for _step in range(_MOST_STEPS):
        qml.settle(window)  # a page may have come anew meanwhile, and the keys begin again
        item = window.activeFocusItem()
        passed.append(None if item is None else item.objectName())
        if passed[-1] == name:
            hall.stage.hand.key(Qt.Key.Key_Return)
            let_live(_STEP_MS)
            return
        hall.stage.hand.key(Qt.Key.Key_Down)
    raise AssertionError(f"the keys do not come to {name}: {passed}")


def _offered(window: QQuickWindow) -> set[str]:
    """Names of what the keys could stand on now."""
    qml.settle(window)
    return {item.objectName() for item in controls(window.contentItem())}


def test_s35_prices_are_looked_up_by_keys_alone(hall: Hall) -> None:
    _choose(hall, "tile_more")
    hall.stage.arrive("Choose")
    _choose(hall, "choose_prices")
    hall.stage.arrive("TypeIn")
    for letter in "ecg":
        _choose(hall, f"key_{letter}")
    _choose(hall, "key_enter")
    hall.stage.arrive("Show")
    hall.reads("12-lead", "32.00")
    for _page in range(_MOST_PAGES):
        if hall.stage.screen() != "Home":
            hall.stage.hand.key(Qt.Key.Key_Escape)
            let_live(_STEP_MS)
    hall.home()
