"""One patient at the machine: home, then the chosen service, again if they wish to retry."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from core.phrase import said
from core.steps import Leave, MediumShown, TakeBackCard
from core.wording import wording
from kiosk.journeys.service import Service, Start
from kiosk.journeys.services import SERVICES
from kiosk.steps import (
    GROUPS,
    Back,
    ChooseService,
    Group,
    GroupChosen,
    Offer,
    ServiceChosen,
    Today,
)
from kiosk.steps.pages import Choose, Chosen, Option


async def visit(today: Callable[[], Today]) -> None:
    """Ends when the patient is done; the app starts the next one with cleared screens. `today` is
    asked whenever it matters: home may stand for hours before somebody comes."""
    await TakeBackCard()
    service, shown = await _choose(today)
    again: object = service
    while service is not None and again is not None:
        now = today()
        again = await service.begin(Start(shown, now.notice, now.terms))
        shown = None


async def _choose(today: Callable[[], Today]) -> tuple[Service | None, MediumShown | None]:
    while True:
        match await ChooseService(today().offers):
            case ServiceChosen(name, shown):
                return SERVICES[name], shown
            case GroupChosen(group):
                within = tuple(offer for offer in today().offers if offer.group is group)
            case other:
                assert_never(other)
        if len(within) == 1:
            return SERVICES[within[0].name], None
        match await _menu(group, within):
            case Chosen(name):
                return SERVICES[name], None
            case Leave():
                return None, None
            case Back():
                continue


def _menu(group: Group, offers: tuple[Offer, ...]) -> Choose:
    words, icon = GROUPS[group]
    return Choose(
        title=words,
        hint=said("What would you like to do?"),
        icon=icon,
        options=tuple(_option(offer) for offer in offers),
    )


def _option(offer: Offer) -> Option:
    service = SERVICES[offer.name]
    off = said(wording(offer.missing).happened) if offer.missing else ""
    return Option(service.name, service.words, service.icon, service.note, off=off)
