"""Refund requests at the real screens: asked for here, decided and paid by a window alone."""

from __future__ import annotations

from typing import Any

import cast_later as cast
import pytest
from cast import Guest
from hall import Hall

from sandbox.people import with_check_digit
from sandbox.player import qml

CONTACT_ID = with_check_digit("33030219850101877")
pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]


def begin(hall: Hall, service: str, who: Guest) -> None:
    """From home to the first page, by the health card."""
    hall.stage.begin(service)
    hall.stage.arrive("Identify")
    hall.insert(who.card_uid)


def begin_by_id_card(hall: Hall, service: str, who: Guest) -> None:
    """From home to the first page, by the ID card."""
    hall.stage.begin(service)
    hall.stage.arrive("Identify")
    hall.lay_id_card(who)


def reach(hall: Hall, screen: str, *sentences: str) -> None:
    """This page of several with one screen."""
    hall.stage.arrive(screen)
    hall.reads(*sentences)


def to_items(hall: Hall, who: Guest, settlement: dict[str, Any]) -> None:
    """From home to the items of one payment."""
    begin(hall, "refund_bill", who)
    hall.stage.arrive("Choose")
    hall.stage.press(f"choose_{settlement['settlement_id']}")
    reach(hall, "ChooseSome", "Which items?")


def to_confirmation(hall: Hall, line_id: str) -> None:
    """One item, not done, to the last page before it is sent."""
    hall.stage.press(f"mark_{line_id}", "press_go_on")
    reach(hall, "Choose", "A person at a window reads this.")
    hall.stage.press("choose_not_done")
    reach(hall, "Show", "Send this request?")


def line_ids(settlement: dict[str, Any]) -> list[str]:
    return [line["line_id"] for bill in settlement["bills"] for line in bill["lines"]]


def test_h20_c05_w31_w33_request_is_sent_after_the_id_card_and_never_called_refunded(
    hall: Hall,
) -> None:
    who = hall.guest()
    settlement = cast.paid(hall.house, who, "ECG12", "HBA1C")
    cast.executed(hall.house, settlement)
    done, open_line = line_ids(settlement)
    to_items(hall, who, settlement)
    hall.reads("This item was done already")
    assert not qml.find(hall.stage.kiosk.window, f"mark_{done}").isEnabled()
    to_confirmation(hall, open_line)
    hall.reads("reaches whoever paid", "A window checks your request")

    hall.stage.press("press_send")
    reach(hall, "Choose", "Please show that it is you")
    hall.stage.press("choose_id_card")
    hall.stage.arrive("PlaceIdCard")
    hall.lay_id_card(who)

    reach(hall, "Finished", "Your request was received", "No money has moved yet.")
    assert "efunded" not in hall.words()
    (told,) = cast.refunds(hall.house, who)
    assert (told["state"], told["settlement_id"]) == ("ACCEPTED", settlement["settlement_id"])
    hall.reads(told["refund_id"][:8].upper())
    hall.finish()


def test_w33_without_the_own_id_card_nothing_is_asked_for(hall: Hall) -> None:
    who, other = hall.guest(), hall.guest()
    settlement = cast.paid(hall.house, who, "ECG12")
    to_items(hall, who, settlement)
    to_confirmation(hall, line_ids(settlement)[0])
    hall.stage.press("press_send")
    reach(hall, "Choose", "Please show that it is you")
    hall.stage.press("choose_id_card")
    hall.stage.arrive("PlaceIdCard")

    hall.lay_id_card(other)

    hall.trouble(
        "another_person",
        "This is another person's ID card",
        "Nothing was charged",
        "Please lay the patient's own ID card on the reader.",
    )
    assert cast.refunds(hall.house, who) == []
    hall.finish()


def test_w20_four_steps_are_shown_with_their_times(hall: Hall) -> None:
    who = hall.guest()
    refund_id = cast.ask_refund(hall.house, cast.paid(hall.house, who, "ECG12"))
    begin(hall, "my_refunds", who)
    reach(hall, "Choose", "Received; a window checks it", "¥32.00")
    hall.stage.press(f"choose_{refund_id}")
    reach(hall, "Show", "1. Received", "4. Money is back", "Not yet", "Back the way it was paid")
    hall.stage.press("dock_leave")
    hall.home()

    cast.carry_out(hall.house, refund_id)

    begin(hall, "my_refunds", who)
    reach(hall, "Choose", "The money is back")
    hall.stage.press(f"choose_{refund_id}")
    hall.stage.arrive("Show")
    assert "Not yet" not in hall.words()
    hall.stage.press("dock_leave")
    hall.home()


def test_c05_payment_with_a_refund_under_way_cannot_be_chosen_again(hall: Hall) -> None:
    who = hall.guest()
    cast.ask_refund(hall.house, cast.paid(hall.house, who, "ECG12"))
    begin(hall, "refund_bill", who)

    reach(hall, "Choose", "A refund of this payment is under way")

    hall.stage.press("dock_leave")
    hall.home()


def test_w30_minor_reads_that_the_registered_contact_gets_a_transfer(hall: Hall) -> None:
    child = cast.child(hall.house, "20120317")
    cast.register_contact(hall.house, child)
    settlement = cast.paid(hall.house, child, "ECG12")
    begin_by_id_card(hall, "refund_bill", child)
    hall.stage.arrive("Choose")
    hall.stage.press(f"choose_{settlement['settlement_id']}")
    hall.stage.arrive("ChooseSome")

    to_confirmation(hall, line_ids(settlement)[0])

    hall.reads("For a minor", "The registered contact is not clear")
    hall.stage.press("dock_leave")
    hall.home()


def test_w32_w30_contact_of_a_minor_is_named_a_second_time(hall: Hall) -> None:
    child = cast.child(hall.house, "20120318")
    cast.register_contact(hall.house, child)
    refund_id = cast.ask_refund(hall.house, cast.paid(hall.house, child, "ECG12"))
    cast.refund_declined(hall.house)
    assert cast.carry_out(hall.house, refund_id).state == "NEED_REALNAME_RESUBMIT"
    begin_by_id_card(hall, "my_refunds", child)
    reach(hall, "Choose", "A bank account in a real name is missing")
    hall.stage.press(f"choose_{refund_id}")
    reach(hall, "Show", "The contact's real name is not clear")

    hall.stage.press("press_name_contact")

    reach(hall, "TypeIn", "The contact's real name")
    hall.stage.press("keys_pinyin", *(f"key_{letter}" for letter in "lin"), "pick_0", "key_enter")
    reach(hall, "TypeIn", "The contact's ID number")
    hall.stage.digits(CONTACT_ID)
    hall.stage.press("key_enter")

    reach(hall, "Finished", "The contact is clear now", "at a service window")
    hall.finish()
    begin_by_id_card(hall, "my_refunds", child)
    hall.stage.arrive("Choose")
    hall.stage.press(f"choose_{refund_id}")
    reach(hall, "Show", "Please tell it at a service window")
    assert "not clear" not in hall.words()
    hall.stage.press("dock_leave")
    hall.home()
