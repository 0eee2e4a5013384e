"""The answers about commercial claims. Policy numbers are masked but where one is chosen by it."""

from __future__ import annotations

from datetime import date

from core.identity import mask_number
from settlement_backend.base.shapes import Shape, Words
from settlement_backend.claims.facts import answered_by
from settlement_backend.claims.insurer import InsurancePolicy
from settlement_backend.claims.tables import ClaimAuthorisation, CommercialClaim

_DAY_LENGTH = len("2026-03-02")


class ClaimTerms(Shape):
    """What a patient agrees to before anything is sent (L11)."""

    version: str
    text: Words
    proofs: tuple[str, ...]
    working_days: str


class AuthorisationTold(Shape):
    """A word given. `insurer` is "" until a policy is chosen for a direct claim."""

    authorisation_id: str
    mode: str
    expires_at: str
    insurer: str


class PolicyTold(Shape):
    """A policy in force."""

    policy_no: str
    insurer: str
    product: str
    direct: bool
    fast: bool
    deductible_left_fen: int
    percent: int
    limit_left_fen: int


class PoliciesTold(Shape):
    """Of the person who gave the word."""

    policies: tuple[PolicyTold, ...]


class ClaimTold(Shape):
    """A claim. `expected_by`: the last day on which a fast claim is decided, "" otherwise."""

    claim_id: str
    settlement_id: str
    mode: str
    state: str
    insurer: str
    display_policy: str
    total_fen: int
    own_fen: int
    paid_fen: int
    reason: str
    applied_at: str
    expected_by: str
    decided_on: str


class ClaimsTold(Shape):
    """Newest first."""

    claims: tuple[ClaimTold, ...]


def authorisation_told(row: ClaimAuthorisation) -> AuthorisationTold:
    """One word."""
    return AuthorisationTold(
        authorisation_id=row.id, mode=row.mode, expires_at=row.expires_at, insurer=row.insurer
    )


def policy_told(policy: InsurancePolicy) -> PolicyTold:
    """One policy."""
    return PolicyTold(
        policy_no=policy.policy_no,
        insurer=policy.insurer,
        product=policy.product,
        direct=policy.direct,
        fast=policy.fast,
        deductible_left_fen=policy.deductible_left_fen,
        percent=policy.percent,
        limit_left_fen=policy.limit_left_fen,
    )


def claim_told(row: CommercialClaim) -> ClaimTold:
    """One claim."""
    expected = ""
    if row.state == "APPLIED":
        expected = answered_by(date.fromisoformat(row.applied_at[:_DAY_LENGTH])).isoformat()
    return ClaimTold(
        claim_id=row.id,
        settlement_id=row.settlement_id,
        mode=row.mode,
        state=row.state,
        insurer=row.insurer,
        display_policy=mask_number(row.policy_no),
        total_fen=row.total_fen,
        own_fen=row.own_fen,
        paid_fen=row.paid_fen,
        reason=row.reason,
        applied_at=row.applied_at,
        expected_by=expected,
        decided_on=row.decided_on,
    )
