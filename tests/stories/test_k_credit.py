"""Paying after the visit to its very end: offered, paid with nobody at a machine, arrears, repair.

What a reader would get wrong: in the house of `month_later` 32 days have passed for the backend
before the kiosk was switched on, and what is left of a balance is cleared at a window there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cast_later
import cast_money as cast
import cast_paying
import pytest
from cast import Guest
from cast_inpatient import sign
from cast_later import visited
from cast_prefund import FILED, born, hall_under
from hall import Hall
from money_steps import balance_fen, begin, leave, paid, papers, read_to_the_end, transfer
from PySide6.QtWidgets import QApplication

from sandbox.house import House
from sandbox.player.hands import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

OLD = 1955
HYAL_FEN = 5_260
_DAYS = 32


@dataclass(frozen=True, slots=True)
class Past:
    """Who was there a month ago: one who still owes, one with a bill of an ordinary visit."""

    debtor: Guest
    visitor: Guest


_PAST: list[Past] = []


def _a_month_ago(house: House) -> None:
    debtor, visitor = born(house, OLD), born(house, OLD)
    cast_later.insured(house, debtor.person)
    visit = visited(house, debtor)
    cast_later.signed(house, debtor)
    cast_later.order(house, visit, "HYAL")
    cast_later.end_visit(house, visit)
    cast_later.wait_for_visit(house, debtor, "DUE")
    cast_paying.order(house, visited(house, visitor), "CARD", ECG12=1)
    _PAST.append(Past(debtor, visitor))
    cast.pass_days(house, _DAYS)


@pytest.fixture(scope="module")
def month_later(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A kiosk that is switched on 32 days after those visits, by the rules of 2014 for the rest."""
    rules = {**FILED, **cast.CLEARED_AT_WINDOW}
    with hall_under(tmp_path_factory.mktemp("later"), rules, _a_month_ago) as hall:
        yield hall
        machine = hall.stage.kiosk.machine
        assert not any(found.open for found in machine.operations().values())


def see_account(hall: Hall, who: Guest, *sentences: str) -> None:
    """From home to the overview of the account."""
    begin(hall, "pay_later", who)
    hall.stage.arrive("Choose")
    hall.reads(*sentences)


def wait_for_state(hall: Hall, who: Guest, state: str) -> None:
    """Until the clockwork saw it and the city heard it."""

    def there() -> bool:
        return bool(cast_later.deferral(hall.house, who)["state"] == state)

    wait_until(there, 20, f"an account that is {state}")


def test_n15_own_arrears_of_over_thirty_days_stop_it_until_paid_and_repaired(
    month_later: Hall,
) -> None:
    hall, who = month_later, _PAST[-1].debtor
    wait_for_state(hall, who, "SUSPENDED")
    see_account(hall, who, "It is stopped in all hospitals of the city", "¥52.60")
    hall.stage.press("choose_credit")
    hall.stage.arrive("Show")
    hall.reads("Arrears at this hospital", "What you owe is still to be paid")
    hall.reads("You are treated just the same")
    hall.stage.press("press_done")
    hall.stage.arrive("Choose")

    hall.stage.press("choose_repay")
    hall.stage.arrive("ConfirmQuote")
    hall.show_wallet("WECHAT", "4321")
    assert paid(hall, who)["total_fen"] == HYAL_FEN
    hall.finish()

    wait_until(lambda: _lacks(hall, who) == ["REPAIR_CONFIRMED"], 20, "the payment in the account")
    see_account(hall, who, "It is stopped in all hospitals of the city")
    hall.stage.press("choose_credit")
    hall.reads("Staff at a window still have to confirm the repair")
    leave(hall, "dock_leave")

    cast.repaired(hall.house, _suspension(hall, who)["reference"])

    wait_for_state(hall, who, "REPAIRED")
    see_account(hall, who, "Your credit is repaired.")
    leave(hall, "dock_leave")


def _suspension(hall: Hall, who: Guest) -> cast_paying.Json:
    found: cast_paying.Json = cast_later.deferral(hall.house, who)["credit"]["suspensions"][0]
    return found


def _lacks(hall: Hall, who: Guest) -> list[str]:
    lacks: list[str] = _suspension(hall, who)["lacks"]
    return lacks


def test_s15_rest_of_a_balance_is_cleared_at_a_window_with_a_slip(month_later: Hall) -> None:
    hall, who = month_later, _PAST[-1].visitor
    transfer(hall, who, 10_000)
    leave(hall)
    slips = papers(hall)
    hall.see_bill(who)
    hall.stage.press("pay")
    assert paid(hall, who)["tenders"][0]["kind"] == "PREPAY_BALANCE"
    hall.stage.press("done")

    hall.stage.arrive("Finished")

    hall.reads("You have money left", "¥68.00", "a window pays it out", "Please take your slip")
    assert papers(hall) == slips + 2
    leave(hall)
    cleared = cast.clear_at_window(cast.cashier(hall.house), who)
    assert cleared["amount_fen"] == 6_800
    assert balance_fen(hall, who) == 0


def eligible(hall: Hall) -> Guest:
    """Insured here, and nothing else yet."""
    who = hall.guest()
    cast_later.insured(hall.house, who.person)
    return who


def register(hall: Hall, who: Guest) -> None:
    """Registered and paid at the kiosk, until it asks what else they want."""
    begin(hall, "register", who)
    hall.reads("Which department?")
    hall.stage.press("choose_CARD")
    hall.reads("Which doctor?")
    hall.stage.press(hall.stage.option())
    hall.stage.arrive("ConfirmQuote")
    hall.show_wallet("WECHAT", "4321")
    hall.stage.arrive("Show")
    hall.reads("Would you like to pay after your visit?", "You are treated just the same")


def test_n04_after_the_paid_fee_signing_is_offered_and_no_is_an_answer(hall: Hall) -> None:
    who = eligible(hall)
    register(hall, who)

    hall.stage.press("press_no")

    hall.stage.arrive("Finished")
    hall.reads("You are registered")
    assert cast_later.deferral(hall.house, who)["state"] == "ELIGIBLE"
    hall.finish()


def test_n04_after_the_paid_fee_whoever_wants_it_signs_at_once(hall: Hall) -> None:
    who = eligible(hall)
    register(hall, who)

    hall.stage.press("press_yes")
    hall.reads("These five are always paid at once")
    hall.stage.press("press_go_on")
    hall.reads("Commitment to pay after treatment")
    read_to_the_end(hall)
    hall.stage.press("press_agree")
    hall.stage.arrive("Sign")
    sign(hall.stage)

    hall.reads("You are signed up")
    assert cast_later.deferral(hall.house, who)["state"] == "SIGNED"
    hall.stage.press("done")
    hall.reads("You are registered")
    hall.finish()


def test_n04_who_may_not_sign_is_not_asked(hall: Hall) -> None:
    who = hall.guest()
    begin(hall, "register", who)
    hall.reads("Which department?")
    hall.stage.press("choose_CARD")
    hall.reads("Which doctor?")
    hall.stage.press(hall.stage.option())
    hall.stage.arrive("ConfirmQuote")

    hall.show_wallet("WECHAT", "4321")

    hall.stage.arrive("Finished")
    hall.reads("You are registered")
    hall.finish()


def test_w09_everything_of_a_visit_is_settled_at_once_and_the_patient_just_leaves(
    hall: Hall,
) -> None:
    who = eligible(hall)
    visit = visited(hall.house, who)
    cast_later.bound(hall.house, who)
    cast.signed_with_debit(hall.house, who)
    cast_later.order(hall.house, visit, "HYAL")
    cast_later.order(hall.house, visit, "HBA1C")
    cast_later.wait_for_visit(hall.house, who, "ACCUMULATING", bills=2)
    cast_later.end_visit(hall.house, visit)
    cast_later.wait_for_visit(hall.house, who, "DUE", bills=2)

    settled = cast.settled_by_itself(hall.house, visit)

    assert [tender["kind"] for tender in settled["tenders"]] == ["BOUND_DEBIT"]
    assert len(settled["bills"]) == 2
    cast_later.wait_for_visit(hall.house, who, "PAID", bills=2)
    begin(hall, "pay", who)
    hall.stage.arrive("ShowNothingDue")
    hall.reads("Nothing is to be paid")
    hall.finish()
    see_account(hall, who, "You are signed up")
    hall.stage.press("choose_visits")
    hall.reads("Paid at")
    hall.stage.press(f"choose_{visit}")
    hall.reads("Still to be paid", "¥0.00", "Settled by itself, as you signed")
    leave(hall, "dock_leave")
