"""Who is served next: by any medium, a slip, a mobile number, or name and ID number (N19).

What a reader would get wrong: a number that several people share proves nobody, so its list is
masked and the cashier asks; every other medium names one person, whichever it is (A.c2).
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from cashier.journeys.work import AtWork, fetched
from cashier.steps import Sought, SoughtByPhone, sought
from cashier.steps.sheet import (
    Action,
    Column,
    Field,
    FieldKind,
    Line,
    Pressed,
    Table,
    Takes,
    WorkSheet,
)
from core.identity import Medium, MediumKind, Patient
from core.phrase import Phrase, said
from core.ports import NotSent, Refused, Unknown
from core.steps import FindPatient, Leave, NotUnderstood
from core.steps.questions import MediumShown
from core.steps.window_people import FindByName, FindByPhone
from core.window_people import PatientsFound
from core.window_steps import FetchPatient, Operator, ResolveSlip, SlipMeaning

ANY_MEDIUM = frozenset(MediumKind) - {MediumKind.SLIP, MediumKind.FACE}

FoundPatient = Patient | Refused | NotSent | Unknown


async def find(at: AtWork, wish: Sought | SoughtByPhone) -> AtWork | str:
    """Somebody to serve, or a code of core/wording; "" when the operator thought better of it."""
    match wish:
        case SoughtByPhone(phone):
            chosen = await _by_phone(at, phone)
            return chosen if isinstance(chosen, str) else AtWork(at.operator, chosen)
        case Sought(Medium(MediumKind.SLIP, text)):
            return of_entry(at.operator, await _by_slip(text))
        case Sought(medium):
            found = of_entry(at.operator, await FindPatient(medium))
            if isinstance(found, AtWork) and medium.kind is MediumKind.EC_CODE:
                return AtWork(at.operator, found.patient, medium.value)
            return found
        case other:
            assert_never(other)


def of_entry(operator: Operator, found: FoundPatient) -> AtWork | str:
    """To be served, or why not."""
    match found:
        case Patient() as patient:
            return AtWork(operator, patient)
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return reason
        case other:
            assert_never(other)


async def _by_slip(text: str) -> FoundPatient:
    match await ResolveSlip(text):
        case SlipMeaning(patient=Patient() as patient):
            return patient
        case SlipMeaning():
            return Refused("not_found")
        case Refused() | NotSent() | Unknown() as no:
            return no
        case other:
            assert_never(other)


async def _by_phone(at: AtWork, phone: str) -> Patient | str:
    match await FindByPhone(phone):
        case PatientsFound(()):
            return "not_found"
        case PatientsFound(patients):
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return reason
        case other:
            assert_never(other)
    match await matches_sheet(patients):
        case Pressed() as pressed:
            return await _whole(pressed.row)
        case MediumShown() | Leave():
            return ""
        case answer:
            assert_never(answer)


async def _whole(patient_id: str) -> Patient | str:
    """As a window sees the one who was chosen."""
    match await FetchPatient(patient_id):
        case Patient() as patient:
            return patient
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return reason
        case other:
            assert_never(other)


def matches_sheet(patients: tuple[Patient, ...]) -> WorkSheet:
    """Which of them stands here; one alone is asked for too, because a number proves nobody."""
    lines = tuple(
        Line(
            one.patient_id,
            (one.display_name, str(one.age), one.display_id, one.display_phone),
        )
        for one in patients
    )
    columns = (
        Column(said("Name"), 2),
        Column(said("Age"), 1, right=True),
        Column(said("ID number"), 3),
        Column(said("Phone"), 2),
    )
    return WorkSheet(
        title=said("Who is it?"),
        text=said("Ask for the name and the end of the ID number before you choose."),
        table=Table(columns, lines),
        actions=(Action("serve", said("Serve this patient"), takes=Takes.ROW),),
    )


async def find_by_name(at: AtWork) -> str | Patient:
    """Neither card nor phone: name and number, both exactly right (N19)."""
    trouble = ""
    while True:
        match await name_sheet(trouble):
            case Pressed() as pressed:
                told = await FindByName(pressed.value("name"), pressed.value("id_number"))
            case MediumShown(medium):
                told = await FindPatient(medium)
            case Leave():
                return ""
            case other:
                assert_never(other)
        if isinstance(told, Patient):
            return told
        trouble = told.reason


def name_sheet(trouble: str = "") -> WorkSheet:
    """Both must be right; a card that is laid down meanwhile does it, too."""
    return WorkSheet(
        title=said("Find by name and ID number"),
        text=said("Name and number must both be right. Nothing is told when one of them is not."),
        trouble=trouble,
        fields=(
            Field("name", said("Name")),
            Field("id_number", said("ID number"), FieldKind.ID_NUMBER),
        ),
        actions=(Action("find", said("Find")),),
        accepts=ANY_MEDIUM,
    )


async def ask_for_medium(
    at: AtWork,
    title: Phrase,
    text: Phrase,
    accepts: frozenset[MediumKind] = ANY_MEDIUM,
    known: frozenset[Medium] = frozenset(),
    trouble: str = "",
) -> Medium | None:
    """A medium that is scanned, laid down, inserted or typed; None: left. `known`: lies there."""
    while True:
        sheet = medium_sheet(at, title, text, accepts, trouble)
        match await replace(sheet, known=known):
            case MediumShown(medium):
                return medium
            case Pressed() as pressed:
                match sought(pressed.value("number")):
                    case Sought(medium) if medium.kind in accepts:
                        return medium
                    case NotUnderstood(reason):
                        trouble = reason
                    case _:
                        trouble = "wrong_medium"
            case Leave():
                return None
            case other:
                assert_never(other)


def medium_sheet(
    at: AtWork, title: Phrase, text: Phrase, accepts: frozenset[MediumKind], trouble: str = ""
) -> WorkSheet:
    """Scan, lay down, insert; or type what stands on it."""
    return WorkSheet(
        title=title,
        patient=at.patient,
        text=text,
        trouble=trouble,
        fields=(Field("number", said("Or type the number")),),
        actions=(Action("go", said("Go on")),),
        accepts=accepts,
    )


async def ask_for_person(
    at: AtWork, title: Phrase, text: Phrase, known: frozenset[Medium] = frozenset()
) -> Patient | None:
    """Another person than the one who is served, whose card may lie there; None: left, or nobody
    was found."""
    trouble = ""
    while True:
        medium = await ask_for_medium(at, title, text, ANY_MEDIUM, known, trouble)
        if medium is None:
            return None
        found = await fetched(FindPatient(medium), at, title)
        if found is None or found.patient_id != at.served.patient_id:
            return found
        known, trouble = known | {medium}, "same_person"
