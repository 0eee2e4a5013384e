"""Special identities at the window: set, settled with the right split, and on the slip (S20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError

import cast_paying
import pytest
from cast import KIOSK_TOKEN, Guest, guest, with_bill
from cast_paying import insure
from cast_visits import visits
from cast_window_later import window_under
from cast_window_settle import settlements, take_card_away
from cast_window_special import (
    bills_of,
    carried_out,
    last_slip,
    ordered,
    served,
    unnamed,
    visit_of,
)
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from window_hall import WindowHall

from sandbox.player.stage import post

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

_NAMELESS = {'anonymous_card_issue = "OFF"': 'anonymous_card_issue = "WINDOW_ONLY"'}
_DISEASE = {"code": "M01600", "name": "糖尿病"}


@pytest.fixture(autouse=True)
def left_tidy(at_window: WindowHall) -> Iterator[None]:
    """Back at the desk, whatever became of a story."""
    at_window.as_operator()
    yield
    take_card_away(at_window)
    at_window.leave()


@pytest.fixture(scope="module")
def nameless_hall(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WindowHall]:
    """Where windows issue cards without a name (C07)."""
    with window_under(tmp_path_factory.mktemp("nameless"), _NAMELESS) as hall:
        yield hall


def become(hall: WindowHall, who: Guest, identity: str, words: str) -> None:
    """From the desk to a served patient who is this from now on."""
    hall.serve(who)
    hall.work("identities")
    step = hall.sheet("Special identities")
    if not any(field.value for field in step.fields if field.name == identity):
        hall.fill(**{identity: "yes"})  # else the insurance told it already
    hall.do("set")
    hall.stage.arrive("ServePatient")
    hall.reads(words)


def pay_cash(hall: WindowHall) -> None:
    """Everything that is open, in exact notes."""
    hall.key(Qt.Key.Key_F8)
    hall.stage.arrive("ConfirmQuote")
    hall.press("pay_CASH")
    hall.sheet("Cash")
    hall.do("take")
    hall.stage.arrive("ShowOutcome")
    hall.press("done")
    hall.stage.arrive("ServePatient")


@pytest.mark.parametrize(
    ("identity", "words", "insurance", "fund", "paid"),
    [
        ("DUAL_IDENTITY", "Dual identity", {"civil_servant": True}, "28.80", "3.20"),
        ("BENEFIT", "Benefit identity", {"medical_aid": True}, "30.08", "1.92"),
        ("SPECIAL_DISEASE", "Special disease", {"special_diseases": [_DISEASE]}, "28.80", "3.20"),
        ("ON_ACCOUNT", "On account", {}, "25.60", "6.40"),
    ],
    ids=["dual_identity", "benefit", "special_disease", "on_account"],
)
def test_s20_s27_identity_is_settled_at_the_window_alone_with_its_own_split(
    at_window: WindowHall,
    identity: str,
    words: str,
    insurance: dict[str, object],
    fund: str,
    paid: str,
) -> None:
    who = with_bill(at_window.house)
    insure(at_window.house, who, 0, **insurance)
    become(at_window, who, identity, words)
    (bill,) = cast_paying.bills(at_window.house, who)
    with pytest.raises(HTTPError, match="409"):
        cast_paying.quote(at_window.house, who, bill, KIOSK_TOKEN)
    if identity == "SPECIAL_DISEASE":
        at_window.work("disease")
        at_window.sheet("Special disease")
        at_window.reads("糖尿病")
        at_window.do("declare")
        at_window.sheet("The next quote of this visit says so")
        at_window.do("done")
        at_window.stage.arrive("ServePatient")
    if identity == "ON_ACCOUNT":
        carried_out(at_window, bill)
    pay_cash(at_window)
    newest = settlements(at_window, who.patient.patient_id)[0]
    assert (newest["total_fen"], _self_pay_fen(newest)) == (3_200, _fen(paid))
    slip = last_slip(at_window)
    assert f"Insurancefund{fund}" in slip
    assert f"Cash{paid}" in slip
    assert f"Youpaid{paid}" in slip
    at_window.agree()


def test_s28_place_on_account_is_given_back_and_its_fee_is_closed(at_window: WindowHall) -> None:
    who = guest(at_window.house)
    become(at_window, who, "ON_ACCOUNT", "On account")
    at_window.key(Qt.Key.Key_F3)
    at_window.sheet("Register for today")
    at_window.do("take")
    at_window.sheet("Guide slip")
    at_window.do("done")
    at_window.stage.arrive("ServePatient")
    assert len(cast_paying.bills(at_window.house, who)) == 1
    at_window.work("bookings")
    at_window.sheet("Visits and bookings")
    at_window.reads("registered")
    at_window.do("cancel")
    at_window.reads("given back")
    assert cast_paying.bills(at_window.house, who) == []
    assert visits(at_window.house, who)[0]["state"] == "CANCELLED"
    at_window.agree()


def _self_pay_fen(settlement: dict[str, Any]) -> int:
    parts = settlement["components"]
    return sum(part["amount_fen"] for part in parts if part["kind"] == "SELF_PAY")


def _fen(text: str) -> int:
    return int(text.replace(".", ""))


def test_s04_s05_s16_c07_anonymous_card_is_issued_treated_and_settled_in_full(
    nameless_hall: WindowHall,
) -> None:
    hall = nameless_hall
    somebody = {"card": "HEALTH_CARD_ANON", "called": "无名氏", "sex": "M", "birth_date": ""}
    with pytest.raises(HTTPError, match="401"):
        post(f"{hall.house.backend_url}/v1/people/unknown", somebody, KIOSK_TOKEN)
    hall.as_operator()
    number = unnamed(hall, "anonymous", "无名氏")
    patient_id = served(hall)
    hall.reads("Without a name")
    hall.work("hold")
    hall.sheet("Pre-authorise a card")
    assert hall.is_off("do_place")
    hall.key(Qt.Key.Key_Escape)
    hall.stage.arrive("ServePatient")
    hall.work("balance")
    hall.sheet("Prepaid balance")
    assert hall.is_off("do_transfer")
    assert hall.is_off("do_cash")
    hall.key(Qt.Key.Key_Escape)
    hall.stage.arrive("ServePatient")
    hall.key(Qt.Key.Key_F3)
    hall.sheet("Register for today")
    hall.do("take")
    hall.stage.arrive("ConfirmQuote")
    hall.press("pay_CASH")
    hall.sheet("Cash")
    hall.do("take")
    hall.sheet("Guide slip")
    hall.do("done")
    hall.stage.arrive("ServePatient")
    hall.leave()
    ordered(hall, visit_of(hall, patient_id)["registration_id"], "ECG12")
    hall.scan(number, typed=True)
    hall.stage.arrive("ServePatient")
    pay_cash(hall)
    newest = settlements(hall, patient_id)[0]
    assert (newest["total_fen"], _self_pay_fen(newest)) == (3_200, 3_200)
    assert "Youpaid32.00" in last_slip(hall)
    assert "Insurancefund" not in last_slip(hall)
    assert bills_of(hall, patient_id) == []
    take_card_away(hall)
    hall.leave()
    hall.agree()
