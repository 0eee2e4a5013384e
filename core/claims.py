"""Commercial insurance as the backend tells it: terms, the patient's word, policies, claims.

Fields are named as docs/backend_api/claims.md names them. What a reader would get wrong: a direct
claim is a tender of a settlement and needs no request of its own; only a fast one is applied for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.billing import Text


class ClaimMode(StrEnum):
    """DIRECT: the insurer pays the hospital. FAST: the patient paid and the insurer pays him."""

    DIRECT = "DIRECT"
    FAST = "FAST"


class ClaimState(StrEnum):
    """AUTHORISED (not known to be there) → APPLIED → SUCCEEDED or REFUSED; CANCELLED: taken back
    (L11)."""

    AUTHORISED = "AUTHORISED"
    APPLIED = "APPLIED"
    SUCCEEDED = "SUCCEEDED"
    REFUSED = "REFUSED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """What is agreed to before anything leaves the hospital. `working_days`: such as "1-2"."""

    version: str
    text: Text
    proofs: tuple[str, ...]
    working_days: str


@dataclass(frozen=True, slots=True)
class Authorisation:
    """The patient's word, for one kind of claim, until `expires_at`."""

    authorisation_id: str
    mode: ClaimMode
    expires_at: str
    insurer: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy in force: which kinds of claim it takes and what it pays at most."""

    policy_no: str
    insurer: str
    product: str
    direct: bool
    fast: bool
    deductible_left_fen: int
    percent: int
    limit_left_fen: int

    def takes(self, mode: ClaimMode) -> bool:
        """Whether claims of this kind are made to it."""
        return self.direct if mode is ClaimMode.DIRECT else self.fast


@dataclass(frozen=True, slots=True)
class Policies:
    """Of the person who gave the word."""

    policies: tuple[Policy, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `expected_by`: the last day on which it is decided, "" once it is."""

    claim_id: str
    settlement_id: str
    mode: ClaimMode
    state: ClaimState
    insurer: str
    display_policy: str
    total_fen: int
    own_fen: int
    paid_fen: int
    reason: str
    applied_at: str
    expected_by: str
    decided_on: str


@dataclass(frozen=True, slots=True)
class Claims:
    """A person's claims, newest first."""

    claims: tuple[Claim, ...]

    def of(self, settlement_id: str) -> Claim | None:
        """The one for a settlement that was not taken back."""
        found = (claim for claim in self.claims if claim.settlement_id == settlement_id)
        return next((claim for claim in found if claim.state is not ClaimState.CANCELLED), None)
