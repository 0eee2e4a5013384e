"""Acts of the backend about commercial insurance.

What a reader would get wrong: before `Authorise` nothing about a person may be asked of an insurer;
the backend refuses it, and no Act here tries. A second claim for a settlement is refused by the
backend, so a repeated application harms nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.claims import Authorisation, Claim, ClaimMode, Claims, ClaimTerms, Policies
from core.flow import Act
from core.identity import Medium
from core.ports import NotSent, Refused, Unknown


@dataclass(frozen=True, slots=True)
class FetchClaimTerms(Act[ClaimTerms | Refused | NotSent | Unknown]):
    """What a patient agrees to (L11)."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FetchClaims(Act[Claims | Refused | NotSent | Unknown]):
    """A person's claims and where they are."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class Authorise(Act[Authorisation | Refused | NotSent | Unknown]):
    """The patient's word to the terms of `version`, with a proof of identity (L12)."""

    durable: ClassVar[bool] = False
    patient_id: str
    mode: ClaimMode
    proof: Medium
    version: str


@dataclass(frozen=True, slots=True)
class FetchPolicies(Act[Policies | Refused | NotSent | Unknown]):
    """The policies in force of the person who gave the word."""

    durable: ClassVar[bool] = False
    authorisation_id: str


@dataclass(frozen=True, slots=True)
class ChoosePolicy(Act[Authorisation | Refused | NotSent | Unknown]):
    """Whose insurer pays the next settlement directly (L10)."""

    durable: ClassVar[bool] = False
    authorisation_id: str
    policy_no: str


@dataclass(frozen=True, slots=True)
class ApplyClaim(Act[Claim | Refused | NotSent | Unknown]):
    """A fast claim for what was paid (L09)."""

    durable: ClassVar[bool] = False
    settlement_id: str
    authorisation_id: str
    policy_no: str
