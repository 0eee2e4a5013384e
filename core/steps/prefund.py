"""Acts of the backend about holds and prepaid balances.

Only `TopUpBalance` books money that a machine took, and is done under its operation's id;
`TellHoldReleased` makes the backend ask the acquirer, as often as it is told; a clean-out asks a
window for money back and moves none. What a reader would get wrong: an account has one clean-out
under way, so an application that is repeated is refused, not doubled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.billing import Hold, Text
from core.flow import Act
from core.journeys.take_notes import NoteCount
from core.ports import NotSent, Refused, SaleApproved, Unknown
from core.prepay import CleanOut, CleanOutPlan, CleanOuts, HoldRelease, PrepayTerms, ToppedUp


@dataclass(frozen=True, slots=True)
class HoldPlace:
    """The machine that made a hold and alone can end it. `here`: it is this one."""

    hold_id: str
    here: bool
    place: Text | None


@dataclass(frozen=True, slots=True)
class Holds:
    """Of one patient, the newest first; `places` of those that stand."""

    holds: tuple[Hold, ...]
    places: tuple[HoldPlace, ...]


@dataclass(frozen=True, slots=True)
class FetchPatientHolds(Act[Holds | Refused | NotSent | Unknown]):
    """Every hold of this patient, ended ones too."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class FetchHoldRelease(Act[HoldRelease | Refused | NotSent | Unknown]):
    """May this machine's card terminal end this hold now, and under which number."""

    durable: ClassVar[bool] = False
    hold_id: str


@dataclass(frozen=True, slots=True)
class TellHoldReleased(Act[Hold | Refused | NotSent | Unknown]):
    """The card terminal was asked to end it; the answer is the hold as its acquirer has it."""

    operation_id: str
    hold_id: str


@dataclass(frozen=True, slots=True)
class FetchPrepayTerms(Act[PrepayTerms | Refused | NotSent | Unknown]):
    """What may be collected, spent and given back today (C01). `declared_need`: the patient says
    that they need it (W24)."""

    durable: ClassVar[bool] = False
    patient_id: str
    declared_need: bool = False


@dataclass(frozen=True, slots=True)
class TopUpBalance(Act[ToppedUp | Refused | NotSent | Unknown]):
    """Book what this machine took: notes of cash, or a sale of the card terminal."""

    operation_id: str
    patient_id: str
    amount_fen: int
    notes: tuple[NoteCount, ...]
    sale: SaleApproved | None
    consent: bool
    declared_need: bool


@dataclass(frozen=True, slots=True)
class FetchCleanOutPlan(Act[CleanOutPlan | Refused | NotSent | Unknown]):
    """How the balance would go back, top-up by top-up (W27, W28)."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class Payee:
    """The account a transfer goes to, as it was typed; the name is the one on record (W30).

    `name`: only from a dead person's papers, which a window reads (W34).
    """

    account_no: str
    bank: str
    name: str = ""

    def __repr__(self) -> str:
        return "Payee(…)"


@dataclass(frozen=True, slots=True)
class ApplyForCleanOut(Act[CleanOut | Refused | NotSent | Unknown]):
    """Ask for the whole balance; a window reviews and pays it."""

    durable: ClassVar[bool] = False
    patient_id: str
    warned: bool
    face_check_id: str
    payee: Payee | None


@dataclass(frozen=True, slots=True)
class FetchCleanOuts(Act[CleanOuts | Refused | NotSent | Unknown]):
    """Every application of this patient and how far it is."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class ResubmitPayee(Act[CleanOut | Refused | NotSent | Unknown]):
    """Another account, because the bank sent the money back; reviewed again."""

    durable: ClassVar[bool] = False
    clean_out_id: str
    payee: Payee
