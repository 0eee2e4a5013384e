"""What a patient looks up: balance, holds, prices, and where each amount of money is.

Field names are those of docs/backend_api/{prepay,holds,bills,cases}.md. What a reader would get
wrong: nobody here says who paid (W31); the backend leaves it out, and so do these shapes.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import Hold, Text
from core.goods import Price


@dataclass(frozen=True, slots=True)
class Balance:
    """Prepaid money. `state`: NONE, OPEN, FROZEN_FOR_CLEANOUT, CLEARED or LEDGERED."""

    balance_fen: int
    state: str


@dataclass(frozen=True, slots=True)
class Holds:
    """Of one person, newest first."""

    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class Prices:
    """What a search found, at most a hundred."""

    items: tuple[Price, ...]


@dataclass(frozen=True, slots=True)
class MoneyStep:
    """One step. `proof`: the end of the number that its platform knows it by."""

    step: str
    words: Text
    at: str
    amount_fen: int
    proof: str


@dataclass(frozen=True, slots=True)
class MoneyItem:
    """A payment, refund, hold, change slip, top-up, clean-out or case. `open`: something still
    happens to it; `owner` and `due_at`: of its open case."""

    about: str
    kind: str
    title: Text
    amount_fen: int
    at: str
    state_words: Text
    next: Text
    open: bool
    case_id: str
    owner: str
    due_at: str
    steps: tuple[MoneyStep, ...]


@dataclass(frozen=True, slots=True)
class MoneyTrail:
    """What still happens first, then the newest."""

    items: tuple[MoneyItem, ...]
