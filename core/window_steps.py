"""The Acts only a staffed window asks for: operators, queue, slips, refunds with a second person.

They stand in core because `terminal` carries them out; the kiosk awaits none but `ResolveSlip`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.billing import Bill, Refund, Settlement
from core.flow import Act
from core.identity import Patient
from core.ports import NotSent, Refused, Unknown


@dataclass(frozen=True, slots=True)
class Operator:
    """A signed-in member of staff, with what the shift took so far (fen)."""

    operator: str
    name: str
    roles: tuple[str, ...]
    since: str
    taken_fen: int
    count: int
    refunds: int


@dataclass(frozen=True, slots=True)
class SignInOperator(Act[Operator | Refused | NotSent | Unknown]):
    """Operator number and password; the session token stays with the client."""

    operator: str
    password: str

    def __repr__(self) -> str:
        return f"SignInOperator({self.operator})"


@dataclass(frozen=True, slots=True)
class FetchOperator(Act[Operator | Refused | NotSent | Unknown]):
    """Who is signed in, with the shift's sums as they stand now."""


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """Somebody who was sent to a window. `reference`: slip id or refund id."""

    number: str
    display_name: str
    summary: str
    amount_fen: int
    kind: str
    patient_id: str
    reference: str


@dataclass(frozen=True, slots=True)
class Queue:
    """Who waits."""

    entries: tuple[QueueEntry, ...]


@dataclass(frozen=True, slots=True)
class FetchQueue(Act[Queue | Refused | NotSent | Unknown]):
    """Referrals and refund requests that wait for a window."""


@dataclass(frozen=True, slots=True)
class SlipMeaning:
    """What a scanned slip is about. `kind`: R referral, S settlement, U doubt."""

    kind: str
    patient: Patient | None
    bill_ids: tuple[str, ...]
    settlement_id: str
    case_id: str


@dataclass(frozen=True, slots=True)
class ResolveSlip(Act[SlipMeaning | Refused | NotSent | Unknown]):
    """Check the MAC and find what the slip is about."""

    durable: ClassVar[bool] = False
    text: str


@dataclass(frozen=True, slots=True)
class FetchPatient(Act[Patient | Refused | NotSent | Unknown]):
    """A patient of the queue, by id."""

    patient_id: str


@dataclass(frozen=True, slots=True)
class Settlements:
    """Newest first."""

    settlements: tuple[Settlement, ...]


@dataclass(frozen=True, slots=True)
class FetchSettlements(Act[Settlements | Refused | NotSent | Unknown]):
    """What this patient settled in the last 30 days."""

    patient_id: str


@dataclass(frozen=True, slots=True)
class PatientFile:
    """What a window shows of one patient: open bills and past settlements."""

    patient: Patient
    bills: tuple[Bill, ...]
    settlements: tuple[Settlement, ...]


@dataclass(frozen=True, slots=True)
class RequestRefund(Act[Refund | Refused | NotSent | Unknown]):
    """Ask for the refund of some lines; answers with the plan of routes (W20)."""

    operation_id: str
    settlement_id: str
    line_ids: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewRefund(Act[Refund | Refused | NotSent | Unknown]):
    """A second person's word. `attempt` counts refused tries, a wrong password for instance."""

    operation_id: str
    attempt: int
    refund_id: str
    operator: str
    password: str
    approve: bool

    def __repr__(self) -> str:
        return f"ReviewRefund({self.refund_id}, {self.operator}, approve={self.approve})"


@dataclass(frozen=True, slots=True)
class ConfirmRefund(Act[Refund | Refused | NotSent | Unknown]):
    """Execute a reviewed refund and follow it until it is paid."""

    operation_id: str
    refund_id: str
