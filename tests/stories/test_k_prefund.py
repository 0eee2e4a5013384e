"""Money kept ready, at the real screens: holds, top-ups where they are allowed, and refunds.

One test may prove several rows, because one visit does. What a reader would get wrong: two halls
play here, one under the general ban and one whose exemptions are filed.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cast import KIOSK_TOKEN
from cast_people import at_window
from cast_prefund import anonymous_card, born, filed_hall, in_emergency
from hall import UNTOUCHED, Hall
from money_steps import balance_fen, begin, leave, put_in, transfer, use_bank_card
from PySide6.QtWidgets import QApplication

from core.operation import OperationKind, OperationState
from kiosk.journeys.services import SERVICES
from sandbox.player.stage import get

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

OLD, YOUNG, CHILD = 1955, 1990, 2015


@pytest.fixture(scope="module")
def filed(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Banknotes and bank cards are taken in advance from whoever is exempt."""
    with filed_hall(tmp_path_factory.mktemp("filed")) as hall:
        yield hall
        machine = hall.stage.kiosk.machine
        assert not any(found.open for found in machine.operations().values())


def test_s01_s09_s13_s33_w24_an_elderly_person_tops_up_by_card_of_their_own_will(
    filed: Hall,
) -> None:
    who = born(filed.house, OLD)
    names = [offer.name for offer in filed.stage.kiosk.offered]
    mine = ["hold", "top_up_transfer", "top_up_cash", "refund_balance"]
    assert [name for name in names if name in mine] == mine

    begin(filed, "top_up_transfer", who)
    filed.stage.arrive("Show")
    filed.reads("Paying in advance is your own choice", "Allowed for the elderly")
    assert "OP-" not in filed.words()
    filed.stage.press("press_agree")
    filed.stage.arrive("ChooseAmount")
    assert (filed.view["min_fen"], filed.view["max_fen"]) == (5_000, 200_000)
    filed.stage.press("amount_200000")
    if filed.stage.screen() == "ChooseAmount":
        filed.stage.press("key_enter")
    filed.stage.arrive("Show")
    filed.reads("Take this from your bank card?", "¥2,000.00")
    filed.stage.press("press_pay")
    use_bank_card(filed)
    filed.stage.arrive("Finished")

    filed.reads("Your balance was topped up", "¥2,000.00", "Please take your slip below")
    assert balance_fen(filed, who) == 200_000
    leave(filed)


def test_s14_notes_are_added_once_and_none_that_could_not_be_booked_comes_in(
    filed: Hall,
) -> None:
    who = born(filed.house, OLD)
    begin(filed, "top_up_cash", who)
    filed.stage.arrive("Show")
    filed.stage.press("press_agree")
    filed.stage.arrive("AtMachine")
    filed.reads("Please put in your banknotes", "These notes are taken: ¥50 ¥100")
    put_in(filed, 10_000, "¥100.00")
    put_in(filed, 5_000, "¥150.00")
    put_in(filed, 1_000, "¥160.00")
    filed.stage.press("press_enough")
    filed.stage.arrive("Finished")

    filed.reads("Your balance was topped up", "¥160.00")
    assert balance_fen(filed, who) == 16_000
    box = filed.stage.unit("cash")["box"]
    assert {int(fen): count for fen, count in box.items() if count} == {
        10_000: 1,
        5_000: 1,
        1_000: 1,
    }
    leave(filed)


def test_s14_a_patient_who_puts_nothing_in_goes_back_and_nothing_is_open(filed: Hall) -> None:
    begin(filed, "top_up_cash", born(filed.house, OLD))
    filed.stage.arrive("Show")
    filed.stage.press("press_agree")
    filed.stage.arrive("AtMachine")
    filed.stage.press("press_cancel")
    filed.home()
    last = list(filed.stage.kiosk.machine.operations().values())[-1]
    assert (last.kind, last.state) == (OperationKind.TOP_UP, OperationState.RETURNED)


def test_w23_in_an_emergency_anybody_may(filed: Hall) -> None:
    who = born(filed.house, YOUNG)
    in_emergency(filed.house, who)
    begin(filed, "top_up_transfer", who)
    filed.stage.arrive("Show")
    filed.reads("Allowed in an emergency")
    filed.stage.press("press_no")
    filed.home()


def test_w18_w24_others_are_told_that_it_has_ended_and_may_declare_a_need(filed: Hall) -> None:
    begin(filed, "top_up_transfer", born(filed.house, YOUNG))
    filed.stage.arrive("Choose")
    filed.reads("Outpatient prepayments have ended", "Ask for my balance back")
    filed.stage.press("choose_declare")
    filed.stage.arrive("Show")
    filed.reads("Allowed for the elderly and whoever needs it")
    filed.stage.press("press_no")
    filed.home()


def test_w27_w28_w31_w33_s15_s51_a_balance_is_asked_back_by_its_ways(filed: Hall) -> None:
    who = born(filed.house, OLD)
    transfer(filed, who, 10_000)
    leave(filed)
    begin(filed, "refund_balance", who)
    filed.stage.arrive("Show")
    filed.reads("Please take out what you do not need.", "Back the way it came", "¥100.00")
    assert "6222" not in filed.words()
    filed.stage.press("press_go_on")
    filed.stage.arrive("Show")
    filed.reads("Please read this before you go on")
    filed.stage.press("press_read")
    filed.stage.arrive("Show")
    filed.reads("Send this request?", "No money moves now.")
    filed.stage.press("press_send")
    agree_to_face(filed)
    filed.stage.arrive("Finished")

    filed.reads("Your request was received", "No money has moved yet.")
    assert balance_fen(filed, who) == 0
    leave(filed)
    begin(filed, "refund_balance", who)
    filed.stage.arrive("Show")
    filed.reads("Your balance is being paid back", "Received; a window checks it")
    leave(filed, "press_done")


def agree_to_face(hall: Hall) -> None:
    """Read what becomes of the picture, and agree (W33)."""
    hall.stage.arrive("Show")
    hall.stage.press("press_agree")


def test_w28_w30_what_came_as_notes_goes_to_a_typed_account_a_childs_to_its_contact(
    filed: Hall,
) -> None:
    who = born(filed.house, CHILD)
    begin(filed, "top_up_cash", who)
    filed.stage.arrive("Choose")
    filed.stage.press("choose_declare")
    filed.stage.arrive("Show")
    filed.stage.press("press_agree")
    filed.stage.arrive("AtMachine")
    put_in(filed, 10_000, "¥100.00")
    filed.stage.press("press_enough")
    filed.stage.arrive("Finished")
    leave(filed)
    begin(filed, "refund_balance", who)
    filed.stage.arrive("Show")
    filed.reads("To a bank account", "The contact who was registered at the visit")
    filed.stage.press("press_go_on")
    filed.stage.arrive("Choose")
    filed.stage.press("choose_ICBC")
    filed.stage.arrive("TypeIn")
    filed.reads("The account must belong to the registered contact.")
    filed.stage.digits("6222021234567890123")
    filed.stage.press("key_enter")
    filed.stage.arrive("Show")
    filed.reads("Send this request?", "6222 0212 3456 7890 123")
    filed.stage.press("press_no")
    filed.home()


@pytest.mark.parametrize("service", ["hold", "top_up_transfer", "top_up_cash"])
def test_s16_a_card_without_a_name_keeps_no_money_ready_and_is_told_why(
    filed: Hall, service: str
) -> None:
    card = anonymous_card(at_window(filed.house))
    filed.stage.begin(service)
    filed.stage.arrive("Identify")
    filed.insert(card)
    filed.trouble(
        "anonymous",
        "This card carries no name",
        UNTOUCHED,
        "Please go to a service window. Staff will help you at once.",
    )
    leave(filed)


def test_w18_under_the_ban_no_tile_takes_money_and_the_refund_stands_there(hall: Hall) -> None:
    names = {offer.name for offer in hall.stage.kiosk.offered}
    assert {"hold", "refund_balance"} <= names
    assert not names & {"top_up_transfer", "top_up_cash"}
    assert SERVICES["refund_balance"].group == SERVICES["top_up_cash"].group
    begin(hall, "refund_balance", hall.guest())
    hall.stage.arrive("Finished")
    hall.reads("There is no prepaid balance. There is nothing to do.")
    leave(hall)


def test_s10_s32_a_hold_within_its_limits_and_a_larger_one_in_its_place(hall: Hall) -> None:
    who = hall.guest()
    begin(hall, "hold", who)
    hall.stage.arrive("ChooseHoldAmount")
    view = hall.view
    assert (view["min_fen"], view["max_fen"]) == (10_000, 500_000)
    hall.stage.press("amount_50000")
    if hall.stage.screen() == "ChooseHoldAmount":
        hall.stage.press("key_enter")
    use_bank_card(hall)
    hall.stage.arrive("ShowHoldPlaced")
    leave(hall)
    begin(hall, "hold", who)
    hall.stage.arrive("Choose")
    hall.reads("An amount is frozen on your bank card.", "¥500.00")
    hall.stage.press(hall.stage.option())
    hall.stage.arrive("Show")
    hall.reads("Still frozen", "¥500.00")
    hall.stage.press("press_larger")
    hall.stage.arrive("ChooseAmount")
    hall.stage.press("amount_100000")
    if hall.stage.screen() == "ChooseAmount":
        hall.stage.press("key_enter")
    use_bank_card(hall)
    hall.stage.arrive("ShowHoldPlaced")
    leave(hall)
    url = f"{hall.house.backend_url}/v1/patients/{who.patient.patient_id}/holds"
    states = {hold["amount_fen"]: hold["state"] for hold in get(url, KIOSK_TOKEN)["holds"]}
    assert states[100_000] == "HELD"
    assert states[50_000] != "HELD"
