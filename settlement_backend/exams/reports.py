"""Reports of exams and laboratories (S36): written by a desk, told, printed.

Talks to the database only. What a reader would get wrong: every sheet is counted before it is
drawn, and from the second one on it carries the mark of a copy.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.exams.appointments import line_of
from settlement_backend.exams.tables import Report, ReportRow
from settlement_backend.notices import outbox
from settlement_backend.people.people import person_of


@dataclass(frozen=True, slots=True)
class Row:
    """One measured value."""

    name: str
    value: str
    unit: str
    reference: str
    flag: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a desk has to say about one item."""

    findings: str
    conclusion: str
    reported_by: str
    rows: tuple[Row, ...]


def write(session: Session, context: Context, line_id: str, told: Findings) -> Report:
    """The report of a carried-out item; the patient is told that it is ready.

    Raises NoSuch and Refused `not_executed`, `already_reported`.
    """
    line, bill, _item = line_of(session, line_id)
    if not line.executed:
        raise Refused("not_executed")
    person_of(session, bill.person_id, alone=True)
    if session.scalar(select(Report.id).where(Report.line_id == line_id)) is not None:
        raise Refused("already_reported")
    now = context.clock.now()
    report = Report(
        id=uuid.uuid4().hex,
        line_id=line_id,
        person_id=bill.person_id,
        title_zh=line.name_zh,
        title_en=line.name_en,
        findings=told.findings,
        conclusion=told.conclusion,
        reported_by=told.reported_by,
        ready_at=stamp(now),
    )
    session.add(report)
    session.flush()
    for place, row in enumerate(told.rows):
        session.add(
            ReportRow(
                report_id=report.id,
                place=place,
                name=row.name,
                value=row.value,
                unit=row.unit,
                reference=row.reference,
                flag=row.flag,
            )
        )
    session.flush()
    outbox.tell(session, now, bill.person_id, "report_ready", report.id)
    return report


def report_of(session: Session, report_id: str) -> Report:
    """Raises NoSuch."""
    report = session.get(Report, report_id)
    if report is None:
        raise NoSuch("unknown_report")
    return report


def reports_of(session: Session, person_id: str) -> list[Report]:
    """Newest first."""
    wanted = select(Report).where(Report.person_id == person_id)
    return list(session.scalars(wanted.order_by(Report.ready_at.desc(), Report.id)))


def rows_of(session: Session, report_id: str) -> Sequence[ReportRow]:
    """In the order of the report."""
    wanted = select(ReportRow).where(ReportRow.report_id == report_id)
    return session.scalars(wanted.order_by(ReportRow.place)).all()


def count_print(session: Session, report_id: str) -> int:
    """One more sheet; which one it is. Raises NoSuch."""
    report_of(session, report_id)
    return session.execute(
        update(Report)
        .where(Report.id == report_id)
        .values(prints=Report.prints + 1)
        .returning(Report.prints)
    ).scalar_one()
