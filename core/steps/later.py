"""Acts of the backend about pay later and agreements.

Nothing here moves money. What a reader would get wrong: none of these needs the journal: a
signature stands once for an ID number and an agreement ends once, whatever is repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.deferral import (
    Agreement,
    Agreements,
    Decision,
    DeferralAccount,
    Signature,
    SigningPage,
)
from core.flow import Act
from core.ports import NotSent, Refused, Unknown
from core.signing import Drawn


@dataclass(frozen=True, slots=True)
class FetchDeferral(Act[DeferralAccount | Refused | NotSent | Unknown]):
    """Agreement, credit, visits, repayments of this ID number (W08, W10)."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class FetchSigningPage(Act[SigningPage | Refused | NotSent | Unknown]):
    """The commitment, or the bank's product, with the rule that decides (H08)."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class SignDeferral(Act[Signature | Refused | NotSent | Unknown]):
    """Sign this version of the text (N01). `drawn` None: the printed text was signed, at a window.

    `guardian_id_number`: of whoever signs for a child, "" when the patient does. A second one is
    refused (N12).
    """

    durable: ClassVar[bool] = False
    patient_id: str
    version: str
    drawn: Drawn | None
    guardian_id_number: str
    repay_by_debit: bool

    def __repr__(self) -> str:
        return f"SignDeferral({self.patient_id}, {self.version})"


@dataclass(frozen=True, slots=True)
class CancelDeferral(Act[Signature | Refused | NotSent | Unknown]):
    """End it; bills that wait stay due (N12)."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class MayDefer(Act[Decision | Refused | NotSent | Unknown]):
    """Whether a bill may be paid after the visit; `needs` has the exclusions (N08)."""

    durable: ClassVar[bool] = False
    bill_id: str


@dataclass(frozen=True, slots=True)
class FindAgreements(Act[Agreements | Refused | NotSent | Unknown]):
    """All agreements; every bank is asked for credit lines of this person (A.b1)."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class StartAgreement(Act[Agreement | Refused | NotSent | Unknown]):
    """A code that somebody signs by on the phone (W02, H08, L13). Unsigned, it comes to nothing."""

    durable: ClassVar[bool] = False
    patient_id: str
    product: str


@dataclass(frozen=True, slots=True)
class FetchAgreement(Act[Agreement | Refused | NotSent | Unknown]):
    """As it stands at its bank."""

    durable: ClassVar[bool] = False
    agreement_id: str


@dataclass(frozen=True, slots=True)
class CancelAgreement(Act[Agreement | Refused | NotSent | Unknown]):
    """End a debit agreement (W02)."""

    durable: ClassVar[bool] = False
    agreement_id: str
