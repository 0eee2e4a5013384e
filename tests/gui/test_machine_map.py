"""The drawing of the machine: what is fitted, where it is, and nothing cut off in any mode."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from screen_checks import defects
from screen_rig import LYING, MODES, STANDING, Rig

from sandbox.player.qml import scene_rect, visible
from ui.tokens import Modes

_PLACES = {
    "id": (0, 0),
    "scan": (0, 2),
    "pos": (1, 2),
    "card": (1, 0),
    "cash": (1, 1),
    "print": (2, 1),
    "dispense": (2, 0),
}


def _fit(rig: Rig, places: dict[str, tuple[int, int]]) -> None:
    rows = [{"id": one, "row": row, "column": at} for one, (row, at) in places.items()]
    rig.ui.set_front([dict[str, object](row) for row in rows])


def _drawn(rig: Rig) -> dict[str, QRectF]:
    """Where the name of each part stands."""
    names = {"ID reader", "Card slot", "Scan window", "Bank POS", "Card outlet", "Slip outlet"}
    texts = [(str(item.property("text") or ""), item) for item in visible(rig.window)]
    return {text: scene_rect(item) for text, item in texts if text in {*names, "Banknote slot"}}


def test_what_is_not_fitted_is_not_drawn(rig: Rig) -> None:
    _fit(rig, {"scan": (-1, -1), "pos": (-1, -1)})
    rig.show("payment_code")
    assert {*_drawn(rig)} == {"Scan window", "Bank POS"}


def test_each_part_is_drawn_where_it_is_on_the_machine(rig: Rig) -> None:
    _fit(rig, _PLACES)
    rig.show("payment_code")
    drawn = _drawn(rig)
    assert len(drawn) == len(_PLACES)
    assert drawn["Scan window"].left() > drawn["ID reader"].right()
    assert drawn["Bank POS"].top() > drawn["Scan window"].bottom()
    assert abs(drawn["Bank POS"].center().x() - drawn["Scan window"].center().x()) < 2
    assert drawn["Slip outlet"].top() > drawn["Banknote slot"].bottom()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["identify", "payment_code", "take_card", "pay_notes_inside"])
@pytest.mark.parametrize("size", [STANDING, LYING], ids=["standing", "lying"])
def test_three_rows_keep_the_measures_in_every_mode(
    both: Rig, name: str, size: tuple[int, int]
) -> None:
    _fit(both, _PLACES)
    both.turn(size)
    both.use(Modes())
    both.show(name)
    found = []
    for mode, modes in MODES.items():
        both.use(modes)
        found += [f"{mode}: {defect}" for defect in defects(both.window, modes)]
    both.use(Modes())
    assert found == []
    assert both.warnings == []
