"""Looking things up at the kiosk: told is what the backend knows, and to nobody but its owner."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cast_papers import Visitor, begin, invoice_is, leave, payer, resolve_case, visitor
from hall import Hall

from core.clock import CHINA
from core.money import format_yuan
from kiosk.journeys.services import offers
from kiosk.steps import Group, Terms
from sandbox.player.stage import get, post

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

PROFILE = Path("resources/profiles/demo-2026.toml")
KIOSK = "demo-kiosk-01"


@pytest.fixture(autouse=True)
def at_home(hall: Hall) -> Iterator[None]:
    """Whatever went wrong, the next story begins at home."""
    yield
    if hall.stage.screen() != "Home":
        hall.stage.press("dock_leave")
        hall.stage.go_home()


def choose(hall: Hall, words: str) -> None:
    """Touch the option that says so."""
    option = next(one for one in hall.view["options"] if words in one["words"])
    hall.stage.press(f"choose_{option['key']}")


def test_s35_prices_are_found_by_a_part_of_the_name_and_nobody_is_asked_who_they_are(
    hall: Hall,
) -> None:
    hall.stage.begin("prices")
    hall.stage.arrive("TypeIn")
    hall.reads("You need no card for this.")
    hall.stage.press(*(f"key_{letter}" for letter in "ecg"), "key_enter")
    hall.stage.arrive("Show")
    hall.reads("12-lead", "32.00", "Within the insurance")
    hall.stage.press("press_again")
    hall.stage.arrive("TypeIn")
    leave(hall)


def test_s35_s51_money_shows_balance_holds_and_change(hall: Hall) -> None:
    begin(hall, "my_money", visitor(hall.house))
    hall.stage.arrive("Show")
    hall.reads(
        "Your money at the hospital",
        "¥0.00",
        "Frozen on bank cards, not charged",
        "Change that a machine owes you",
        "None",
    )
    leave(hall)


def test_l07_s35_w10_payments_show_who_paid_which_part(hall: Hall) -> None:
    who = payer(hall.house, "ECG12")
    begin(hall, "my_payments", who)
    hall.stage.arrive("Choose")
    hall.reads("Your bills and payments")
    choose(hall, "ettlement")
    hall.stage.arrive("Show")
    hall.reads("¥32.00", "12-lead")
    hall.stage.press("press_list")
    hall.stage.arrive("Choose")
    leave(hall)


def test_s35_open_bill_is_shown_with_its_items(hall: Hall) -> None:
    begin(hall, "my_payments", visitor(hall.house, "ECG12"))
    hall.stage.arrive("Choose")
    choose(hall, "To be paid now")
    hall.stage.arrive("Show")
    hall.reads("12-lead", "¥32.00")
    leave(hall)


def booked(hall: Hall, who: Visitor) -> str:
    """A place on a coming day."""
    body = {"patient_id": who.patient_id, "schedule_id": coming_place(hall)}
    made: dict[str, Any] = post(f"{hall.house.backend_url}/v1/appointments", body, KIOSK)
    return str(made["registration_id"])


def today_in_china() -> date:
    """The backend's day, whatever zone this machine is in."""
    return datetime.now(CHINA).date()


def coming_place(hall: Hall) -> str:
    """The first free place of a coming day."""
    for ahead in range(1, 8):
        day = (today_in_china() + timedelta(days=ahead)).isoformat()
        told = get(f"{hall.house.backend_url}/v1/departments?day={day}", KIOSK)
        for department in told["departments"]:
            for doctor in department["doctors"]:
                if doctor["remaining"]:
                    return str(doctor["schedule_id"])
    raise AssertionError("no day has a free place")


def test_s35_booking_is_seen_and_given_back(hall: Hall) -> None:
    who = visitor(hall.house)
    name = booked(hall, who)
    begin(hall, "my_bookings", who)
    hall.stage.arrive("Choose")
    hall.stage.press(f"choose_{name}")
    hall.stage.arrive("Show")
    hall.stage.press("press_cancel")
    hall.reads("Give this place back?", "Somebody else may take it at once.")
    hall.stage.press("press_yes")
    hall.stage.arrive("Finished")
    hall.reads("The place is given back")
    hall.finish()
    url = f"{hall.house.backend_url}/v1/registrations/{name}"
    assert get(url, KIOSK)["state"] == "CANCELLED"


def test_where_is_my_money_tells_each_step_of_a_payment(hall: Hall) -> None:
    who = payer(hall.house, "ECG12")
    begin(hall, "where_is_my_money", who)
    hall.stage.arrive("Choose")
    hall.reads("Where is my money?", "¥32.00", "Complete")
    hall.stage.press("choose_0")
    hall.stage.arrive("Show")
    hall.reads("How it stands", "What happened", "The money was taken")
    leave(hall)


def test_open_case_is_told_with_number_owner_and_deadline(hall: Hall) -> None:
    who = visitor(hall.house)
    body = {
        "operation_kind": "hold",
        "operation_id": f"op-{who.patient_id}",
        "amount_fen": 4_200,
        "evidence": "the POS went silent",
        "patient_id": who.patient_id,
    }
    case = post(f"{hall.house.backend_url}/v1/suspense", body, KIOSK)
    begin(hall, "where_is_my_money", who)
    hall.stage.arrive("Choose")
    choose(hall, "Money being checked")
    hall.stage.arrive("Show")
    hall.reads(str(case["case_id"]), "The cashiers' office", "An answer comes by", "¥42.00")
    resolve_case(hall.house, str(case["case_id"]))
    leave(hall)


def test_slip_alone_tells_only_what_it_is_about(hall: Hall) -> None:
    who = payer(hall.house, "ECG12")
    invoice_is(hall.house, who.settlement_id, "E_ISSUED")
    url = f"{hall.house.backend_url}/v1/settlements/{who.settlement_id}"
    slip = get(url, KIOSK)["slip"]
    hall.stage.begin("where_is_my_money")
    hall.stage.arrive("Identify")
    hall.stage.do("scanner", "show", text=slip["qr_text"])
    hall.stage.arrive("Choose")
    assert [one["side"] for one in hall.view["options"]] == [f"¥{format_yuan(3_200)}"]
    leave(hall)


def test_l16_enquiry_terminal_offers_look_ups_and_prints_and_takes_no_money() -> None:
    functions = tomllib.loads(PROFILE.read_text("utf-8"))["terminal"]["functions"]["ENQUIRY"]
    shown = offers(Terms(functions=tuple(functions)), lambda service: "")
    assert {offer.name for offer in shown} == set(functions)
    assert {offer.group for offer in shown} <= {Group.PRINT, Group.MORE, Group.INPATIENT}
    assert not {"pay", "hold", "deposit", "booklet", "card"} & {offer.name for offer in shown}
