"""Words while a patient waits: holds and money paid in advance.

Merged in `kiosk/screens/view_progress.py`. What a reader would get wrong: only Acts that take long
enough to be seen need a sentence; every other one says "One moment, please".
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps.cash import FindNote, ReturnNote, StopNotes, TakeNote
from core.steps.prefund import (
    ApplyForCleanOut,
    FetchCleanOutPlan,
    FetchPrepayTerms,
    TellHoldReleased,
    TopUpBalance,
)
from core.steps.sale import SellAtPos, VoidSaleAtPos

WAITING: dict[type[Act[Any]], Said] = {
    FetchPrepayTerms: said("Looking up what is possible for you"),
    SellAtPos: said("Please follow the card reader"),
    VoidSaleAtPos: said("Giving the money back to your card"),
    TakeNote: said("Taking your note, please do not pull it"),
    ReturnNote: said("Your note comes out again, please take it"),
    FindNote: said("Checking where your note is"),
    StopNotes: said("Closing the banknote slot"),
    TellHoldReleased: said("The hold ends"),
    TopUpBalance: said("Adding it to your balance"),
    FetchCleanOutPlan: said("Looking up your balance"),
    ApplyForCleanOut: said("Sending your request"),
}
