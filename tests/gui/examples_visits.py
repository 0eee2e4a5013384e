"""Pages as a patient meets them: registering, bookings and checking in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.billing import Department, Doctor, Slip, Text
from core.flow import Step
from core.identity import Patient
from core.phrase import said
from core.visit_slips import days_after, spoken_day
from core.visits import (
    ExamAppointment,
    ExamOrder,
    ExamSession,
    Guide,
    Station,
    StationKind,
    Survey,
    SurveyQuestion,
    Ticket,
    Visit,
    VisitState,
    VisitSummary,
)
from kiosk.journeys.identify import Identified
from kiosk.journeys.look_up import survey
from kiosk.journeys.visits import book, check_in, collect, exam_pages, guide, places, where_next

_WHO = Identified(
    Patient(
        patient_id="P-2",
        display_name="阿**·㛃䶮",
        display_id="6***************4X",
        display_phone="199****0000",
        sex="F",
        age=101,
        identities=("BENEFIT",),
        insurance="390",
        card_number="********0099",
    ),
    None,
)
_TODAY, _DAY = "2025-11-22", "2025-11-25"


def _doctor(number: int, fee_fen: int, remaining: int) -> Doctor:
    return Doctor(
        schedule_id=f"D{number}",
        name=Text("欧阳晓雯", "Ouyang Xiaowen") if number % 2 else Text("林岚", "Lin Lan"),
        title=Text("副主任医师", "Associate chief physician"),
        session=Text("上午 10:30–11:00", "Morning 10:30–11:00"),
        room=Text("2 楼 206 诊室", "Room 206, 2nd floor"),
        fee_fen=fee_fen,
        remaining=remaining,
    )


DEPARTMENTS = tuple(
    Department(
        code,
        Text(chinese, english),
        Text(place, place_en),
        tuple(_doctor(number, 1000 * number, (number * 3) % 7) for number in range(1, doctors + 1)),
    )
    for code, chinese, english, place, place_en, doctors in (
        (
            "CARD",
            "心血管内科",
            "Cardiology",
            "门诊楼 2 楼东侧",
            "Outpatient building, 2nd floor east",
            9,
        ),
        ("ENDO", "内分泌科", "Endocrinology", "门诊楼 3 楼", "Outpatient building, 3rd floor", 3),
        ("OPHT", "眼科", "Ophthalmology", "门诊楼 4 楼", "Outpatient building, 4th floor", 2),
        (
            "GAST",
            "消化内科",
            "Gastroenterology",
            "门诊楼 2 楼西侧",
            "Outpatient building, 2nd floor west",
            4,
        ),
        (
            "ORTH",
            "骨科与运动医学中心",
            "Orthopaedics and sports medicine",
            "急诊楼 1 楼",
            "Emergency building, 1st floor",
            5,
        ),
        ("DERM", "皮肤科", "Dermatology", "门诊楼 5 楼", "Outpatient building, 5th floor", 1),
        ("PEDI", "儿科", "Paediatrics", "儿童楼 1 楼", "Children's building, 1st floor", 6),
        ("NEUR", "神经内科", "Neurology", "门诊楼 3 楼", "Outpatient building, 3rd floor", 2),
    )
)
_PLACE = places.Place(DEPARTMENTS[4], DEPARTMENTS[4].doctors[0])
_SLIP = Slip("V-1", "ZF1.V.V-1.AAAA")


def _visit(state: VisitState, day: str, number: str) -> Visit:
    doctor = _PLACE.doctor
    return Visit(
        registration_id="R-1",
        state=state,
        day=day,
        session=doctor.session,
        department=_PLACE.department.name,
        place=_PLACE.department.place,
        doctor=doctor.name,
        room=doctor.room,
        queue_number=number,
        booked_by_relative=True,
        slip=_SLIP,
    )


def _station(order: int, kind: StationKind, place: Text, *items: Text) -> Station:
    paid = kind is not StationKind.PAY
    when = "2025-11-24 08:00" if kind is StationKind.EXAM else ""
    prepare = (Text("空腹十二小时", "No food for twelve hours"),) if kind is StationKind.LAB else ()
    return Station(order, kind, place, items, prepare, 18_524, paid, False, when, "US001")


GUIDE = Guide(
    _visit(VisitState.CONFIRMED, _TODAY, "B018"),
    (
        _station(1, StationKind.PAY, Text("自助机或收费窗口", "Machine or window")),
        _station(2, StationKind.LAB, Text("检验科采血处 1F", "Blood collection, 1F")),
        _station(3, StationKind.EXAM, Text("超声科 3F 2 号机", "Ultrasound, 3F, machine 2")),
        _station(4, StationKind.DRUG, Text("门诊药房 1F", "Pharmacy, 1F")),
    ),
)


def _summary(number: int, state: VisitState, day: str) -> VisitSummary:
    department = DEPARTMENTS[number]
    doctor = department.doctors[0]
    return VisitSummary(f"R-{number}", state, day, doctor.session, department.name, doctor.name, "")


_VISITS = (
    _summary(0, VisitState.BOOKED, _TODAY),
    _summary(1, VisitState.CONFIRMED, _TODAY),
    _summary(4, VisitState.BOOKED, _DAY),
)
_ECHO = Text(
    "心脏彩色多普勒超声（含心功能测定）", "Cardiac colour Doppler ultrasound with function"
)
_PREPARE = Text("穿宽松上衣，提前十分钟到", "Loose clothes; come ten minutes early")


def _session(number: int, remaining: int) -> ExamSession:
    place = Text("超声科 3F 2 号机", "Ultrasound, 3F, machine 2")
    return ExamSession(f"X{number}", f"2025-11-{22 + number}", "08:00", "12:00", place, remaining)


SESSIONS = tuple(_session(number, (number * 3) % 7) for number in range(9))
APPOINTMENT = ExamAppointment("E-1", "BOOKED", "L-1", _ECHO, _PREPARE, SESSIONS[1], "US003", _SLIP)
ORDERS = (
    ExamOrder("L-1", _ECHO, _PREPARE, APPOINTMENT),
    ExamOrder("L-2", Text("二十四小时动态心电图", "24-hour ECG"), Text("", ""), None),
)
_SURVEY = Survey(
    "2026-01",
    (
        Text("很不满意", "very dissatisfied"),
        Text("不满意", "dissatisfied"),
        Text("一般", "neither"),
        Text("满意", "satisfied"),
        Text("很满意", "very satisfied"),
    ),
    (
        SurveyQuestion(
            "clear",
            Text("费用和报销是否看得明白？", "Were the fees and what the insurance pays clear?"),
        ),
    ),
)
_ARRIVALS = check_in.arrivals(_VISITS, (APPOINTMENT,), _TODAY)
_TICKET = Ticket(
    "T-1",
    "WAITING",
    "B018",
    12,
    Text("门诊楼 2 楼东侧 206 诊室", "Outpatient building, 2nd floor east, room 206"),
)

EXAMPLES: dict[str, Step[Any]] = {
    "choose_day": places.days_page(_WHO, days_after(_TODAY)),
    "choose_department": places.departments_page(_WHO, DEPARTMENTS, said("today"), ""),
    "choose_department_none": places.departments_page(_WHO, (), said("today"), "火星"),
    "search_department": places.search_page(_WHO, DEPARTMENTS),
    "choose_doctor": places.doctors_page(_WHO, DEPARTMENTS[0], spoken_day(_DAY)),
    "registered": replace(guide.registered_page(_WHO, GUIDE, True), survey=True),
    "registered_no_guide": guide.no_guide_page(_WHO),
    "book_confirm": book.confirm_page(_WHO, _DAY, _PLACE),
    "booked": book.booked_page(_WHO, _visit(VisitState.BOOKED, _DAY, ""), 3000, False),
    "bookings": collect.bookings_page(_WHO, _VISITS, _TODAY),
    "no_booking": collect.no_booking_page(_WHO),
    "check_in_choose": check_in.arrivals_page(_WHO, _ARRIVALS),
    "check_in_nothing": check_in.nothing_today_page(_WHO, _ARRIVALS[2:]),
    "checked_in": check_in.waiting_page(_TICKET, None),
    "where_next": where_next.visits_page(_WHO, _VISITS[:2]),
    "where_next_none": where_next.no_visit_page(_WHO),
    "exam_orders": exam_pages.orders_page(_WHO, ORDERS),
    "exam_sessions": exam_pages.sessions_page(_WHO, ORDERS[1], SESSIONS),
    "exam_confirm": exam_pages.confirm_page(_WHO, ORDERS[0], SESSIONS[2]),
    "exam_appointment": exam_pages.appointment_page(_WHO, APPOINTMENT),
    "exam_give_back": exam_pages.give_back_page(_WHO, APPOINTMENT),
    "exam_given_back": exam_pages.given_back_page(_WHO, APPOINTMENT),
    "exam_booked": replace(exam_pages.booked_page(_WHO, APPOINTMENT, True), survey=True),
    "exam_no_order": exam_pages.no_order_page(_WHO),
    "survey_question": survey.question_page(_SURVEY, _SURVEY.questions[0], 0),
    "survey_thanks": survey.thanks_page(said("Your answers were kept without your name")),
    "survey_not_kept": survey.not_kept_page(),
}
