"""Prepaid balances: what may be collected, what there is, and how it goes back.

Shapes of docs/backend_api/prepay.md. Three verbs apart (C01): collecting is banned with filed
exemptions, spending stays allowed, refunding is offered. What a reader would get wrong: nothing
here names who paid a top-up or where it goes back to (W31).
"""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import Hold, Slip, Text
from core.deferral import Decision
from core.errors import Inconsistent

CLEAR_AT_WINDOW = "prepay.clear_at_window"
CONSENT = "VOLUNTARY_CONSENT"
PREAUTH, TRANSFER, CASH = "PREAUTH", "BANKCARD_TRANSFER", "CASH"


@dataclass(frozen=True, slots=True)
class PrefundMethod:
    """One way to have money ready. Limits include their numbers; cap 0: none."""

    method: str
    allowed: bool
    reason: str
    min_fen: int
    max_fen: int
    balance_cap_fen: int


@dataclass(frozen=True, slots=True)
class PrepayTerms:
    """What this patient may do today and by which rule; `methods` in the order of offering."""

    collect: Decision
    methods: tuple[PrefundMethod, ...]
    spend: Decision
    refund: Decision
    balance_fen: int
    state: str
    scene: str

    def method(self, name: str) -> PrefundMethod | None:
        """One of them, None when it is not known here."""
        return next((one for one in self.methods if one.method == name), None)


@dataclass(frozen=True, slots=True)
class ToppedUp:
    """Booked, once."""

    top_up_id: str
    method: str
    amount_fen: int
    balance_fen: int
    rule_id: str
    slip: Slip


@dataclass(frozen=True, slots=True)
class Residual:
    """Unused money after a settlement, and what to do with it (C09). `words` None: nothing."""

    residual_fen: int
    decision: Decision
    words: Text | None

    @property
    def at_window(self) -> bool:
        """A window clears it; else it is asked back at once."""
        return self.decision.message_key == CLEAR_AT_WINDOW


@dataclass(frozen=True, slots=True)
class HoldRelease:
    """May this machine's card terminal end a hold? `receipt`: its number there, "" when it may not;
    `place`: the machine that made it."""

    hold: Hold
    decision: Decision
    receipt: str
    place: Text | None


@dataclass(frozen=True, slots=True)
class WayBack:
    """What is left of one top-up and how it goes back. `route`: ORIGINAL, TRANSFER or CASH."""

    channel: str
    channel_name: Text
    day: str
    amount_fen: int
    route: str
    rule_id: str
    why: Text
    state: str


@dataclass(frozen=True, slots=True)
class CleanOutPlan:
    """How a balance would go back, and what an application needs; no money moves by looking."""

    decision: Decision
    balance_fen: int
    ways: tuple[WayBack, ...]
    needs: tuple[str, ...]
    warning: Text | None
    payee: Decision
    documents: tuple[str, ...]

    def __post_init__(self) -> None:
        if sum(way.amount_fen for way in self.ways) != self.balance_fen:
            raise Inconsistent("the ways back do not sum to the balance")


@dataclass(frozen=True, slots=True)
class CleanOut:
    """One application as it stands; ACCEPTED is never PAID."""

    clean_out_id: str
    state: str
    amount_fen: int
    ways: tuple[WayBack, ...]
    needs: tuple[str, ...]
    payee_account: str
    payee_bank: str
    reason: str
    asked_at: str
    slip: Slip | None


@dataclass(frozen=True, slots=True)
class CleanOuts:
    """Of one patient."""

    clean_outs: tuple[CleanOut, ...]
