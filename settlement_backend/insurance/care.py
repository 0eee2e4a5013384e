"""What our own books say of the treatment that a bill is for: whom, where, by whom, what kind.

Talks to the database only, and only looks. What a reader would get wrong: one settlement is about
one visit at the insurance; bills of several visits, or of none, make a visit of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.inpatient.tables import Admission
from settlement_backend.insurance import insutypes
from settlement_backend.insurance.envelope import BACKGROUND, Opter, opter_type_of
from settlement_backend.insurance.words import FeeLine
from settlement_backend.settling.tables import Settlement
from settlement_backend.staff.tables import OperatorSession
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits.tables import Registration

_CLASSES = {"A": "01", "B": "02", "OWN": "03"}
_NO_CODE = "ITEM"
_MICRO, _E4 = 1_000_000, 10_000


@dataclass(frozen=True, slots=True)
class Care:
    """One visit or stay. `visit_id`: registration, admission, or the settlement's own."""

    visit_id: str
    kind: str
    med_type: str
    department_code: str
    department: str
    doctor: str
    bed: str = ""


@dataclass(frozen=True, slots=True)
class UploadLine:
    """A fee line as 2204 and 2301 take it: all texts but the amount."""

    line_id: str
    catalogue_code: str
    hospital_code: str
    amount_fen: int
    count: str
    price: str


def care_of(session: Session, of: str, line_ids: Sequence[str]) -> Care:
    """The treatment behind these lines of a settlement of ours."""
    bills = list(
        session.scalars(
            select(Bill)
            .where(Bill.id.in_(select(BillLine.bill_id).where(BillLine.id.in_(line_ids))))
            .order_by(Bill.issued_at, Bill.id)
        )
    )
    first = bills[0] if bills else None
    admissions = {bill.admission_id for bill in bills}
    if first is not None and first.admission_id and len(admissions) == 1:
        return stay_of(session.get_one(Admission, first.admission_id))
    registrations = {bill.registration_id for bill in bills}
    registration_id = first.registration_id if first and len(registrations) == 1 else None
    registration = session.get(Registration, registration_id) if registration_id else None
    emergency = registration is not None and registration.scene.startswith("EMERGENCY")
    return Care(
        visit_id=registration.id if registration else of,
        kind="OUTPATIENT",
        med_type=insutypes.EMERGENCY if emergency else insutypes.OUTPATIENT,
        department_code=(first.department_code if first else "") or "OUTPATIENT",
        department=first.department_zh if first else "门诊",
        doctor=(first.doctor_zh if first else "") or "门诊医师",
    )


def stay_of(admission: Admission) -> Care:
    """An admission."""
    return Care(
        visit_id=admission.id,
        kind="INPATIENT",
        med_type=insutypes.INPATIENT,
        department_code=admission.department_code,
        department=admission.ward_zh,
        doctor=admission.doctor_zh,
        bed=admission.bed,
    )


def upload_lines(session: Session, lines: Sequence[FeeLine]) -> list[UploadLine]:
    """The lines with price and quantity of our books; a line that is not there is one piece."""
    wanted = [line.line_id for line in lines]
    rows = session.scalars(select(BillLine).where(BillLine.id.in_(wanted)))
    known = {row.id: row for row in rows}
    return [_upload_line(line, known.get(line.line_id)) for line in lines]


def _upload_line(line: FeeLine, row: BillLine | None) -> UploadLine:
    code = (row.item_code if row else "") or _NO_CODE
    count_e4, price_micro = _E4, line.amount_fen * (_MICRO // 100)
    if row is not None:
        e4 = row.quantity * _E4 + row.quantity_rest_e4
        micro = row.unit_price_fen * (_MICRO // 100) + row.unit_price_rest_micro
        if _rounded_fen(e4, micro) == line.amount_fen:
            count_e4, price_micro = e4, micro
    return UploadLine(
        line_id=line.line_id,
        catalogue_code=_CLASSES[line.insurance_class] + code,
        hospital_code=code,
        amount_fen=line.amount_fen,
        count=_decimal(count_e4, 4),
        price=_decimal(price_micro, 6),
    )


def _rounded_fen(count_e4: int, price_micro: int) -> int:
    """Quantity times price, rounded half up to the fen as it was at the line (B.8)."""
    unit = _E4 * (_MICRO // 100)
    return (count_e4 * price_micro * 2 + unit) // (unit * 2)


def _decimal(amount: int, places: int) -> str:
    """An integer of that many places as the wire writes it, without useless zeros."""
    whole, rest = divmod(amount, 10**places)
    return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")


def opter_of(session: Session, of: str) -> Opter:
    """Who works on a settlement: the operator signed in at its terminal, or the terminal."""
    settlement = session.get(Settlement, of)
    terminal = session.get(Terminal, settlement.terminal_id) if settlement else None
    if terminal is None:
        return BACKGROUND
    operator = session.scalar(
        select(OperatorSession.operator).where(OperatorSession.terminal_id == terminal.id)
    )
    return Opter(opter_type_of(terminal.kind), operator or terminal.id)
