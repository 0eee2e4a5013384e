"""Words while a patient waits: paying a bill.

Merged in `kiosk/screens/waiting.py`. What a reader would get wrong: every Act that a kiosk can meet
needs a sentence (`tests/gui/test_waiting.py`), or a page at the machine.
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps.paying import (
    AnnounceHold,
    AskPosForOrder,
    CheckPos,
    FetchReauthorisation,
    FetchResidual,
    GiveUpItems,
    PayAtPos,
    TellOldReleased,
    TellPosWord,
)

WAITING: dict[type[Act[Any]], Said] = {
    GiveUpItems: said("Your slip for the window is being made"),
    FetchResidual: said("Looking what is left"),
    CheckPos: said("Looking whether the card reader is ready"),
    PayAtPos: said("Please use your bank card at the POS"),
    TellPosWord: said("Checking with the bank"),
    AskPosForOrder: said("Checking with the bank"),
    AnnounceHold: said("Checking with the bank"),
    FetchReauthorisation: said("The old pre-authorisation ends"),
    TellOldReleased: said("The old pre-authorisation ends"),
}
