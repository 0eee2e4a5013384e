"""Words while a patient waits: holds and money paid in advance.

Merged in `kiosk/screens/waiting.py`. What a reader would get wrong: every Act that a kiosk can meet
needs a sentence (`tests/gui/test_waiting.py`), or a page at the machine.
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps.cash import AllowNotes, FindNote, ReturnNote, StopNotes, TakeNote
from core.steps.prefund import (
    ApplyForCleanOut,
    FetchCleanOutPlan,
    FetchCleanOuts,
    FetchHoldRelease,
    FetchPatientHolds,
    FetchPrepayTerms,
    ResubmitPayee,
    TellHoldReleased,
    TopUpBalance,
)
from core.steps.sale import SellAtPos, VoidSaleAtPos

_HOLDS, _BALANCE = said("Looking for your pre-authorisations"), said("Looking up your balance")

WAITING: dict[type[Act[Any]], Said] = {
    FetchPrepayTerms: said("Looking up what is possible for you"),
    SellAtPos: said("Please follow the card reader"),
    VoidSaleAtPos: said("Giving the money back to your card"),
    AllowNotes: said("Opening the banknote slot"),
    TakeNote: said("Taking your note, please do not pull it"),
    ReturnNote: said("Your note comes out again, please take it"),
    FindNote: said("Checking where your note is"),
    StopNotes: said("Closing the banknote slot"),
    TellHoldReleased: said("The pre-authorisation ends"),
    TopUpBalance: said("Adding it to your balance"),
    FetchPatientHolds: _HOLDS,
    FetchHoldRelease: _HOLDS,
    FetchCleanOutPlan: _BALANCE,
    FetchCleanOuts: _BALANCE,
    ApplyForCleanOut: said("Sending your request"),
    ResubmitPayee: said("Sending your request"),
}
