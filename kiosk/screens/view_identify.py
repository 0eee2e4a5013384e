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

READS = {"id": "read_id_card", "card": "read_card", "scan": "read_code"}
"""What each part is for (`terminal/health.py`: NEEDS)."""


def identify(step: Identify, _: Catalogue) -> View:
    """`face`: whether there is a button for it."""
    open_to = step.accepts - step.broken
    return {
        "title": _("Who are you? Please show one of these"),
        "hint": _purpose(step.purpose, _),
        "parts": list(dict.fromkeys(p for kind, p in READ_AT.items() if kind in open_to)),
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
        where = _("Lay it on the reader")
        ways.append(_way(step, MediumKind.ID_CARD, "id", _("ID card"), where, _))
    if MediumKind.HEALTH_CARD in step.accepts or MediumKind.SS_CARD in step.accepts:
        both = MediumKind.SS_CARD in step.accepts
        what = _("Health card, social-security card") if both else _("Health card")
        where = _("Push it into the card slot")
        ways.append(_way(step, MediumKind.HEALTH_CARD, "credit-card", what, where, _))
    return ways


def _codes(step: Identify, _: Catalogue) -> list[View]:
    ways = []
    if MediumKind.CITY_CODE in step.accepts or MediumKind.EC_CODE in step.accepts:
        both = MediumKind.CITY_CODE in step.accepts
        what = _("Insurance code, city code") if both else _("Insurance code")
        where = _("Hold the phone over the scan window")
        if step.tap:
            where = _("Over the scan window; an unlocked phone at the tap point opens it")
        ways.append(_way(step, MediumKind.EC_CODE, "qrcode", what, where, _))
    if MediumKind.SLIP in step.accepts:
        where = _("Hold its code over the scan window")
        ways.append(_way(step, MediumKind.SLIP, "receipt", _("Printed slip"), where, _))
    return ways


def _way(step: Identify, kind: MediumKind, icon: str, what: str, where: str, _: Catalogue) -> View:
    """What is shown and where it is held, unless its reader is out of order."""
    if kind in step.broken:
        return row(icon, what, _("Out of order here; please use another way"), tone="warning")
    return row(icon, what, where, tone="info")
