"""Every journey as a good story: how it begins and what the patient answers.

The patient wants what is offered, pays by phone, takes the card and leaves after every ending.
"""

from __future__ import annotations

from typing import Any

from cashier.journeys.till import WINDOW_DESK
from core import steps
from core.codes import PaymentChannel, PaymentCode
from core.flow import Ask, Step
from core.journeys.hold import place_hold
from core.journeys.issue_card import issue_card
from core.journeys.print_slip import print_slip
from core.journeys.refund import NotRefunded, RefundEnd, ask_for_refund, execute_refund
from core.journeys.settle import settle
from core.ports import Refused
from kiosk import steps as asks
from kiosk.journeys.service import Start
from kiosk.journeys.services import SERVICES, offers
from kiosk.journeys.visit import visit
from kiosk.steps import Terms, Today
from kiosk.steps.pages import Choose, Chosen, Pressed, Show
from tests.helpers import people
from tests.helpers.explore import Story
from tests.helpers.variants import Variant
from tests.helpers.world import Script

CODE = PaymentCode(PaymentChannel.WECHAT, "130000000000000001")
Answers = dict[type[Ask[Any]], object]

_WILLING: Answers = {
    steps.TakeCard: steps.Taken(),
    steps.TakeBackCard: steps.Leave(),
    steps.ShowPaymentCode: CODE,
    steps.Identify: people.CARD_SHOWN,
    asks.PlaceIdCard: people.ID_SHOWN,
    asks.TypePhone: asks.Typed("13800000000"),
    asks.ReadNotice: asks.Accepted(),
    asks.ConfirmPerson: asks.Confirmed(),
    asks.ChooseHoldAmount: asks.AmountChosen(people.HOLD_FEN),
}


def patient(answers: Answers | None = None) -> Script:
    """A script: these answers, else the willing patient's."""

    def script(step: Step[Any]) -> object:
        assert isinstance(step, Ask)
        if answers is not None and type(step) in answers:
            return answers[type(step)]
        if isinstance(step, steps.ConfirmQuote):
            due_fen = step.settlement.due_fen
            return steps.PayWith(step.settlement.options[0].kind if due_fen else None)
        if isinstance(step, Choose):
            return next((Chosen(one.key) for one in step.options if not one.off), steps.Leave())
        return _WILLING.get(type(step), steps.Leave())

    return script


async def _refund() -> RefundEnd:
    asked = await ask_for_refund("S1", ("L1",), "not done")
    return asked if isinstance(asked, NotRefunded) else await execute_refund(asked)


TERMS = Terms()
START = Start(None, people.NOTICE, TERMS)
OFFERS = offers(TERMS, lambda name: "")


def service(name: str, answers: Answers | None = None) -> Story:
    """One service from its tile on. `answers`: what this patient answers otherwise."""
    return Story(name, lambda: SERVICES[name].begin(START), patient(answers))


CHECKED: Answers = {Show: Pressed("checked")}
"""Whoever pays a bill has looked at its items."""


def _visit(name: str) -> Story:
    script = patient({asks.ChooseService: asks.ServiceChosen(name), **CHECKED})
    return Story(
        f"visit to {name}", lambda: visit(lambda: Today(people.NOTICE, TERMS, OFFERS)), script
    )


ISSUE_CARD = Story("issue a card", lambda: issue_card("P1"), patient())
PLACE_HOLD = Story("place a hold", lambda: place_hold("P1", people.HOLD_FEN), patient())
SETTLE = Story(
    "settle by phone",
    lambda: settle(people.PATIENT, (people.BILL,), None, WINDOW_DESK),
    patient(),
)
SETTLE_COVERED = Story(
    "settle from a hold",
    lambda: settle(people.PATIENT, (people.BILL,), None, WINDOW_DESK),
    patient(),
    covered=True,
)
REFUND = Story("refund", _refund, patient())
PRINT_SLIP = Story("print a slip", lambda: print_slip(people.REFERRAL), patient())
GET_CARD = service("card")
REGISTER = service("register")
PAY_BILL = service("pay", CHECKED)
HOLD = service("hold")

SHARED = (ISSUE_CARD, PLACE_HOLD, SETTLE, SETTLE_COVERED, REFUND, PRINT_SLIP)
KIOSK = (GET_CARD, REGISTER, PAY_BILL, HOLD)
VISITS = tuple(_visit(name) for name in ("pay", "register", "card", "hold"))
ALL = (*SHARED, *KIOSK, *VISITS)

REFUSED = Variant(Refused, "not done", "other")
ALREADY_PAID = Variant(Refused, "not done", "bill_paid")
WINDOW_ONLY = Variant(Refused, "not done", "window_only")
