"""What a patient does at the machine: top-ups, notes, a bank card, ways to pay, texts to the end.

Drives the real screens and the virtual devices. What a reader would get wrong: `paid` reads the
ending and the books, but does not leave; whoever calls it does.
"""

from __future__ import annotations

from typing import Any

import cast_paying as cast
from cast import KIOSK_TOKEN, Guest
from cast_paying import GOOD_CARD, Visitor
from hall import Hall

from sandbox.player import qml
from sandbox.player.hands import wait_until
from sandbox.player.stage import get


def begin(hall: Hall, service: str, who: Guest) -> None:
    """From home, by ID card."""
    hall.stage.begin(service)
    hall.stage.arrive("Identify")
    hall.lay_id_card(who)


def leave(hall: Hall, control: str = "done") -> None:
    """Press it, and be home with the books agreeing."""
    hall.stage.press(control)
    hall.home()


def balance_fen(hall: Hall, who: Guest) -> int:
    """By the backend's books."""
    url = f"{hall.house.backend_url}/v1/patients/{who.patient.patient_id}/prepay"
    told: int = get(url, KIOSK_TOKEN)["balance_fen"]
    return told


def use_bank_card(hall: Hall) -> None:
    """The card, as soon as the POS waits for it."""
    wait_until(lambda: hall.stage.unit("pos")["waiting_for_card"] is True, 30, "the POS")
    hall.stage.do("pos", "present_card", **GOOD_CARD)


def put_in(hall: Hall, fen: int, inside: str) -> None:
    """One note, until the page counts it."""
    feed(hall, fen)
    wait_until(lambda: hall.stage.screen() == "AtMachine" and inside in hall.words(), 15, inside)


def feed(hall: Hall, fen: int) -> None:
    """One note, as soon as the slot takes one."""
    wait_until(lambda: _is_free(hall.stage.unit("cash")), 10, "the banknote slot")
    hall.stage.do("cash", "insert", denomination_fen=fen)


def _is_free(slot: dict[str, Any]) -> bool:
    return slot["enabled"] is True and slot["note"] is None


def transfer(hall: Hall, who: Guest, amount_fen: int) -> None:
    """A card's money, by somebody who is elderly; until the good ending."""
    begin(hall, "top_up_transfer", who)
    hall.stage.arrive("Show")
    hall.stage.press("press_agree")
    hall.stage.arrive("ChooseAmount")
    hall.stage.press(f"amount_{amount_fen}")
    if hall.stage.screen() == "ChooseAmount":
        hall.stage.press("key_enter")
    hall.stage.arrive("Show")
    hall.stage.press("press_pay")
    use_bank_card(hall)
    hall.stage.arrive("Finished")


def visitor(hall: Hall, ecgs: int = 1) -> Visitor:
    """A guest with one bill of so many ECGs."""
    found = cast.visitor(hall.house)
    hall.remember(found.guest)
    if ecgs:
        cast.order(hall.house, found.registration_id, "CARD", ECG12=ecgs)
    return found


def see_items(hall: Hall, who: Guest) -> None:
    """From home to the list of items, by ID card."""
    hall.stage.begin("pay")
    hall.stage.arrive("Identify")
    hall.lay_id_card(who)
    hall.stage.arrive("Show")


def papers(hall: Hall) -> int:
    """How many came out of the printer."""
    printed = hall.stage.units.books("printer")["papers"]
    assert isinstance(printed, list)
    return len(printed)


def other_way(hall: Hall, kind: str) -> None:
    """From the bill to all ways, and one of them."""
    hall.stage.press("pay_OTHER")
    hall.stage.arrive("Choose")
    hall.stage.press(f"choose_{kind}")


def paid(hall: Hall, who: Guest) -> cast.Json:
    """The newest settlement, as a window sees it, after the ending was read."""
    hall.stage.arrive("ShowSettled")
    hall.reads("Paid", "Please take your slip below")
    found = cast.settlements(hall.house, who)[0]
    assert found["state"] == "COMPLETED"
    return found


def read_to_the_end(hall: Hall, button: str = "press_agree") -> None:
    """A text whose button works once its end was seen."""
    window = hall.stage.kiosk.window

    def seen() -> bool:
        pressed = qml.find(window, button)
        if not pressed.isEnabled() and qml.find(window, "page_down").isEnabled():
            hall.stage.press("page_down")
        return bool(pressed.isEnabled())

    wait_until(seen, 8, "the end of the text")
