"""Requests about visits, queues, exams and the survey."""

from __future__ import annotations

from contract_answers import (
    DEPARTMENT,
    DEPARTMENTS_JSON,
    REGISTRATION,
    REGISTRATION_JSON,
    Json,
    text,
)
from request_cases import FRESH, Case

from backend_client.client import BackendClient
from core.billing import Slip, Text
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
from core.upkeep.heartbeat import ConsumableTold, DeviceTold, Heard, SettingsTold, TaskTold
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
    SurveyAnswer,
    SurveyQuestion,
    Ticket,
    Visit,
    Visits,
    VisitState,
    VisitSummary,
)

_AT = "2026-03-05"
_VISIT_JSON: Json = {
    "registration_id": "g-1",
    "state": "BOOKED",
    "day": _AT,
    "session": text("上午", "Morning"),
    "bill": None,
    "department": text("内科", "Medicine"),
    "place": text("二楼", "Floor 2"),
    "doctor": text("王敏", "Wang Min"),
    "room": text("3 诊室", "Room 3"),
    "queue_number": "",
    "scene": "OUTPATIENT",
    "ended_at": "",
    "booked_by_relative": True,
    "slip": {"slip_id": "V1", "qr_text": "ZF1.V.V1.AAAA"},
    "ticket": None,
}
_SLIP = Slip("V1", "ZF1.V.V1.AAAA")
_MORNING, _MEDICINE, _WANG = (
    Text("上午", "Morning"),
    Text("内科", "Medicine"),
    Text("王敏", "Wang Min"),
)
_VISIT = Visit(
    "g-1",
    VisitState.BOOKED,
    _AT,
    _MORNING,
    _MEDICINE,
    Text("二楼", "Floor 2"),
    _WANG,
    Text("3 诊室", "Room 3"),
    "",
    True,
    _SLIP,
)
_SUMMARY_JSON: Json = {
    "registration_id": "g-1",
    "state": "CONFIRMED",
    "day": _AT,
    "session": text("上午", "Morning"),
    "department": text("内科", "Medicine"),
    "doctor": text("王敏", "Wang Min"),
    "queue_number": "B012",
    "total_fen": 1000,
    "unpaid_fen": 0,
}
_SUMMARY = VisitSummary("g-1", VisitState.CONFIRMED, _AT, _MORNING, _MEDICINE, _WANG, "B012")
_STATION_JSON: Json = {
    "order": 1,
    "kind": "EXAM",
    "place": text("超声科", "Ultrasound"),
    "items": [text("心超", "Echo")],
    "preparation": [text("空腹", "Fasting")],
    "amount_fen": 22000,
    "paid": True,
    "done": False,
    "when": "2026-03-05 08:00",
    "number": "US001",
}
_ULTRASOUND, _ECHO, _FASTING = (
    Text("超声科", "Ultrasound"),
    Text("心超", "Echo"),
    Text("空腹", "Fasting"),
)
_STATION = Station(
    1,
    StationKind.EXAM,
    _ULTRASOUND,
    (_ECHO,),
    (_FASTING,),
    22000,
    True,
    False,
    "2026-03-05 08:00",
    "US001",
)
_SESSION_JSON: Json = {
    "session_id": "x-1",
    "day": _AT,
    "starts_at": "08:00",
    "ends_at": "12:00",
    "place": text("超声科", "Ultrasound"),
    "remaining": 4,
}
_SESSION = ExamSession("x-1", _AT, "08:00", "12:00", _ULTRASOUND, 4)
_APPOINTMENT_JSON: Json = {
    "appointment_id": "e-1",
    "state": "BOOKED",
    "line_id": "l-1",
    "item": text("心超", "Echo"),
    "preparation": text("空腹", "Fasting"),
    "session": _SESSION_JSON,
    "number": "US001",
    "slip": {"slip_id": "V1", "qr_text": "ZF1.V.V1.AAAA"},
}
_APPOINTMENT = ExamAppointment("e-1", "BOOKED", "l-1", _ECHO, _FASTING, _SESSION, "US001", _SLIP)
_TICKET_JSON: Json = {
    "ticket_id": "t-1",
    "state": "WAITING",
    "number": "B012",
    "display_name": "王*国",
    "ahead": 3,
    "waits_at": text("超声科", "Ultrasound"),
    "place": text("", ""),
    "checked_in_at": "2026-03-05T09:00:00+08:00",
    "called_at": "",
}
_TICKET = Ticket("t-1", "WAITING", "B012", 3, _ULTRASOUND)
_SURVEY_JSON: Json = {
    "version": "2026-01",
    "scale": [text("差", "bad"), text("好", "good")],
    "questions": [{"id": "easy", "text": text("方便吗？", "Easy?")}],
}
_SURVEY = Survey(
    "2026-01",
    (Text("差", "bad"), Text("好", "good")),
    (SurveyQuestion("easy", Text("方便吗？", "Easy?")),),
)
_DEPARTMENTS: Json = {"date": _AT, **DEPARTMENTS_JSON}
_BEAT_JSON: Json = {
    "journal_seq": 7,
    "journal_head": "ab",
    "devices": [{"name": "pos", "state": "ONLINE", "detail": "ok"}],
    "consumables": [{"name": "vending", "level": "LOW", "left": 3}],
    "versions": [{"name": "software", "version": "zhenfu 1"}],
    "settings_version": 0,
}
_HEARD_JSON: Json = {
    "time": "2026-03-05T09:00:00+08:00",
    "settings": {"terminal_id": "K01", "version": 4, "content": "{}", "signature": "AA=="},
    "tasks": [{"ticket_id": "k-1", "subject": "scanner", "text": "look at the scanner"}],
    "renew_certificate": False,
}


def _beat(client: BackendClient) -> object:
    devices = (DeviceTold("pos", "ONLINE", "ok"),)
    return client.heartbeat(7, "ab", devices, (ConsumableTold("vending", "LOW", 3),), "zhenfu 1")


CASES: dict[str, Case] = {
    "today": Case(
        FetchDay(), "GET /v1/departments", None, "", _DEPARTMENTS, DaySchedule(_AT, (DEPARTMENT,))
    ),
    "day": Case(
        FetchDay(_AT),
        "GET /v1/departments?day=2026-03-05",
        None,
        "",
        _DEPARTMENTS,
        DaySchedule(_AT, (DEPARTMENT,)),
    ),
    "book_visit": Case(
        BookVisit("p-1", "s-1"),
        "POST /v1/appointments",
        {"patient_id": "p-1", "schedule_id": "s-1"},
        FRESH,
        _VISIT_JSON,
        _VISIT,
        201,
    ),
    "visits": Case(
        FetchVisits("p-1"),
        "GET /v1/patients/p-1/visits",
        None,
        "",
        {"visits": [_SUMMARY_JSON]},
        Visits((_SUMMARY,)),
    ),
    "collect_booking": Case(
        CollectBooking(REGISTRATION.registration_id),
        f"POST /v1/appointments/{REGISTRATION.registration_id}/collect",
        {},
        FRESH,
        REGISTRATION_JSON,
        REGISTRATION,
    ),
    "guide": Case(
        FetchGuide("g-1"),
        "GET /v1/registrations/g-1/guide",
        None,
        "",
        {"registration": _VISIT_JSON, "stations": [_STATION_JSON]},
        Guide(_VISIT, (_STATION,)),
    ),
    "check_in_by_slip": Case(
        CheckIn(slip_text="ZF1.V.V1.AAAA"),
        "POST /v1/check-ins",
        {"text": "ZF1.V.V1.AAAA"},
        FRESH,
        _TICKET_JSON,
        _TICKET,
        201,
    ),
    "check_in": Case(
        CheckIn(about="g-1"),
        "POST /v1/check-ins",
        {"about": "g-1"},
        FRESH,
        _TICKET_JSON,
        _TICKET,
        201,
    ),
    "exam_orders": Case(
        FetchExamOrders("p-1"),
        "GET /v1/patients/p-1/exam-orders",
        None,
        "",
        {
            "orders": [
                {
                    "line_id": "l-1",
                    "item": text("心超", "Echo"),
                    "preparation": text("空腹", "Fasting"),
                    "appointment": _APPOINTMENT_JSON,
                }
            ]
        },
        ExamOrders((ExamOrder("l-1", _ECHO, _FASTING, _APPOINTMENT),)),
    ),
    "exam_sessions": Case(
        FetchExamSessions("l-1"),
        "GET /v1/lines/l-1/exam-sessions",
        None,
        "",
        {"sessions": [_SESSION_JSON]},
        ExamSessions((_SESSION,)),
    ),
    "book_exam": Case(
        BookExam("l-1", "x-1"),
        "POST /v1/exam-appointments",
        {"line_id": "l-1", "session_id": "x-1"},
        FRESH,
        _APPOINTMENT_JSON,
        _APPOINTMENT,
        201,
    ),
    "cancel_exam": Case(
        CancelExam("e-1"),
        "POST /v1/exam-appointments/e-1/cancel",
        {"reason": "patient"},
        "e-1/cancel",
        {**_APPOINTMENT_JSON, "state": "CANCELLED"},
        ExamAppointment("e-1", "CANCELLED", "l-1", _ECHO, _FASTING, _SESSION, "US001", _SLIP),
    ),
    "survey": Case(FetchSurvey(), "GET /v1/survey", None, "", _SURVEY_JSON, _SURVEY),
    "send_survey": Case(
        SendSurvey("2026-01", (SurveyAnswer("easy", 5),)),
        "POST /v1/survey/answers",
        {"version": "2026-01", "answers": [{"question": "easy", "score": 5}]},
        FRESH,
        {"answers": 1},
        Done(),
        201,
    ),
    "call_staff": Case(
        CallStaff("ConfirmQuote"),
        "POST /v1/trouble-tickets",
        {"subject": "help", "text": "a patient asks for help", "screen": "ConfirmQuote"},
        FRESH,
        {"ticket_id": "k-1", "state": "OPEN"},
        Done(),
        201,
    ),
    "heartbeat": Case(
        _beat,
        "POST /v1/terminals/heartbeat",
        _BEAT_JSON,
        "",
        _HEARD_JSON,
        Heard(SettingsTold(4), (TaskTold("k-1", "scanner"),)),
    ),
}
