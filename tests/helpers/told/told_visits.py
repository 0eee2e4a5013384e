"""What the model backend tells about visits."""

from __future__ import annotations

from typing import Any

from core.billing import Slip, Text
from core.flow import Act
from core.ports import Done
from core.steps.visits import (
    BookExam,
    BookVisit,
    CallStaff,
    CancelExam,
    CheckIn,
    CollectBooking,
    FetchDay,
    FetchExamOrders,
    FetchExamSessions,
    FetchGuide,
    FetchSurvey,
    FetchVisits,
    SendSurvey,
)
from core.visits import (
    DaySchedule,
    ExamAppointment,
    ExamOrder,
    ExamOrders,
    ExamSession,
    ExamSessions,
    Guide,
    Station,
    StationKind,
    Survey,
    SurveyQuestion,
    Ticket,
    Visit,
    Visits,
    VisitState,
    VisitSummary,
)
from tests.helpers import people

TODAY = "2026-01-05"
DAY = DaySchedule(TODAY, (people.DEPARTMENT,))
_SLIP = Slip("V1", "ZF1.V.V1.AAAA")
_MORNING, _ROOM = people.DOCTOR.session, Text("超声科", "Ultrasound")


def _visit(state: VisitState, number: str) -> Visit:
    return Visit(
        registration_id="R1",
        state=state,
        day=TODAY,
        session=_MORNING,
        department=people.DEPARTMENT.name,
        place=people.DEPARTMENT.place,
        doctor=people.DOCTOR.name,
        room=people.DOCTOR.room,
        queue_number=number,
        booked_by_relative=False,
        slip=_SLIP,
    )


def summary(registration_id: str, state: VisitState, day: str = TODAY) -> VisitSummary:
    """One line of the person's list."""
    name = people.DEPARTMENT.name
    return VisitSummary(registration_id, state, day, _MORNING, name, people.DOCTOR.name, "")


BOOKED = _visit(VisitState.BOOKED, "")
GUIDE = Guide(
    _visit(VisitState.CONFIRMED, "A012"),
    (
        Station(1, StationKind.LAB, _ROOM, (_ROOM,), (_ROOM,), 3600, True, False, "", ""),
        Station(2, StationKind.DRUG, _ROOM, (_ROOM,), (), 2840, False, False, "", ""),
    ),
)
VISITS = Visits((summary("R1", VisitState.CONFIRMED),))
SESSION = ExamSession("X1", TODAY, "08:00", "12:00", _ROOM, 3)
APPOINTMENT = ExamAppointment("E1", "BOOKED", "L1", _ROOM, _ROOM, SESSION, "US001", _SLIP)
ORDER = ExamOrder("L1", _ROOM, _ROOM, None)
TICKET = Ticket("T1", "WAITING", "A012", 3, _ROOM)
SURVEY = Survey(
    "2026-01",
    tuple(Text(str(score), str(score)) for score in range(1, 6)),
    (SurveyQuestion("easy", _ROOM), SurveyQuestion("fast", _ROOM)),
)

TOLD: dict[type[Act[Any]], object] = {
    FetchDay: DAY,
    BookVisit: BOOKED,
    FetchVisits: VISITS,
    CollectBooking: people.REGISTRATION,
    FetchGuide: GUIDE,
    CheckIn: TICKET,
    FetchExamOrders: ExamOrders((ORDER,)),
    FetchExamSessions: ExamSessions((SESSION,)),
    BookExam: APPOINTMENT,
    CancelExam: APPOINTMENT,
    FetchSurvey: SURVEY,
    SendSurvey: Done(),
    CallStaff: Done(),
}
