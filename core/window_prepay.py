"""Old balances as a window gives them back (docs/backend_api/prepay.md).

What a reader would get wrong: nothing here names who paid a top-up or where it goes back to (W31);
ACCEPTED is never PAID, and CONFIRMED may take days by transfer.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import Slip
from core.errors import Inconsistent
from core.history import StepTaken
from core.prepay import WayBack


@dataclass(frozen=True, slots=True)
class CleanOutFile:
    """One application with its steps. `payee_account`: last digits; `needs`: PAYEE when the bank
    sent it back."""

    clean_out_id: str
    patient_id: str
    display_name: str
    state: str
    amount_fen: int
    ways: tuple[WayBack, ...]
    needs: tuple[str, ...]
    payee_account: str
    payee_bank: str
    reason: str
    asked_at: str
    steps: tuple[StepTaken, ...]
    slip: Slip | None

    def __post_init__(self) -> None:
        if sum(way.amount_fen for way in self.ways) != self.amount_fen:
            raise Inconsistent(f"the ways of {self.clean_out_id} do not sum to its amount")

    @property
    def number(self) -> str:
        """Short enough to be read out."""
        return self.clean_out_id[:8].upper()

    @property
    def cash_fen(self) -> int:
        """What is handed out from the drawer."""
        return sum(way.amount_fen for way in self.ways if way.route == "CASH")


@dataclass(frozen=True, slots=True)
class CleanOutFiles:
    """Several, the oldest first."""

    clean_outs: tuple[CleanOutFile, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """An account with a balance. `age_days`: of its oldest money, `idle_days`: since it moved."""

    patient_id: str
    display_name: str
    balance_fen: int
    state: str
    oldest_day: str
    age_days: int
    idle_days: int


@dataclass(frozen=True, slots=True)
class Holders:
    """Those whose balance did not move for long (S51)."""

    accounts: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Age:
    """Balances whose oldest money is of one age. `until_years` 0: older than all others."""

    until_years: int
    accounts: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Stock:
    """Old balances and how far their clean-out is (W19)."""

    deadline: str
    days_left: int
    accounts: tuple[Holder, ...]
    ages: tuple[Age, ...]
    open_fen: int
    under_way_fen: int
    returned_fen: int
    ledgered_fen: int


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A balance that was not returned in time. `claimed_at`: it was asked for after all."""

    patient_id: str
    display_name: str
    display_id: str
    channel: str
    day: str
    amount_fen: int
    reason: str
    entered_at: str
    claimed_at: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole list, and the sum of what nobody claimed (W21)."""

    entries: tuple[LedgerEntry, ...]
    open_fen: int
