"""Exam sessions and their appointments; reports."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class ExamSession(Base):
    """Some hours of one exam room. `taken` never passes `capacity`."""

    __tablename__ = "exam_session"
    id: Mapped[str] = mapped_column(primary_key=True)
    exam_kind: Mapped[str] = mapped_column(index=True)
    day: Mapped[str]
    starts_at: Mapped[str]
    ends_at: Mapped[str]
    place_zh: Mapped[str]
    place_en: Mapped[str]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    numbers_given: Mapped[int] = mapped_column(default=0)
    __table_args__ = (CheckConstraint("taken <= capacity"),)


class ExamAppointment(Base):
    """One ordered item in one session: BOOKED, DONE or CANCELLED; moving it keeps its slip.

    `line_id` has no foreign key: an item that is given up goes, its cancelled appointment stays.
    """

    __tablename__ = "exam_appointment"
    id: Mapped[str] = mapped_column(primary_key=True)
    line_id: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("exam_session.id"), index=True)
    number: Mapped[int]
    state: Mapped[str]
    slip_id: Mapped[str]
    booked_at: Mapped[str]
    __table_args__ = (
        Index(
            "one_appointment_per_line",
            "line_id",
            unique=True,
            sqlite_where=text("state != 'CANCELLED'"),
            postgresql_where=text("state != 'CANCELLED'"),
        ),
    )


class Report(Base):
    """What an exam or a laboratory found, for one carried-out item. `prints`: how often printed."""

    __tablename__ = "report"
    id: Mapped[str] = mapped_column(primary_key=True)
    line_id: Mapped[str] = mapped_column(ForeignKey("bill_line.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    title_zh: Mapped[str]
    title_en: Mapped[str]
    findings: Mapped[str]
    conclusion: Mapped[str]
    reported_by: Mapped[str]
    ready_at: Mapped[str]
    prints: Mapped[int] = mapped_column(default=0)


class ReportRow(Base):
    """One measured value of a report. `flag`: "" normal, H high, L low."""

    __tablename__ = "report_row"
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    value: Mapped[str]
    unit: Mapped[str]
    reference: Mapped[str]
    flag: Mapped[str]
