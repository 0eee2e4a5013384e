"""One patient at the machine: home, then the chosen service, again if they wish to retry."""

from __future__ import annotations

from typing import assert_never

from core.steps import TakeBackCard
from kiosk.journeys.get_card import get_card
from kiosk.journeys.hold import hold
from kiosk.journeys.pay_bill import pay_bill
from kiosk.journeys.register import register
from kiosk.steps import ChooseService, Notice, Service


async def visit(notice: Notice, unavailable: tuple[tuple[Service, str], ...]) -> None:
    """Ends when the patient is done; the app starts the next one with cleared screens."""
    await TakeBackCard()
    chosen = await ChooseService(unavailable)
    again: object = True
    shown = chosen.shown
    while again is not None:
        match chosen.service:
            case Service.CARD:
                again = await get_card(notice)
            case Service.REGISTER:
                again = await register(shown)
            case Service.HOLD:
                again = await hold(shown)
            case Service.PAY:
                again = await pay_bill(shown)
            case other:
                assert_never(other)
        shown = None
