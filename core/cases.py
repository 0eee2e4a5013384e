"""Doubts with an owner, enquiries and complaints, as staff see them.

Field names are those of docs/backend_api/cases.md. What a reader would get wrong: resolving a case
moves no money; deciding what is in suspense does.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.history import StepTaken
from core.identity import Patient


@dataclass(frozen=True, slots=True)
class Case:
    """One doubt about money. `state`: OPEN or RESOLVED. `outcome`: RETURNED, BOOKED, NOTHING_MOVED,
    OTHER, ASKED_AGAIN, CORRECTED or AGREES. `operation_id`: of a settlement or refund it is theirs.
    """

    case_id: str
    operation_kind: str
    operation_id: str
    amount_fen: int
    patient_id: str
    owner: str
    state: str
    opened_at: str
    due_at: str
    overdue: bool
    outcome: str
    resolved_at: str
    resolved_by: str
    second_by: str
    evidence: tuple[str, ...]
    history: tuple[StepTaken, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """Those that are due first."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What was asked, or complained of (H33, H38). `kind`: ENQUIRY or COMPLAINT; `state`: OPEN or
    ANSWERED. Name and contact are whole: staff answer by them."""

    enquiry_id: str
    kind: str
    patient_id: str
    name: str
    contact: str
    content: str
    state: str
    at: str
    due_at: str
    overdue: bool
    taken_by: str
    answer: str
    answered_by: str
    answered_at: str
    history: tuple[StepTaken, ...]

    def __repr__(self) -> str:
        return f"Enquiry({self.enquiry_id})"


@dataclass(frozen=True, slots=True)
class Enquiries:
    """Those that are due first."""

    enquiries: tuple[Enquiry, ...]


@dataclass(frozen=True, slots=True)
class FoundPatients:
    """Whose money it may be; more than one when names, phones or amounts are alike."""

    patients: tuple[Patient, ...]
