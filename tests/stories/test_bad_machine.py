"""Paper, cards and the settlement centre failing in the middle: told on screen, nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hall import UNTOUCHED, Hall

from core.operation import OperationKind, OperationState
from kiosk.steps import Group
from sandbox.player.hands import let_live, wait_until
from sandbox.player.stage import wallet_code

pytestmark = [
    pytest.mark.slow,
    pytest.mark.expects_warnings("devices", "terminal", "backend_client", "ui"),
]

WINDOW = "Please go to a service window. Staff will help you at once."
OWED = "No slip was printed. You get it at any window."
FULL_ROLL = {"left": "full"}
A_MOMENT_MS = 500


@pytest.mark.parametrize(
    ("action", "spoilt", "mended"),
    [
        ("paper", {"left": "out"}, FULL_ROLL),
        ("cover", {"position": "open"}, {"position": "closed"}),
    ],
    ids=["no paper", "cover open"],
)
def test_printer_that_cannot_print_is_told_before_paying_and_the_slip_is_owed(
    hall: Hall, action: str, spoilt: Mapping[str, object], mended: Mapping[str, object]
) -> None:
    stage, who = hall.stage, hall.debtor()
    stage.do("printer", action, **spoilt)

    hall.see_bill(who)

    assert hall.view["slip_possible"] is False
    hall.show_wallet("ALIPAY", "4321")
    stage.arrive("ShowSettled")
    hall.reads("Paid", "¥32.00", OWED)
    hall.finish()
    assert last_document(hall) is OperationState.OWED
    stage.do("printer", action, **mended)


def test_paper_that_ends_in_the_middle_of_a_slip_leaves_the_bill_paid(hall: Hall) -> None:
    stage = hall.stage
    hall.see_bill(hall.debtor())
    stage.do("printer", "paper", left=6)

    hall.show_wallet("ALIPAY", "4321")

    stage.arrive("ShowSettled", 40)
    hall.reads("Paid", "¥32.00", OWED)
    papers = stage.units.books("printer")["papers"]
    assert isinstance(papers, list)
    assert papers[-1]["complete"] is False
    hall.finish()
    assert last_document(hall) is OperationState.OWED
    stage.do("printer", "paper", **FULL_ROLL)
    hall.is_usable()


def test_h35_reader_without_its_cable_is_named_as_out_of_order_and_the_others_work(
    hall: Hall,
) -> None:
    stage, who, health = hall.stage, hall.debtor(), hall.stage.kiosk.machine.health
    stage.do("id_reader", "power", on=False)
    wait_until(lambda: health.missing("read_id_card") != "", 20, "the missing reader")

    stage.begin("pay")
    stage.arrive("Identify")
    hall.reads("ID card", "Out of order here; please use another way", "Push it into the card slot")
    hall.insert(who.card_uid)
    stage.check_bill()
    hall.reads(who.patient.display_name, "¥32.00")
    hall.pull_card()
    hall.home()

    stage.do("id_reader", "power", on=True)
    wait_until(lambda: health.missing("read_id_card") == "", 20, "the reader")
    stage.begin("pay")
    stage.arrive("Identify")
    hall.reads("Lay it on the reader")
    stage.press("dock_leave")
    hall.is_usable()


def test_centre_that_is_down_takes_nothing_and_home_says_why(hall: Hall) -> None:
    stage, who = hall.stage, hall.debtor()
    stage.begin("pay")
    stage.arrive("Identify")
    hall.house.kill("backend")

    hall.lay_id_card(who)

    hall.trouble("backend_silent", "The settlement centre does not answer", UNTOUCHED, WINDOW)
    stage.press("done")
    wait_until(lambda: stage.screen() == "Home" and not hall.offered(), 20, "home that knows")
    hall.reads("The settlement centre does not answer")
    stage.do("id_reader", "remove")
    hall.house.start_backend()
    wait_until(lambda: hall.offered() == set(Group), 20, "all services")
    hall.is_usable()


def test_centre_that_goes_down_while_paying_charges_nothing(hall: Hall) -> None:
    stage = hall.stage
    hall.see_bill(hall.debtor())
    stage.press("pay_SCAN")
    stage.arrive("ShowPaymentCode")
    hall.house.kill("backend")

    stage.do("scanner", "show", text=wallet_code("ALIPAY", "4321"))

    hall.trouble("backend_silent", "The settlement centre does not answer", UNTOUCHED, WINDOW)
    hall.house.start_backend()
    hall.finish()
    wait_until(lambda: "pay" in hall.offered(), 20, "the service")
    hall.is_usable()


def test_card_pulled_at_the_bill_ends_the_visit_and_frees_the_bill(hall: Hall) -> None:
    stage, who = hall.stage, hall.debtor()
    hall.insert(who.card_uid)
    stage.check_bill()
    hall.reads(who.patient.display_name, "¥32.00")

    hall.pull_card()

    hall.home()
    hall.insert(who.card_uid)
    stage.check_bill()
    hall.show_wallet("ALIPAY", "4321")
    stage.arrive("ShowSettled")
    hall.finish()


def test_card_swapped_at_the_bill_ends_the_visit_of_the_first(hall: Hall) -> None:
    """A fast swap is seen as one card gone and, sooner or later, another one come."""
    stage, first, second = hall.stage, hall.debtor(), hall.debtor()
    hall.insert(first.card_uid)
    stage.check_bill()
    hall.reads(first.patient.display_name)

    stage.do("card_slot", "remove")
    hall.insert(second.card_uid)

    wait_until(lambda: first.patient.display_name not in hall.words(), 10, "the end of the first")
    wait_until(lambda: stage.screen() in ("TakeBackCard", "Show"), 30, "the second")
    if stage.screen() == "TakeBackCard":
        hall.home()
        hall.insert(second.card_uid)
    stage.check_bill()
    hall.reads(second.patient.display_name)
    assert [text for text in first.canaries[:4] if text in hall.words()] == []
    stage.press("dock_leave")
    hall.home()


def test_forgotten_card_identifies_nobody(hall: Hall) -> None:
    stage, forgetful, thief = hall.stage, hall.debtor(), hall.guest()
    hall.insert(forgetful.card_uid)
    stage.check_bill()
    stage.press("dock_leave")
    stage.arrive("TakeBackCard")

    hall.lay_id_card(thief)
    let_live(A_MOMENT_MS)

    assert stage.screen() == "TakeBackCard"
    assert [text for text in forgetful.canaries if text in hall.words()] == []
    assert not stage.hand.can_see("tile_pay")
    hall.home()


def last_document(hall: Hall) -> OperationState:
    """What became of the newest slip, by the journal."""
    found = hall.stage.kiosk.machine.operations().values()
    return [each.state for each in found if each.kind is OperationKind.DOCUMENT][-1]
