"""Journeys of pay later and of agreements as good stories.

`willing` answers pages made of words: it presses and chooses what is named, else the first.
"""

from __future__ import annotations

from typing import Any

from core.flow import Step
from core.steps import Leave
from kiosk.journeys.identify import Identified
from kiosk.journeys.later.offer import offer_pay_later
from kiosk.journeys.later.signing import sign_up
from kiosk.journeys.services import SERVICES
from kiosk.steps import Typed
from kiosk.steps.pages import (
    Choose,
    ChooseSome,
    Chosen,
    Keys,
    Pressed,
    Show,
    Sign,
    Signed,
    TypeIn,
)
from tests.helpers import people
from tests.helpers.explore import Story
from tests.helpers.ink import INK
from tests.helpers.journey_stories import START, patient
from tests.helpers.world import Script

WHO = Identified(people.PATIENT, people.PRESENCE)


def willing(*words: str) -> Script:
    """Presses and chooses one of `words` wherever it is offered."""
    others = patient()

    def script(step: Step[Any]) -> object:
        match step:
            case Choose():
                free = [option.key for option in step.options if not option.off]
                return Chosen(_wanted(free)) if free else Leave()
            case ChooseSome():
                return tuple(option.key for option in step.options if not option.off)
            case Show():
                return Pressed(_wanted([button.word for button in step.buttons]))
            case Sign():
                return Signed(INK)
            case TypeIn(keys=Keys.ID_NUMBER):
                return Typed(people.DOCUMENT.id_number)
            case TypeIn():
                return Typed(people.DOCUMENT.name)
            case _:
                return others(step)

    def _wanted(offered: list[str]) -> str:
        return next((word for word in words if word in offered), offered[0])

    return script


def told(name: str, service: str, *words: str) -> Story:
    """A service whose patient presses and chooses `words`."""
    return Story(name, lambda: SERVICES[service].begin(START), willing(*words))


REPAY = told("pay what waited", "pay_later", "repay")
END = told("end pay-later", "pay_later", "cancel")
SIGN_UP = Story("sign pay-later", lambda: sign_up(WHO), willing())
OFFER = Story("offer pay-later", lambda: offer_pay_later(WHO), willing())
BANK_CREDIT = told("sign bank credit", "sign_elsewhere", "BANK_CREDIT_LINE")
END_DEBIT = told("end a bound debit", "sign_elsewhere", "A1", "end")

STORIES: tuple[Story, ...] = (REPAY, END, SIGN_UP, OFFER, BANK_CREDIT, END_DEBIT)
