"""Words while a patient waits: what every service does, and all services together.

What a reader would get wrong: every Act that a kiosk can meet needs a sentence, because nobody
knows how long the other side takes. Acts at the bank POS have a page of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.flow import Act
from core.phrase import Said, said
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
from kiosk.screens.waiting_inpatient import WAITING as INPATIENT
from kiosk.screens.waiting_later import WAITING as LATER
from kiosk.screens.waiting_look_up import WAITING as LOOK_UP
from kiosk.screens.waiting_papers import WAITING as PAPERS
from kiosk.screens.waiting_paying import WAITING as PAYING
from kiosk.screens.waiting_people import WAITING as PEOPLE
from kiosk.screens.waiting_prefund import WAITING as PREFUND
from kiosk.screens.waiting_refunds import WAITING as REFUNDS
from kiosk.screens.waiting_visits import WAITING as VISITS

_CARD_MADE, _CARD_BACK = said("Your card is being made"), said("The card is drawn in again")
_PAYING, _BANK = said("Your payment is being made"), said("Checking with the bank")
_INSURANCE, _PLACE = said("Asking your insurance what it pays"), said("Your place is being kept")

WAITING: Mapping[type[Act[Any]], Said] = {
    FetchBills: said("Looking for your bills"),
    OpenSettlement: _INSURANCE,
    CheckPrinter: _INSURANCE,
    ConfirmCard: said("Looking once more at your card"),
    CommitSettlement: _PAYING,
    FollowSettlement: _PAYING,
    CancelSettlement: said("The payment is being stopped"),
    FetchHoldTerms: said("Looking for the limits of a pre-authorisation"),
    AskPosForLast: _BANK,
    RegisterHold: _BANK,
    ReleaseHoldAtPos: said("The pre-authorisation is being undone"),
    ReportSuspense: said("Staff are being told"),
    FindDispenserCard: _CARD_MADE,
    ReserveCard: _CARD_MADE,
    MoveCardToEncoder: _CARD_MADE,
    WriteCard: _CARD_MADE,
    PresentCard: said("Your card is coming"),
    ActivateCard: said("Your card is being activated"),
    CaptureCard: _CARD_BACK,
    VoidCard: _CARD_BACK,
    FindPatient: said("Looking for your record"),
    RegisterPerson: said("You are being registered"),
    FetchDepartments: said("Looking who has places today"),
    RegisterVisit: _PLACE,
    FetchRegistration: _PLACE,
    CancelRegistration: said("Your place is given back"),
    MakeReferral: said("Your slip for the window is being made"),
    PrintSlip: said("Your slip is being printed"),
    **PEOPLE,
    **VISITS,
    **PAYING,
    **PREFUND,
    **LATER,
    **REFUNDS,
    **INPATIENT,
    **PAPERS,
    **LOOK_UP,
}
