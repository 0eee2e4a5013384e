"""Refunds that were asked for anywhere, at the window: seen, judged, carried out, in true words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cast_later as cast
import pytest
from cast import Guest, guest
from cast_papers import invoice_is
from cast_paying import bind, settlements
from cast_window_refunds import (
    insured_payment,
    line_ids,
    printed,
    refund,
    stay_with_credit,
    with_credit,
    written_off,
)
from PySide6.QtCore import Qt
from window_hall import CASHIER, REVIEWER, SUPERVISOR, WindowHall

from sandbox.people import with_check_digit

CONTACT_ID = with_check_digit("33030219850101979")
pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]


@pytest.fixture(autouse=True)
def _back_at_the_desk(at_window: WindowHall) -> Iterator[None]:
    """A story that fails leaves its page to nobody."""
    yield
    at_window.leave()


def asked(at_window: WindowHall, who: Guest, *codes: str, by: str = "WECHAT") -> str:
    """A request from a phone for everything of one payment; its id."""
    return cast.ask_refund(at_window.house, cast.paid(at_window.house, who, *codes, by=by))


def open_request(at_window: WindowHall, refund_id: str) -> None:
    """From the desk to the page of one request."""
    at_window.work("refund_requests")
    at_window.sheet("Refund requests")
    at_window.take_row(refund_id)
    at_window.do("open")
    opened(at_window, refund_id)


def opened(at_window: WindowHall, refund_id: str) -> None:
    """Its page, as it stands now."""
    at_window.sheet(f"Refund request {refund_id[:8].upper()}")


def approve(at_window: WindowHall, reviewer: str = REVIEWER) -> None:
    """By this person's number and password."""
    at_window.fill(operator=reviewer, password=f"demo-{reviewer}")
    at_window.do("approve")
    at_window.reads("Reviewed; to be carried out")


def state(at_window: WindowHall, refund_id: str) -> str:
    """As the backend says."""
    return str(refund(at_window.house, refund_id)["state"])


def steps(at_window: WindowHall, refund_id: str) -> list[tuple[str, str]]:
    """Each with its operator."""
    told = refund(at_window.house, refund_id)["steps"]
    return [(one["step"], one["operator"]) for one in told]


def to_lines(at_window: WindowHall, who: Guest) -> None:
    """From the desk to the items of the newest payment: one key after the scan."""
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F4)
    at_window.stage.arrive("ChooseRefundLines")


def review_here(at_window: WindowHall, reviewer: str = REVIEWER) -> None:
    """The second person's word in the quick way."""
    at_window.stage.arrive("ReviewPlan")
    at_window.type("review_operator", reviewer)
    at_window.type("review_password", f"demo-{reviewer}")
    at_window.stage.hand.press_twice("approve")
    at_window.stage.arrive("ShowOutcome", 40)


def test_h20_a_a7_c05_f32_request_of_a_phone_is_reviewed_and_paid_back_at_the_window(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    refund_id = asked(at_window, who, "ECG12")
    at_window.work("refund_requests")
    at_window.sheet("Refund requests")
    at_window.reads("Waits for review", "¥32.00", who.person.name, refund_id[:8].upper())
    at_window.take_row(refund_id)
    at_window.do("open")
    opened(at_window, refund_id)
    at_window.reads("Back the way it was paid", "not done", "the patient at", "Not begun yet")

    approve(at_window)
    at_window.reads("2201 at W07")
    at_window.do("execute")

    at_window.sheet("Paid back")
    at_window.reads("WeChat / Alipay / UnionPay", "Give the slip to the patient.")
    assert state(at_window, refund_id) == "PAID"
    at_window.leave()
    at_window.agree()


def test_w20_each_of_four_steps_has_its_operator_and_time(at_window: WindowHall) -> None:
    at_window.as_operator()
    refund_id = asked(at_window, guest(at_window.house), "ECG12")
    open_request(at_window, refund_id)
    at_window.reads("1. Asked for", "2. Reviewed", "3. Carried out", "4. Paid back", "Not yet")
    approve(at_window, SUPERVISOR)
    at_window.do("execute")
    at_window.sheet("Paid back")
    at_window.do("done")
    opened(at_window, refund_id)

    at_window.reads("2102 at W07", "2107 at W07", "the system")
    assert "Not yet" not in at_window.words()
    assert steps(at_window, refund_id) == [
        ("ACCEPTED", ""),
        ("REVIEWED", SUPERVISOR),
        ("CONFIRMED", CASHIER),
        ("PAID", ""),
    ]
    at_window.leave()


def test_w20_refusal_keeps_its_reason_and_frees_the_items(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    paid = cast.paid(at_window.house, who, "ECG12")
    refund_id = cast.ask_refund(at_window.house, paid)
    open_request(at_window, refund_id)
    at_window.do("refuse")
    at_window.sheet(f"Refuse request {refund_id[:8].upper()}")
    at_window.fill(reason="the ECG was done", operator=REVIEWER, password="demo-2201")
    at_window.do("refuse")

    opened(at_window, refund_id)
    at_window.reads("Refused", "the ECG was done", "2201 at W07")
    assert state(at_window, refund_id) == "REJECTED"
    assert cast.refunds(at_window.house, who)[0]["steps"][-1]["text"] == ""  # not for the patient
    assert cast.ask_refund(at_window.house, paid) != refund_id
    at_window.leave()


def test_c05_whoever_reviewed_a_patients_request_does_not_carry_it_out(
    at_window: WindowHall,
) -> None:
    at_window.as_operator(SUPERVISOR)
    refund_id = asked(at_window, guest(at_window.house), "ECG12")
    open_request(at_window, refund_id)
    approve(at_window, SUPERVISOR)
    at_window.do("execute")

    at_window.reads("A second person must review this")
    assert state(at_window, refund_id) == "REVIEWED"
    at_window.leave()
    at_window.as_operator()
    open_request(at_window, refund_id)
    at_window.do("execute")
    at_window.sheet("Paid back")
    at_window.leave()


def test_c05_a_wrong_password_of_the_reviewer_moves_nothing(at_window: WindowHall) -> None:
    at_window.as_operator()
    refund_id = asked(at_window, guest(at_window.house), "ECG12")
    open_request(at_window, refund_id)
    at_window.fill(operator=REVIEWER, password="guessed")
    at_window.do("approve")

    at_window.reads("Operator or password is wrong")
    assert state(at_window, refund_id) == "ACCEPTED"
    at_window.leave()


def test_w20_w28_a_transfer_that_was_sent_is_not_called_paid_back(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    refund_id = asked(at_window, who, "ECG12")
    cast.refund_declined(at_window.house)
    open_request(at_window, refund_id)
    approve(at_window)
    at_window.do("execute")
    at_window.sheet("Not all of it is back yet")
    at_window.do("done")
    opened(at_window, refund_id)
    at_window.reads("A bank account is missing", "The channel does not take it back")

    at_window.do("payee")
    at_window.sheet("Account of the transfer")
    at_window.reads(who.person.name)
    at_window.fill(account_no="6222021203001234567", bank="中国工商银行温州鹿城支行")
    at_window.do("take")

    opened(at_window, refund_id)
    at_window.reads("Being paid back", "The transfer is under way", "4. Paid back", "Not yet")
    assert state(at_window, refund_id) == "CONFIRMED"
    at_window.leave()


def test_w30_w32_transfer_for_a_minor_goes_to_the_registered_contact(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    child = cast.child(at_window.house, "20120319")
    cast.register_contact(at_window.house, child)
    refund_id = asked(at_window, child, "ECG12")
    cast.refund_declined(at_window.house)
    open_request(at_window, refund_id)
    approve(at_window)
    at_window.do("execute")
    at_window.sheet("Not all of it is back yet")
    at_window.do("done")
    opened(at_window, refund_id)
    at_window.do("payee")
    at_window.sheet("Account of the transfer")
    at_window.reads("The registered contact", "The patient is a minor", "Not clear yet")

    at_window.do("contact")
    at_window.sheet("The contact's real name")
    at_window.fill(name="林建", id_number=CONTACT_ID)
    at_window.do("take")
    at_window.sheet("Account of the transfer")
    at_window.fill(account_no="6222021203007654321", bank="中国农业银行")
    at_window.do("take")

    opened(at_window, refund_id)
    at_window.reads("The transfer is under way")
    at_window.leave()


def test_w31_who_paid_is_told_to_the_cashier_and_never_to_the_patient(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    bind(at_window.house, who)
    refund_id = asked(at_window, who, "ECG12", by="BOUND_DEBIT")
    at_window.serve(who)
    at_window.work("refunds")
    at_window.sheet("Refund requests")
    at_window.take_row(refund_id)
    at_window.do("open")
    opened(at_window, refund_id)

    at_window.reads("reaches whoever paid", "Goes to")
    payer = refund(at_window.house, refund_id)["parts"][0]["payer"]
    assert payer
    assert payer in at_window.words()
    assert payer not in at_window.customer_reads()
    at_window.leave()


def test_f32_an_item_that_was_done_refuses_with_words(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    cast.executed(at_window.house, cast.paid(at_window.house, who, "ECG12"))
    to_lines(at_window, who)
    at_window.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    at_window.key(Qt.Key.Key_Return)

    at_window.stage.arrive("ShowOutcome")
    at_window.reads("This item was done already", "Ask the department to withdraw it.")
    at_window.leave()


def test_a_a7_one_item_goes_back_by_three_keys_and_a_second_person(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    paid = cast.paid(at_window.house, who, "ECG12", "HBA1C")
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F4)
    at_window.stage.arrive("ChooseRefundLines")
    at_window.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    at_window.key(Qt.Key.Key_Return)
    review_here(at_window)

    at_window.reads("Paid back")
    (told,) = cast.refunds(at_window.house, who)
    assert [line["line_id"] for line in told["lines"]] == line_ids(paid)[:1]
    assert told["total_fen"] == 3_200
    at_window.leave()
    at_window.agree()


def test_f32_a_request_that_was_left_waits_in_the_queue_for_its_reviewer(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    cast.paid(at_window.house, who, "ECG12")
    to_lines(at_window, who)
    at_window.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    at_window.key(Qt.Key.Key_Return)
    at_window.stage.arrive("ReviewPlan")
    at_window.leave()
    (told,) = cast.refunds(at_window.house, who)

    open_request(at_window, told["refund_id"])
    at_window.reads("2107 at W07")
    approve(at_window)
    at_window.do("execute")
    at_window.sheet("Paid back")
    at_window.leave()


def goes_back_to_the_credit_line(at_window: WindowHall, who: Guest) -> None:
    """The item that is refunded at the window itself, after a second person's word."""
    to_lines(at_window, who)
    at_window.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    at_window.key(Qt.Key.Key_Return)
    review_here(at_window)

    at_window.reads("Paid back")
    (told,) = cast.refunds(at_window.house, who)
    assert (told["state"], told["parts"][0]["route"]) == ("PAID", "CREDIT_LINE")
    at_window.leave()
    at_window.agree()


def test_a_b4_credit_of_an_outpatient_goes_back_to_the_credit_line(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    with_credit(at_window.house, who, "ECG12")
    goes_back_to_the_credit_line(at_window, who)


def test_a_b6_a_a11_credit_of_a_stay_goes_back_to_the_credit_line(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    stay_with_credit(at_window.house, who, "ECG12", "HBA1C")
    goes_back_to_the_credit_line(at_window, who)


def test_f32_cash_comes_out_of_the_drawer_once_it_is_booked(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    cast.order(at_window.house, cast.visited(at_window.house, who), "ECG12")
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F8)
    at_window.stage.arrive("ConfirmQuote")
    at_window.press("pay_CASH")
    at_window.sheet("Cash")
    at_window.do("take")
    at_window.stage.arrive("ShowOutcome")
    at_window.leave()
    refund_id = cast.ask_refund(at_window.house, newest(at_window, who))
    open_request(at_window, refund_id)
    at_window.reads("Paid in cash, returned at the window")
    approve(at_window)
    at_window.do("execute")

    at_window.sheet("Paid back")
    at_window.reads("Hand out from the drawer", "¥32.00")
    at_window.leave()
    at_window.agree()


def newest(at_window: WindowHall, who: Guest) -> dict[str, Any]:
    """The last settlement of a guest."""
    return settlements(at_window.house, who)[0]


def test_f32_insurance_is_reversed_first_then_the_invoice_then_the_money(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    paid = insured_payment(at_window.house, who, "ECG12")
    invoice_is(at_window.house, paid["settlement_id"], "E_ISSUED")
    refund_id = cast.ask_refund(at_window.house, paid)
    open_request(at_window, refund_id)
    at_window.reads("The insurance takes its part back first", "Back the way it was paid")
    approve(at_window)
    at_window.do("execute")
    at_window.sheet("Paid back")

    told = refund(at_window.house, refund_id)
    assert [part["route"] for part in told["parts"]] == ["INSURANCE", "SCAN"]
    assert {part["state"] for part in told["parts"]} == {"DONE"}
    written_off(at_window.house, paid)
    at_window.leave()
    at_window.agree()


def test_f32_f33_a_printed_invoice_is_called_back_before_the_money_goes(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    paid = cast.paid(at_window.house, who, "ECG12")
    invoice_id = printed(at_window.house, paid)
    refund_id = cast.ask_refund(at_window.house, paid)
    open_request(at_window, refund_id)
    approve(at_window)
    at_window.do("execute")
    at_window.reads("The official invoice of this payment was printed", "Call its sheet back first")
    assert state(at_window, refund_id) == "REVIEWED"
    at_window.leave()

    at_window.serve(who)
    at_window.work("invoices")
    at_window.sheet("Official invoices")
    at_window.take_row(invoice_id)
    at_window.do("open")
    at_window.do("recall")
    at_window.fill(reason="the patient brought the sheet")
    at_window.do("recall")
    at_window.reads("Not printed yet")
    at_window.leave()

    open_request(at_window, refund_id)
    at_window.do("execute")
    at_window.sheet("Paid back")
    written_off(at_window.house, paid)
    at_window.leave()
