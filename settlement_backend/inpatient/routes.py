"""Stays: requests, admission, deposits, charges, daily lists, discharge, signed sheets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.clock import stamp
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing, Reason
from settlement_backend.bills import bills
from settlement_backend.bills.shapes import BillShape, bill_shape
from settlement_backend.gate import Key, ServiceDep, kinds
from settlement_backend.inpatient import admissions, requests, sheets
from settlement_backend.inpatient.shapes import (
    AdmissionList,
    AdmissionShape,
    DailyListShape,
    SignedSheetShape,
    StayListShape,
    admission_shape,
    daily_list,
    signed_sheet_shape,
    stay_list,
)
from settlement_backend.inpatient.tables import Admission
from settlement_backend.people import people
from settlement_backend.service import Service
from settlement_backend.signatures import pictures
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

DoctorDep = Annotated[Terminal, kinds("clinic", "ward")]
WardDep = Annotated[Terminal, kinds("ward")]
DeskDep = Annotated[Terminal, kinds("window", "ward")]
SignDep = Annotated[Terminal, kinds("kiosk", "window", "ward")]
PatientDep = Annotated[Terminal, kinds("kiosk", "window", "ward", "mobile")]
ReaderDep = Annotated[Terminal, kinds("kiosk", "window", "ward", "mobile", "clinic")]


def _told(
    session: Session, service: Service, admission: Admission, terminal: Terminal
) -> AdmissionShape:
    rules = service.policy.inpatient_deposit
    return admission_shape(session, admission, terminal.kind, service.slip_key, rules)


@router.post("/admissions", status_code=201, response_model=AdmissionShape)
def request_admission(
    body: requests.NewAdmission, key: Key, service: ServiceDep, terminal: DoctorDep
) -> Response:
    """A doctor asks for a stay."""
    stay = admissions.Stay(
        department_code=body.department_code,
        doctor_zh=body.doctor.zh,
        doctor_en=body.doctor.en,
        ward_zh=body.ward.zh,
        ward_en=body.ward.en,
        registration_id=body.registration_id,
    )

    def handler(session: Session) -> AdmissionShape:
        person = people.person_of(session, body.patient_id)
        made = admissions.request(session, service.context, person, stay)
        return _told(session, service, made, terminal)

    return respond(service.keys.once(key, text_of("admissions", body), handler, 201))


@router.get("/patients/{person_id}/admissions", response_model=AdmissionList)
def list_admissions(person_id: str, service: ServiceDep, terminal: ReaderDep) -> AdmissionList:
    """A person's stays, newest first."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        found = admissions.admissions_of(session, person_id)
        return AdmissionList(
            admissions=tuple(_told(session, service, one, terminal) for one in found)
        )


@router.get("/admissions/{admission_id}", response_model=AdmissionShape)
def admission(admission_id: str, service: ServiceDep, terminal: ReaderDep) -> AdmissionShape:
    """One stay, with its deposit and what may be done here now."""
    with service.db.read() as session:
        found = admissions.admission_of(session, admission_id)
        return _told(session, service, found, terminal)


@router.post("/admissions/{admission_id}/admit", response_model=AdmissionShape)
def admit(
    admission_id: str, body: Nothing, key: Key, service: ServiceDep, terminal: PatientDep
) -> Response:
    """Register the admission a doctor asked for; answers the slip (H22, A.a8, A.a14)."""

    def handler(session: Session) -> AdmissionShape:
        made = admissions.admit(session, service.context, admission_id, terminal.id)
        audit.note(session, service.clock, terminal.id, "", "admitted", of=admission_id)
        return _told(session, service, made, terminal)

    return respond(service.keys.once(key, f"admissions/{admission_id}/admit", handler))


@router.post("/admissions/{admission_id}/cancel", response_model=AdmissionShape)
def cancel_admission(
    admission_id: str, body: Reason, key: Key, service: ServiceDep, terminal: DoctorDep
) -> Response:
    """The request is withdrawn before anybody followed it."""

    def handler(session: Session) -> AdmissionShape:
        return _told(session, service, admissions.cancel(session, admission_id), terminal)

    request = text_of(f"admissions/{admission_id}/cancel", body)
    return respond(service.keys.once(key, request, handler))


@router.post("/admissions/{admission_id}/bed", response_model=AdmissionShape)
def give_bed(
    admission_id: str, body: requests.Bed, key: Key, service: ServiceDep, terminal: WardDep
) -> Response:
    """The ward and bed; a move is another one."""

    def handler(session: Session) -> AdmissionShape:
        ward = (body.ward.zh, body.ward.en)
        moved = admissions.give_bed(session, admission_id, ward, body.bed)
        return _told(session, service, moved, terminal)

    return respond(service.keys.once(key, text_of(f"admissions/{admission_id}/bed", body), handler))


@router.post(
    "/admissions/{admission_id}/deposit-requests", status_code=201, response_model=BillShape
)
def ask_deposit(
    admission_id: str,
    body: requests.NewDeposit,
    key: Key,
    service: ServiceDep,
    terminal: DoctorDep,
) -> Response:
    """A doctor asks for a deposit: a bill of exactly this amount, paid like any other (H23)."""

    def handler(session: Session) -> BillShape:
        made = admissions.ask_deposit(session, service.context, admission_id, body.amount_fen)
        audit.note(
            session,
            service.clock,
            terminal.id,
            "",
            "deposit_requested",
            of=admission_id,
            amount_fen=body.amount_fen,
        )
        return bill_shape(session, made)

    request = text_of(f"admissions/{admission_id}/deposit-requests", body)
    return respond(service.keys.once(key, request, handler, 201))


@router.post("/admissions/{admission_id}/charges", status_code=201, response_model=DailyListShape)
def charge(
    admission_id: str, body: requests.Charges, key: Key, service: ServiceDep, terminal: WardDep
) -> Response:
    """What the ward did on a day joins the bill of the stay."""

    def handler(session: Session) -> DailyListShape:
        lines = [bills.wanted(session, item.code, item.quantity_e4) for item in body.items]
        admissions.charge(session, service.context, admission_id, lines, body.day)
        found = admissions.admission_of(session, admission_id)
        now = stamp(service.clock.now())
        return daily_list(session, found, body.day, terminal.kind, now)

    request = text_of(f"admissions/{admission_id}/charges", body)
    return respond(service.keys.once(key, request, handler, 201))


@router.get("/admissions/{admission_id}/daily-list", response_model=DailyListShape)
def list_of_day(
    admission_id: str,
    service: ServiceDep,
    terminal: PatientDep,
    day: Annotated[str, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")],
) -> DailyListShape:
    """The charges of a day, in real time (S40, L04)."""
    with service.db.read() as session:
        found = admissions.admission_of(session, admission_id)
        return daily_list(session, found, day, terminal.kind, stamp(service.clock.now()))


@router.get("/admissions/{admission_id}/charges", response_model=StayListShape)
def list_of_stay(admission_id: str, service: ServiceDep, terminal: PatientDep) -> StayListShape:
    """Every charge of the stay, to be checked before discharge, and which days have a list."""
    with service.db.read() as session:
        found = admissions.admission_of(session, admission_id)
        return stay_list(session, found, stamp(service.clock.now()))


@router.post("/admissions/{admission_id}/discharge-notice", response_model=AdmissionShape)
def give_notice(
    admission_id: str, body: Nothing, key: Key, service: ServiceDep, terminal: DoctorDep
) -> Response:
    """The doctor's discharge notice: the bill of the stay is closed and may be settled (H25)."""

    def handler(session: Session) -> AdmissionShape:
        noticed = admissions.notice(session, service.context, admission_id)
        audit.note(session, service.clock, terminal.id, "", "discharge_notice", of=admission_id)
        return _told(session, service, noticed, terminal)

    return respond(service.keys.once(key, f"admissions/{admission_id}/discharge-notice", handler))


@router.post(
    "/settlements/{settlement_id}/signature", status_code=201, response_model=SignedSheetShape
)
def sign(
    settlement_id: str, body: requests.Signature, key: Key, service: ServiceDep, terminal: SignDep
) -> Response:
    """The settlement sheet was signed here (L06), on a pad or on paper."""

    def handler(session: Session) -> SignedSheetShape:
        now, picture = service.clock.now(), pictures.drawn(body.signature)
        sheet = sheets.sign(session, settlement_id, picture, terminal.id, now)
        audit.note(
            session,
            service.clock,
            terminal.id,
            "",
            "sheet_signed",
            of=settlement_id,
            way=sheet.way,
            signature=sheet.image_sha256,
        )
        return signed_sheet_shape(sheet)

    request = text_of(f"settlements/{settlement_id}/signature", body)
    return respond(service.keys.once(key, request, handler, 201))


@router.get("/settlements/{settlement_id}/signature", response_model=SignedSheetShape)
def signature(settlement_id: str, service: ServiceDep, terminal: DeskDep) -> SignedSheetShape:
    """Whether and how the settlement sheet was signed."""
    with service.db.read() as session:
        return signed_sheet_shape(sheets.sheet_of(session, settlement_id))
