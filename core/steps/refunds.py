"""Acts of the backend about refunds that a patient asks for.

No money moves by any of them (C05). What a reader would get wrong: asking needs no journal. Lines
belong to one request and a settlement has one under way, so a request that is repeated is refused
and one whose answer was lost is found in the list of requests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.deferral import Decision
from core.flow import Act
from core.ports import NotSent, Refused, Unknown
from core.refunds import Contact, Refundable, RefundRequest, RefundRequests


@dataclass(frozen=True, slots=True)
class FetchRefundable(Act[Refundable | Refused | NotSent | Unknown]):
    """What was settled in 30 days, line by line, with why not (H20)."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class FetchPayee(Act[Decision | Refused | NotSent | Unknown]):
    """Whose account a transfer goes to: PATIENT or REGISTERED_CONTACT in `needs` (W30, W32)."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class AskRefund(Act[RefundRequest | Refused | NotSent | Unknown]):
    """Ask for these lines back; a window reviews it (H20, C05). `reason`: a word for staff."""

    durable: ClassVar[bool] = False
    settlement_id: str
    line_ids: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class FetchRefunds(Act[RefundRequests | Refused | NotSent | Unknown]):
    """Every request of a patient with its steps (W20)."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class ResubmitContact(Act[Contact | Refused | NotSent | Unknown]):
    """The real name and number of a minor's contact, told a second time; taken once (W32)."""

    durable: ClassVar[bool] = False
    patient_id: str
    name: str
    id_number: str

    def __repr__(self) -> str:
        return f"ResubmitContact({self.patient_id})"
