"""First-visit registration by what was shown: ID card, code or card whose issuer names the person.

H09, S06, A.a3. Asks for a phone number, the notice, and with a code the permission to use the
e-certificate (H06). What a reader would get wrong: a code was decoded for looking somebody up
only; it is good once more, for registering.
"""

from __future__ import annotations

from typing import assert_never

from core.identity import IdDocument, IdLayout, MediumKind, Patient
from core.people import ConsentKind, ConsentTexts
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave, MediumShown, RegisterPerson
from core.steps.media import RegisterFirstVisit
from kiosk.journeys.cards import first_visit_pages as pages
from kiosk.journeys.cards.consent import NOT_NOW, agreed, consent_texts
from kiosk.journeys.cards.own_data import IN_FULL, show_in_full
from kiosk.journeys.ending import Retry, trouble
from kiosk.steps import Back, Typed
from kiosk.steps.pages import Pressed

FIRST_VISIT_MEDIA = frozenset(
    {
        MediumKind.ID_CARD,
        MediumKind.HEALTH_CARD,
        MediumKind.SS_CARD,
        MediumKind.EC_CODE,
        MediumKind.CITY_CODE,
    }
)
_CODES = frozenset({MediumKind.EC_CODE, MediumKind.CITY_CODE})


async def first_visit(shown: MediumShown, *, on_the_way: bool) -> Patient | Retry | None:
    """`on_the_way`: they wanted something else, so it is offered first, and goes on after."""
    if shown.document is not None and shown.document.layout is IdLayout.FOREIGNER_OLD:
        return await trouble("old_foreign_permit")
    if on_the_way and not isinstance(await pages.offer(shown), Pressed):
        return None
    texts = await consent_texts()
    if not isinstance(texts, ConsentTexts):
        return texts
    match await pages.phone(shown):
        case Typed(phone):
            pass
        case _:
            return None
    notice = await agreed(texts, ConsentKind.PRIVACY, shown.presence)
    if not isinstance(notice, str):
        return None
    if shown.document is not None:
        return await _by_document(shown.document, phone, notice)
    permission: str | Back | Leave = ""
    if shown.medium.kind in _CODES:
        permission = await agreed(texts, ConsentKind.E_CERTIFICATE, shown.presence, NOT_NOW)
    if not isinstance(permission, str):
        return None
    return await _registered(RegisterFirstVisit(shown.medium, phone, notice, permission), shown)


async def _by_document(document: IdDocument, phone: str, notice: str) -> Patient | Retry | None:
    while True:
        match await pages.confirm(document, phone):
            case Pressed(IN_FULL.word):
                if await show_in_full(document) is not None:
                    return None
            case Pressed():
                break
            case _:
                return None
    return await _registered(RegisterPerson(document, phone, notice), None)


async def _registered(
    asked: RegisterFirstVisit | RegisterPerson, shown: MediumShown | None
) -> Patient | Retry | None:
    match await asked:
        case Patient() as patient:
            presence = shown.presence if shown else None
            went_on = isinstance(await pages.registered(patient, presence), Pressed)
            return patient if went_on else None
        case Refused("not_found"):
            return await trouble("issuer_knows_nobody")
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)
