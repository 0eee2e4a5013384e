"""Payments and holds that go wrong: what became of the money is said, and is true."""

from __future__ import annotations

import pytest
from hall import BEING_CHECKED, UNTOUCHED, Hall

from core.operation import OperationKind, OperationState
from core.wording import wording
from sandbox.player.hands import wait_until
from sandbox.player.stage import get, wallet_code

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

FRESH, OTHERWISE = "Please show a fresh code.", "Please pay another way."
RETRY = "Please try again. If it happens twice, please go to a service window."
GOOD_CARD = {"pan": "6222021203001234567", "bank": "中国工商银行"}
DECLINED_CARD = {"pan": "6217001210000000051", "bank": "中国建设银行"}
HOLD_FEN = 100_000


@pytest.fixture(scope="module")
def doubt(hall: Hall) -> str:
    """The POS went silent over a hold; the operation that nobody knows the end of."""
    hall.stage.do("pos", "fault", kind="silent", on="reservation")
    begin_hold(hall)
    view = hall.trouble(
        "being_checked",
        "We are checking what became of the payment",
        BEING_CHECKED,
        "Please do not pay again. Keep the slip; staff will call you or you ask at the window.",
    )
    assert view["printed"] is True
    hall.finish()
    return str(view["case_id"])


def test_silent_pos_is_a_doubt_and_other_services_go_on(hall: Hall, doubt: str) -> None:
    operation = hall.stage.kiosk.machine.operations()[doubt]

    assert operation.kind is OperationKind.HOLD
    hall.is_usable()


def test_foreign_code_before_paying_is_told_and_the_payment_code_is_taken_then(
    hall: Hall,
) -> None:
    stage = hall.stage
    hall.see_bill(hall.debtor())
    stage.press("pay_SCAN")
    stage.arrive("ShowPaymentCode")

    stage.do("scanner", "show", text="https://example.com/menu")

    hall.reads("This is not a code that the hospital knows", "Please show the code named above.")
    stage.do("scanner", "show", text=wallet_code("ALIPAY", "4321"))
    stage.arrive("ShowSettled")
    hall.finish()


@pytest.mark.parametrize(
    ("ending", "code", "happened", "advice"),
    [
        ("0000", "pay_code_expired", "The payment code has expired", FRESH),
        ("1111", "pay_not_enough", "There is not enough money in this wallet", OTHERWISE),
    ],
)
def test_refused_payment_code_takes_nothing_and_the_next_one_pays(
    hall: Hall, ending: str, code: str, happened: str, advice: str
) -> None:
    stage, who = hall.stage, hall.debtor()
    hall.see_bill(who)

    hall.show_wallet("WECHAT", ending)

    hall.trouble(code, happened, UNTOUCHED, advice)
    hall.finish()
    hall.see_bill(who)
    hall.show_wallet("WECHAT", "4321")
    stage.arrive("ShowSettled")
    hall.finish()


def test_payment_that_is_never_confirmed_is_reversed(hall: Hall) -> None:
    hall.see_bill(hall.debtor())

    hall.show_wallet("WECHAT", "3333")

    hall.trouble(
        "pay_not_confirmed",
        "The payment was not confirmed on the phone in time",
        UNTOUCHED,
        "Please try again.",
    )
    hall.finish()


def test_slow_payment_is_paid(hall: Hall) -> None:
    hall.see_bill(hall.debtor())

    hall.show_wallet("WECHAT", "2222")

    hall.stage.arrive("Progress")
    hall.reads("Your payment is being made", "Please confirm on your phone if it asks you")
    hall.stage.arrive("ShowSettled")
    hall.reads("Paid", "Please take your slip below")
    hall.finish()


def test_patient_who_leaves_while_paying_is_not_charged(hall: Hall) -> None:
    stage, who = hall.stage, hall.debtor()
    hall.see_bill(who)
    hall.show_wallet("WECHAT", "3333")
    stage.arrive("Progress")

    stage.press("dock_leave")

    hall.trouble(
        "stopped",
        "The payment was stopped",
        UNTOUCHED,
        "You can begin again at any time.",
    )
    books = get(f"{hall.house.read('platforms.json')['acquirer']}/books", "")
    assert books["orders"][-1]["state"] == "CLOSED"
    hall.finish()
    hall.see_bill(who)
    stage.press("dock_leave")
    hall.home()


def test_doubt_about_a_hold_ends_by_itself(hall: Hall, doubt: str) -> None:
    operations = hall.stage.kiosk.machine.operations
    wait_until(lambda: operations()[doubt].state is OperationState.RETURNED, 25, "the end")
    wait_until(lambda: "hold" not in hall.withheld(), 5, "holds at home again")


def begin_hold(hall: Hall) -> None:
    """From home to the POS that waits for a card."""
    stage, who = hall.stage, hall.guest()
    stage.begin("hold")
    stage.arrive("Identify")
    hall.lay_id_card(who)
    stage.arrive("ChooseHoldAmount")
    stage.press(f"amount_{HOLD_FEN}")


def wait_for_pos(hall: Hall) -> None:
    """The POS asks for a card."""
    wait_until(lambda: hall.stage.unit("pos")["waiting_for_card"] is True, 10, "the POS")


@pytest.mark.parametrize(
    ("card", "code", "happened", "advice"),
    [
        (DECLINED_CARD, "card_declined", "The bank declined this card", "Please use another card."),
        (
            {"pan": "0" * 16, "outcome": "cancel"},
            "pos_timeout_or_cancelled",
            "No card was used",
            RETRY,
        ),
    ],
    ids=["declined", "cancelled"],
)
def test_bank_card_that_gives_nothing_holds_nothing(
    hall: Hall, card: dict[str, str], code: str, happened: str, advice: str
) -> None:
    begin_hold(hall)
    wait_for_pos(hall)

    hall.stage.do("pos", "present_card", **card)

    hall.trouble(code, happened, UNTOUCHED, advice)
    hall.finish()


def test_patient_who_leaves_at_the_pos_holds_nothing(hall: Hall) -> None:
    begin_hold(hall)
    wait_for_pos(hall)

    hall.stage.press("dock_leave")

    words = wording("pos_timeout_or_cancelled")
    hall.trouble("pos_timeout_or_cancelled", words.happened, UNTOUCHED, words.advice)
    assert hall.stage.unit("pos")["waiting_for_card"] is False
    hall.finish()


def test_hold_whose_answer_is_lost_is_found_by_the_repeated_receipt(hall: Hall) -> None:
    hall.stage.do("pos", "fault", kind="cut_after_execution", on="reservation")
    begin_hold(hall)
    wait_for_pos(hall)

    hall.stage.do("pos", "present_card", **GOOD_CARD)

    hall.stage.arrive("ShowHoldPlaced")
    hall.reads("The amount is pre-authorised", "¥1,000.00", "Please take your slip below")
    assert len(hall.stage.unit("pos")["open_holds"]) == 1
    hall.finish()
