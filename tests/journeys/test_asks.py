"""What each question makes of a touch or a device event, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core import steps
from core.billing import TenderKind, TenderOption
from core.codes import PaymentChannel, PaymentCode
from core.flow import Ask, Event, Reason, Step, Touch
from core.identity import Medium, MediumKind
from core.ports import (
    CardGone,
    CardTaken,
    CardUnreadable,
    CodeScanned,
    DeviceHealth,
    HealthCardPresent,
    IdCardGone,
    IdCardPresent,
    IdCardUnreadable,
)
from core.wording import REASONS
from kiosk import steps as asks
from kiosk.steps import Group, GroupChosen, Offer
from tests.helpers import journey_stories as stories
from tests.helpers import people

_PAYMENT = "130000000000000001"
_E_CODE = "ECDEMO0000000000000000LIXF01"
_ALL = frozenset(MediumKind)
_CARD = people.PRESENCE
_OTHER_CARD = HealthCardPresent("04FFFFFF", "260000000099")
_IDENTIFY = steps.Identify(_ALL, "pay")
_E_CODE_SHOWN = steps.MediumShown(Medium(MediumKind.EC_CODE, _E_CODE), None, None)


@pytest.mark.parametrize(
    ("event", "reply"),
    [
        (IdCardPresent(people.DOCUMENT), people.ID_SHOWN),
        (_CARD, people.CARD_SHOWN),
        (CodeScanned(_E_CODE), _E_CODE_SHOWN),
        (CodeScanned(_PAYMENT), steps.NotUnderstood("payment_code_not_now")),
        (CodeScanned("https://example.org/login"), steps.NotUnderstood("foreign_code")),
        (CodeScanned("\\x00\\x1b[2J"), steps.NotUnderstood("foreign_code")),
        (IdCardUnreadable(), steps.NotUnderstood("id_card_unreadable")),
        (CardUnreadable("04AA"), steps.NotUnderstood("card_unreadable")),
        (CardGone(), None),
        (IdCardGone(), None),
        (DeviceHealth("pos", "ok"), None),
    ],
)
def test_identify_answers_everything_that_is_shown(event: Event, reply: object) -> None:
    assert _IDENTIFY.heard(event) == reply


@pytest.mark.parametrize(
    ("trouble", "event"),
    [
        ("id_card_unreadable", IdCardUnreadable()),
        ("card_unreadable", CardUnreadable("04AA")),
    ],
)
def test_identify_says_an_unreadable_card_once_while_it_lies_there(
    trouble: str, event: Event
) -> None:
    assert replace(_IDENTIFY, trouble=trouble).heard(event) is None


def test_identify_refuses_a_medium_it_did_not_ask_for_once() -> None:
    only_cards = steps.Identify(frozenset({MediumKind.HEALTH_CARD}), "pay")
    present = IdCardPresent(people.DOCUMENT)
    assert only_cards.heard(present) == steps.NotUnderstood("wrong_medium")
    assert replace(only_cards, trouble="wrong_medium").heard(present) is None


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (CodeScanned(_PAYMENT), "payment_code_not_now"),
        (CodeScanned("https://example.org"), "foreign_code"),
        (IdCardUnreadable(), "id_card_unreadable"),
        (CardUnreadable("04AA"), "card_unreadable"),
    ],
)
def test_wrong_thing_shown_gets_its_sentence_and_the_question_again(
    event: Event, reason: str
) -> None:
    shown = iter([_IDENTIFY.heard(event), people.CARD_SHOWN])
    willing = stories.patient()

    def script(step: Step[Any]) -> object:
        return next(shown) if isinstance(step, steps.Identify) else willing(step)

    _, played = stories.PAY_BILL.run({}, script)
    asked = [ask.trouble for ask in played.asks if isinstance(ask, steps.Identify)]
    assert asked == ["", reason]
    assert reason in REASONS


def _quote(due_fen: int = people.SELF_PAY_FEN) -> steps.ConfirmQuote:
    world, _ = (stories.SETTLE if due_fen else stories.SETTLE_COVERED).run({})
    told = world.backend.open("op-9", (people.BILL,))
    closed = TenderOption(TenderKind.CASH, False, "tender_not_allowed")
    told = replace(told, options=(*told.options, closed))
    return steps.ConfirmQuote(people.PATIENT, told, _CARD, True)


@pytest.mark.parametrize(
    ("touch", "reply"),
    [
        (Touch("pay", "SCAN"), steps.PayWith(TenderKind.SCAN)),
        (Touch("pay", "CASH"), None),
        (Touch("pay", "PREAUTH"), None),
        (Touch("pay", "no such way"), None),
        (Touch("pay"), None),
        (Touch("leave"), steps.Leave()),
        (Touch("other"), None),
    ],
)
def test_bill_screen_pays_only_by_an_open_way(touch: Touch, reply: object) -> None:
    assert _quote().touched(touch) == reply


def test_covered_bill_is_confirmed_without_a_way_to_pay() -> None:
    assert _quote(0).touched(Touch("pay")) == steps.PayWith(None)
    assert _quote(0).touched(Touch("pay", "SCAN")) is None


@pytest.mark.parametrize(
    ("event", "reply"),
    [
        (CardGone(), Reason.CARD_PULLED),
        (_OTHER_CARD, Reason.CARD_PULLED),
        (CardUnreadable("04AA"), Reason.CARD_PULLED),
        (_CARD, None),
        (IdCardGone(), None),
        (CodeScanned(_PAYMENT), None),
    ],
)
def test_pulled_or_swapped_card_abandons_the_bill_screen(event: Event, reply: object) -> None:
    assert _quote().heard(event) == reply


def test_patient_without_a_card_is_not_thrown_out_by_an_empty_slot() -> None:
    assert replace(_quote(), presence=None).heard(CardGone()) is None


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        (_PAYMENT, PaymentCode(PaymentChannel.WECHAT, _PAYMENT)),
        (_E_CODE, steps.NotUnderstood("not_a_payment_code")),
        ("6901234567892", steps.NotUnderstood("foreign_code")),
    ],
)
def test_payment_question_takes_only_payment_codes(text: str, reply: object) -> None:
    assert steps.ShowPaymentCode(1, None).heard(CodeScanned(text)) == reply


def test_card_at_the_gate_is_taken_by_the_dispensers_word_only() -> None:
    assert steps.TakeCard().heard(CardTaken()) == steps.Taken()
    assert steps.TakeCard().heard(CardGone()) is None


def test_visit_begins_only_with_an_empty_slot() -> None:
    begin = steps.TakeBackCard()
    assert begin.heard(_CARD) is None
    assert begin.heard(CardGone()) == steps.Leave()
    assert begin.idle_ms is None
    for story in stories.VISITS:
        _, played = story.run({})
        assert played.names[:2] == ["TakeBackCard", "ChooseService"]


@pytest.mark.parametrize(
    ("event", "reply"),
    [
        (_CARD, asks.ServiceChosen("pay", people.CARD_SHOWN)),
        (CodeScanned(_E_CODE), asks.ServiceChosen("pay", _E_CODE_SHOWN)),
        (CodeScanned(_PAYMENT), None),
        (CodeScanned("https://example.org"), None),
        (IdCardPresent(people.DOCUMENT), None),
    ],
)
def test_medium_shown_at_home_means_paying(event: Event, reply: object) -> None:
    home = asks.ChooseService((Offer("pay", Group.PAY),))
    assert home.heard(event) == reply


def test_unavailable_service_cannot_be_chosen_by_touch_or_card() -> None:
    home = asks.ChooseService(
        (
            Offer("pay", Group.PAY, "backend_silent"),
            Offer("card", Group.CARD, "empty"),
            Offer("register_medium", Group.CARD),
        )
    )
    assert home.touched(Touch("choose", "pay")) is None
    assert home.heard(_CARD) is None
    assert home.touched(Touch("choose", "card")) == GroupChosen(Group.CARD)
    assert home.touched(Touch("choose", "print")) is None
    assert home.missing(Group.PAY) == "backend_silent"


_AMOUNT = asks.ChooseHoldAmount(people.PATIENT, people.TERMS, None)


@pytest.mark.parametrize(
    ("ask", "touch", "reply"),
    [
        (_AMOUNT, Touch("amount", "10000"), asks.AmountChosen(10_000)),
        (_AMOUNT, Touch("amount", "500000"), asks.AmountChosen(500_000)),
        (_AMOUNT, Touch("amount", "9999"), None),
        (_AMOUNT, Touch("amount", "500001"), None),
        (_AMOUNT, Touch("amount", "-1"), None),
        (_AMOUNT, Touch("amount", ""), None),
        (asks.TypePhone("王*国"), Touch("enter", "13800000000"), asks.Typed("13800000000")),
        (asks.TypePhone("王*国"), Touch("enter", "1380000000"), None),
        (asks.TypePhone("王*国"), Touch("enter", "１３８00000000"), None),
        (asks.ShowTrouble("other", "untouched", may_retry=False), Touch("retry"), None),
        (asks.ShowTrouble("other", "untouched"), Touch("retry"), asks.TryAgain()),
    ],
)
def test_only_a_valid_press_is_an_answer(ask: Ask[Any], touch: Touch, reply: object) -> None:
    assert ask.touched(touch) == reply


def test_unread_id_card_is_said_once() -> None:
    assert asks.PlaceIdCard().heard(IdCardUnreadable()) == steps.NotUnderstood("id_card_unreadable")
    assert asks.PlaceIdCard(unreadable=True).heard(IdCardUnreadable()) is None


def test_codes_cards_and_people_never_stand_in_a_repr() -> None:
    shown = [people.PRESENCE, people.DOCUMENT, CodeScanned(_PAYMENT), stories.CODE]
    secret = ("260000000025", "330302198402290016", _PAYMENT, "王建国")
    said = " ".join(map(repr, [*shown, people.CARD_SHOWN, people.ID_SHOWN]))
    commit = repr(steps.CommitSettlement("op-1", 1, TenderKind.SCAN, _PAYMENT, 1))
    assert not [word for word in secret if word in said + commit]
