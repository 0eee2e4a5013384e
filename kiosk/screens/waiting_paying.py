"""Words while a patient waits: paying a bill.

Merged in `kiosk/screens/view_progress.py`. What a reader would get wrong: only Acts that take long
enough to be seen need a sentence; every other one says "One moment, please".
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps.paying import (
    AnnounceHold,
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
    PayAtPos: said("Please use your bank card at the POS"),
    TellPosWord: said("Checking with the bank"),
    AnnounceHold: said("Checking with the bank"),
    FetchReauthorisation: said("The old hold ends"),
    TellOldReleased: said("The old hold ends"),
}
