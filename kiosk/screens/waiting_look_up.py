"""Words while a patient waits: looking things up.

Merged in `kiosk/screens/waiting.py`. What a reader would get wrong: every Act that a kiosk can meet
needs a sentence (`tests/gui/test_waiting.py`), or a page at the machine.
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps.look_up import FetchBalance, FetchHolds, FetchMoney, FetchPrices
from core.window_steps import ResolveSlip

_MONEY = said("Looking where your money is")

WAITING: dict[type[Act[Any]], Said] = {
    FetchBalance: _MONEY,
    FetchHolds: _MONEY,
    FetchMoney: _MONEY,
    FetchPrices: said("Looking in the price list"),
    ResolveSlip: said("Looking what this slip is about"),
}
