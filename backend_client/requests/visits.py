"""Who takes patients, places with a doctor, queues, exam appointments, the survey, calls for staff.

What a reader would get wrong: a booking that was collected and not paid becomes a booking again
and may be collected again, so collecting has no key of its own number.
"""

from __future__ import annotations

from backend_client import shapes
from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.billing import Registration
from core.ports import Done
from core.steps import (
    CancelRegistration,
    Departments,
    FetchDepartments,
    FetchRegistration,
    RegisterVisit,
)
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
    ExamOrders,
    ExamSessions,
    Guide,
    Survey,
    Ticket,
    Visit,
    Visits,
)


def departments(backend: Exchange, _step: FetchDepartments) -> Told[Departments]:
    """Today's schedule (S29)."""
    return backend.get(reader(Departments), "/v1/departments")


def register_visit(backend: Exchange, step: RegisterVisit) -> Told[Registration]:
    """A place kept 15 minutes, its bill settled like any other; unanswered, it falls free."""
    body = {"patient_id": step.patient_id, "schedule_id": step.schedule_id}
    return backend.post(reader(Registration), "/v1/registrations", body=body, key=fresh_key())


def registration(backend: Exchange, step: FetchRegistration) -> Told[Registration]:
    """As it stands: with a queue number once paid."""
    read = reader(Registration, registration_id=step.registration_id)
    return backend.get(read, "/v1/registrations/{}", step.registration_id)


def cancel_registration(backend: Exchange, step: CancelRegistration) -> Told[Done]:
    """Give an unpaid place back."""
    return backend.post(
        shapes.registration_cancelled(step.registration_id),
        "/v1/registrations/{}/cancel",
        step.registration_id,
        body={"reason": step.reason},
        key=f"{step.registration_id}/cancel",
    )


def day(backend: Exchange, step: FetchDay) -> Told[DaySchedule]:
    """The schedule of today, or of a day to come (S30)."""
    if not step.day:
        return backend.get(reader(DaySchedule), "/v1/departments")
    return backend.get(reader(DaySchedule, date=step.day), "/v1/departments?day={}", step.day)


def book_visit(backend: Exchange, step: BookVisit) -> Told[Visit]:
    """A place of a day to come; the same person's unpaid place there is replaced."""
    body = {"patient_id": step.patient_id, "schedule_id": step.schedule_id}
    return backend.post(reader(Visit), "/v1/appointments", body=body, key=fresh_key())


def visits(backend: Exchange, step: FetchVisits) -> Told[Visits]:
    """Newest first."""
    return backend.get(reader(Visits), "/v1/patients/{}/visits", step.patient_id)


def collect_booking(backend: Exchange, step: CollectBooking) -> Told[Registration]:
    """Bill the fee of a booked place on its day, or tell the place as it stands."""
    return backend.post(
        reader(Registration, registration_id=step.registration_id),
        "/v1/appointments/{}/collect",
        step.registration_id,
        body={},
        key=fresh_key(),
    )


def guide(backend: Exchange, step: FetchGuide) -> Told[Guide]:
    """The stations of a visit."""
    return backend.get(reader(Guide), "/v1/registrations/{}/guide", step.registration_id)


def check_in(backend: Exchange, step: CheckIn) -> Told[Ticket]:
    """Into the queue; who waits keeps his place."""
    body = {"text": step.slip_text} if step.slip_text else {"about": step.about}
    return backend.post(reader(Ticket), "/v1/check-ins", body=body, key=fresh_key())


def exam_orders(backend: Exchange, step: FetchExamOrders) -> Told[ExamOrders]:
    """What needs a place."""
    return backend.get(reader(ExamOrders), "/v1/patients/{}/exam-orders", step.patient_id)


def exam_sessions(backend: Exchange, step: FetchExamSessions) -> Told[ExamSessions]:
    """Soonest first."""
    return backend.get(reader(ExamSessions), "/v1/lines/{}/exam-sessions", step.line_id)


def book_exam(backend: Exchange, step: BookExam) -> Told[ExamAppointment]:
    """One place an item, however often it is asked for."""
    return backend.post(
        reader(ExamAppointment, line_id=step.line_id),
        "/v1/exam-appointments",
        body={"line_id": step.line_id, "session_id": step.session_id},
        key=fresh_key(),
    )


def cancel_exam(backend: Exchange, step: CancelExam) -> Told[ExamAppointment]:
    """Cancelled for ever; a new place is a new appointment."""
    return backend.post(
        reader(ExamAppointment, appointment_id=step.appointment_id, state="CANCELLED"),
        "/v1/exam-appointments/{}/cancel",
        step.appointment_id,
        body={"reason": "patient"},
        key=f"{step.appointment_id}/cancel",
    )


def survey(backend: Exchange, _step: FetchSurvey) -> Told[Survey]:
    """Questions and scale (H40)."""
    return backend.get(reader(Survey), "/v1/survey")


def send_survey(backend: Exchange, step: SendSurvey) -> Told[Done]:
    """Nothing in it says who answered."""
    answers = [{"question": one.question, "score": one.score} for one in step.answers]
    body = {"version": step.version, "answers": answers}
    return backend.post(
        shapes.survey_counted(len(answers)), "/v1/survey/answers", body=body, key=fresh_key()
    )


def call_staff(backend: Exchange, step: CallStaff) -> Told[Done]:
    """A trouble ticket that staff see; done only when the backend has it."""
    body = {"subject": "help", "text": "a patient asks for help", "screen": step.screen}
    return backend.post(shapes.ticket_opened, "/v1/trouble-tickets", body=body, key=fresh_key())


REQUESTS: Requests = {
    FetchDepartments: departments,
    RegisterVisit: register_visit,
    FetchRegistration: registration,
    CancelRegistration: cancel_registration,
    FetchDay: day,
    BookVisit: book_visit,
    FetchVisits: visits,
    CollectBooking: collect_booking,
    FetchGuide: guide,
    CheckIn: check_in,
    FetchExamOrders: exam_orders,
    FetchExamSessions: exam_sessions,
    BookExam: book_exam,
    CancelExam: cancel_exam,
    FetchSurvey: survey,
    SendSurvey: send_survey,
    CallStaff: call_staff,
}
