"""The exam desk and the pharmacy: what a person has to get there, carried out once (H18, H19).

Talks to the database only. What a reader would get wrong: carrying out and refunding claim the same
line by conditional UPDATEs on both words, so only one of them can happen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import Refused
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.deferral.bill_sets import may_defer
from settlement_backend.exams import rules
from settlement_backend.exams.appointments import line_of
from settlement_backend.exams.tables import ExamAppointment
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import Decision, noted, required
from settlement_backend.visits.tables import Item


@dataclass(frozen=True, slots=True)
class Task:
    """One item for one desk, with the decision whether it may be carried out now."""

    line: BillLine
    item: Item
    decision: Decision


def tasks(session: Session, context: Context, person: Person, kinds: Sequence[str]) -> list[Task]:
    """What is ordered for a person and not carried out, refunded or withdrawn; oldest first."""
    rows = session.execute(
        select(BillLine, Bill, Item)
        .join(Bill, Bill.id == BillLine.bill_id)
        .join(Item, Item.code == BillLine.item_code)
        .where(
            Bill.person_id == person.id,
            Bill.state != "CANCELLED",
            BillLine.executed.is_(False),
            BillLine.refunded_by == "",
            Item.kind.in_(kinds),
        )
        .order_by(Bill.issued_at, Bill.id, BillLine.place)
    )
    return [
        Task(line, item, _decide(session, context, line, bill, person)) for line, bill, item in rows
    ]


def execute(
    session: Session, context: Context, line_id: str, terminal_id: str, kinds: Sequence[str]
) -> BillLine:
    """Done or handed out, once. Raises NoSuch, Refused `other_desk` and those of the rule."""
    line, bill, item = line_of(session, line_id)
    if item.kind not in kinds:
        raise Refused("other_desk")
    person = session.get_one(Person, bill.person_id)
    decision = _decide(session, context, line, bill, person)
    noted(session, context.clock, terminal_id, "", "execute", line_id, decision)
    required(decision)
    done = session.execute(
        update(BillLine)
        .where(BillLine.id == line_id, BillLine.executed.is_(False), BillLine.refunded_by == "")
        .values(executed=True, executed_at=stamp(context.clock.now()), executed_by=terminal_id)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused("already_executed")
    session.refresh(line)
    session.execute(
        update(ExamAppointment)
        .where(ExamAppointment.line_id == line_id, ExamAppointment.state == "BOOKED")
        .values(state="DONE")
    )
    return line


def _decide(
    session: Session, context: Context, line: BillLine, bill: Bill, person: Person
) -> Decision:
    return rules.may_execute(
        bill.state,
        "ON_ACCOUNT" in person.special,
        may_defer(session, context.policy, bill, context.clock.now()),
        line.executed,
        line.refunded_by != "",
    )
