"""Choose a place with a doctor: a day, a department, a doctor. Same-day and booked ones share it.

What a reader would get wrong: a list too long to read is searched by typing; what was typed is
looked for in the names of departments and of doctors, so "ophth" and a doctor's name both find.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.billing import Department, Doctor, Text
from core.phrase import Phrase, Yuan, said
from core.steps import Leave
from core.visit_slips import spoken_day
from kiosk.journeys.identify import Identified
from kiosk.steps import Back, Typed
from kiosk.steps.pages import Choose, Chosen, Keys, Option, TypeIn

_SEARCH, _ALL = "search", "all"


@dataclass(frozen=True, slots=True)
class Place:
    """A doctor's session in its department."""

    department: Department
    doctor: Doctor


async def choose_place(
    who: Identified, departments: tuple[Department, ...], day: Phrase
) -> Place | Back | None:
    """`day`: what the pages say of it. None when the patient left."""
    typed = ""
    while True:
        match await departments_page(who, found(departments, typed), day, typed):
            case Leave():
                return None
            case Back() if typed:
                typed = ""
            case Back():
                return Back()
            case Chosen(key) if key == _ALL:
                typed = ""
            case Chosen(key) if key == _SEARCH:
                match await search_page(who, departments):
                    case Typed(typed):
                        continue
                    case Back():
                        continue
                    case Leave():
                        return None
            case Chosen(code):
                department = next(one for one in departments if one.code == code)
                match await doctors_page(who, department, day):
                    case Chosen(schedule_id):
                        doctors = {one.schedule_id: one for one in department.doctors}
                        return Place(department, doctors[schedule_id])
                    case Back():
                        continue
                    case Leave():
                        return None
            case other:
                assert_never(other)


def found(departments: tuple[Department, ...], typed: str) -> tuple[Department, ...]:
    """Those whose name, or whose doctor's name, holds what was typed."""
    wanted = typed.casefold().strip()
    return tuple(
        one
        for one in departments
        if _holds(one.name, wanted) or any(_holds(doctor.name, wanted) for doctor in one.doctors)
    )


def _holds(name: Text, wanted: str) -> bool:
    return wanted in name.zh or wanted in name.en.casefold()


def days_page(who: Identified, days: tuple[str, ...]) -> Choose:
    """Which day of the coming week."""
    return Choose(
        title=said("Which day would you like to come?"),
        hint=who.patient.display_name,
        icon="calendar-plus",
        presence=who.presence,
        options=tuple(Option(day, spoken_day(day), "calendar-time") for day in days),
    )


def departments_page(
    who: Identified, departments: tuple[Department, ...], day: Phrase, typed: str
) -> Choose:
    """Which department, and a way to type its name."""
    other = (
        Option(_ALL, said("Show all departments"), "list")
        if typed
        else Option(_SEARCH, said("Search by typing a name"), "search")
    )
    return Choose(
        title=said("Which department?"),
        hint=said("{name}, {day}", name=who.patient.display_name, day=day),
        icon="stethoscope",
        presence=who.presence,
        options=(*map(_department, departments), other),
    )


def search_page(who: Identified, departments: tuple[Department, ...]) -> TypeIn:
    """The keyboard offers the names there are."""
    doctors = (doctor.name for one in departments for doctor in one.doctors)
    return TypeIn(
        title=said("Which department or doctor?"),
        hint=said("The first letters are enough"),
        icon="search",
        presence=who.presence,
        keys=Keys.NAME,
        label=said("Name of the department or doctor"),
        words=(*(one.name for one in departments), *dict.fromkeys(doctors)),
    )


def doctors_page(who: Identified, department: Department, day: Phrase) -> Choose:
    """Which doctor; one without places is shown, and why it cannot be chosen."""
    return Choose(
        title=said("Which doctor?"),
        hint=said("{department}, {day}", department=department.name, day=day),
        icon="stethoscope",
        presence=who.presence,
        options=tuple(map(_doctor, department.doctors)),
        nothing=said("No doctor takes patients here on this day"),
    )


def _department(one: Department) -> Option:
    free = sum(doctor.remaining for doctor in one.doctors)
    return Option(
        one.code,
        one.name,
        "stethoscope",
        note=one.place,
        side=said("Doctors: {count}", count=len(one.doctors)),
        off="" if free else said("No places left"),
    )


def _doctor(one: Doctor) -> Option:
    return Option(
        one.schedule_id,
        said("{doctor}, {title}", doctor=one.name, title=one.title),
        "user",
        note=said(
            "{session}, {room}, places left: {count}",
            session=one.session,
            room=one.room,
            count=one.remaining,
        ),
        side=Yuan(one.fee_fen),
        off="" if one.remaining else said("No places left"),
    )
