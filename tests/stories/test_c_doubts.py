"""Doubts of all terminals at the window, where money is, enquiries, complaints and problems."""

from __future__ import annotations

from collections.abc import Iterator

import cast_later as cast
import pytest
from cast import PHONE, Guest, guest
from cast_window_doubts import case, doubt, resolved, tickets
from cast_window_refunds import insured_payment, paid_back, reversal_refused
from PySide6.QtCore import Qt
from window_hall import CASHIER, REVIEWER, SUPERVISOR, WindowHall

from sandbox.player.hands import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]
_MUCH_FEN = 250_000


@pytest.fixture(autouse=True)
def _back_at_the_desk(at_window: WindowHall) -> Iterator[None]:
    """A story that fails leaves its page to nobody."""
    yield
    at_window.leave()


def open_case(at_window: WindowHall, case_id: str) -> None:
    """From the desk to one case."""
    at_window.work("cases")
    at_window.sheet("Doubts and open cases")
    at_window.take_row(case_id)
    at_window.do("open")
    at_window.sheet(f"Case {case_id}")


def refund_here(at_window: WindowHall, who: Guest) -> None:
    """One item by the quick way, to its end."""
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F4)
    at_window.stage.arrive("ChooseRefundLines")
    at_window.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    at_window.key(Qt.Key.Key_Return)
    at_window.stage.arrive("ReviewPlan")
    at_window.type("review_operator", REVIEWER)
    at_window.type("review_password", f"demo-{REVIEWER}")
    at_window.stage.hand.press_twice("approve")
    at_window.stage.arrive("ShowOutcome", 40)


def test_f40_doubt_of_a_kiosk_is_taken_over_gets_evidence_and_is_resolved(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    case_id = doubt(at_window.house, guest(at_window.house), 4_200)
    open_case(at_window, case_id)
    at_window.reads("the POS went silent", "The cashiers' office", "¥42.00", "Answer due")

    at_window.do("take")
    at_window.reads("Taken over")
    at_window.do("evidence")
    at_window.sheet(f"Evidence for {case_id}")
    at_window.fill(text="the bank knows no hold")
    at_window.do("add")
    at_window.sheet(f"Case {case_id}")
    at_window.reads("the bank knows no hold")
    at_window.do("resolve")
    at_window.sheet(f"Resolve {case_id}")
    at_window.fill(outcome="NOTHING_MOVED", reason="told by the bank")
    at_window.do("resolve")

    at_window.sheet(f"Case {case_id}")
    at_window.reads("Resolved", "No money had moved", "2107 at W07")
    told = case(at_window.house, case_id)
    assert (told["state"], told["owner"], told["resolved_by"]) == ("RESOLVED", CASHIER, CASHIER)


def test_f40_much_money_needs_a_second_person(at_window: WindowHall) -> None:
    at_window.as_operator()
    case_id = doubt(at_window.house, guest(at_window.house), _MUCH_FEN)
    open_case(at_window, case_id)
    at_window.do("resolve")
    at_window.sheet(f"Resolve {case_id}")
    at_window.fill(outcome="RETURNED", reason="the hold was released")
    at_window.do("resolve")
    at_window.reads("A second person enters number and password.")
    assert case(at_window.house, case_id)["state"] == "OPEN"

    at_window.fill(second_operator=SUPERVISOR, second_password=f"demo-{SUPERVISOR}")
    at_window.do("resolve")

    at_window.sheet(f"Case {case_id}")
    at_window.reads("The money went back", "2107 and 2102")


def test_f40_refund_that_the_insurance_holds_up_goes_on_by_a_decision(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    insured_payment(at_window.house, who, "ECG12")
    reversal_refused(at_window.house)
    refund_here(at_window, who)
    at_window.reads("We are checking what became of the payment")
    at_window.key(Qt.Key.Key_Return)
    at_window.stage.arrive("ServePatient")
    (told,) = cast.refunds(at_window.house, who)
    assert told["state"] == "SUSPENSE"

    at_window.work("patient_cases")
    at_window.sheet("Doubts and open cases")
    case_id = at_window.row_with("Refund")
    at_window.take_row(case_id)
    at_window.do("open")
    at_window.sheet(f"Case {case_id}")
    at_window.do("resolve")
    at_window.sheet(f"Resolve {case_id}")
    at_window.fill(outcome="OTHER", reason="no")
    at_window.do("resolve")
    at_window.reads("Money is held up by this case")
    at_window.key(Qt.Key.Key_Escape)
    at_window.sheet(f"Case {case_id}")
    at_window.do("decide")
    at_window.sheet(f"Decide {case_id}")
    at_window.fill(decision="DONE", reason="the bank says so")
    at_window.do("decide")
    at_window.reads("A transaction number is missing")
    at_window.fill(decision="ASK_AGAIN", reason="the insurance mended it")
    at_window.do("decide")

    at_window.sheet(f"Case {case_id}")
    at_window.reads("Decided", "Asked again", "the insurance mended it")
    paid_back(at_window.house, told["refund_id"])
    at_window.leave()
    at_window.agree()


def test_s24_money_is_traced_from_bill_to_tender_to_refund(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    cast.paid(at_window.house, who, "HBA1C")
    refund_here(at_window, who)
    at_window.reads("Paid back")
    at_window.key(Qt.Key.Key_Return)
    at_window.stage.arrive("ServePatient")
    (told,) = cast.refunds(at_window.house, who)
    at_window.work("money")
    at_window.sheet("Where is the money?")
    at_window.reads("¥65.00", "Complete")
    at_window.take_row(at_window.row_with("Refund"))
    at_window.do("open")

    at_window.reads("What happened", told["refund_id"], "How it stands")


def test_s24_money_is_found_by_amount_and_day_slip_case_or_phone(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    paid = cast.paid(at_window.house, who, "ECG12", "HBA1C")
    case_id = doubt(at_window.house, who, 4_300)
    at_window.work("find_money")
    for typed in (
        {"case_id": case_id},
        {"amount": "97.00", "day": paid["settled_at"][:10]},
        {"name": who.person.name, "phone_tail": PHONE[-4:]},
    ):
        at_window.sheet("Where is the money?")
        at_window.fill(**typed)
        at_window.do("find")
        reach_trail(at_window, who.patient.patient_id)
        at_window.reads("¥97.00", "¥43.00")
        reach_search(at_window)
    at_window.scan(paid["slip"]["qr_text"])
    at_window.reads("¥97.00", "¥43.00")
    reach_search(at_window)
    at_window.fill(name=who.person.name)
    at_window.do("find")
    at_window.reads("This is not enough to search by")
    resolved(at_window.house, case_id)


def reach_trail(at_window: WindowHall, patient_id: str) -> None:
    """Directly, or by choosing among people who paid as much, or are called alike."""
    wait_until(lambda: not at_window.sheet("Where is the money?").fields, 10, "who it is")
    if not at_window.sheet("Where is the money?").patient:
        at_window.take_row(patient_id)
        at_window.do("open")
    at_window.reads("Money being checked")


def reach_search(at_window: WindowHall) -> None:
    """Back to the first page, past the choice among several people where there was one."""
    runner = at_window.stage.window.runner
    for _ in range(2):
        before = runner.ticket
        at_window.key(Qt.Key.Key_Escape)
        wait_until(lambda: runner.ticket != before, 10, "the page before")  # noqa: B023
        if at_window.sheet("Where is the money?").fields:
            return


def test_h33_enquiry_is_taken_down_followed_up_and_answered(at_window: WindowHall) -> None:
    at_window.as_operator()
    name = guest(at_window.house).person.name
    at_window.work("enquiries")
    at_window.sheet("Enquiries and complaints")
    at_window.do("new")
    at_window.sheet("Take down an enquiry or complaint")
    at_window.fill(name=name, contact="13800005628", content="Why was the bed charged twice?")
    at_window.do("take")
    at_window.sheet("It is taken down")
    at_window.reads("An answer is due by")
    at_window.do("done")

    at_window.sheet("Enquiries and complaints")
    at_window.take_row(at_window.row_with("Why was the bed charged twice?"))
    at_window.do("open")
    at_window.reads("Why was the bed charged twice?", "13800005628")
    at_window.do("step")
    at_window.sheet("Note a step")
    at_window.fill(text="asked the ward")
    at_window.do("note")
    at_window.reads("asked the ward", "2107 at W07")
    at_window.do("answer")
    at_window.sheet("Answer")
    at_window.fill(answer="It was one bed in two wards")
    at_window.do("answer")

    at_window.reads("Answered", "It was one bed in two wards")


def test_h38_complaint_is_kept_with_its_patient_and_steps(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    at_window.serve(who)
    at_window.work("take_down")
    at_window.sheet("Take down an enquiry or complaint")
    at_window.fill(kind="COMPLAINT", contact="letter", content="I waited for two hours")
    at_window.do("take")
    at_window.sheet("It is taken down")
    at_window.leave()

    at_window.work("enquiries")
    at_window.sheet("Enquiries and complaints")
    at_window.take_row(at_window.row_with("I waited for two hours"))
    at_window.do("open")
    at_window.reads("Complaint", who.person.name, "Taken down", "2107 at W07")


def test_s52_problem_of_the_terminal_is_reported_with_where_it_was_seen(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    at_window.work("report_problem")
    at_window.sheet("Report a problem of the terminal")
    at_window.fill(subject="printer", text="prints pale on the left")
    at_window.do("report")

    at_window.sheet("The problem is reported")
    text = "prints pale on the left"
    (ticket,) = (one for one in tickets(at_window.house) if one["text"] == text)
    assert (ticket["terminal_id"], ticket["subject"]) == ("W07", "printer")
