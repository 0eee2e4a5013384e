"""Visits, queues, exam appointments and the satisfaction survey, as the backend tells them.

Fields are named as the contract names them (docs/backend_api/visits.md, exams.md, statistics.md).
What a reader would get wrong: a booked place has no bill; its fee is asked for when its slip is
collected on the day, and `core.billing.Registration` is that place with its bill.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.billing import Department, Slip, Text


@dataclass(frozen=True, slots=True)
class DaySchedule:
    """Who takes patients on a day. `date`: YYYY-MM-DD."""

    date: str
    departments: tuple[Department, ...]


class VisitState(StrEnum):
    """Of a place with a doctor."""

    BOOKED = "BOOKED"
    HELD = "HELD"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"
    MISSED = "MISSED"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A place in a queue. `ahead`: how many are called before; `waits_at`: near which room."""

    ticket_id: str
    state: str
    number: str
    ahead: int
    waits_at: Text


@dataclass(frozen=True, slots=True)
class Visit:
    """A place with a doctor, booked or paid. `day`: YYYY-MM-DD; `queue_number` "" until paid."""

    registration_id: str
    state: VisitState
    day: str
    session: Text
    department: Text
    place: Text
    doctor: Text
    room: Text
    queue_number: str
    booked_by_relative: bool
    slip: Slip | None


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """One line of a person's list of visits."""

    registration_id: str
    state: VisitState
    day: str
    session: Text
    department: Text
    doctor: Text
    queue_number: str


@dataclass(frozen=True, slots=True)
class Visits:
    """Of one person, newest first."""

    visits: tuple[VisitSummary, ...]


class StationKind(StrEnum):
    """What is done at a stop of a visit."""

    PAY = "PAY"
    LAB = "LAB"
    EXAM = "EXAM"
    DRUG = "DRUG"


@dataclass(frozen=True, slots=True)
class Station:
    """One stop, in the order of walking. `when`: "YYYY-MM-DD HH:MM" of its appointment or ""."""

    order: int
    kind: StationKind
    place: Text
    items: tuple[Text, ...]
    preparation: tuple[Text, ...]
    amount_fen: int
    paid: bool
    done: bool
    when: str
    number: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Where to go next (N24)."""

    registration: Visit
    stations: tuple[Station, ...]


@dataclass(frozen=True, slots=True)
class ExamSession:
    """Some hours of one exam room. Times: HH:MM."""

    session_id: str
    day: str
    starts_at: str
    ends_at: str
    place: Text
    remaining: int


@dataclass(frozen=True, slots=True)
class ExamSessions:
    """Soonest first, full ones too."""

    sessions: tuple[ExamSession, ...]


@dataclass(frozen=True, slots=True)
class ExamAppointment:
    """An ordered item in one session, with what to know before."""

    appointment_id: str
    state: str
    line_id: str
    item: Text
    preparation: Text
    session: ExamSession
    number: str
    slip: Slip


@dataclass(frozen=True, slots=True)
class ExamOrder:
    """An ordered item that needs a place, and the place it has."""

    line_id: str
    item: Text
    preparation: Text
    appointment: ExamAppointment | None


@dataclass(frozen=True, slots=True)
class ExamOrders:
    """Of one person, newest first."""

    orders: tuple[ExamOrder, ...]


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """Answered by a word of the scale."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Survey:
    """`scale`: the words of the scores, worst first."""

    version: str
    scale: tuple[Text, ...]
    questions: tuple[SurveyQuestion, ...]


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """`score`: 1 to 5, the place in the scale."""

    question: str
    score: int
