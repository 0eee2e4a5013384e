"""The drawer at the moment of money: it opens after the booking, and a shut one is told."""

from __future__ import annotations

import pytest

from cashier.journeys.day.opening import open_for, shut_sheet
from cashier.steps.sheet import WorkSheet
from core.journeys.drawer import WhyOpened
from core.phrase import Yuan
from core.ports import DeviceTrouble, Done, Unknown
from core.steps import JournalBroken
from tests.helpers.driver import play
from tests.helpers.window_day_script import DESK, answers, pressed

_PRINTER = "receipt_printer"
TAKEN = WhyOpened.CASH_TAKEN


def test_drawer_that_springs_open_shows_nothing_more() -> None:
    played = play(open_for(DESK, TAKEN, 3_200), answers(OpenDrawer=Done()))
    assert played.names == ["NoteAudit", "OpenDrawer"]


@pytest.mark.parametrize(
    ("told", "trouble"),
    [
        (DeviceTrouble(_PRINTER, "drawer_stuck"), "drawer_stuck"),
        (DeviceTrouble(_PRINTER, "paper_out"), "paper_out"),
        (DeviceTrouble(_PRINTER, "offline"), "offline"),
        (Unknown("timeout"), "drawer_unsure"),
    ],
)
def test_drawer_that_stays_shut_is_told_with_the_amount_and_opened_again(
    told: DeviceTrouble | Unknown, trouble: str
) -> None:
    script = answers(pressed("again"), OpenDrawer=[told, Done()])
    played = play(open_for(DESK, TAKEN, 3_200), script)
    assert played.names == ["NoteAudit", "OpenDrawer", "WorkSheet", "NoteAudit", "OpenDrawer"]
    (page,) = (step for step in played.steps if isinstance(step, WorkSheet))
    assert (page.trouble, page.big_value) == (trouble, Yuan(3_200))


def test_drawer_that_stays_shut_keeps_nobody_from_going_on() -> None:
    stuck = DeviceTrouble(_PRINTER, "drawer_stuck")
    played = play(open_for(DESK, TAKEN, 3_200), answers(pressed("done"), OpenDrawer=stuck))
    assert played.names == ["NoteAudit", "OpenDrawer", "WorkSheet"]


@pytest.mark.parametrize("reason", ["no_drawer", "not_fitted"])
def test_window_without_a_drawer_is_not_asked_for_one(reason: str) -> None:
    told = DeviceTrouble(_PRINTER, reason)
    assert play(open_for(DESK, TAKEN, 3_200), answers(OpenDrawer=told)).names[-1] == "OpenDrawer"


def test_opening_that_cannot_be_written_down_sends_no_pulse() -> None:
    script = answers(pressed("done"), NoteAudit=JournalBroken())
    assert play(open_for(DESK, TAKEN, 3_200), script).names == ["NoteAudit", "WorkSheet"]


def test_count_of_a_shut_drawer_names_no_amount() -> None:
    page = shut_sheet(DESK, WhyOpened.COUNT, 0, "drawer_stuck")
    assert (page.big_label, page.big_value) == ("", "")
