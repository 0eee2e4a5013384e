"""A visit at the kiosk: registered, booked, collected, checked in, guided, asked how it was."""

from __future__ import annotations

from typing import Any

import pytest
from cast import Guest
from cast_people import asked_on_the_phone, city_code, known_to_city
from cast_visits import (
    agreed,
    as_auditor,
    booked_on_a_phone,
    exam_booked,
    exam_orders,
    fill_queue,
    its_day_comes,
    order,
    registered_today,
    schedule,
    visit_of,
    visits,
)
from hall import UNTOUCHED, Hall

from sandbox.player.hands import wait_until
from sandbox.player.stage import wallet_code

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]


def begin(hall: Hall, service: str, who: Guest) -> None:
    """From home to the first page after the person is known, by ID card."""
    hall.stage.begin(service)
    hall.stage.arrive("Identify")
    hall.lay_id_card(who)


def scan(hall: Hall, text: str) -> None:
    """Held before the scan window."""
    hall.stage.do("scanner", "show", text=text)


def paper(hall: Hall) -> dict[str, Any]:
    """The newest slip."""
    papers = hall.stage.units.books("printer")["papers"]
    assert isinstance(papers, list)
    newest: dict[str, Any] = papers[-1]
    return newest


def choose(hall: Hall, title: str, name: str = "") -> None:
    """On the page with this title, an option; the first that is free unless it is named."""
    hall.reads(title)
    hall.stage.press(name or hall.stage.option())


def choose_place(hall: Hall) -> None:
    """The first doctor of the first department."""
    choose(hall, "Which department?", "choose_CARD")
    choose(hall, "Which doctor?")


def pay_fee(hall: Hall) -> None:
    """From the bill to the page that says the number."""
    hall.stage.arrive("ConfirmQuote")
    hall.show_wallet("WECHAT", "4321")
    hall.stage.arrive("Finished")


def answer_survey(hall: Hall) -> None:
    """Five questions: very satisfied each time."""
    for number in range(1, 6):
        choose(hall, f"Question {number} of 5", "choose_5")
    hall.reads("Thank you", "Your answers were kept without your name")


def test_s29_h12_n24_registered_today_by_a_scanned_code(hall: Hall) -> None:
    who = hall.guest()
    known_to_city(hall.house, who.person, "REGIST")
    hall.stage.begin("register")
    hall.stage.arrive("Identify")
    scan(hall, city_code("REGIST"))
    choose_place(hall)

    pay_fee(hall)

    (visit,) = visits(hall.house, who)
    assert visit["state"] == "CONFIRMED"
    hall.reads("You are registered", str(visit["queue_number"]), "Please take your slip below")
    told = visit_of(hall.house, str(visit["registration_id"]))
    assert paper(hall)["qr"] == [told["slip"]["qr_text"]]
    hall.finish()


def test_s30_w38_a_a4_place_of_a_coming_day_is_booked_by_a_scanned_code(hall: Hall) -> None:
    who = hall.guest()
    known_to_city(hall.house, who.person, "BOOKED")
    hall.stage.begin("book")
    hall.stage.arrive("Identify")
    scan(hall, city_code("BOOKED"))
    choose(hall, "Which day would you like to come?")
    choose_place(hall)
    hall.stage.arrive("Show")
    hall.reads("Is this right?", "Nothing is to be paid now", who.patient.display_name)

    hall.stage.press("press_book")

    hall.stage.arrive("Finished")
    hall.reads("Your place is booked", "Please take your slip below")
    (visit,) = visits(hall.house, who)
    assert (visit["state"], visit["unpaid_fen"]) == ("BOOKED", 0)
    hall.finish()


def test_s31_n26_booking_of_a_relative_is_collected_and_paid_on_its_day(hall: Hall) -> None:
    who, daughter = hall.guest(), hall.guest()
    relation = agreed(hall.house, asked_on_the_phone(hall, who, daughter, "CHILD"))
    registration_id = booked_on_a_phone(hall.house, who, relation)["registration_id"]
    its_day_comes(hall.house, registration_id)
    begin(hall, "collect_booking", who)
    choose(hall, "Which booking do you come for?", f"choose_{registration_id}")

    pay_fee(hall)

    visit = visit_of(hall.house, registration_id)
    assert (visit["state"], visit["booked_by_relative"]) == ("CONFIRMED", True)
    hall.reads("You are registered", visit["queue_number"], "Please take your slip below")
    hall.finish()


def test_s31_booking_of_another_day_is_not_collected_and_stays(hall: Hall) -> None:
    who = hall.guest()
    coming = booked_on_a_phone(hall.house, who)
    begin(hall, "collect_booking", who)

    hall.reads("Which booking do you come for?", "Please come again on this day")
    hall.stage.press("dock_leave")
    hall.home()

    assert visit_of(hall.house, coming["registration_id"])["state"] == "BOOKED"


def test_s31_place_that_was_paid_on_a_phone_is_printed_on_its_day(hall: Hall) -> None:
    who = hall.guest()
    kept = registered_today(hall.house, who)
    begin(hall, "collect_booking", who)

    choose(hall, "Which booking do you come for?", f"choose_{kept.registration_id}")

    hall.stage.arrive("Finished")
    number = str(visit_of(hall.house, kept.registration_id)["queue_number"])
    hall.reads("You are registered", number)
    hall.finish()


def test_h13_a_a6_any_code_checks_in_and_says_who_is_before_and_where_to_wait(hall: Hall) -> None:
    who = hall.guest()
    kept = registered_today(hall.house, who)
    fill_queue(hall.house, kept, 2)
    known_to_city(hall.house, who.person, "WAITIN")
    hall.stage.begin("check_in")
    hall.stage.arrive("Identify")

    scan(hall, city_code("WAITIN"))

    hall.stage.arrive("Finished")
    ticket = visit_of(hall.house, kept.registration_id)["ticket"]
    assert (ticket["state"], ticket["ahead"] >= 2) == ("WAITING", True)
    hall.reads("You are checked in", ticket["number"], ticket["waits_at"]["en"])
    hall.reads("People before you", str(ticket["ahead"]))
    hall.finish()


def test_n23_exam_slip_checks_in_before_the_exam_room(hall: Hall) -> None:
    who = hall.guest()
    order(hall.house, registered_today(hall.house, who), "HOLTER")
    booked = exam_booked(hall.house, who, today=True)
    hall.stage.begin("check_in")
    hall.stage.arrive("Identify")

    scan(hall, booked["slip"]["qr_text"])

    hall.stage.arrive("Finished")
    hall.reads("You are checked in", booked["number"], "ECG room, 2F, desk 5")
    hall.finish()


def test_n23_slip_of_another_day_is_told_to_come_again(hall: Hall) -> None:
    who = hall.guest()
    order(hall.house, registered_today(hall.house, who), "HOLTER")
    booked = exam_booked(hall.house, who, today=False)
    hall.stage.begin("check_in")
    hall.stage.arrive("Identify")

    scan(hall, booked["slip"]["qr_text"])

    hall.trouble(
        "not_today",
        "This booking is for another day",
        UNTOUCHED,
        "Please come on the booked day.",
    )
    hall.finish()


def test_h17_exam_gets_a_time_which_is_shown_printed_moved_and_given_back(hall: Hall) -> None:
    who = hall.guest()
    order(hall.house, registered_today(hall.house, who), "ECHO")
    begin(hall, "book_exam", who)
    choose(hall, "Which exam is it about?")
    choose(hall, "When would you like to come?")
    hall.stage.arrive("Show")
    hall.reads("Loose clothes; come ten minutes early", "Ultrasound, 3F, machine 2")
    hall.stage.press("press_book")
    hall.stage.arrive("Finished")
    hall.reads("Your exam has a time", "Loose clothes; come ten minutes early")
    first = exam_orders(hall.house, who)[0]["appointment"]
    assert paper(hall)["qr"] == [first["slip"]["qr_text"]]
    hall.finish()

    begin(hall, "book_exam", who)
    choose(hall, "Which exam is it about?")
    hall.stage.arrive("Show")
    hall.stage.press("press_move")
    sessions = "When would you like to come?"
    hall.reads(sessions)
    others = [one["key"] for one in hall.view["options"] if one["free"]]
    hall.stage.press(f"choose_{others[1]}")
    hall.stage.arrive("Show")
    hall.stage.press("press_book")
    hall.stage.arrive("Finished")
    moved = exam_orders(hall.house, who)[0]["appointment"]
    assert moved["session"] != first["session"]
    assert moved["slip"] == first["slip"]
    hall.finish()

    begin(hall, "book_exam", who)
    choose(hall, "Which exam is it about?")
    hall.stage.arrive("Show")
    hall.stage.press("press_cancel")
    hall.reads("Give this time back?")
    hall.stage.press("press_cancel")
    hall.reads("The time was given back")
    assert exam_orders(hall.house, who)[0]["appointment"] is None
    hall.finish()


def test_n24_s21_w26_guide_says_station_place_and_amount_state(hall: Hall) -> None:
    who = hall.guest()
    order(hall.house, registered_today(hall.house, who), "LIPID", "AMLO", "ECG12")
    begin(hall, "where_next", who)

    hall.stage.arrive("Finished")

    hall.reads("Pay at", "Machine or window", "Laboratory", "Blood collection, 1F")
    hall.reads("Fetch medicine", "Pharmacy, 1F", "to be paid")
    hall.finish()
    begin(hall, "pay", who)
    hall.stage.arrive("Show")
    hall.stage.press("press_checked")
    hall.stage.arrive("ConfirmQuote")
    hall.show_wallet("WECHAT", "4321")
    hall.reads("Paid")
    hall.finish()
    begin(hall, "where_next", who)
    hall.stage.arrive("Finished")
    words = hall.words()
    assert "paid" in words
    assert "to be paid" not in words
    hall.finish()


def test_h40_survey_after_service_is_a_button_and_anonymous(hall: Hall) -> None:
    who = hall.guest()
    registered_today(hall.house, who)
    begin(hall, "where_next", who)
    hall.stage.arrive("Finished")

    hall.stage.press("press_survey")
    answer_survey(hall)
    hall.finish()

    hall.stage.begin("survey")
    choose(hall, "Question 1 of 5", "choose_skip")
    hall.stage.press("dock_leave")
    hall.home()
    today = schedule_day(hall)
    told = as_auditor(hall.house, f"/v1/survey/results?since={today}&until={today}")
    counts = {one["question"]: one["count"] for one in told["results"] if one["count"]}
    assert set(counts.values()) == {1}
    assert len(counts) == 5


def schedule_day(hall: Hall) -> str:
    """Today as the backend counts days: a schedule's id begins with it."""
    return str(schedule(hall.house, 0)["schedule_id"])[:10]


def test_staff_are_called_and_the_bell_says_so_when_the_backend_has_it(hall: Hall) -> None:
    hall.stage.press("dock_help")

    wait_until(lambda: hall.stage.kiosk.ui.property("help") == "told", 10, "the answer")
    hall.reads("Staff told")
    tickets = as_auditor(hall.house, "/v1/trouble-tickets")["tickets"]
    newest = tickets[-1]
    assert (newest["terminal_id"], newest["subject"], newest["screen"]) == ("K01", "help", "Home")


def test_heartbeat_says_how_the_machine_is(hall: Hall) -> None:
    told = as_auditor(hall.house, "/v1/terminals")["terminals"]
    kiosk = next(one for one in told if one["terminal_id"] == "K01")
    names = {one["name"] for one in kiosk["devices"]}
    assert names == set(hall.stage.kiosk.machine.fitted)
    assert {one["name"] for one in kiosk["consumables"]} >= {"receipt_printer", "card_dispenser"}


def test_code_that_pays_does_not_check_in(hall: Hall) -> None:
    hall.stage.begin("check_in")
    hall.stage.arrive("Identify")
    scan(hall, wallet_code("WECHAT"))
    hall.reads("This is a payment code")
    hall.stage.press("dock_leave")
    hall.home()
