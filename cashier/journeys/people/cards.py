"""Cards of this hospital at a window: a new one, a loss, an exchange (S05, S07, S26).

What a reader would get wrong: loss and exchange want the number that stands on the holder's
document, read or typed now; that it is in our books proves nothing about who stands here. An
anonymous card has no holder's document, so it has neither.
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Action, Field, FieldKind, Pressed, WorkSheet
from core.identity import MediumKind, mask_number
from core.journeys.doubt import Doubtful
from core.journeys.issue_at_desk import CardWish, issue_at_desk
from core.journeys.issue_card import CardIssued, CardNotIssued
from core.page_parts import Row, Tone
from core.phrase import Phrase, said
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.questions import MediumShown
from core.steps.window_people import ReportLoss, Reveal
from core.window_people import CardState, Revealed

_NEW, _LOSS, _EXCHANGE = said("New card"), said("Report a loss"), said("Exchange the card")


async def new_card(at: AtWork) -> str:
    """Real-name or anonymous, whichever the person is; a second one is refused (S07)."""
    await make_card(at, _NEW, CardWish(at.served.patient_id))
    return ""


async def make_card(at: AtWork, title: Phrase, wish: CardWish) -> bool:
    """A blank card on the reader, until it is written or left. True: it is in the hand."""
    trouble = ""
    while True:
        if not isinstance(await blank_card_sheet(at, title, trouble), Pressed):
            return False
        match await issue_at_desk(wish):
            case CardIssued(number):
                row = Row("credit-card", said("Card number"), mask_number(number))
                await told(at, said("The card is ready"), (row,))
                return True
            case CardNotIssued(trouble):
                # the old card ended with the first try; from then on it is a card like any other
                wish = CardWish(wish.patient_id) if trouble in _AFTER_THE_NUMBER else wish
            case Doubtful():
                await told(
                    at,
                    said("Do not hand this card out"),
                    tone=Tone.WARNING,
                    words=said("It is not known whether the card is good. It is being checked."),
                )
                return False
            case other:
                assert_never(other)


_AFTER_THE_NUMBER = frozenset({"no_card", "card_not_blank", "card_not_written", "timeout", "busy"})


def blank_card_sheet(at: AtWork, title: Phrase, trouble: str = "") -> WorkSheet:
    """What to lay on the reader."""
    return WorkSheet(
        title=title,
        patient=at.patient,
        text=said("Lay a blank card on the reader and leave it there until it is written."),
        trouble=trouble,
        actions=(Action("write", said("Write the card")),),
    )


async def loss(at: AtWork) -> str:
    """Nobody is found by the lost card any more; a new one is made at once when wished (S26)."""
    trouble = ""
    while True:
        document = await _document(at, _LOSS, trouble)
        number = await _own_number(at, _LOSS) if document else ""
        if not document or not number:
            return ""
        match await ReportLoss(number, document):
            case CardState():
                break
            case Refused(trouble) | NotSent(trouble) | Unknown(trouble):
                continue
            case other:
                assert_never(other)
    if isinstance(await lost_sheet(at, number), Pressed):
        await make_card(at, _NEW, CardWish(at.served.patient_id, number, document))
    return ""


async def exchange(at: AtWork) -> str:
    """The old card ends, a blank one becomes the new (S26)."""
    document = await _document(at, _EXCHANGE, "")
    number = await _own_number(at, _EXCHANGE) if document else ""
    if document and number:
        await make_card(at, _EXCHANGE, CardWish(at.served.patient_id, number, document))
    return ""


async def _document(at: AtWork, title: Phrase, trouble: str) -> str:
    """The number on the document that lies here; "" when it was left."""
    match await document_sheet(at, title, trouble):
        case MediumShown(medium):
            return medium.value
        case Pressed() as pressed:
            return pressed.value("id_number")
        case Leave():
            return ""
        case other:
            assert_never(other)


async def _own_number(at: AtWork, title: Phrase) -> str:
    """Of the card in use or lost; "" after it was said that there is none."""
    shown = await fetched(Reveal(at.served.patient_id, "card_number", "CORRECTION"), at, title)
    match shown:
        case Revealed(value=""):
            await told(at, said("This person has no card of this hospital"), tone=Tone.WARNING)
            return ""
        case Revealed(value=number):
            return number
        case None:
            return ""


def document_sheet(at: AtWork, title: Phrase, trouble: str = "") -> WorkSheet:
    """The holder's document: laid on the reader, or its number typed from it."""
    return WorkSheet(
        title=title,
        patient=at.patient,
        text=said("Lay the holder's ID card on the reader, or type the number that stands on it."),
        trouble=trouble,
        fields=(Field("id_number", said("ID number on the document"), FieldKind.ID_NUMBER),),
        actions=(Action("go", said("Go on")),),
        accepts=frozenset({MediumKind.ID_CARD}),
    )


def lost_sheet(at: AtWork, number: str) -> WorkSheet:
    """Reported; a new card now, or another day."""
    return WorkSheet(
        title=said("The loss is reported"),
        patient=at.patient,
        chip_tone=Tone.SUCCESS,
        text=said("Nobody can be found by this card any more: {card}", card=mask_number(number)),
        actions=(Action("renew", said("Make a new card now")),),
    )
