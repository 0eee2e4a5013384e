"""Requests and answers of the commercial insurer's wire (docs/platforms/insurer.md).

Talks to nothing; the insurer's routes use it. What a reader would get wrong: an authorisation that
is missing is an empty text and a refusal, not a wrong shape.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sandbox.platforms.clock import SetClock
from sandbox.platforms.desk import Refuse, Reset
from sandbox.platforms.faults import FaultOrder
from sandbox.platforms.shapes import BillBatchCode, BillNo, Fen, IdNumber, Text

Mode = Literal["DIRECT", "FAST"]
ClaimState = Literal["APPLIED", "SUCCEEDED", "REFUSED", "CANCELLED"]
Authorisation = Annotated[str, Field(max_length=64)]
Percent = Annotated[int, Field(ge=0, le=100, strict=True)]
_LINES_MOST = 500


class PolicyQuery(BaseModel):
    """``/policies/find``."""

    id_number: IdNumber
    authorisation_no: Authorisation


class ClaimLine(BaseModel):
    """One fee line of a claim."""

    name: Text
    insurance_class: Literal["01", "02", "03"]
    amount_fen: Fen


class ClaimRequest(BaseModel):
    """``/claims/quote`` and ``/claims/direct``."""

    claim_no: Text
    policy_no: Text
    authorisation_no: Authorisation
    visit_no: Text
    visit_kind: Literal["OUTPATIENT", "INPATIENT"]
    total_fen: Fen
    fund_fen: Fen
    account_fen: Fen
    own_fen: Fen
    lines: Annotated[list[ClaimLine], Field(min_length=1, max_length=_LINES_MOST)]

    def sums(self) -> bool:
        """Whether payers and lines both make up the total."""
        paid_fen = self.fund_fen + self.account_fen + self.own_fen
        return paid_fen == self.total_fen == sum(line.amount_fen for line in self.lines)


class InvoiceNumber(BaseModel):
    """The e-invoice that proves a payment."""

    bill_batch_code: BillBatchCode
    bill_no: BillNo


class FastClaim(ClaimRequest):
    """``/claims/fast``."""

    invoices: Annotated[list[InvoiceNumber], Field(min_length=1, max_length=_LINES_MOST)]


class Cancellation(BaseModel):
    """``/claims/direct/cancel``."""

    claim_no: Text
    reason: Text


class ClaimQuery(BaseModel):
    """``/claims/query``."""

    claim_no: Text


class Decide(BaseModel):
    """Decides a fast claim now."""

    do: Literal["decide"]
    claim_no: Text
    outcome: Literal["SUCCEEDED", "REFUSED"]
    reason: str = ""


class AddPolicy(BaseModel):
    """Insure one more person, or replace the policy of that number."""

    do: Literal["add_policy"]
    policy_no: Text
    id_number: IdNumber
    insurer: Text
    product: Text
    direct: bool
    fast: bool
    deductible_fen: Fen
    percent: Percent
    limit_fen: Fen


Control = Annotated[
    Decide | SetClock | AddPolicy | FaultOrder | Refuse | Reset, Field(discriminator="do")
]


@dataclass(frozen=True, slots=True)
class FoundPolicy:
    """A policy in force, as ``/policies/find`` tells it."""

    policy_no: str
    insurer: str
    product: str
    direct: bool
    fast: bool
    deductible_left_fen: int
    percent: int
    limit_left_fen: int


@dataclass(frozen=True, slots=True)
class FoundPolicies:
    """``/policies/find``."""

    policies: list[FoundPolicy]
    result: Literal["SUCCESS"] = "SUCCESS"


@dataclass(frozen=True, slots=True)
class Pays:
    """``/claims/quote`` and ``/claims/direct``."""

    pays_fen: int
    result: Literal["SUCCESS"] = "SUCCESS"


@dataclass(frozen=True, slots=True)
class Accepted:
    """``/claims/fast``."""

    result: Literal["ACCEPTED"] = "ACCEPTED"


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """``/claims/query``; ``decided_on`` is YYYY-MM-DD."""

    state: ClaimState | Literal["NOTFOUND"]
    mode: Mode | Literal[""] = ""
    paid_fen: int = 0
    decided_on: str = ""
    reason: str = ""
    result: Literal["SUCCESS"] = "SUCCESS"


@dataclass(frozen=True, slots=True)
class BookedPolicy:
    """A policy in ``GET /books``."""

    policy_no: str
    id_number: str
    limit_left_fen: int
    deductible_left_fen: int


@dataclass(frozen=True, slots=True)
class BookedClaim:
    """A claim in ``GET /books``."""

    claim_no: str
    policy_no: str
    mode: Mode
    state: ClaimState
    total_fen: int
    paid_fen: int
    authorisation_no: str


@dataclass(frozen=True, slots=True)
class BooksShown:
    """``GET /books``."""

    policies: list[BookedPolicy]
    claims: list[BookedClaim]
