"""Acts of a window about doubts, enquiries, and where somebody's money is.

What a reader would get wrong: `DecideCase` lets money go on by the evidence in hand, in one
transaction of the backend's; a word of it that is lost is looked up in the case, never said twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.billing import Settlement
from core.cases import Case, Cases, Enquiries, Enquiry, FoundPatients
from core.flow import Act
from core.ports import Done, NotSent, Refused, Unknown


@dataclass(frozen=True, slots=True)
class FetchCases(Act[Cases | Refused | NotSent | Unknown]):
    """`state`: OPEN, RESOLVED or "" for all; `patient_id` "" for everybody's."""

    durable: ClassVar[bool] = False
    state: str = "OPEN"
    patient_id: str = ""


@dataclass(frozen=True, slots=True)
class FetchCase(Act[Case | Refused | NotSent | Unknown]):
    """With its evidence and history, as it stands now."""

    durable: ClassVar[bool] = False
    case_id: str


@dataclass(frozen=True, slots=True)
class FetchDoubted(Act[Settlement | Refused | NotSent | Unknown]):
    """The settlement that a case is about, with its tenders."""

    durable: ClassVar[bool] = False
    settlement_id: str


@dataclass(frozen=True, slots=True)
class AddEvidence(Act[Case | Refused | NotSent | Unknown]):
    """One more thing that is known; said twice it stands there twice."""

    durable: ClassVar[bool] = False
    case_id: str
    text: str


@dataclass(frozen=True, slots=True)
class GiveCase(Act[Case | Refused | NotSent | Unknown]):
    """Somebody owns it from now on."""

    durable: ClassVar[bool] = False
    case_id: str
    owner: str
    reason: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Why, and the second person where the profile asks for one ("" and "" without)."""

    reason: str
    second_operator: str = ""
    second_password: str = ""

    def __repr__(self) -> str:
        return f"Vouched({self.second_operator})"


@dataclass(frozen=True, slots=True)
class ResolveCase(Act[Case | Refused | NotSent | Unknown]):
    """What became of the money: RETURNED, BOOKED, NOTHING_MOVED or OTHER. Moves none."""

    durable: ClassVar[bool] = False
    case_id: str
    outcome: str
    vouched: Vouched


@dataclass(frozen=True, slots=True)
class DecideCase(Act[Case | Refused | NotSent | Unknown]):
    """ASK_AGAIN, TAKEN or NOT_TAKEN of a tender, DONE of a refund's part. `proof`: the number by
    which the platform vouches for it."""

    durable: ClassVar[bool] = False
    case_id: str
    decision: str
    tender_id: str
    part_id: str
    proof: str
    vouched: Vouched


@dataclass(frozen=True, slots=True)
class FetchEnquiries(Act[Enquiries | Refused | NotSent | Unknown]):
    """`state`: OPEN, ANSWERED or ""; `kind`: ENQUIRY, COMPLAINT or ""."""

    durable: ClassVar[bool] = False
    state: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TakeDown(Act[Enquiry | Refused | NotSent | Unknown]):
    """Who asks what and how to reach them. `patient_id` "": no patient of ours."""

    durable: ClassVar[bool] = False
    kind: str
    name: str
    contact: str
    content: str
    patient_id: str

    def __repr__(self) -> str:
        return f"TakeDown({self.kind})"


@dataclass(frozen=True, slots=True)
class HandleEnquiry(Act[Enquiry | Refused | NotSent | Unknown]):
    """One more step of its handling."""

    durable: ClassVar[bool] = False
    enquiry_id: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerEnquiry(Act[Enquiry | Refused | NotSent | Unknown]):
    """The answer that was given; it ends it for ever."""

    durable: ClassVar[bool] = False
    enquiry_id: str
    answer: str


@dataclass(frozen=True, slots=True)
class FindMoney(Act[FoundPatients | Refused | NotSent | Unknown]):
    """Whose money, by one of: a slip's text, a case's number, a phone's last digits with the name,
    an amount with its day. Searches are on the record."""

    durable: ClassVar[bool] = False
    slip: str = ""
    case_id: str = ""
    phone_tail: str = ""
    name: str = ""
    amount_fen: int = 0
    day: str = ""

    def __repr__(self) -> str:
        return "FindMoney(…)"


@dataclass(frozen=True, slots=True)
class ReportProblem(Act[Done | Refused | NotSent | Unknown]):
    """Something of a machine or of the software is wrong: a ticket for technicians (S52)."""

    durable: ClassVar[bool] = False
    subject: str
    text: str
    screen: str
