"""Money kept ready at the window: holds, balances where they are allowed, and old ones cleared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cast import KIOSK_TOKEN, guest
from cast_money import held
from cast_prefund import FILED, born, in_emergency
from cast_window_prefund import (
    balance_fen,
    by_card,
    by_hand,
    clean_out_state,
    exempt_hall,
    told,
)
from cast_window_settle import use_bank_card
from PySide6.QtWidgets import QApplication
from window_hall import CASHIER, FINANCE, REVIEWER, SUPERVISOR, WindowHall

from sandbox.people import with_check_digit
from sandbox.player.hands import wait_until
from sandbox.player.stage import post

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

_OLD, _YOUNG, _CHILD = 1955, 1990, 2015
_ACCOUNT = {"account_no": "6222021203001234567", "bank": "中国工商银行温州分行"}


_AT_ONCE = {"batch_every = 60.0": "batch_every = 1.0"}
"""Transfers go out within a second, so that a story sees one come back."""


@pytest.fixture(autouse=True)
def left_tidy(at_window: WindowHall) -> Iterator[None]:
    """Back at the desk, whatever became of a story."""
    at_window.as_operator()
    yield
    at_window.leave()


@pytest.fixture(scope="module")
def filed_hall(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WindowHall]:
    """Whoever is exempt may pay in advance (W25); the cashier's drawer is open."""
    with exempt_hall(tmp_path_factory.mktemp("filed"), {**FILED, **_AT_ONCE}) as hall:
        yield hall


@pytest.fixture
def filed(filed_hall: WindowHall) -> Iterator[WindowHall]:
    """At its desk, before and after, with the cashier."""
    filed_hall.as_operator()
    yield filed_hall
    filed_hall.leave()


def test_s09_s10_s12_s32_f25_hold_at_the_windows_pos_made_larger_and_ended(
    at_window: WindowHall,
) -> None:
    who = guest(at_window.house)
    at_window.serve(who)
    at_window.work("hold")
    at_window.sheet("Pre-authorise a card")
    at_window.fill(amount="99.99")
    at_window.do("place")
    at_window.reads("The amount is outside the limits")
    at_window.fill(amount="500")
    at_window.do("place")
    use_bank_card(at_window)
    at_window.sheet("The pre-authorisation stands")
    at_window.reads("¥500.00", "Give the slip to the patient.")
    at_window.do("done")
    at_window.sheet("Pre-authorise a card")
    at_window.reads("Stands: this window")
    at_window.fill(amount="1000")
    at_window.do("larger")
    use_bank_card(at_window)
    at_window.sheet("The pre-authorisation stands")
    at_window.do("done")
    at_window.sheet("Pre-authorise a card")
    holds = told(at_window, who, "holds")["holds"]
    states = {one["amount_fen"]: one["state"] for one in holds}  # type: ignore[attr-defined]
    assert states[100_000] == "HELD"
    assert states[50_000] != "HELD"
    at_window.take_row(at_window.row_with("¥1,000.00"))
    at_window.do("release")
    at_window.sheet("The pre-authorisation has ended")
    at_window.reads("¥1,000.00")
    at_window.leave()
    at_window.agree()


def test_s12_f25_hold_of_another_machine_is_seen_here_and_ended_there(
    at_window: WindowHall,
) -> None:
    who = guest(at_window.house)
    held(at_window.house, who, 60_000, "52500001", KIOSK_TOKEN)
    at_window.serve(who)
    at_window.work("hold")
    at_window.sheet("Pre-authorise a card")
    at_window.reads("¥600.00", "Stands", "622202*********4567", "Machine A-03")
    at_window.do("release")
    at_window.sheet("It cannot be ended here")
    at_window.reads("Only the machine that made it can end it: ", "Machine A-03", "¥600.00")
    at_window.do("done")
    at_window.sheet("Pre-authorise a card")
    (hold,) = told(at_window, who, "holds")["holds"]  # type: ignore[misc]  # JSON
    assert hold["state"] == "HELD"  # type: ignore[has-type]


def test_w18_f26_under_the_ban_nothing_comes_in_and_a_need_changes_nothing(
    at_window: WindowHall,
) -> None:
    at_window.serve(guest(at_window.house))
    at_window.work("balance")
    at_window.sheet("Prepaid balance")
    at_window.reads("Outpatient prepayments have ended")
    assert at_window.is_off("do_transfer")
    assert at_window.is_off("do_cash")
    at_window.do("declare")
    at_window.sheet("Prepaid balance")
    assert at_window.is_off("do_transfer")


def test_s15_s51_nothing_is_left_to_be_cleared(at_window: WindowHall) -> None:
    at_window.serve(guest(at_window.house))
    at_window.work("clear_balance")
    at_window.sheet("There is no balance")


def test_s09_s13_s33_w24_w25_f24_elderly_tops_up_by_card_of_their_own_will(
    filed: WindowHall,
) -> None:
    who = born(filed.house, _OLD)
    filed.serve(who)
    filed.work("balance")
    filed.sheet("Prepaid balance")
    filed.reads("Money may come in by rule OP-EXEMPT-GROUP", "¥50.00 to ¥2,000.00")
    filed.fill(amount="2000.01", consent="yes")
    filed.do("transfer")
    filed.reads("The amount is outside the limits")
    filed.leave()
    by_card(filed, who, "2000")
    assert balance_fen(filed, who) == 200_000
    filed.agree()


def test_s14_f24_counted_notes_are_booked_once_and_must_come_to_the_amount(
    filed: WindowHall,
) -> None:
    who = born(filed.house, _OLD)
    filed.serve(who)
    filed.work("balance")
    filed.sheet("Prepaid balance")
    filed.fill(amount="150", consent="yes")
    filed.do("cash")
    filed.sheet("Notes of the balance")
    filed.fill(n10000="1")
    filed.do("take")
    filed.reads("These notes are not the amount")
    filed.fill(n10000="1", n5000="1")
    filed.do("take")
    filed.sheet("The balance is topped up")
    assert balance_fen(filed, who) == 15_000
    filed.leave()
    filed.agree()


def test_w23_w24_emergency_lets_anybody_and_others_declare_a_need(filed: WindowHall) -> None:
    who = born(filed.house, _YOUNG)
    in_emergency(filed.house, who)
    filed.serve(who)
    filed.work("balance")
    filed.sheet("Prepaid balance")
    filed.reads("OP-EXEMPT-SCENE")
    filed.leave()
    filed.serve(born(filed.house, _YOUNG))
    filed.work("balance")
    filed.sheet("Prepaid balance")
    assert filed.is_off("do_transfer")
    filed.do("declare")
    filed.reads("OP-EXEMPT-GROUP")


def test_w20_w27_w31_s15_f27_balance_goes_back_the_way_it_came_after_a_review(
    filed: WindowHall,
) -> None:
    who = born(filed.house, _OLD)
    by_card(filed, who, "100")
    filed.serve(who)
    filed.work("clear_balance")
    filed.sheet("Give the balance back")
    filed.reads("Back the way it came", "¥100.00")
    assert "6222" not in filed.words()
    assert filed.is_off("do_ask")
    filed.fill(warned="yes")
    filed.do("ask")
    filed.sheet("The request is received")
    filed.reads("No money has moved yet. Somebody else reviews it first.")
    assert balance_fen(filed, who) == 0
    filed.leave()

    filed.serve(who)
    filed.work("clear_balance")
    filed.reads("Waits for review")
    filed.do("review")
    filed.sheet("Review balances")
    filed.fill(operator=REVIEWER, password=f"demo-{REVIEWER}")
    filed.do("approve")
    filed.reads("Reviewed; to be carried out")
    filed.do("execute")
    filed.sheet("Paid back")
    filed.leave()
    assert clean_out_state(filed, who) == "PAID"
    filed.agree()


def test_w28_w29_w35_two_are_judged_by_one_word_and_go_by_transfer(filed: WindowHall) -> None:
    two = (born(filed.house, _OLD), born(filed.house, _OLD))
    for who in two:
        by_hand(filed, who, n5000="1")
        filed.serve(who)
        filed.work("clear_balance")
        filed.sheet("Give the balance back")
        filed.reads("By bank transfer", "The patient's own account")
        filed.fill(**_ACCOUNT)
        filed.do("ask")
        filed.sheet("The request is received")
        filed.leave()
    filed.as_operator(SUPERVISOR)
    filed.work("clean_outs")
    step = filed.sheet("Balances asked back")
    assert step.table is not None
    filed.tick(*(line.key for line in step.table.lines[-2:]))
    filed.do("review")
    filed.sheet("Review balances")
    filed.fill(operator=REVIEWER, password=f"demo-{REVIEWER}")
    filed.do("refuse")
    filed.reads("A refusal needs its reason")
    filed.fill(operator=REVIEWER, password=f"demo-{REVIEWER}")
    filed.do("approve")
    filed.sheet("Balances asked back")
    filed.reads("Reviewed; to be carried out")
    filed.take_row(step.table.lines[-1].key)
    filed.do("open")
    filed.reads("Carry out")
    filed.do("execute")
    filed.sheet("Not all of it is back yet")
    filed.reads("On its way")
    filed.leave()
    assert {clean_out_state(filed, who) for who in two} <= {"REVIEWED", "CONFIRMED", "PAID"}
    filed.agree()


def test_w32_w28_account_that_the_bank_sends_back_is_named_again_and_reviewed_again(
    filed: WindowHall,
) -> None:
    who = born(filed.house, _OLD)
    by_hand(filed, who, n5000="1")
    filed.serve(who)
    filed.work("clear_balance")
    filed.sheet("Give the balance back")
    filed.fill(**{**_ACCOUNT, "account_no": "6222021203001230404"})
    filed.do("ask")
    filed.sheet("The request is received")
    filed.leave()
    for closed in (True, False):
        filed.serve(who)
        filed.work("clear_balance")
        filed.reads("Waits for review")
        filed.do("review")
        filed.sheet("Review balances")
        filed.fill(operator=REVIEWER, password=f"demo-{REVIEWER}")
        filed.do("approve")
        filed.reads("Reviewed; to be carried out")
        filed.do("execute")
        filed.sheet("Not all of it is back yet")
        filed.leave()
        state = "NEED_REALNAME_RESUBMIT" if closed else "PAID"
        wait_until(lambda s=state: clean_out_state(filed, who) == s, 40, state)  # type: ignore[misc]
        if closed:
            filed.serve(who)
            filed.work("clear_balance")
            filed.reads("Another account is needed")
            filed.fill(**_ACCOUNT)
            filed.do("payee")
            filed.reads("Waits for review")
            filed.leave()
    assert balance_fen(filed, who) == 0
    filed.agree()


def test_w30_w32_childs_transfer_goes_to_the_registered_contact(filed: WindowHall) -> None:
    who = born(filed.house, _CHILD)
    filed.serve(who)
    filed.work("balance")
    filed.sheet("Prepaid balance")
    filed.do("declare")
    filed.reads("OP-EXEMPT-GROUP")
    filed.fill(amount="50", consent="yes")
    filed.do("cash")
    filed.sheet("Notes of the balance")
    filed.fill(n5000="1")
    filed.do("take")
    filed.sheet("The balance is topped up")
    filed.leave()
    url = f"{filed.house.backend_url}/v1/patients/{who.patient.patient_id}/contact"
    post(url, {"name": "林建", "id_number": "", "phone": "13800005628"}, KIOSK_TOKEN)
    filed.serve(who)
    filed.work("clear_balance")
    filed.sheet("Give the balance back")
    filed.reads("The registered contact, because the patient is a minor")
    filed.do("contact")
    filed.sheet("Contact, second submission")
    filed.fill(name="林建", id_number=with_check_digit("33030219850101601"))
    filed.do("keep")
    filed.sheet("Kept")
    filed.do("done")
    filed.sheet("Give the balance back")
    filed.fill(**_ACCOUNT)
    filed.do("ask")
    filed.sheet("The request is received")


def test_w34_dead_persons_balance_wants_every_paper_first(filed: WindowHall) -> None:
    who = born(filed.house, _OLD)
    by_hand(filed, who, n5000="1")
    filed.serve(who)
    filed.work("death")
    filed.sheet("A death")
    filed.fill(died_on="2026-01-05", DEATH_PROOF="yes", PATIENT_ID="yes")
    filed.do("record")
    filed.sheet("The death is recorded")
    filed.do("done")
    filed.stage.arrive("ServePatient")
    filed.work("clear_balance")
    filed.sheet("Give the balance back")
    filed.reads("Papers of a dead person", "Agent's ID card")
    assert filed.is_off("do_ask")
    filed.leave()
    filed.serve(who)
    filed.work("death")
    filed.sheet("A death")
    papers = ("VISIT_CARD", "PATIENT_SAVINGS_CARD", "AGENT_ID", "RELATION_PROOF")
    ticked = dict.fromkeys((*papers, "DEATH_PROOF", "PATIENT_ID"), "yes")
    filed.fill(died_on="2026-01-05", **ticked)
    filed.do("record")
    filed.sheet("The death is recorded")
    filed.do("done")
    filed.stage.arrive("ServePatient")
    filed.work("clear_balance")
    filed.sheet("Give the balance back")
    filed.reads("Whoever the papers name")
    filed.fill(name="林建", **_ACCOUNT)
    filed.do("ask")
    filed.sheet("The request is received")


def test_w19_w21_w22_s51_stock_is_worked_off_and_the_rest_entered_and_saved_as_csv(
    filed: WindowHall,
) -> None:
    who = born(filed.house, _OLD)
    by_card(filed, who, "80")
    filed.as_operator(FINANCE)
    filed.work("stock")
    filed.sheet("Stock of old balances")
    filed.reads("No day is left", "Still to be given back", "¥80.00")
    assert who.person.id_number not in filed.words()
    filed.do("idle")
    filed.reads("All balances")
    filed.do("idle")
    filed.reads("Only idle ones")
    filed.take_row(who.patient.patient_id)
    filed.do("serve")
    filed.stage.arrive("ServePatient")
    filed.leave()
    filed.work("stock")
    filed.sheet("Stock of old balances")
    filed.do("ledger")
    filed.sheet("Balances not returned in time")
    filed.fill(reason="nobody could be reached")
    filed.do("enter")
    filed.reads("Not returned in all", "nobody could be reached")
    filed.do("csv")
    filed.reads("Saved: ")
    strip = filed.sheet("Balances not returned in time").strip
    assert strip is not None
    wait_until(lambda: "Saved" in filed.words(), 5, "the file")
    path = Path(filed.words().split("Saved: ")[1].splitlines()[0])
    assert "nobody could be reached" in path.read_text("utf-8-sig")
    filed.leave()

    filed.as_operator(CASHIER)
    filed.serve(who)
    filed.work("clear_balance")
    filed.sheet("Give the balance back")
    filed.reads("Back the way it came", "¥80.00")
