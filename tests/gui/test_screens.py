"""Every screen, in every mode and language, loads without a warning and keeps the measures."""

from __future__ import annotations

import pytest
from examples import GALLERY
from PySide6.QtGui import QAccessible
from screen_checks import defects
from screen_rig import MODES, Rig

from sandbox.player.qml import accessible_tree, is_shown, settle
from ui.tokens import Modes

pytestmark = pytest.mark.slow

LAYOUTS = {mode: modes for mode, modes in MODES.items() if mode != "contrast"}
"""Contrast alone moves nothing; its colours are the business of test_look.py."""


@pytest.mark.parametrize("name", list(GALLERY))
def test_screen_keeps_the_measures_and_speaks_in_every_mode(both: Rig, name: str) -> None:
    both.use(Modes())
    both.show(name)
    buttons = [n for n in accessible_tree(both.window) if n.role == QAccessible.Role.Button]
    assert len(buttons) >= 5  # the dock alone has five
    found = [f"nameless: {node}" for node in buttons if not node.name]
    for mode, modes in LAYOUTS.items():
        both.use(modes)
        found += [f"{mode}: {defect}" for defect in _lasting(both, modes)]
    assert found == []
    assert both.warnings == []


def _lasting(both: Rig, modes: Modes) -> list[str]:
    """What is still wrong when long lists had one more frame to come to rest."""
    if not defects(both.window, modes):
        return []
    settle(both.window)
    return defects(both.window, modes)


@pytest.mark.parametrize("mode", list(MODES))
def test_idle_sheet_keeps_the_measures(both: Rig, mode: str) -> None:
    both.use(MODES[mode])
    both.show("starting")
    both.show("quote", seconds=14)
    assert is_shown(both.window, "idle_more")
    assert is_shown(both.window, "idle_leave")
    assert both.warnings == []
