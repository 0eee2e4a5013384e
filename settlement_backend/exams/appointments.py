"""Exam appointments (H17): time, place and what to know before; changed and cancelled.

Talks to the database only. A place is taken by a conditional UPDATE of the session's row. What a
reader would get wrong: a change takes the new place first and gives the old one back then.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.documents.slips import mint
from settlement_backend.exams import rules
from settlement_backend.exams.tables import ExamAppointment, ExamSession
from settlement_backend.notices import outbox
from settlement_backend.people.id_numbers import age_of
from settlement_backend.people.people import person_of
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import required
from settlement_backend.visits import queues
from settlement_backend.visits import rules as visit_rules
from settlement_backend.visits.tables import Item, Ticket

_MOST_SESSIONS, _MOST_ORDERS = 50, 100


def line_of(session: Session, line_id: str) -> tuple[BillLine, Bill, Item]:
    """An ordered item with its bill and its row of the price list. Raises NoSuch."""
    row = session.execute(
        select(BillLine, Bill, Item)
        .join(Bill, Bill.id == BillLine.bill_id)
        .join(Item, Item.code == BillLine.item_code)
        .where(BillLine.id == line_id)
    ).first()
    if row is None:
        raise NoSuch("unknown_line")
    return row[0], row[1], row[2]


def appointment_of(session: Session, appointment_id: str) -> ExamAppointment:
    """Raises NoSuch."""
    found = session.get(ExamAppointment, appointment_id)
    if found is None:
        raise NoSuch("unknown_appointment")
    return found


def sessions_for(session: Session, context: Context, line_id: str) -> list[ExamSession]:
    """Where this item can be done, soonest first; full ones too. Raises NoSuch."""
    _line, _bill, item = line_of(session, line_id)
    now = context.clock.now()
    found = session.scalars(
        select(ExamSession)
        .where(ExamSession.exam_kind == item.exam_kind, ExamSession.day >= f"{now:%Y-%m-%d}")
        .order_by(ExamSession.day, ExamSession.starts_at, ExamSession.id)
        .limit(_MOST_SESSIONS)
    )
    return [one for one in found if rules.is_to_come(one.day, one.ends_at, now)]


def book(session: Session, context: Context, line_id: str, session_id: str) -> ExamAppointment:
    """A place for an ordered item; a booked one is moved there.

    Raises NoSuch and Refused `sold_out`, `session_over` and the words of `rules.may_book`.
    """
    line, bill, item = line_of(session, line_id)
    person_of(session, bill.person_id, alone=True)
    wanted = session.get(ExamSession, session_id)
    if wanted is None:
        raise NoSuch("unknown_session")
    same_kind = wanted.exam_kind == item.exam_kind
    required(rules.may_book(item.exam_kind, line.executed, line.refunded_by != "", same_kind))
    if not rules.is_to_come(wanted.day, wanted.ends_at, context.clock.now()):
        raise Refused("session_over")
    earlier = _booked(session, line_id)
    if earlier is not None and earlier.session_id == session_id:
        return earlier
    number = _take_place(session, session_id)
    if earlier is not None:
        _free_place(session, earlier.session_id)
        earlier.session_id, earlier.number = session_id, number
        appointment = earlier
    else:
        appointment = _new(session, context, bill.person_id, line_id, session_id, number)
    session.flush()
    outbox.tell(
        session,
        context.clock.now(),
        bill.person_id,
        "exam_booked",
        f"{appointment.id}/{session_id}",
        day=wanted.day,
        starts_at=wanted.starts_at,
    )
    return appointment


def orders_of(
    session: Session, person_id: str
) -> list[tuple[BillLine, Item, ExamAppointment | None]]:
    """What a person was ordered that needs a place and was not done, with the place it has."""
    rows = session.execute(
        select(BillLine, Item, ExamAppointment)
        .join(Bill, Bill.id == BillLine.bill_id)
        .join(Item, Item.code == BillLine.item_code)
        .outerjoin(
            ExamAppointment,
            (ExamAppointment.line_id == BillLine.id) & (ExamAppointment.state == "BOOKED"),
        )
        .where(
            Bill.person_id == person_id,
            Bill.state != "CANCELLED",
            Item.exam_kind != "",
            BillLine.refunded_by == "",
            BillLine.executed.is_(False),
        )
        .order_by(Bill.issued_at.desc(), BillLine.bill_id, BillLine.place)
        .limit(_MOST_ORDERS)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _new(
    session: Session, context: Context, person_id: str, line_id: str, session_id: str, number: int
) -> ExamAppointment:
    appointment_id, at = uuid.uuid4().hex, stamp(context.clock.now())
    appointment = ExamAppointment(
        id=appointment_id,
        line_id=line_id,
        person_id=person_id,
        session_id=session_id,
        number=number,
        state="BOOKED",
        slip_id=mint(session, context.slip_key, "V", person_id, appointment_id, [], at).id,
        booked_at=at,
    )
    session.add(appointment)
    return appointment


def cancel(session: Session, appointment_id: str) -> ExamAppointment:
    """Give the place back; the item stays ordered. Raises NoSuch and Refused `already_executed`."""
    appointment = appointment_of(session, appointment_id)
    cancelled = session.execute(
        update(ExamAppointment)
        .where(ExamAppointment.id == appointment_id, ExamAppointment.state == "BOOKED")
        .values(state="CANCELLED")
    )
    session.refresh(appointment)
    if cancelled.rowcount == 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        _free_place(session, appointment.session_id)
    if appointment.state != "CANCELLED":
        raise Refused("already_executed")
    return appointment


def withdrawn(session: Session, line_ids: Sequence[str]) -> None:
    """These items are not ordered any more: their places are free."""
    wanted = select(ExamAppointment).where(
        ExamAppointment.line_id.in_(line_ids), ExamAppointment.state == "BOOKED"
    )
    for appointment in list(session.scalars(wanted)):
        cancel(session, appointment.id)


def check_in(session: Session, context: Context, appointment_id: str) -> Ticket:
    """Wait before the exam room (N23). Raises NoSuch and the words of `may_check_in`."""
    appointment = appointment_of(session, appointment_id)
    room = session.get_one(ExamSession, appointment.session_id)
    person = session.get_one(Person, appointment.person_id)
    now = context.clock.now()
    times = visit_rules.Times(date.fromisoformat(room.day), room.ends_at)
    required(visit_rules.may_check_in(appointment.state == "BOOKED", times, now))
    place = queues.Place(
        queue=room.id,
        about=appointment.id,
        person_id=person.id,
        shown=shown(room, appointment),
        rank=visit_rules.rank(age_of(person.birth_date, now.date()), context.policy.visits),
    )
    return queues.check_in(session, place, now)


def shown(room: ExamSession, appointment: ExamAppointment) -> str:
    """The number on the slip and on the calling screen."""
    return f"{room.exam_kind}{appointment.number:03d}"


def _booked(session: Session, line_id: str) -> ExamAppointment | None:
    wanted = select(ExamAppointment).where(
        ExamAppointment.line_id == line_id, ExamAppointment.state == "BOOKED"
    )
    return session.scalar(wanted)


def _take_place(session: Session, session_id: str) -> int:
    taken = session.execute(
        update(ExamSession)
        .where(ExamSession.id == session_id, ExamSession.taken < ExamSession.capacity)
        .values(taken=ExamSession.taken + 1, numbers_given=ExamSession.numbers_given + 1)
        .returning(ExamSession.numbers_given)
    ).scalar()
    if taken is None:
        raise Refused("sold_out")
    return int(taken)


def _free_place(session: Session, session_id: str) -> None:
    session.execute(
        update(ExamSession).where(ExamSession.id == session_id).values(taken=ExamSession.taken - 1)
    )
