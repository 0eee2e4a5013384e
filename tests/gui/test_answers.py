"""What the screens say is what the steps understand, and every choice can be reached."""

from __future__ import annotations

import pytest
from examples import ACTS, LONG, STEPS
from examples_visits import DEPARTMENTS
from PySide6.QtQuick import QQuickItem
from screen_rig import Rig, Said

from core.flow import Ask, Touch
from sandbox.player.qml import (
    ancestors,
    click,
    find,
    is_shown,
    scene_rect,
    settle,
    text,
    visible,
    walk,
)
from ui.tokens import Modes

pytestmark = pytest.mark.slow

LOCAL = (
    *("dock_language", "dock_large", "dock_contrast", "dock_low_reach", "dock_calm"),
    *("dock_read_aloud", "dock_others", "dock_help"),
)
TYPED = ("key_", "keys_", "page_", "mark_")


def _controls(rig: Rig) -> list[str]:
    """Enabled controls that answer the question, topmost first."""
    buttons = [item for item in visible(rig.window) if item.inherits("QQuickAbstractButton")]
    names = [str(item.objectName()) for item in buttons if item.isEnabled() and _in_list(item)]
    return [name for name in names if name not in LOCAL and not name.startswith(TYPED)]


def _in_list(item: QQuickItem) -> bool:
    """Its middle can be pressed without turning a page."""
    middle = scene_rect(item).center()
    lists = [parent for parent in ancestors(item) if parent.objectName() == "flick"]
    return all(scene_rect(flick).contains(middle) for flick in lists)


@pytest.mark.parametrize("name", list(STEPS))
def test_every_control_says_what_its_question_understands(lasting: Rig, name: str) -> None:
    step = STEPS[name]
    assert isinstance(step, Ask)
    lasting.show(name)
    for control in _controls(lasting):
        lasting.show(name)
        lasting.said.clear()
        click(lasting.window, control)
        assert len(lasting.said) == 1, control
        said = lasting.said[0]
        understood = step.touched(Touch(said.word, said.value)) is not None
        assert understood or said.word == "leave", f"{control} says {said}"


@pytest.mark.parametrize("name", list(ACTS))
def test_work_can_be_left_only_where_leaving_does_something(lasting: Rig, name: str) -> None:
    lasting.show(name)
    expected = ["dock_leave"] if name in ("progress_phone", "progress_pos") else []
    assert _controls(lasting) == expected


def test_phone_is_grouped_and_said_whole(rig: Rig) -> None:
    rig.show("type_phone")
    for digit in "138000000117":
        click(rig.window, f"key_{digit}")
    assert text(rig.window, "typed") == "138 0000 0011"
    click(rig.window, "key_enter")
    assert rig.said == [Said(1, "enter", "13800000011")]


def test_phone_that_is_too_short_cannot_be_said(rig: Rig) -> None:
    rig.show("type_phone")
    for digit in "1380":
        click(rig.window, f"key_{digit}")
    click(rig.window, "key_delete")
    assert text(rig.window, "typed") == "138"
    click(rig.window, "key_enter")
    assert rig.said == []
    click(rig.window, "key_clear")
    assert text(rig.window, "typed") == ""


def test_typed_hold_is_said_in_fen(rig: Rig) -> None:
    rig.show("choose_hold_amount")
    for digit in "1200":
        click(rig.window, f"key_{digit}")
    click(rig.window, "key_enter")
    assert rig.said == [Said(1, "amount", "120000")]


def test_hold_outside_the_limits_cannot_be_said(rig: Rig) -> None:
    rig.show("choose_hold_amount")
    for digit in "10001":
        click(rig.window, f"key_{digit}")
    assert text(rig.window, "key_enter") == "Outside the limits"
    click(rig.window, "key_enter")
    assert rig.said == []


def test_every_department_is_reached_by_the_page_button(rig: Rig) -> None:
    rig.show("choose_department")
    last = f"choose_{DEPARTMENTS[-1].code}"
    assert not _in_list(find(rig.window, last))
    for _turn in DEPARTMENTS:
        if not find(rig.window, "page_down").isEnabled():
            break
        click(rig.window, "page_down")
    settle(rig.window)
    click(rig.window, last)
    assert rig.said == [Said(1, "choose", DEPARTMENTS[-1].code)]


def test_every_line_of_a_long_bill_is_reached(rig: Rig) -> None:
    rig.use(Modes(large=True))
    rig.show("quote_long_trouble")
    seen: set[str] = set()
    lines = sum(len(bill.lines) for bill in LONG.bills)
    for _turn in range(lines):
        seen |= _readable(rig)
        if not find(rig.window, "page_down").isEnabled():
            break
        click(rig.window, "page_down")
    expected = {line.name.en for bill in LONG.bills for line in bill.lines}
    assert expected <= seen
    assert "Insurance fund" in seen
    click(rig.window, "page_up")
    assert find(rig.window, "page_down").isEnabled()


def _readable(rig: Rig) -> set[str]:
    """Texts of the list that stand wholly inside it."""
    flick = find(rig.window, "flick")
    place = scene_rect(flick)
    return {
        str(item.property("text"))
        for item in walk(flick)
        if item.inherits("QQuickText") and item.isVisible() and place.contains(scene_rect(item))
    }


def test_bill_shows_what_is_due_and_only_offered_ways_to_pay(rig: Rig) -> None:
    rig.show("quote_partly")
    assert text(rig.window, "due") == "81.36"
    assert text(rig.window, "total") == "¥828.40"
    assert is_shown(rig.window, "pay_CASH")
    rig.show("quote")
    assert is_shown(rig.window, "pay_SCAN")
    assert not is_shown(rig.window, "pay_CASH")
    assert not is_shown(rig.window, "pay")


def test_doubtful_payment_says_first_not_to_pay_again(rig: Rig) -> None:
    rig.show("trouble_checked")
    assert text(rig.window, "title") == "Please do not pay again"
    assert text(rig.window, "case_id") == "Case number C-20251122-0007"
    assert not is_shown(rig.window, "retry")
