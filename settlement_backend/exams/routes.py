"""Exam appointments, the desks that carry orders out, reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from core.identity import mask_name
from settlement_backend.base import audit
from settlement_backend.base.errors import NoSuch
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing, Reason, audience_of
from settlement_backend.bills.shapes import BillLineShape, line_shape
from settlement_backend.exams import appointments, desks, report_pages, reports, requests, rules
from settlement_backend.exams.shapes import (
    AppointmentShape,
    ExamOrderList,
    ExamSessionList,
    ReportList,
    ReportSummary,
    SheetShape,
    TaskList,
    appointment_shape,
    order_shape,
    report_summary,
    session_shape,
    task_shape,
)
from settlement_backend.gate import Key, ServiceDep, kinds
from settlement_backend.people import people
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

DeskDep = Annotated[Terminal, kinds("exam", "pharmacy")]
ExamDep = Annotated[Terminal, kinds("exam")]
ReaderDep = Annotated[Terminal, kinds("kiosk", "window", "mobile", "exam", "clinic", "ward")]
PrinterDep = Annotated[Terminal, kinds("kiosk", "window", "exam", "ward")]
BookerDep = Annotated[Terminal, kinds("kiosk", "window", "exam", "clinic", "mobile")]


@router.get("/lines/{line_id}/exam-sessions", response_model=ExamSessionList)
def exam_sessions(line_id: str, service: ServiceDep, terminal: BookerDep) -> ExamSessionList:
    """When and where an ordered item can be done (H17)."""
    with service.db.read() as session:
        found = appointments.sessions_for(session, service.context, line_id)
        return ExamSessionList(sessions=tuple(session_shape(one) for one in found))


@router.get("/patients/{person_id}/exam-orders", response_model=ExamOrderList)
def exam_orders(person_id: str, service: ServiceDep, terminal: BookerDep) -> ExamOrderList:
    """What a person was ordered that needs a place, with the place it has (H17)."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        found = appointments.orders_of(session, person_id)
        return ExamOrderList(
            orders=tuple(order_shape(session, *one, service.slip_key) for one in found)
        )


@router.post("/exam-appointments", status_code=201, response_model=AppointmentShape)
def book_exam(
    body: requests.NewAppointment, key: Key, service: ServiceDep, terminal: BookerDep
) -> Response:
    """A place for an ordered item, or another one for an item that has a place."""

    def handler(session: Session) -> AppointmentShape:
        made = appointments.book(session, service.context, body.line_id, body.session_id)
        return appointment_shape(session, made, service.slip_key)

    return respond(service.keys.once(key, text_of("exam-appointments", body), handler, 201))


@router.get("/exam-appointments/{appointment_id}", response_model=AppointmentShape)
def exam_appointment(
    appointment_id: str, service: ServiceDep, terminal: BookerDep
) -> AppointmentShape:
    """As it stands; time, place and preparation to print."""
    with service.db.read() as session:
        found = appointments.appointment_of(session, appointment_id)
        return appointment_shape(session, found, service.slip_key)


@router.post("/exam-appointments/{appointment_id}/cancel", response_model=AppointmentShape)
def cancel_exam(
    appointment_id: str, body: Reason, key: Key, service: ServiceDep, terminal: BookerDep
) -> Response:
    """Give the place back; the item stays ordered."""

    def handler(session: Session) -> AppointmentShape:
        given = appointments.cancel(session, appointment_id)
        return appointment_shape(session, given, service.slip_key)

    request = text_of(f"exam-appointments/{appointment_id}/cancel", body)
    return respond(service.keys.once(key, request, handler))


@router.get("/patients/{person_id}/tasks", response_model=TaskList)
def tasks(person_id: str, service: ServiceDep, terminal: DeskDep) -> TaskList:
    """What an identified person has to get at this desk: exams, tests or drugs (H18, H19)."""
    with service.db.read() as session:
        person = people.person_of(session, person_id)
        found = desks.tasks(session, service.context, person, rules.DESK_KINDS[terminal.kind])
        return TaskList(
            display_name=mask_name(person.name, audience_of(terminal.kind)),
            tasks=tuple(task_shape(task) for task in found),
        )


@router.post("/lines/{line_id}/execute", response_model=BillLineShape)
def execute(
    line_id: str, body: Nothing, key: Key, service: ServiceDep, terminal: DeskDep
) -> Response:
    """Carried out or handed out, once; from now on it cannot be given up or refunded."""

    def handler(session: Session) -> BillLineShape:
        allowed = rules.DESK_KINDS[terminal.kind]
        return line_shape(desks.execute(session, service.context, line_id, terminal.id, allowed))

    return respond(service.keys.once(key, text_of(f"lines/{line_id}/execute", body), handler))


@router.post("/reports", status_code=201, response_model=ReportSummary)
def write_report(
    body: requests.NewReport, key: Key, service: ServiceDep, terminal: ExamDep
) -> Response:
    """The report of a carried-out item; the patient is told."""
    told = reports.Findings(
        findings=body.findings,
        conclusion=body.conclusion,
        reported_by=body.reported_by,
        rows=tuple(reports.Row(**row.model_dump()) for row in body.rows),
    )

    def handler(session: Session) -> ReportSummary:
        return report_summary(reports.write(session, service.context, body.line_id, told))

    return respond(service.keys.once(key, text_of("reports", body), handler, 201))


@router.get("/patients/{person_id}/reports", response_model=ReportList)
def list_reports(person_id: str, service: ServiceDep, terminal: ReaderDep) -> ReportList:
    """A person's reports, newest first (S36)."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        found = reports.reports_of(session, person_id)
        return ReportList(reports=tuple(report_summary(report) for report in found))


@router.post("/reports/{report_id}/sheets", status_code=201, response_model=SheetShape)
def print_report(
    report_id: str, body: Nothing, key: Key, service: ServiceDep, terminal: PrinterDep
) -> Response:
    """Count one more sheet before it is drawn; every one after the first is a copy."""

    def handler(session: Session) -> SheetShape:
        sheet = reports.count_print(session, report_id)
        audit.note(
            session, service.clock, terminal.id, "", "report_printed", of=report_id, sheet=sheet
        )
        return SheetShape(report_id=report_id, sheet=sheet, copy_mark=sheet > 1)

    request = text_of(f"reports/{report_id}/sheets", body)
    return respond(service.keys.once(key, request, handler, 201))


@router.get(
    "/reports/{report_id}/pages",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "the sheet"}},
)
def report_pages_of(
    report_id: str,
    service: ServiceDep,
    terminal: PrinterDep,
    sheet: Annotated[int, Query(ge=1, le=1_000_000)],
) -> Response:
    """The pages of a counted sheet as PDF."""
    with service.db.read() as session:
        report = reports.report_of(session, report_id)
        if sheet > report.prints:
            raise NoSuch("unknown_sheet")
        name = people.person_of(session, report.person_id).name
        rows = reports.rows_of(session, report_id)
    content = report_pages.pdf_of(service.policy.hospital_zh, name, report, rows, sheet)
    return Response(content, media_type="application/pdf")
