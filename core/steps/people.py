"""Acts of the backend about people, cards and visits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.billing import Bill, BillElsewhere, Department, Registration
from core.flow import Act
from core.identity import IdDocument, Medium, Patient
from core.ports import (
    Done,
    NotSent,
    Refused,
    Unknown,
)
from core.slips import SlipContent


@dataclass(frozen=True, slots=True)
class FindPatient(Act[Patient | Refused | NotSent | Unknown]):
    """Who this medium belongs to."""

    durable: ClassVar[bool] = False
    medium: Medium


@dataclass(frozen=True, slots=True)
class RegisterPerson(Act[Patient | Refused | NotSent | Unknown]):
    """Register from an ID card (S03). `notice_version`: the notice that was read and accepted."""

    document: IdDocument
    phone: str
    notice_version: str


@dataclass(frozen=True, slots=True)
class CardReserved:
    """A card number of the hospital's, not active yet."""

    number: str


@dataclass(frozen=True, slots=True)
class ReserveCard(Act[CardReserved | Refused | NotSent | Unknown]):
    """One card per person (S07)."""

    operation_id: str
    patient_id: str


@dataclass(frozen=True, slots=True)
class ActivateCard(Act[Done | Refused | NotSent | Unknown]):
    """The patient has it."""

    operation_id: str
    number: str
    uid: str


@dataclass(frozen=True, slots=True)
class VoidCard(Act[Done | Refused | NotSent | Unknown]):
    """The card was captured or never left the machine."""

    operation_id: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Departments:
    """Departments that take patients today."""

    departments: tuple[Department, ...]


@dataclass(frozen=True, slots=True)
class FetchDepartments(Act[Departments | Refused | NotSent | Unknown]):
    """Today's schedule (S29)."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class RegisterVisit(Act[Registration | Refused | NotSent | Unknown]):
    """Keep a place with a doctor for 15 minutes; its bill is then settled like any other."""

    patient_id: str
    schedule_id: str


@dataclass(frozen=True, slots=True)
class FetchRegistration(Act[Registration | Refused | NotSent | Unknown]):
    """The registration as it stands: with a queue number once paid."""

    durable: ClassVar[bool] = False
    registration_id: str


@dataclass(frozen=True, slots=True)
class CancelRegistration(Act[Done | Refused | NotSent | Unknown]):
    """Give an unpaid place back."""

    registration_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Bills:
    """Open bills of a person; `elsewhere`: those that somebody is paying on a phone (N18)."""

    bills: tuple[Bill, ...]
    elsewhere: tuple[BillElsewhere, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchBills(Act[Bills | Refused | NotSent | Unknown]):
    """What is to be paid."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class Referral:
    """A slip that sends the patient to a window."""

    content: SlipContent


@dataclass(frozen=True, slots=True)
class MakeReferral(Act[Referral | Refused | NotSent | Unknown]):
    """Ask the backend for a referral slip; nothing of money has happened (S20)."""

    patient: Patient
    bills: tuple[Bill, ...]
    reason: str
