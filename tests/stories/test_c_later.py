"""Pay later at the window: why not, signed on paper, repaid at once, arrears and findings."""

from __future__ import annotations

from collections.abc import Iterator

import cast_later as cast
import cast_money
import pytest
from cast import CLINIC_TOKEN, guest
from cast_window_later import AT_ONCE, eligible, owing, window_under
from cast_window_settle import lay_id_card, paid_kinds, told
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from window_hall import CASHIER, CHIEF, FINANCE, SUPERVISOR, WindowHall

from sandbox.player.hands import wait_until
from sandbox.player.stage import post, wallet_code

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

_TITLE = "Pay after the visit"
_EVIDENCE = "said three times, with a witness, that it is never paid"


@pytest.fixture(autouse=True)
def left_tidy(at_window: WindowHall) -> Iterator[None]:
    """Back at the desk, whatever became of a story."""
    at_window.as_operator()
    yield
    at_window.leave()


@pytest.fixture(scope="module")
def strict_hall(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WindowHall]:
    """Bills that are not paid at the end of a visit are arrears at once."""
    with window_under(tmp_path_factory.mktemp("strict"), AT_ONCE) as hall:
        yield hall


@pytest.fixture
def strict(strict_hall: WindowHall) -> Iterator[WindowHall]:
    """At its desk, before and after."""
    yield strict_hall
    strict_hall.leave()


def sign(at_window: WindowHall) -> None:
    """From the account's page to the slip."""
    at_window.do("sign")
    at_window.sheet("Sign pay after the visit")
    at_window.fill(signed="yes")
    at_window.do("sign")
    at_window.sheet("Pay-later is signed")


def test_n01_n05_n08_f21_commitment_is_read_printed_and_signed_on_paper(
    at_window: WindowHall,
) -> None:
    who, _ = eligible(at_window.house)
    at_window.serve(who)
    at_window.work("pay_later")
    at_window.sheet(_TITLE)
    at_window.reads("May sign")
    at_window.do("sign")
    at_window.sheet("Sign pay after the visit")
    at_window.reads("An abortion without medical need", "2026-01")
    assert at_window.is_off("do_sign")
    at_window.do("print")
    at_window.reads("Printed")
    at_window.fill(signed="yes")
    at_window.do("sign")
    at_window.sheet("Pay-later is signed")
    at_window.reads("The patient", "Give the slip to the patient.")
    told = cast.deferral(at_window.house, who)["signature"]
    assert (told["state"], told["text_version"], told["signer"]) == ("SIGNED", "2026-01", "PATIENT")
    assert (told["channel"], told["terminal_id"]) == ("window", "W07")
    assert told["signature_digest"] == ""


@pytest.mark.parametrize(
    ("insurance", "words"),
    [
        ({"insuplc_admdvs": "340100"}, "people insured in this city"),
        ({"paused": True}, "insurance is not in force now"),
    ],
    ids=["n02_elsewhere", "n03_paused"],
)
def test_n02_n03_who_may_not_sign_and_why(
    at_window: WindowHall, insurance: dict[str, object], words: str
) -> None:
    who, _ = eligible(at_window.house, **insurance)
    at_window.serve(who)
    at_window.work("pay_later")
    at_window.sheet(_TITLE)
    at_window.reads("Not open to this patient now", words)
    assert at_window.is_off("do_sign")


def test_n04_signing_begins_with_a_paid_registration(at_window: WindowHall) -> None:
    who = guest(at_window.house)
    cast.insured(at_window.house, who.person)
    at_window.serve(who)
    at_window.work("pay_later")
    at_window.sheet(_TITLE)
    at_window.reads("begins with a paid registration of today")


def test_n12_ended_at_any_time_and_signed_again(at_window: WindowHall) -> None:
    who, _ = eligible(at_window.house)
    cast.signed(at_window.house, who)
    at_window.serve(who)
    at_window.work("pay_later")
    at_window.sheet(_TITLE)
    at_window.do("end")
    at_window.sheet("Pay-later is ended")
    assert cast.deferral(at_window.house, who)["state"] == "CANCELLED"
    at_window.do("done")
    at_window.sheet(_TITLE)
    sign(at_window)
    assert cast.deferral(at_window.house, who)["state"] == "SIGNED"


def test_n22_guardian_signs_for_a_child_with_the_own_id_card(at_window: WindowHall) -> None:
    house = at_window.house
    child = cast.child(house, "20180317")
    cast.insured(house, child.person, insutype="390")
    cast.visited(house, child)
    guardian = cast.guardian(house, child)
    at_window.serve(child)
    at_window.work("pay_later")
    at_window.sheet(_TITLE)
    at_window.do("sign")
    at_window.sheet("Sign pay after the visit")
    lay_id_card(at_window, guardian)
    at_window.reads("The guardian", "These five are always paid at once")
    at_window.fill(signed="yes")
    at_window.do("sign")
    at_window.sheet("Pay-later is signed")
    assert cast.deferral(house, child)["signature"]["signer"] == "GUARDIAN"


def test_n22_another_persons_id_card_signs_nothing(at_window: WindowHall) -> None:
    house = at_window.house
    child, other = cast.child(house, "20180318"), guest(house)
    cast.insured(house, child.person, insutype="390")
    cast.visited(house, child)
    cast.guardian(house, child)
    at_window.serve(child)
    at_window.work("pay_later")
    at_window.sheet(_TITLE)
    at_window.do("sign")
    at_window.sheet("Sign pay after the visit")
    at_window.fill(number=other.person.id_number)
    at_window.do("go")
    at_window.reads("These five are always paid at once")
    at_window.fill(signed="yes")
    at_window.do("sign")
    at_window.reads("not the ID card of the registered guardian")
    assert cast.deferral(house, child)["signature"] is None


def test_n06_n07_n11_n13_w09_w11_f22_visit_is_repaid_with_one_key_and_the_code(
    at_window: WindowHall,
) -> None:
    house = at_window.house
    who, registration_id = owing(house, "HYAL", "HBA1C")
    cast.wait_for_visit(house, who, "DUE", bills=2)
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F7)
    at_window.stage.arrive("ConfirmQuote")
    at_window.scan(wallet_code("WECHAT"))
    at_window.stage.arrive("ShowOutcome", 40)
    at_window.reads("Settled")
    at_window.leave()
    assert paid_kinds(at_window, who) == ["SCAN"]
    cast.wait_for_visit(house, who, "PAID", bills=2)

    at_window.serve(who)
    at_window.work("pay_later")
    at_window.sheet(_TITLE)
    at_window.take_row(registration_id)
    at_window.do("open")
    at_window.reads("Paid by the patient", "¥117.60", "Settled")
    assert at_window.is_off("do_pay")
    at_window.leave()
    at_window.agree()


def test_n06_w10_one_of_two_things_is_never_paid_alone(at_window: WindowHall) -> None:
    house = at_window.house
    who, _ = owing(house, "HYAL", "HBA1C")
    cast.wait_for_visit(house, who, "DUE", bills=2)
    at_window.serve(who)
    at_window.work("pay_later")
    at_window.sheet(_TITLE)
    at_window.reads("Due", "¥117.60")
    at_window.do("open")
    at_window.reads("Waits", "¥52.60")
    at_window.do("pay")
    at_window.stage.arrive("ConfirmQuote")
    at_window.reads("¥117.60")


def test_n06_nothing_waits_and_nothing_is_quoted(at_window: WindowHall) -> None:
    at_window.serve(guest(at_window.house))
    at_window.key(Qt.Key.Key_F7)
    at_window.sheet("Nothing waits to be paid")


def test_n08_excluded_bill_says_why_it_cannot_wait(at_window: WindowHall) -> None:
    house = at_window.house
    who, registration_id = eligible(house)
    cast.signed(house, who)
    cast.order(house, registration_id, "HYAL", exclusion="THIRD_PARTY_LIABILITY")
    at_window.serve(who)
    at_window.work("pay_later")
    at_window.sheet(_TITLE)
    at_window.do("pay_now")
    at_window.sheet("Bills that cannot wait")
    at_window.reads("Fees that somebody else must bear", "¥52.60")


def test_n08_liability_of_the_visit_stops_each_of_its_bills(at_window: WindowHall) -> None:
    house = at_window.house
    who, registration_id = eligible(house)
    cast.signed(house, who)
    cast.order(house, registration_id, "HBA1C")
    url = f"{house.backend_url}/v1/visits/{registration_id}/facts"
    post(url, {"scene": "OUTPATIENT", "liability": "ILLEGAL_ACT"}, CLINIC_TOKEN)
    at_window.serve(who)
    at_window.work("pay_later")
    at_window.sheet(_TITLE)
    at_window.do("pay_now")
    at_window.sheet("Bills that cannot wait")
    at_window.reads("Fees from an unlawful act", "¥65.00")


def test_n15_suspended_elsewhere_in_the_city_signs_nothing_here(at_window: WindowHall) -> None:
    who, _ = eligible(at_window.house)
    cast.suspended_elsewhere(at_window.house, who)
    at_window.serve(who)
    at_window.work("pay_later")
    at_window.sheet(_TITLE)
    at_window.reads("Stopped in the whole city", "Arrears at another hospital")
    assert at_window.is_off("do_sign")


def test_w11_bound_account_may_repay_by_itself(at_window: WindowHall) -> None:
    who, _ = eligible(at_window.house)
    cast.bound(at_window.house, who)
    at_window.serve(who)
    at_window.work("pay_later")
    at_window.sheet(_TITLE)
    at_window.do("sign")
    at_window.sheet("Sign pay after the visit")
    at_window.fill(repayment="debit", signed="yes")
    at_window.do("sign")
    at_window.reads("From the bound account")
    assert cast.deferral(at_window.house, who)["signature"]["repay_by_debit"] is True


def test_n14_n15_w08_arrears_are_repaid_and_a_supervisor_confirms_the_repair(
    strict: WindowHall,
) -> None:
    house = strict.house
    who, registration_id = owing(house, "HYAL")
    wait_until(lambda: cast.deferral(house, who)["state"] == "SUSPENDED", 30, "the suspension")
    strict.as_operator(SUPERVISOR)
    strict.work("arrears")
    strict.sheet("Arrears of pay later")
    strict.reads("Pay-later is stopped", "¥52.60")
    assert who.person.id_number not in strict.words()
    strict.take_row(registration_id)
    strict.do("serve")
    strict.stage.arrive("ServePatient")
    strict.work("pay_later")
    strict.sheet(_TITLE)
    strict.reads("Arrears of this hospital", "What is owed is not paid yet")
    assert strict.is_off("do_repair")
    strict.leave()

    strict.as_operator(CASHIER)
    strict.serve(who)
    strict.key(Qt.Key.Key_F7)
    strict.stage.arrive("ConfirmQuote")
    strict.scan(wallet_code("WECHAT"))
    strict.stage.arrive("ShowOutcome", 40)
    strict.leave()
    cast.wait_for_visit(house, who, "PAID")
    strict.serve(who)
    strict.work("pay_later")
    strict.sheet(_TITLE)
    assert strict.is_off("do_repair")
    strict.leave()

    strict.as_operator(SUPERVISOR)
    strict.serve(who)
    strict.work("pay_later")
    strict.sheet(_TITLE)
    strict.do("repair")
    strict.sheet("The repair is confirmed")
    wait_until(lambda: cast.deferral(house, who)["state"] == "REPAIRED", 30, "the repair")
    strict.leave()
    strict.agree()


def test_w39_w11_visit_is_settled_with_nobody_here_and_the_patient_is_told(
    strict: WindowHall,
) -> None:
    house = strict.house
    who, registration_id = eligible(house)
    cast.bound(house, who)
    cast_money.signed_with_debit(house, who)
    cast.order(house, registration_id, "HBA1C")
    cast.end_visit(house, registration_id)
    cast.wait_for_visit(house, who, "PAID")
    strict.as_operator(CASHIER)
    strict.serve(who)
    strict.work("pay_later")
    strict.sheet(_TITLE)
    strict.take_row(registration_id)
    strict.do("open")
    strict.reads("Debited by itself", "¥65.00")
    assert strict.is_off("do_pay")
    strict.leave()
    assert paid_kinds(strict, who) == ["BOUND_DEBIT"]
    found = told(strict, f"/v1/patients/{who.patient.patient_id}/notices")["notices"]
    assert "settled" in {notice["kind"] for notice in found[:2]}


def test_n16_malicious_needs_evidence_and_a_second_supervisor_and_can_be_withdrawn(
    strict: WindowHall,
) -> None:
    house = strict.house
    who, registration_id = owing(house, "HYAL")
    cast.wait_for_visit(house, who, "SUSPENDING")
    strict.as_operator(SUPERVISOR)
    strict.work("arrears")
    strict.sheet("Arrears of pay later")
    strict.take_row(registration_id)
    strict.do("flag")
    strict.sheet("Malicious arrears")
    strict.fill(evidence="too short", second_operator=CHIEF, second_password=f"demo-{CHIEF}")
    assert strict.is_off("do_flag")
    strict.fill(evidence=_EVIDENCE, second_operator=SUPERVISOR, second_password="demo-2102")
    strict.do("flag")
    strict.reads("A second person must review this")
    strict.fill(evidence=_EVIDENCE, second_operator=CHIEF, second_password=f"demo-{CHIEF}")
    strict.do("flag")
    strict.sheet("Recorded as malicious")
    strict.reads(f"{SUPERVISOR} and {CHIEF}")
    strict.do("done")
    strict.sheet("Arrears of pay later")
    assert cast.deferral(house, who)["credit"]["malicious"]

    strict.take_row(registration_id)
    strict.do("findings")
    strict.sheet("Findings about them")
    strict.reads(_EVIDENCE)
    strict.fill(reason="another person's debt")
    strict.do("withdraw")
    strict.reads("withdrawn: another person's debt")
    strict.leave()
    wait_until(lambda: not cast.deferral(house, who)["credit"]["malicious"], 30, "the withdrawal")


def test_n16_finance_reads_arrears_and_finds_nobody_malicious(strict: WindowHall) -> None:
    strict.as_operator(FINANCE)
    strict.work("arrears")
    strict.sheet("Arrears of pay later")
    assert strict.is_off("do_flag")
    strict.leave()
