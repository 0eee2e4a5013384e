"""What the machine is doing now, in words: one sentence for every Act a patient may wait for.

What a reader would get wrong: leaving is offered only where it does something, at the bank POS
(the POS stops) and while the phone has to confirm (the backend reverses).
"""

from __future__ import annotations

from typing import Any

from core.catalogue import Catalogue
from core.flow import Act
from core.steps import (
    ActivateCard,
    AskPosForLast,
    CancelRegistration,
    CancelSettlement,
    CaptureCard,
    CheckPrinter,
    CommitSettlement,
    ConfirmCard,
    FetchBills,
    FetchDepartments,
    FetchHoldTerms,
    FetchRegistration,
    FindDispenserCard,
    FindPatient,
    FollowSettlement,
    MakeReferral,
    MoveCardToEncoder,
    OpenSettlement,
    PlaceHoldAtPos,
    PresentCard,
    PrintSlip,
    RegisterHold,
    RegisterPerson,
    RegisterVisit,
    ReleaseHoldAtPos,
    ReportSuspense,
    ReserveCard,
    VoidCard,
    WriteCard,
)
from kiosk.screens.view_parts import View, yuan

_CHECK, _PAY, _SLIP = 1, 2, 3


def progress(act: Act[Any], _: Catalogue) -> View:
    """Title, hint, and what to light up on the machine."""
    if isinstance(act, PlaceHoldAtPos):
        return _at_pos(act, _)
    may_leave = isinstance(act, FollowSettlement)
    hint = (
        _("Please confirm on your phone if it asks you")
        if may_leave
        else _("Please wait a moment. You need not do anything.")
    )
    return {
        "title": _words(act, _),
        "hint": hint,
        "parts": [],
        "hand": "",
        "amount": "",
        "steps": [],
        "can_leave": may_leave,
        "step": _place(act),
    }


def _at_pos(act: PlaceHoldAtPos, _: Catalogue) -> View:
    return {
        "title": _("Please use your bank card at the POS"),
        "hint": _("The amount is only put on hold, nothing is taken"),
        "parts": ["pos"],
        "hand": "card",
        "amount": yuan(act.amount_fen),
        "steps": [
            _("Insert or tap the card at the POS"),
            _("Type your PIN if it asks for it"),
            _("Wait until the POS says that it is done"),
        ],
        "can_leave": True,
        "step": _PAY,
    }


def _place(act: Act[Any]) -> int:
    match act:
        case FetchBills() | OpenSettlement() | FetchHoldTerms():
            return _CHECK
        case CommitSettlement() | FollowSettlement() | RegisterHold() | AskPosForLast():
            return _PAY
        case PrintSlip():
            return _SLIP
        case _other:
            return -1


def _words(act: Act[Any], _: Catalogue) -> str:
    return _money_words(act, _) or _card_words(act, _) or _visit_words(act, _)


def _money_words(act: Act[Any], _: Catalogue) -> str:
    match act:
        case FetchBills():
            return _("Looking for your bills")
        case OpenSettlement() | CheckPrinter():
            return _("Asking your insurance what it pays")
        case ConfirmCard():
            return _("Looking once more at your card")
        case CommitSettlement() | FollowSettlement():
            return _("Your payment is being made")
        case CancelSettlement():
            return _("The payment is being stopped")
        case FetchHoldTerms():
            return _("Looking for the limits of a hold")
        case AskPosForLast() | RegisterHold():
            return _("Checking with the bank")
        case ReleaseHoldAtPos():
            return _("The hold is being undone")
        case ReportSuspense():
            return _("Staff are being told")
        case _other:
            return ""


def _card_words(act: Act[Any], _: Catalogue) -> str:
    match act:
        case FindDispenserCard() | ReserveCard() | MoveCardToEncoder() | WriteCard():
            return _("Your card is being made")
        case PresentCard():
            return _("Your card is coming")
        case ActivateCard():
            return _("Your card is being activated")
        case CaptureCard() | VoidCard():
            return _("The card is drawn in again")
        case _other:
            return ""


def _visit_words(act: Act[Any], _: Catalogue) -> str:
    match act:
        case FindPatient():
            return _("Looking for your record")
        case RegisterPerson():
            return _("You are being registered")
        case FetchDepartments():
            return _("Looking who has places today")
        case RegisterVisit() | FetchRegistration():
            return _("Your place is being kept")
        case CancelRegistration():
            return _("Your place is given back")
        case MakeReferral():
            return _("Your slip for the window is being made")
        case PrintSlip():
            return _("Your slip is being printed")
        case _other:
            return _("One moment, please")
