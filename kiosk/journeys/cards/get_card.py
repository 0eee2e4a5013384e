"""Get a health card: ID card, phone number, notice, summary, then the dispenser (S03)."""

from __future__ import annotations

from typing import assert_never

from core.identity import Audience, IdDocument, IdLayout, Patient, mask_name
from core.journeys.doubt import Doubtful
from core.journeys.issue_card import CardIssued, CardNotIssued, issue_card
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave, MediumShown, RegisterPerson
from kiosk.journeys.cards.own_data import show_in_full
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.service import Start
from kiosk.steps import (
    Confirmed,
    ConfirmPerson,
    InFullWished,
    PlaceIdCard,
    ReadNotice,
    ShowCardIssued,
    TypePhone,
)


async def get_card(start: Start) -> Retry | None:
    """From the tile to a card in the hand."""
    document = await _document()
    if document is None:
        return None
    if document.layout is IdLayout.FOREIGNER_OLD:
        return await trouble("old_foreign_permit")
    typed = await TypePhone(mask_name(document.name, Audience.KIOSK))
    if isinstance(typed, Leave):
        return None
    if isinstance(await ReadNotice(start.notice), Leave):
        return None
    if not await _is_right(document, typed.text):
        return None
    match await RegisterPerson(document, typed.text, start.notice.version):
        case Patient() as patient:
            return await _issue(patient)
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _is_right(document: IdDocument, phone: str) -> bool:
    while True:
        match await ConfirmPerson(document, phone):
            case Confirmed():
                return True
            case InFullWished():
                if await show_in_full(document) is not None:
                    return False
            case Leave():
                return False
            case other:
                assert_never(other)


async def _issue(patient: Patient) -> Retry | None:
    match await issue_card(patient.patient_id):
        case CardIssued(number):
            await ShowCardIssued(patient, number)
            return None
        case CardNotIssued(reason, detail):
            return await trouble(reason, detail)
        case Doubtful(case_id, printed):
            return await trouble("card_lost_track", case_id=case_id, printed=printed)
        case other:
            assert_never(other)


async def _document() -> IdDocument | None:
    unreadable = False
    while True:
        match await PlaceIdCard(unreadable):
            case MediumShown(document=IdDocument() as document):
                return document
            case Leave():
                return None
            case _:
                unreadable = True
