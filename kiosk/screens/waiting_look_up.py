"""Words while a patient waits: looking things up.

Merged in `kiosk/screens/view_progress.py`. What a reader would get wrong: only Acts that take long
enough to be seen need a sentence; every other one says "One moment, please".
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps.look_up import FetchBalance, FetchHolds, FetchMoney, FetchPrices

_MONEY = said("Looking where your money is")

WAITING: dict[type[Act[Any]], Said] = {
    FetchBalance: _MONEY,
    FetchHolds: _MONEY,
    FetchMoney: _MONEY,
    FetchPrices: said("Looking in the price list"),
}
