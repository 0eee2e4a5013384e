"""Who is it and which stays are there: how every service about a stay begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.inpatient import Admission, Admissions
from core.page_parts import Row, Tone
from core.phrase import Phrase, said
from core.ports import NotSent, Refused, Unknown
from core.steps.inpatient import FetchAdmissions
from kiosk.journeys.ending import Retry
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps.pages import Finished


@dataclass(frozen=True, slots=True)
class Stays:
    """A known patient with all stays, the newest first; perhaps none."""

    who: Identified
    found: Admissions


async def find_stays(purpose: str, start: Start) -> Stays | Retry | None:
    """None when the patient left; Retry to begin again."""
    who = await identify(purpose, start.shown)
    if not isinstance(who, Identified):
        return who
    found = await look(FetchAdmissions(who.patient.patient_id))
    return found.end if isinstance(found, Ended) else Stays(who, found)


async def deposit_left_fen(who: Identified, stay: Admission) -> int:
    """What the stay's deposit has now, 0 when nobody could tell."""
    match await FetchAdmissions(who.patient.patient_id):
        case Admissions(admissions):
            same = (one for one in admissions if one.admission_id == stay.admission_id)
            return next((one.deposit_fen for one in same), 0)
        case Refused() | NotSent() | Unknown():
            return 0
        case other:
            assert_never(other)


def no_stay(who: Identified) -> Finished:
    """Nothing is wrong: nobody asked for a stay."""
    return told(
        who,
        said("No stay in hospital is asked for you"),
        said("The doctor asks for a stay first. If you were told so, please ask at a window."),
    )


def told(who: Identified, title: Phrase, hint: Phrase, *rows: Row) -> Finished:
    """An answer that is no error: why it cannot be done now, and what to do instead."""
    return Finished(
        title=title,
        hint=hint,
        icon="info-circle",
        tone=Tone.INFO,
        presence=who.presence,
        rows=rows,
    )


def place_rows(stay: Admission) -> tuple[Row, ...]:
    """Where, and by whom it was asked for."""
    rows = [
        Row("bed", said("Ward"), stay.ward),
        Row("stethoscope", said("Department"), stay.department),
        Row("user", said("Doctor"), stay.doctor),
    ]
    if stay.bed:
        rows.insert(1, Row("map-pin", said("Bed"), stay.bed))
    return tuple(rows)
