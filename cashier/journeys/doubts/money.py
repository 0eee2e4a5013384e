"""Where is my money: whose, then each amount with its steps and proofs, from bill to refund (S24).

By a card, a code, a slip, a case, a phone with the name, or an amount with its day. What a reader
would get wrong: proofs are whole numbers of platforms here; a patient's screen shows their end.
"""

from __future__ import annotations

from dataclasses import replace

from cashier.journeys.doubts.case_pages import owner_words
from cashier.journeys.doubts.cases import open_case
from cashier.journeys.work import AtWork, fetched
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
from core.cases import FoundPatients
from core.identity import MediumKind, Patient
from core.look_up import MoneyItem, MoneyStep, MoneyTrail
from core.page_parts import Row, Section, Tone
from core.phrase import Moment, Phrase, Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.steps import FindPatient, Leave
from core.steps.look_up import FetchMoney
from core.steps.questions import MediumShown
from core.steps.window_doubts import FindMoney

_TITLE = said("Where is the money?")
_MEDIA = frozenset(MediumKind)


async def money_of_patient(at: AtWork) -> str:
    """Of the patient who is served."""
    trail = await fetched(FetchMoney(at.served.patient_id), at, _TITLE)
    if trail is not None:
        await _look(at, trail)
    return ""


async def find_money(at: AtWork) -> str:
    """Whose it is first; again after a search that found nobody."""
    trouble = ""
    while True:
        match await find_sheet(at, trouble):
            case Pressed() as pressed:
                found = await _searched(dict(pressed.values))
            case MediumShown() as shown:
                found = await _shown(shown)
            case Leave():
                return ""
        match found:
            case FoundPatients(()):
                trouble = "not_found"
            case FoundPatients(patients):
                trouble = ""
                await _whose(at, patients)
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


async def _searched(typed: dict[str, str]) -> FoundPatients | Refused | NotSent | Unknown:
    """The first way that is filled."""
    if typed["case_id"]:
        return await FindMoney(case_id=typed["case_id"].upper())
    if typed["amount"] and typed["day"]:
        return await FindMoney(amount_fen=int(typed["amount"]), day=typed["day"])
    return await FindMoney(phone_tail=typed["phone_tail"], name=typed["name"])


async def _shown(shown: MediumShown) -> FoundPatients | Refused | NotSent | Unknown:
    if shown.medium.kind is MediumKind.SLIP:
        return await FindMoney(slip=shown.medium.value)
    found = await FindPatient(shown.medium)
    return FoundPatients((found,)) if isinstance(found, Patient) else found


async def _whose(at: AtWork, patients: tuple[Patient, ...]) -> None:
    """More than one may have the same name, or the same amount on one day."""
    while True:
        if len(patients) == 1:
            chosen = patients[0]
        else:
            match await whose_sheet(at, patients):
                case Pressed() as pressed:
                    chosen = next(one for one in patients if one.patient_id == pressed.row)
                case Leave() | MediumShown():
                    return
        await money_of_patient(replace(at, patient=chosen))
        if len(patients) == 1:
            return


async def _look(at: AtWork, trail: MoneyTrail) -> None:
    while True:
        match await trail_sheet(at, trail):
            case Pressed() as pressed:
                item = trail.items[int(pressed.row)]
            case Leave() | MediumShown():
                return
        match await item_sheet(at, item):
            case Pressed("case"):
                await open_case(at, item.case_id)
            case Pressed() | Leave() | MediumShown():
                continue


def find_sheet(at: AtWork, trouble: str = "") -> WorkSheet:
    """Anything may be shown; else one of three ways to type."""
    return WorkSheet(
        title=_TITLE,
        trouble=trouble,
        text=said(
            "Scan a slip, a card or a code. Or type the number of a case, an amount with its day, "
            "or the name with the last four digits of the phone."
        ),
        fields=(
            Field("case_id", said("Case number"), needed=False),
            Field("amount", said("Amount"), FieldKind.AMOUNT, needed=False),
            Field("day", said("Day, such as 2026-11-22"), FieldKind.DAY, needed=False),
            Field("name", said("Name"), most=40, needed=False),
            Field(
                "phone_tail",
                said("Last four digits of the phone"),
                FieldKind.DIGITS,
                most=4,
                least=4,
                needed=False,
            ),
        ),
        actions=(Action("find", said("Find")),),
        accepts=_MEDIA,
    )


def whose_sheet(at: AtWork, patients: tuple[Patient, ...]) -> WorkSheet:
    """Who of them."""
    columns = (Column(said("Patient"), 2), Column(said("ID number"), 3), Column(said("Phone"), 2))
    lines = tuple(
        Line(one.patient_id, (one.display_name, one.display_id, one.display_phone))
        for one in patients
    )
    return WorkSheet(
        title=_TITLE,
        table=Table(columns, lines),
        actions=(Action("open", said("This one"), takes=Takes.ROW),),
    )


def trail_sheet(at: AtWork, trail: MoneyTrail) -> WorkSheet:
    """What still happens first; the filter takes amounts and days."""
    columns = (
        Column(said("What"), 2),
        Column(said("Amount"), right=True),
        Column(said("When"), 2),
        Column(said("How it stands"), 3),
    )
    lines = tuple(
        Line(
            str(number),
            (item.title, Yuan(item.amount_fen), Moment(item.at), item.state_words),
            Tone.WARNING if item.open else Tone.PLAIN,
        )
        for number, item in enumerate(trail.items)
    )
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        table=Table(columns, lines, nothing=said("No money of this patient moved.")),
        actions=(Action("open", said("Each step"), takes=Takes.ROW),),
    )


def item_sheet(at: AtWork, item: MoneyItem) -> WorkSheet:
    """How it stands, what happens next, and every step with its proof."""
    tone = Tone.WARNING if item.open else Tone.SUCCESS
    state = Row("info-circle", said("How it stands"), item.state_words, item.next, tone)
    case = Action("case", said("Open its case"), key="Ctrl+E")
    return WorkSheet(
        title=item.title,
        patient=at.patient,
        big_label=said("Amount"),
        big_value=Yuan(item.amount_fen),
        sections=(
            Section("", (state, *_owner(item))),
            Section(said("What happened"), tuple(_step(one) for one in item.steps)),
        ),
        actions=(
            Action("list", said("Back to the list")),
            *((case,) if item.case_id else ()),
        ),
    )


def _owner(item: MoneyItem) -> tuple[Row, ...]:
    rows = [Row("list-search", said("Number"), item.about)]
    if item.case_id:
        rows.append(Row("file-text", said("Case number"), item.case_id, owner_words(item.owner)))
    if item.due_at:
        rows.append(Row("clock", said("Answer due"), Moment(item.due_at)))
    return tuple(rows)


def _step(step: MoneyStep) -> Row:
    words: Phrase = step.words
    if step.amount_fen:
        words = said("{what} {amount}", what=step.words, amount=Yuan(step.amount_fen))
    return Row("circle-check", words, Moment(step.at), step.proof)
