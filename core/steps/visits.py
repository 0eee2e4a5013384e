"""Acts of the backend about bookings, queues, exams and the survey.

What a reader would get wrong: none of them moves money, and each is done once by a rule of the
backend: a place that the same person booked a moment ago is replaced, who waits keeps his place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.billing import Registration
from core.flow import Act
from core.ports import Done, NotSent, Refused, Unknown
from core.visits import (
    DaySchedule,
    ExamAppointment,
    ExamOrders,
    ExamSessions,
    Guide,
    Survey,
    SurveyAnswer,
    Ticket,
    Visit,
    Visits,
)


@dataclass(frozen=True, slots=True)
class FetchDay(Act[DaySchedule | Refused | NotSent | Unknown]):
    """Who takes patients on a day (S30). `day`: YYYY-MM-DD, "" for today, which is told."""

    durable: ClassVar[bool] = False
    day: str = ""


@dataclass(frozen=True, slots=True)
class BookVisit(Act[Visit | Refused | NotSent | Unknown]):
    """Keep a place of a day to come; nothing is to be paid yet (S30, W38)."""

    durable: ClassVar[bool] = False
    patient_id: str
    schedule_id: str


@dataclass(frozen=True, slots=True)
class FetchVisits(Act[Visits | Refused | NotSent | Unknown]):
    """A person's visits and bookings."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class CollectBooking(Act[Registration | Refused | NotSent | Unknown]):
    """The slip of a booked place on its day (S31): its fee is billed now."""

    durable: ClassVar[bool] = False
    registration_id: str


@dataclass(frozen=True, slots=True)
class FetchGuide(Act[Guide | Refused | NotSent | Unknown]):
    """Where to go next, as the visit stands (N24)."""

    durable: ClassVar[bool] = False
    registration_id: str


@dataclass(frozen=True, slots=True)
class CheckIn(Act[Ticket | Refused | NotSent | Unknown]):
    """Enter the queue (H13, N23) by `slip_text`, or `about` a registration or an appointment."""

    durable: ClassVar[bool] = False
    slip_text: str = ""
    about: str = ""

    def __repr__(self) -> str:
        return f"CheckIn({self.about or '…'})"


@dataclass(frozen=True, slots=True)
class FetchExamOrders(Act[ExamOrders | Refused | NotSent | Unknown]):
    """What a person was ordered that needs a place (H17)."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class FetchExamSessions(Act[ExamSessions | Refused | NotSent | Unknown]):
    """When and where an ordered item can be done."""

    durable: ClassVar[bool] = False
    line_id: str


@dataclass(frozen=True, slots=True)
class BookExam(Act[ExamAppointment | Refused | NotSent | Unknown]):
    """A place for an ordered item; one that has a place is moved and keeps its slip."""

    durable: ClassVar[bool] = False
    line_id: str
    session_id: str


@dataclass(frozen=True, slots=True)
class CancelExam(Act[ExamAppointment | Refused | NotSent | Unknown]):
    """Give the place back; the item stays ordered."""

    durable: ClassVar[bool] = False
    appointment_id: str


@dataclass(frozen=True, slots=True)
class FetchSurvey(Act[Survey | Refused | NotSent | Unknown]):
    """The questions of today (H40)."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class SendSurvey(Act[Done | Refused | NotSent | Unknown]):
    """Answers without a person: only the day and the kind of terminal are kept."""

    durable: ClassVar[bool] = False
    version: str
    answers: tuple[SurveyAnswer, ...]


@dataclass(frozen=True, slots=True)
class CallStaff(Act[Done | Refused | NotSent | Unknown]):
    """Somebody at this terminal needs help. `screen`: its name, never what is on it."""

    durable: ClassVar[bool] = False
    screen: str
