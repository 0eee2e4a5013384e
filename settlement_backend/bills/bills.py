"""Bills: opened, changed and withdrawn by doctors, given up in part at a window.

Talks to the database only. A change raises the version, so whoever was shown the bill before pays
nothing that he did not see. What a reader would get wrong: only an OPEN bill changes; one that a
settlement has locked waits for it, and a paid one never changes (refunds return its lines).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.bills import pricing
from settlement_backend.bills.shapes import lines_of
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.exams import appointments
from settlement_backend.visits.tables import Department, Item

_MOST_E4 = 1000 * pricing.E4


@dataclass(frozen=True, slots=True)
class Wanted:
    """One item of the price list and how much of it."""

    item: Item
    quantity_e4: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose bill, of what kind, from which department and doctor."""

    person_id: str
    kind: str
    department: Department
    doctor_zh: str = ""
    doctor_en: str = ""
    registration_id: str | None = None
    admission_id: str = ""
    exclusion: str = ""


def bill_of(session: Session, bill_id: str) -> Bill:
    """Raises NoSuch."""
    bill = session.get(Bill, bill_id)
    if bill is None:
        raise NoSuch("unknown_bill")
    return bill


def wanted(session: Session, code: str, quantity_e4: int) -> Wanted:
    """Raises Refused `unknown_item` for what is not in the price list or not in a useful number."""
    item = session.get(Item, code)
    if item is None or not 0 < quantity_e4 <= _MOST_E4:
        raise Refused("unknown_item", code)
    return Wanted(item, quantity_e4)


def open_bill(session: Session, origin: Origin, now: datetime) -> Bill:
    """An empty one; `add` fills it in the same transaction."""
    bill = Bill(
        id=uuid.uuid4().hex,
        person_id=origin.person_id,
        registration_id=origin.registration_id,
        version=1,
        kind=origin.kind,
        department_code=origin.department.code,
        department_zh=origin.department.name_zh,
        department_en=origin.department.name_en,
        doctor_zh=origin.doctor_zh,
        doctor_en=origin.doctor_en,
        issued_at=stamp(now),
        total_fen=0,
        state="OPEN",
        admission_id=origin.admission_id,
        exclusion=origin.exclusion,
    )
    session.add(bill)
    session.flush()
    return bill


def add(
    session: Session, bill: Bill, lines: Sequence[Wanted], charged_on: str = ""
) -> list[BillLine]:
    """Price and append; the bill must be new or just have been `change`d in this transaction."""
    next_place = select(func.coalesce(func.max(BillLine.place) + 1, 0))
    first = session.scalar(next_place.where(BillLine.bill_id == bill.id)) or 0
    added = [_line(bill, place, line, charged_on) for place, line in enumerate(lines, first)]
    session.add_all(added)
    bill.total_fen += sum(line.amount_fen for line in added)
    session.flush()
    return added


def _line(bill: Bill, place: int, line: Wanted, charged_on: str) -> BillLine:
    item = line.item
    price = pricing.Price(item.price_fen, item.price_rest_micro)
    return BillLine(
        id=uuid.uuid4().hex,
        bill_id=bill.id,
        place=place,
        name_zh=item.name_zh,
        name_en=item.name_en,
        insurance_class=item.insurance_class,
        quantity=line.quantity_e4 // pricing.E4,
        quantity_rest_e4=line.quantity_e4 % pricing.E4,
        unit_zh=item.unit_zh,
        unit_en=item.unit_en,
        unit_price_fen=item.price_fen,
        unit_price_rest_micro=item.price_rest_micro,
        amount_fen=pricing.amount_fen(price.micro, line.quantity_e4),
        item_code=item.code,
        charged_on=charged_on,
    )


def change(session: Session, bill_id: str, version: int | None = None) -> Bill:
    """Raise the version of an open bill, so that it may be changed now.

    `version`: the one that was looked at, None for whatever it is. Raises NoSuch and Refused
    `bill_locked`, `bill_paid`, `bill_changed`.
    """
    looked_at = Bill.version if version is None else version
    raised = session.execute(
        update(Bill)
        .where(Bill.id == bill_id, Bill.state == "OPEN", Bill.version == looked_at)
        .values(version=Bill.version + 1)
    )
    bill = bill_of(session, bill_id)
    session.refresh(bill)
    if raised.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused(
            {"LOCKED": "bill_locked", "PAID": "bill_paid"}.get(bill.state, "bill_changed")
        )
    return bill


def withdraw(session: Session, bill_id: str, version: int) -> Bill:
    """The doctor takes the whole bill back; nothing of it may have been carried out."""
    bill = change(session, bill_id, version)
    lines = lines_of(session, bill_id)
    if any(line.executed for line in lines):
        raise Refused("item_executed")
    appointments.withdrawn(session, [line.id for line in lines])
    bill.state = "CANCELLED"
    session.flush()
    return bill


def replace(session: Session, bill_id: str, version: int, lines: Sequence[Wanted]) -> Bill:
    """The doctor orders something else in place of what is not carried out yet."""
    bill = change(session, bill_id, version)
    _remove(session, bill, [line for line in lines_of(session, bill_id) if not line.executed])
    add(session, bill, lines)
    return bill


def give_up(session: Session, bill_id: str, version: int, line_ids: Sequence[str]) -> Bill:
    """A window cancels items that nobody carried out (N10); with none left the bill is over.

    Raises Refused `item_executed` and `not_found`.
    """
    bill = change(session, bill_id, version)
    lines = lines_of(session, bill_id)
    chosen = [line for line in lines if line.id in line_ids]
    if not chosen or len(chosen) != len(set(line_ids)):
        raise Refused("not_found")
    if any(line.executed for line in chosen):
        raise Refused("item_executed")
    _remove(session, bill, chosen)
    if len(chosen) == len(lines):
        bill.state = "CANCELLED"
        session.flush()
    return bill


def _remove(session: Session, bill: Bill, lines: Sequence[BillLine]) -> None:
    gone = session.execute(
        delete(BillLine).where(
            BillLine.id.in_([line.id for line in lines]), BillLine.executed.is_(False)
        )
    )
    if gone.rowcount != len(lines):  # type: ignore[attr-defined]  # a CursorResult for DELETE
        raise Refused("item_executed")
    appointments.withdrawn(session, [line.id for line in lines])
    bill.total_fen -= sum(line.amount_fen for line in lines)
    session.flush()
