"""Balances that are spent in their order and cleared after the visit, at the window (S15, S17)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import cast_later
import cast_paying
import pytest
from cast_prefund import FILED, born
from cast_window_day import drawer_pulses
from cast_window_prefund import balance_fen, by_card, by_hand, clean_out_state, exempt_hall
from cast_window_settle import paid_kinds, settlements, use_bank_card
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from window_hall import REVIEWER, WindowHall

from sandbox.house import House

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

_CLEARED = {
    **FILED,
    'clear_after_visit = "ORIGINAL_ROUTE"': 'clear_after_visit = "WINDOW"',
}
_OLD = 1955


@pytest.fixture(scope="module")
def cleared_hall(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WindowHall]:
    """What is left of a balance after a visit is cleared at a window, notes by notes (S15)."""
    with exempt_hall(tmp_path_factory.mktemp("cleared"), _CLEARED) as hall:
        yield hall


@pytest.fixture
def cleared(cleared_hall: WindowHall) -> Iterator[WindowHall]:
    """At its desk, before and after, with the cashier."""
    cleared_hall.as_operator()
    yield cleared_hall
    cleared_hall.leave()


def settle(hall: WindowHall) -> None:
    """From the desk or the file: what is open, from what is there already."""
    hall.key(Qt.Key.Key_F8)
    hall.stage.arrive("ConfirmQuote")
    hall.stage.hand.press_twice("commit")
    hall.stage.arrive("ShowOutcome", 40)
    hall.press("done")
    hall.stage.arrive("ServePatient")


def ask_back(hall: WindowHall, *, warned: bool = False) -> None:
    """From the served patient to an application that a second person approved."""
    hall.work("clear_balance")
    hall.sheet("Give the balance back")
    if warned:
        hall.fill(warned="yes")
    hall.do("ask")
    hall.sheet("The request is received")
    hall.do("done")
    hall.stage.arrive("ServePatient")
    hall.work("clear_balance")
    hall.reads("Waits for review")
    hall.do("review")
    hall.sheet("Review balances")
    hall.fill(operator=REVIEWER, password=f"demo-{REVIEWER}")
    hall.do("approve")
    hall.reads("Reviewed; to be carried out")


def test_s17_c08_insurance_account_then_balance_then_hold_pay_in_this_order(
    cleared: WindowHall,
) -> None:
    who = born(cleared.house, _OLD)
    visit = cast_later.visited(cleared.house, who)
    cast_paying.insure(cleared.house, who, 500)
    by_card(cleared, who, "50")
    cleared.serve(who)
    cleared.work("hold")
    cleared.sheet("Pre-authorise a card")
    cleared.fill(amount="100")
    cleared.do("place")
    use_bank_card(cleared)
    cleared.sheet("The pre-authorisation stands")
    cleared.leave()
    cast_later.order(cleared.house, visit, "ECG12", "HYAL")

    cleared.serve(who)
    cleared.key(Qt.Key.Key_F8)
    cleared.stage.arrive("ConfirmQuote")
    cleared.reads("¥25.60", "¥5.00", "¥50.00", "¥4.00")
    read = cleared.words()
    order = ("Insurance fund", "Insurance account", "Prepaid balance", "Pre-authorisation")
    places = [read.index(words) for words in order]
    assert places == sorted(places)
    cleared.stage.hand.press_twice("commit")
    cleared.stage.arrive("ShowOutcome", 40)
    cleared.leave()
    newest = settlements(cleared, who.patient.patient_id)[0]
    paid = [(tender["kind"], tender["amount_fen"]) for tender in newest["tenders"]]
    assert paid == [("PREPAY_BALANCE", 5_000), ("PREAUTH", 400)]
    parts = {part["kind"]: part["amount_fen"] for part in newest["components"]}
    assert (parts["PERSONAL_ACCOUNT"], parts["SELF_PAY"]) == (500, 5_400)
    assert balance_fen(cleared, who) == 0
    cleared.agree()


def test_s15_s51_w26_notes_that_are_left_after_the_visit_come_out_of_the_drawer(
    cleared: WindowHall,
) -> None:
    who = born(cleared.house, _OLD)
    visit = cast_later.visited(cleared.house, who)
    by_hand(cleared, who, n10000="1")
    cast_later.order(cleared.house, visit, "ECG12")
    cleared.serve(who)
    settle(cleared)
    assert paid_kinds(cleared, who) == ["PREPAY_BALANCE"]
    assert balance_fen(cleared, who) == 6_800
    before = drawer_pulses(cleared)
    ask_back(cleared)
    cleared.reads("In cash from this drawer", "¥68.00")
    cleared.do("execute")
    cleared.sheet("Paid back")
    cleared.reads("Hand out from the drawer", "¥68.00")
    assert drawer_pulses(cleared) == before + 1
    cleared.leave()
    assert clean_out_state(cleared, who) == "PAID"
    assert balance_fen(cleared, who) == 0
    cleared.agree()


def test_w35_w27_balance_of_another_campus_is_given_back_at_this_window(
    cleared: WindowHall,
) -> None:
    who = born(cleared.house, _OLD)
    by_card(cleared, who, "60")
    stands_on(cleared.house, "EAST")
    try:
        cleared.serve(who)
        ask_back(cleared, warned=True)
        cleared.do("execute")
        cleared.sheet("Paid back")
        cleared.leave()
    finally:
        stands_on(cleared.house, "MAIN")
    assert clean_out_state(cleared, who) == "PAID"
    cleared.agree()


def stands_on(house: House, campus: str) -> None:
    """The books say that the window is one of this campus."""
    with closing(sqlite3.connect(house.run_dir / "backend.db", timeout=10)) as books, books:
        change = "UPDATE terminal SET campus = ? WHERE id = 'W07'"
        assert books.execute(change, (campus,)).rowcount == 1
