"""Acts of the backend about stays: admission, daily lists, the signed sheet, the deposit's rest.

None of them moves money: deposits and stays are settled by `core/journeys/settle.py`. What a reader
would get wrong: admitting or signing twice is done once by the backend's own rule, so these need no
operation of this terminal's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.billing import Refund
from core.flow import Act
from core.inpatient import Admission, Admissions, Contacts, DailyList, SignedSheet, StayList
from core.ports import NotSent, Refused, Unknown
from core.signing import Drawn


@dataclass(frozen=True, slots=True)
class FetchAdmissions(Act[Admissions | Refused | NotSent | Unknown]):
    """A person's stays with what may be done here now."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class Admit(Act[Admission | Refused | NotSent | Unknown]):
    """Register the admission a doctor asked for; again, it answers the same slip (H22)."""

    durable: ClassVar[bool] = False
    admission_id: str


@dataclass(frozen=True, slots=True)
class FetchContact(Act[Contacts | Refused | NotSent | Unknown]):
    """Whom the hospital calls for this person."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class NameContact(Act[Contacts | Refused | NotSent | Unknown]):
    """Somebody else from now on; the backend ends the one before."""

    durable: ClassVar[bool] = False
    patient_id: str
    name: str
    phone: str

    def __repr__(self) -> str:
        return f"NameContact({self.patient_id}, …)"


@dataclass(frozen=True, slots=True)
class FetchDailyList(Act[DailyList | Refused | NotSent | Unknown]):
    """The charges of a day as they stand now. `day`: YYYY-MM-DD."""

    durable: ClassVar[bool] = False
    admission_id: str
    day: str


@dataclass(frozen=True, slots=True)
class FetchStayList(Act[StayList | Refused | NotSent | Unknown]):
    """All charges of a stay, and the days that have a list."""

    durable: ClassVar[bool] = False
    admission_id: str


@dataclass(frozen=True, slots=True)
class SignSheet(Act[SignedSheet | Refused | NotSent | Unknown]):
    """The settlement sheet was signed; what was drawn goes to the backend (L06).

    `drawn` None: the printed sheet was signed, and stays here.
    """

    durable: ClassVar[bool] = False
    settlement_id: str
    drawn: Drawn | None


@dataclass(frozen=True, slots=True)
class RestAsked:
    """The rest of a deposit was asked back: a refund for each deposit; a person reviews them."""

    refunds: tuple[Refund, ...]

    @property
    def total_fen(self) -> int:
        """What goes back, in fen."""
        return sum(refund.total_fen for refund in self.refunds)


@dataclass(frozen=True, slots=True)
class AskRestBack(Act[RestAsked | Refused | NotSent | Unknown]):
    """What is left of a deposit after its stay was settled; no money moves by asking."""

    durable: ClassVar[bool] = False
    admission_id: str
