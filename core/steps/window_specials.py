"""Acts of a window around special settlements: referrals, diseases, liability, give-ups, paper.

What a reader would get wrong: none of them moves money. A quote is only another one afterwards, so
they come before a bill is settled; the signature comes after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Act
from core.ports import NotSent, Refused, Unknown
from core.window_specials import (
    BoundReferral,
    BoundReferrals,
    Breakdown,
    Diseases,
    FactWord,
    GiveUpCase,
    Liability,
    Treatment,
)


@dataclass(frozen=True, slots=True)
class FetchReferralsBound(Act[BoundReferrals | Refused | NotSent | Unknown]):
    """The referral slips of somebody insured elsewhere (L03)."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class BindReferral(Act[BoundReferral | Refused | NotSent | Unknown]):
    """As it stands on the slip. `from_region`: six digits; dates: YYYY-MM-DD."""

    durable: ClassVar[bool] = False
    patient_id: str
    slip_no: str
    from_region: str
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class FetchDiseases(Act[Diseases | Refused | NotSent | Unknown]):
    """What a special outpatient visit of this patient may be for."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class DeclareDisease(Act[Treatment | Refused | NotSent | Unknown]):
    """This visit is for it ("": for none); counts from the next quote on."""

    durable: ClassVar[bool] = False
    registration_id: str
    disease_code: str


@dataclass(frozen=True, slots=True)
class FetchLiability(Act[Liability | Refused | NotSent | Unknown]):
    """What was said about who must bear the cost of a visit, and by whom (N08)."""

    durable: ClassVar[bool] = False
    registration_id: str


@dataclass(frozen=True, slots=True)
class StateLiability(Act[Liability | Refused | NotSent | Unknown]):
    """What was learned here; facts that are not named keep their word."""

    durable: ClassVar[bool] = False
    registration_id: str
    words: tuple[FactWord, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class FetchGiveUp(Act[GiveUpCase | Refused | NotSent | Unknown]):
    """What a give-up slip asks for (N10)."""

    durable: ClassVar[bool] = False
    slip_id: str


@dataclass(frozen=True, slots=True)
class DecideGiveUp(Act[GiveUpCase | Refused | NotSent | Unknown]):
    """The items go, or stay. `version`: of the bill that was looked at."""

    durable: ClassVar[bool] = False
    slip_id: str
    version: int
    agree: bool


@dataclass(frozen=True, slots=True)
class FetchBreakdown(Act[Breakdown | Refused | NotSent | Unknown]):
    """What the insurance paid of a settlement, and why (L07)."""

    durable: ClassVar[bool] = False
    settlement_id: str
