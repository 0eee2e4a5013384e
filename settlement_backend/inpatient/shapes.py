"""Stays, daily lists and signed sheets as they are told."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.identity import mask_name
from settlement_backend.base.shapes import Shape, Words, audience_of
from settlement_backend.bills.shapes import BillLineShape, BillShape, bill_shape, line_shape
from settlement_backend.bills.tables import Bill
from settlement_backend.documents.shapes import SlipShape, slip_shape
from settlement_backend.inpatient import admissions, deposits, rules
from settlement_backend.inpatient.tables import Admission, SignedSheet
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import DepositRules
from settlement_backend.visits.tables import Department


class DepositRequestShape(Shape):
    """What a doctor asked for. `state`: OPEN, LOCKED (being paid) or PAID; paid like any bill."""

    bill: BillShape
    state: str


class StayBillShape(Shape):
    """The bill of the stay without its lines; they are in the daily lists."""

    bill_id: str
    version: int
    state: str
    total_fen: int


class AdmissionShape(Shape):
    """One stay. `deposit_fen`: what is left of what was paid in; `pay_deposit`, `discharge`: may it
    be done at this terminal now."""

    admission_id: str
    patient_id: str
    display_name: str
    state: str
    department: Words
    doctor: Words
    ward: Words
    bed: str
    requested_at: str
    admitted_at: str
    noticed_at: str
    settled_at: str
    slip: SlipShape | None
    deposit_fen: int
    deposit_requests: tuple[DepositRequestShape, ...]
    bill: StayBillShape | None
    pay_deposit: Decision
    discharge: Decision


class AdmissionList(Shape):
    """Newest first."""

    admissions: tuple[AdmissionShape, ...]


class DailyListShape(Shape):
    """The charges of one day, as they stand at `time`."""

    admission_id: str
    display_name: str
    ward: Words
    bed: str
    day: str
    lines: tuple[BillLineShape, ...]
    day_fen: int
    charged_fen: int
    deposit_fen: int
    time: str


class ChargedDay(Shape):
    """A day of the stay with charges. `items`: how many lines its list has."""

    day: str
    items: int
    day_fen: int


class StayListShape(Shape):
    """All charges of a stay, as they stand at `time`; newest day first."""

    admission_id: str
    bill: BillShape | None
    days: tuple[ChargedDay, ...]
    deposit_fen: int
    time: str


class SignedSheetShape(Shape):
    """Who has seen which settlement sheet signed, and when. `way`: PAD or PAPER."""

    settlement_id: str
    way: str
    image_sha256: str
    terminal_id: str
    at: str


def admission_shape(
    session: Session, admission: Admission, channel: str, slip_key: bytes, policy: DepositRules
) -> AdmissionShape:
    """A stay for one kind of terminal."""
    department = session.get_one(Department, admission.department_code)
    person = session.get_one(Person, admission.person_id)
    bill = admissions.bill_of_stay(session, admission.id)
    return AdmissionShape(
        admission_id=admission.id,
        patient_id=admission.person_id,
        display_name=mask_name(person.name, audience_of(channel)),
        state=admission.state,
        department=Words(zh=department.name_zh, en=department.name_en),
        doctor=Words(zh=admission.doctor_zh, en=admission.doctor_en),
        ward=Words(zh=admission.ward_zh, en=admission.ward_en),
        bed=admission.bed,
        requested_at=admission.requested_at,
        admitted_at=admission.admitted_at,
        noticed_at=admission.noticed_at,
        settled_at=admission.settled_at,
        slip=slip_shape(session, admission.slip_id, slip_key) if admission.slip_id else None,
        deposit_fen=deposits.balance_fen(session, admission.id),
        deposit_requests=tuple(
            DepositRequestShape(bill=bill_shape(session, asked), state=asked.state)
            for asked in admissions.deposit_requests(session, admission.id)
        ),
        bill=_stay_bill(bill) if bill else None,
        pay_deposit=rules.may_pay_deposit(channel, policy),
        discharge=rules.may_discharge(admission.state),
    )


def _stay_bill(bill: Bill) -> StayBillShape:
    return StayBillShape(
        bill_id=bill.id, version=bill.version, state=bill.state, total_fen=bill.total_fen
    )


def daily_list(
    session: Session, admission: Admission, day: str, channel: str, time: str
) -> DailyListShape:
    """The charges of a day for one kind of terminal."""
    lines = admissions.charges_of_day(session, admission.id, day)
    bill = admissions.bill_of_stay(session, admission.id)
    person = session.get_one(Person, admission.person_id)
    return DailyListShape(
        admission_id=admission.id,
        display_name=mask_name(person.name, audience_of(channel)),
        ward=Words(zh=admission.ward_zh, en=admission.ward_en),
        bed=admission.bed,
        day=day,
        lines=tuple(line_shape(line) for line in lines),
        day_fen=sum(line.amount_fen for line in lines),
        charged_fen=bill.total_fen if bill else 0,
        deposit_fen=deposits.balance_fen(session, admission.id),
        time=time,
    )


def stay_list(session: Session, admission: Admission, time: str) -> StayListShape:
    """What a patient checks before discharge, and which days have a list."""
    bill = admissions.bill_of_stay(session, admission.id)
    days = admissions.charged_days(session, admission.id)
    return StayListShape(
        admission_id=admission.id,
        bill=bill_shape(session, bill) if bill else None,
        days=tuple(ChargedDay(day=one.day, items=one.items, day_fen=one.day_fen) for one in days),
        deposit_fen=deposits.balance_fen(session, admission.id),
        time=time,
    )


def signed_sheet_shape(sheet: SignedSheet) -> SignedSheetShape:
    """As it was signed."""
    return SignedSheetShape(
        settlement_id=sheet.settlement_id,
        way=sheet.way,
        image_sha256=sheet.image_sha256,
        terminal_id=sheet.terminal_id,
        at=sheet.at,
    )
