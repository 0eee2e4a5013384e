"""Stays: asked for by a doctor, registered anywhere, charged day by day, noticed, settled.

Talks to the database only. All charges of a stay are lines of one INPATIENT bill, each with its
day; a deposit that a doctor asks for is a DEPOSIT bill, so both are paid by the saga like any
other bill. What a reader would get wrong: the deposit's amount is the request's, never a
terminal's (H23); and the bill of a stay is settled only after the discharge notice has closed it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.bills import bills
from settlement_backend.bills.bills import Origin, Wanted
from settlement_backend.bills.pricing import E4
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.documents.slips import mint
from settlement_backend.inpatient import rules
from settlement_backend.inpatient.tables import Admission
from settlement_backend.notices import outbox
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import required
from settlement_backend.visits.tables import Department, Item


@dataclass(frozen=True, slots=True)
class Stay:
    """What a doctor asks for. `registration_id`: the visit it comes from, or ""."""

    department_code: str
    doctor_zh: str
    doctor_en: str
    ward_zh: str
    ward_en: str
    registration_id: str = ""


@dataclass(frozen=True, slots=True)
class DayCharged:
    """The sum of a day of a stay. `items`: lines of its list."""

    day: str
    items: int
    day_fen: int


def request(session: Session, context: Context, person: Person, stay: Stay) -> Admission:
    """The doctor's admission request; the patient is told. One open stay per person.

    Raises Refused `unknown_department`, `already_admitted`.
    """
    if session.get(Department, stay.department_code) is None:
        raise Refused("unknown_department")
    now = context.clock.now()
    admission = Admission(
        id=uuid.uuid4().hex,
        person_id=person.id,
        registration_id=stay.registration_id,
        department_code=stay.department_code,
        doctor_zh=stay.doctor_zh,
        doctor_en=stay.doctor_en,
        ward_zh=stay.ward_zh,
        ward_en=stay.ward_en,
        state="REQUESTED",
        requested_at=stamp(now),
    )
    try:
        with session.begin_nested():
            session.add(admission)
    except IntegrityError:
        raise Refused("already_admitted") from None
    outbox.tell(session, now, person.id, "admission_requested", admission.id)
    return admission


def admission_of(session: Session, admission_id: str, *, alone: bool = False) -> Admission:
    """`alone`: nobody else may change it until the end. Raises NoSuch."""
    admission = session.get(Admission, admission_id, with_for_update=alone)
    if admission is None:
        raise NoSuch("unknown_admission")
    return admission


def admissions_of(session: Session, person_id: str) -> list[Admission]:
    """Newest first."""
    wanted = select(Admission).where(Admission.person_id == person_id)
    return list(session.scalars(wanted.order_by(Admission.requested_at.desc(), Admission.id)))


def admit(session: Session, context: Context, admission_id: str, terminal_id: str) -> Admission:
    """Registered for admission, once; its slip is the proof (H22)."""
    admission = admission_of(session, admission_id, alone=True)
    required(rules.may_admit(admission.state))
    if admission.state == "REQUESTED":
        at = stamp(context.clock.now())
        slip = mint(session, context.slip_key, "V", admission.person_id, admission_id, [], at)
        admission.state, admission.admitted_at = "ADMITTED", at
        admission.admitted_by, admission.slip_id = terminal_id, slip.id
        session.flush()
        outbox.tell(session, context.clock.now(), admission.person_id, "admitted", admission_id)
    return admission


def give_bed(session: Session, admission_id: str, ward: tuple[str, str], bed: str) -> Admission:
    """The ward's bed; a move is a new one."""
    admission = admission_of(session, admission_id, alone=True)
    required(rules.may_charge(admission.state))
    admission.ward_zh, admission.ward_en = ward
    admission.bed = bed
    session.flush()
    return admission


def ask_deposit(session: Session, context: Context, admission_id: str, amount_fen: int) -> Bill:
    """The doctor's request for a deposit of exactly this amount: a bill to pay (H23)."""
    admission = admission_of(session, admission_id, alone=True)
    required(rules.may_ask_deposit(admission.state, context.policy.inpatient_deposit))
    if amount_fen == 0:
        raise Refused("no_amount")
    now = context.clock.now()
    request_line = Item(
        code="",
        name_zh="住院预交金",
        name_en="Inpatient deposit",
        insurance_class="OWN",
        unit_zh="次",
        unit_en="time",
        price_fen=amount_fen,
        price_rest_micro=0,
    )
    bill = bills.open_bill(session, _origin(session, admission, "DEPOSIT"), now)
    bills.add(session, bill, [Wanted(request_line, E4)])
    outbox.tell(
        session, now, admission.person_id, "deposit_requested", bill.id, amount_fen=amount_fen
    )
    return bill


def deposit_requests(session: Session, admission_id: str) -> list[Bill]:
    """Oldest first, withdrawn ones left out."""
    return [bill for bill in _bills(session, admission_id, "DEPOSIT") if bill.state != "CANCELLED"]


def deposit_paid(session: Session, bill: Bill, now: datetime) -> None:
    """The saga has moved the money to the deposit; the patient is told (H24)."""
    outbox.tell(session, now, bill.person_id, "deposit_paid", bill.id, amount_fen=bill.total_fen)


def charge(
    session: Session, context: Context, admission_id: str, lines: Sequence[Wanted], day: str
) -> Bill:
    """Today's charges join the bill of the stay. Raises Refused `bad_day` for other than a day
    of the stay."""
    admission = admission_of(session, admission_id, alone=True)
    required(rules.may_charge(admission.state))
    if not admission.admitted_at[:10] <= day <= f"{context.clock.now():%Y-%m-%d}":
        raise Refused("bad_day")
    bill = bill_of_stay(session, admission_id)
    if bill is None:
        origin = _origin(session, admission, "INPATIENT")
        bill = bills.open_bill(session, origin, context.clock.now())
    else:
        bill = bills.change(session, bill.id)
    bills.add(session, bill, lines, charged_on=day)
    return bill


def bill_of_stay(session: Session, admission_id: str) -> Bill | None:
    """None before the first charge."""
    return next(iter(_bills(session, admission_id, "INPATIENT")), None)


def charges_of_day(session: Session, admission_id: str, day: str) -> list[BillLine]:
    """The daily list, as it stands this moment (S40, L04)."""
    return list(
        session.scalars(
            select(BillLine)
            .join(Bill, Bill.id == BillLine.bill_id)
            .where(
                Bill.admission_id == admission_id,
                Bill.kind == "INPATIENT",
                BillLine.charged_on == day,
            )
            .order_by(BillLine.place)
        )
    )


def charged_days(session: Session, admission_id: str) -> list[DayCharged]:
    """Each day with charges, newest first."""
    wanted = (
        select(BillLine.charged_on, func.count(), func.sum(BillLine.amount_fen))
        .join(Bill, Bill.id == BillLine.bill_id)
        .where(Bill.admission_id == admission_id, Bill.kind == "INPATIENT")
        .group_by(BillLine.charged_on)
        .order_by(BillLine.charged_on.desc())
    )
    return [DayCharged(day, int(items), int(fen)) for day, items, fen in session.execute(wanted)]


def notice(session: Session, context: Context, admission_id: str) -> Admission:
    """The doctor's discharge notice: no more charges, unpaid deposit requests are withdrawn."""
    admission = admission_of(session, admission_id, alone=True)
    if admission.state != "NOTICED":
        required(rules.may_charge(admission.state))
        admission.state, admission.noticed_at = "NOTICED", stamp(context.clock.now())
        for asked in deposit_requests(session, admission_id):
            if asked.state == "OPEN":
                bills.withdraw(session, asked.id, asked.version)
        session.flush()
        if bill_of_stay(session, admission_id) is None:
            settled(session, admission_id, context.clock.now())
        outbox.tell(
            session,
            context.clock.now(),
            admission.person_id,
            "discharge_notice",
            admission_id,
        )
    return admission


def settled(session: Session, admission_id: str, now: datetime) -> None:
    """The bill of the stay is paid: the patient may go; what the deposit has left goes back."""
    session.execute(
        update(Admission)
        .where(Admission.id == admission_id, Admission.state == "NOTICED")
        .values(state="SETTLED", settled_at=stamp(now))
    )
    person_id = admission_of(session, admission_id).person_id
    outbox.tell(session, now, person_id, "discharged", admission_id)


def cancel(session: Session, admission_id: str) -> Admission:
    """A request that nobody followed is withdrawn with its unpaid deposit requests.

    Raises Refused `already_admitted`, and `deposit_paid` while money is there.
    """
    admission = admission_of(session, admission_id, alone=True)
    if admission.state == "CANCELLED":
        return admission
    if admission.state != "REQUESTED":
        raise Refused("already_admitted")
    for asked in deposit_requests(session, admission_id):
        if asked.state != "OPEN":
            raise Refused("deposit_paid")
        bills.withdraw(session, asked.id, asked.version)
    admission.state = "CANCELLED"
    session.flush()
    return admission


def _bills(session: Session, admission_id: str, kind: str) -> list[Bill]:
    wanted = select(Bill).where(Bill.admission_id == admission_id, Bill.kind == kind)
    return list(session.scalars(wanted.order_by(Bill.issued_at, Bill.id)))


def _origin(session: Session, admission: Admission, kind: str) -> Origin:
    return Origin(
        person_id=admission.person_id,
        kind=kind,
        department=session.get_one(Department, admission.department_code),
        doctor_zh=admission.doctor_zh,
        doctor_en=admission.doctor_en,
        registration_id=admission.registration_id or None,
        admission_id=admission.id,
    )
