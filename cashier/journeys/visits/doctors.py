"""Who takes patients on a day, as one table: department, doctor, session, places, fee.

What a reader would get wrong: a full session stands in the table too, so that "full" is seen and
not missed; its row cannot be taken.
"""

from __future__ import annotations

from dataclasses import dataclass

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, Line, Pressed, Table, Takes, WorkSheet
from core.billing import Department, Doctor
from core.phrase import Phrase, Yuan, said


@dataclass(frozen=True, slots=True)
class Place:
    """A doctor's session in its department."""

    department: Department
    doctor: Doctor


async def choose_place(
    at: AtWork, title: Phrase, departments: tuple[Department, ...], action: Action
) -> Place | None:
    """None: left."""
    answer = await doctors_sheet(at, title, departments, action)
    if not isinstance(answer, Pressed):
        return None
    return next(p for p in _places(departments) if p.doctor.schedule_id == answer.row)


def _places(departments: tuple[Department, ...]) -> tuple[Place, ...]:
    return tuple(Place(one, doctor) for one in departments for doctor in one.doctors)


def doctors_sheet(
    at: AtWork, title: Phrase, departments: tuple[Department, ...], action: Action
) -> WorkSheet:
    """Typing a part of a name leaves the rows that have it."""
    columns = (
        Column(said("Department"), 3),
        Column(said("Doctor"), 2),
        Column(said("Title"), 2),
        Column(said("Session"), 2),
        Column(said("Places"), 1, right=True),
        Column(said("Fee"), 2, right=True),
    )
    return WorkSheet(
        title=title,
        patient=at.patient,
        table=Table(columns, tuple(map(_line, _places(departments))), nothing=_NOBODY),
        actions=(action,),
    )


_NOBODY = said("Nobody takes patients on this day")


def _line(place: Place) -> Line:
    doctor = place.doctor
    return Line(
        doctor.schedule_id,
        (
            place.department.name,
            doctor.name,
            doctor.title,
            doctor.session,
            str(doctor.remaining),
            Yuan(doctor.fee_fen),
        ),
        off="" if doctor.remaining else said("No places left"),
    )


def take(words: Phrase) -> Action:
    """The current row."""
    return Action("take", words, takes=Takes.ROW)
