"""Cases, enquiries and complaints as they go over the wire: docs/backend_api/cases.md."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.shapes import Shape, Words
from settlement_backend.base.steps import StepShape, steps_of
from settlement_backend.cases.tables import Case, Enquiry


class CaseOpened(Shape):
    """A doubt that was reported."""

    case_id: str
    owner: str
    due_at: str


class CaseShape(Shape):
    """A case with its evidence and history. `qr_text`: the slip of kind U that names it, made for
    the terminal that asks; "" where that has no key."""

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
    history: tuple[StepShape, ...]
    qr_text: str


class CaseList(Shape):
    """Those that are due first."""

    cases: tuple[CaseShape, ...]


class EnquiryShape(Shape):
    """What was asked or complained of, what was done, and the answer. For staff."""

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
    history: tuple[StepShape, ...]


class EnquiryList(Shape):
    """Those that are due first."""

    enquiries: tuple[EnquiryShape, ...]


class PlaceShape(Shape):
    """Where a question that is not the hospital's goes (H36)."""

    topic: str
    question: Words
    where: Words
    contact: str


class Places(Shape):
    """All of them."""

    places: tuple[PlaceShape, ...]


def case_shape(session: Session, case: Case, now: datetime, qr_text: str) -> CaseShape:
    """With its whole history."""
    history = steps_of(session, case.id)
    later_on = (step.text for step in history if step.step == "EVIDENCE")
    return CaseShape(
        case_id=case.id,
        operation_kind=case.operation_kind,
        operation_id=case.operation_id,
        amount_fen=case.amount_fen,
        patient_id=case.person_id,
        owner=case.owner,
        state=case.state,
        opened_at=case.opened_at,
        due_at=case.due_at,
        overdue=case.state == "OPEN" and case.due_at < stamp(now),
        outcome=case.outcome,
        resolved_at=case.resolved_at,
        resolved_by=case.resolved_by,
        second_by=case.second_by,
        evidence=(case.evidence, *later_on),
        history=history,
        qr_text=qr_text,
    )


def enquiry_shape(session: Session, row: Enquiry, now: datetime) -> EnquiryShape:
    """With its whole history."""
    return EnquiryShape(
        enquiry_id=row.id,
        kind=row.kind,
        patient_id=row.person_id,
        name=row.name,
        contact=row.contact,
        content=row.content,
        state=row.state,
        at=row.at,
        due_at=row.due_at,
        overdue=row.state == "OPEN" and row.due_at < stamp(now),
        taken_by=row.taken_by,
        answer=row.answer,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        history=steps_of(session, row.id),
    )
