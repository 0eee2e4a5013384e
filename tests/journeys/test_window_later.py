"""Pay later at a window: exact sequences, lost answers, and bills that changed meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cashier.journeys.later.account import pay_later
from cashier.journeys.later.repaying import pay_visit
from cashier.journeys.later.signing import sign_up
from cashier.journeys.signed_sheet import keep_sheet
from cashier.steps.sheet import Pressed, WorkSheet
from core import steps
from core.deferral import Agreements, Signature
from core.flow import Ask, Step
from core.inpatient import SignedSheet
from core.ports import NotSent, Printed, Refused, Unknown
from core.signing import Drawn
from core.steps import Bills, Leave
from core.steps.inpatient import SignSheet
from core.steps.later import (
    CancelDeferral,
    FetchDeferral,
    FetchSigningPage,
    FindAgreements,
    SignDeferral,
)
from tests.helpers import people
from tests.helpers.driver import play
from tests.helpers.ink import DRAWN, INK
from tests.helpers.told import told_later as told
from tests.helpers.told.told_window_refunds import SERVING

_SIGN = Pressed("sign", (), (("signed", "yes"),))


class Window:
    """The backend's words, in their order, and what the cashier presses."""

    def __init__(self, account: object, word: object, *presses: object) -> None:
        self.account, self.word, self.presses = account, word, list(presses)

    def answer(self, step: Step[Any]) -> object:
        """Of any step."""
        match step:
            case FetchDeferral():
                return self.account
            case FetchSigningPage():
                return told.SIGNING_PAGE
            case FindAgreements():
                return Agreements(())
            case SignDeferral() | CancelDeferral():
                return self.word
            case steps.FetchBills():
                return self.word
            case steps.Intend():
                return steps.Intended("op-1")
            case steps.PrintSlip():
                return Printed()
            case Ask():
                return self.presses.pop(0) if self.presses else Leave()
        return None


def titles(asks: list[Ask[Any]]) -> list[str]:
    """What the cashier saw."""
    pages = [ask for ask in asks if isinstance(ask, WorkSheet)]
    return [str(getattr(page.title, "message", page.title)) for page in pages]


def test_n01_nothing_is_signed_before_the_paper_is() -> None:
    played = play(sign_up(SERVING), Window(None, None, Leave()).answer)
    assert "SignDeferral" not in played.names


def test_n01_signed_on_paper_goes_without_a_picture_and_gets_a_slip() -> None:
    played = play(sign_up(SERVING), Window(None, told.SIGNED, _SIGN).answer)
    (wish,) = [step for step in played.steps if isinstance(step, SignDeferral)]
    assert (wish.drawn, wish.guardian_id_number, wish.repay_by_debit) == (None, "", False)
    assert "PrintSlip" in played.names
    assert titles(played.asks)[-1] == "Pay-later is signed"


def test_n01_signed_on_the_patients_screen_goes_with_the_picture_and_asks_for_no_paper() -> None:
    presses = (Pressed("pad"), Pressed("ink", (), (("ink", INK),)), Pressed("sign"))
    played = play(sign_up(SERVING), Window(None, told.SIGNED, *presses).answer)
    (wish,) = [step for step in played.steps if isinstance(step, SignDeferral)]
    assert wish.drawn == DRAWN
    signed = [ask for ask in played.asks if isinstance(ask, WorkSheet)][2]
    assert "signed" not in {field.name for field in signed.fields}
    assert "NoteAudit" in played.names


def test_n01_screen_that_was_left_has_signed_nothing() -> None:
    presses = (Pressed("pad"), Pressed("paper"), Leave())
    played = play(sign_up(SERVING), Window(None, None, *presses).answer)
    assert "SignDeferral" not in played.names
    last = [ask for ask in played.asks if isinstance(ask, WorkSheet)][-1]
    assert "signed" in {field.name for field in last.fields}


@pytest.mark.parametrize("picture", [DRAWN, None], ids=["screen", "paper"])
def test_l06_sheet_is_kept_as_signed_and_a_picture_is_noted(picture: Drawn | None) -> None:
    way, digest = ("PAD", DRAWN.digest) if picture else ("PAPER", "")
    kept = SignedSheet("S9", way, digest, "W07", "2026-03-05T09:12:00+08:00")
    window = Window(None, None)
    played = play(
        keep_sheet(SERVING, "S9", picture),
        lambda step: kept if isinstance(step, SignSheet) else window.answer(step),
    )
    (wish,) = [step for step in played.steps if isinstance(step, SignSheet)]
    assert (wish.settlement_id, wish.drawn) == ("S9", picture)
    assert ("NoteAudit" in played.names) is (picture is not None)


def test_n01_lost_answer_of_a_signature_is_looked_for_and_never_sent_twice() -> None:
    window = Window(told.SIGNED_ACCOUNT, Unknown("timeout"), _SIGN)
    played = play(sign_up(SERVING), window.answer)
    assert played.names.count("SignDeferral") == 1
    assert titles(played.asks)[-1] == "Pay-later is signed"
    never = Window(told.ELIGIBLE_ACCOUNT, Unknown("timeout"), _SIGN)
    assert titles(play(sign_up(SERVING), never.answer).asks)[-1] == "Sign pay after the visit"


def test_n12_lost_answer_of_an_end_is_looked_for() -> None:
    stands = Window(told.SIGNED_ACCOUNT, Unknown("timeout"), Pressed("end"))
    played = play(pay_later(SERVING), stands.answer)
    assert played.names.count("CancelDeferral") == 1
    assert "PrintSlip" not in played.names


def test_n12_ended_gets_a_slip() -> None:
    ended: Signature = told.CANCELLED
    window = Window(told.SIGNED_ACCOUNT, ended, Pressed("end"), Pressed("done"))
    played = play(pay_later(SERVING), window.answer)
    assert "PrintSlip" in played.names
    assert "Pay-later is ended" in titles(played.asks)


def test_n06_bill_that_changed_or_is_being_paid_elsewhere_stops_the_whole_visit() -> None:
    waiting = tuple(bill for bill in told.VISIT.bills if bill.waits)
    bills = tuple(
        replace(people.BILL, bill_id=bill.bill_id, version=bill.version + 1) for bill in waiting
    )
    for word, trouble in ((Bills(()), "bill_locked"), (Bills(bills), "bill_changed")):
        played = play(pay_visit(SERVING, told.VISIT), Window(None, word).answer)
        (page,) = [ask for ask in played.asks if isinstance(ask, WorkSheet)]
        assert page.trouble == trouble
        assert "settle.intend" not in played.names


def test_n06_silent_backend_pays_nothing() -> None:
    for word in (Refused("not_found"), NotSent("backend_silent")):
        played = play(pay_visit(SERVING, told.VISIT), Window(None, word).answer)
        assert "settle.intend" not in played.names
