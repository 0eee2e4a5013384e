"""The view of "show or insert anything": what may be shown, and where it is held.

What a reader would get wrong: a row stands for several kinds that go to the same place, because
an old person looks for a place and not for a name.
"""

from __future__ import annotations

from core.catalogue import Catalogue
from core.identity import MediumKind
from core.steps import Identify
from kiosk.screens.view_parts import View, banner, row

READ_AT = {
    MediumKind.ID_CARD: "id",
    MediumKind.HEALTH_CARD: "card",
    MediumKind.SS_CARD: "card",
    MediumKind.EC_CODE: "scan",
    MediumKind.CITY_CODE: "scan",
    MediumKind.SLIP: "scan",
}
"""At which part of the machine each medium is shown."""


def identify(step: Identify, _: Catalogue) -> View:
    """`face`: whether there is a button for it."""
    return {
        "title": _("Who are you? Please show one of these"),
        "hint": _purpose(step.purpose, _),
        "parts": list(dict.fromkeys(p for kind, p in READ_AT.items() if kind in step.accepts)),
        "ways": [*_cards(step, _), *_codes(step, _)],
        "face": step.face,
        **banner(step.trouble, _),
    }


def _purpose(purpose: str, _: Catalogue) -> str:
    match purpose:
        case "pay":
            return _("We then look for your bills")
        case "register" | "book":
            return _("We then look for free places with a doctor")
        case "collect_booking":
            return _("We then look for your bookings")
        case "check_in":
            return _("The slip of your visit or exam is enough")
        case "book_exam":
            return _("We then look for your exams")
        case "hold":
            return _("We then ask how much is to be pre-authorised")
        case "register_medium":
            return _("We then register you at this hospital with it")
        case _other:
            return _("We then go on at once")


def _cards(step: Identify, _: Catalogue) -> list[View]:
    ways = []
    if MediumKind.ID_CARD in step.accepts:
        ways.append(row("id", _("ID card"), _("Lay it on the reader")))
    if MediumKind.SS_CARD in step.accepts:
        words = _("Health card, social-security card")
        ways.append(row("credit-card", words, _("Push it into the card slot")))
    elif MediumKind.HEALTH_CARD in step.accepts:
        ways.append(row("credit-card", _("Health card"), _("Push it into the card slot")))
    return ways


def _codes(step: Identify, _: Catalogue) -> list[View]:
    ways = []
    where = _("Hold the phone over the scan window")
    if step.tap:
        where = _("Over the scan window; an unlocked phone at the tap point opens it")
    if MediumKind.CITY_CODE in step.accepts:
        ways.append(row("qrcode", _("Insurance code, city code"), where))
    elif MediumKind.EC_CODE in step.accepts:
        ways.append(row("qrcode", _("Insurance code"), where))
    if MediumKind.SLIP in step.accepts:
        ways.append(row("receipt", _("Printed slip"), _("Hold its code over the scan window")))
    return ways
