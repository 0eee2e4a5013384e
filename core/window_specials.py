"""What a window is told of special settlements: referral slips, diseases, liability, give-ups.

Fields as docs/backend_api/insurance.md, visits.md and bills.md name them.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import Bill, Slip, Text
from core.errors import Inconsistent


@dataclass(frozen=True, slots=True)
class BoundReferral:
    """A slip that sends somebody insured elsewhere to this hospital (L03). Dates: YYYY-MM-DD."""

    referral_id: str
    slip_no: str
    from_region: str
    valid_from: str
    valid_to: str
    bound_at: str


@dataclass(frozen=True, slots=True)
class BoundReferrals:
    """Of one patient, newest first."""

    referrals: tuple[BoundReferral, ...]


@dataclass(frozen=True, slots=True)
class Disease:
    """One that the insurance registered for a patient."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Diseases:
    """All of a patient's."""

    diseases: tuple[Disease, ...]


@dataclass(frozen=True, slots=True)
class Treatment:
    """What a visit is for the insurance. `disease_code` "": nothing special."""

    registration_id: str
    treatment: str
    disease_code: str


@dataclass(frozen=True, slots=True)
class FactWord:
    """One fact of a visit's liability: it is so, or it is not (N08)."""

    fact: str
    stands: bool


@dataclass(frozen=True, slots=True)
class LiabilityFact:
    """A fact with its newest word. `exclusion`: of pay-later; `at` "": nobody said anything."""

    fact: str
    exclusion: str
    stands: bool
    reason: str
    terminal_id: str
    operator: str
    at: str


@dataclass(frozen=True, slots=True)
class Liability:
    """Who must bear the cost of a visit (N08, C15). `doctor`: the doctor's room's own word, an
    exclusion or ""; `excluded`: what closes pay-later for its bills now."""

    registration_id: str
    doctor: str
    doctor_terminal_id: str
    doctor_at: str
    facts: tuple[LiabilityFact, ...]
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GiveUpCase:
    """Items that a patient does not want, and the bill as it stands. `state`: ASKED, DONE, KEPT."""

    slip: Slip
    state: str
    line_ids: tuple[str, ...]
    bill: Bill


@dataclass(frozen=True, slots=True)
class FundShare:
    """What one fund pays. `kind`: a word of docs/backend_api/insurance.md."""

    kind: str
    name: Text
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Who pays a settlement and why, as the insurance told it (L07); fields as the contract's."""

    settlement_id: str
    insurance: Text
    total_fen: int
    fund_fen: int
    funds: tuple[FundShare, ...]
    account_fen: int
    mutual_fen: int
    hospital_fen: int
    cash_fen: int
    own_expense_fen: int
    over_limit_fen: int
    pay_first_fen: int
    in_scope_fen: int
    deductible_fen: int
    account_balance_fen: int

    def __post_init__(self) -> None:
        paid = (self.fund_fen, self.account_fen, self.mutual_fen, self.hospital_fen, self.cash_fen)
        if sum(paid) != self.total_fen or sum(f.amount_fen for f in self.funds) != self.fund_fen:
            raise Inconsistent(f"the breakdown of {self.settlement_id} does not sum to its total")
