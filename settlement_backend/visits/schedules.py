"""The doctors of a day and their places left."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.shapes import Shape, Words
from settlement_backend.visits.tables import Department, Schedule


class DoctorShape(Shape):
    """One doctor's session. `half`: DAY, MORNING or AFTERNOON."""

    schedule_id: str
    name: Words
    title: Words
    session: Words
    half: str
    room: Words
    fee_fen: int
    remaining: int


class DepartmentShape(Shape):
    """A department with the sessions of one day."""

    code: str
    name: Words
    place: Words
    doctors: tuple[DoctorShape, ...]


class DepartmentList(Shape):
    """All departments that have a doctor on this day."""

    date: str
    departments: tuple[DepartmentShape, ...]


def departments(session: Session, day: date) -> DepartmentList:
    """Departments with the doctors of a day."""
    by_department: dict[str, list[DoctorShape]] = {}
    wanted = select(Schedule).where(Schedule.day == day.isoformat()).order_by(Schedule.id)
    for schedule in session.scalars(wanted):
        by_department.setdefault(schedule.department_code, []).append(_doctor(schedule))
    return DepartmentList(
        date=day.isoformat(),
        departments=tuple(
            DepartmentShape(
                code=one.code,
                name=Words(zh=one.name_zh, en=one.name_en),
                place=Words(zh=one.place_zh, en=one.place_en),
                doctors=tuple(by_department[one.code]),
            )
            for one in session.scalars(select(Department).order_by(Department.code))
            if one.code in by_department
        ),
    )


def _doctor(schedule: Schedule) -> DoctorShape:
    return DoctorShape(
        schedule_id=schedule.id,
        name=Words(zh=schedule.doctor_zh, en=schedule.doctor_en),
        title=Words(zh=schedule.title_zh, en=schedule.title_en),
        session=Words(zh=schedule.session_zh, en=schedule.session_en),
        half=schedule.half,
        room=Words(zh=schedule.room_zh, en=schedule.room_en),
        fee_fen=schedule.fee_fen,
        remaining=schedule.capacity - schedule.taken,
    )
