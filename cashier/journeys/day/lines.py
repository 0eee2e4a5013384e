"""Lines of a day that were compared: unknown first, each with both sides, worked off one by one.

What a reader would get wrong: correcting a line is one posting with a reason in our own ledger;
what the other side says is never changed.
"""

from __future__ import annotations

from cashier.journeys.day.words import case_state, channel_of, movement, verdict
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
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Phrase, Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.reconciliation import ReconciliationLine, ReconciliationLines
from core.steps.window_books import CorrectLine, FetchLines

_TITLE = said("Lines with their evidence")
_WRITERS = frozenset({"finance", "supervisor"})


def lines_sheet(day: str, lines: tuple[ReconciliationLine, ...]) -> WorkSheet:
    """In the order of the backend: unknown first, what agrees last."""
    columns = (
        Column(said("Found"), 2),
        Column(said("Bank and channel"), 2),
        Column(said("What"), 2),
        Column(said("Number"), 4),
        Column(said("Our books"), 2, right=True),
        Column(said("Their file"), 2, right=True),
        Column(said("Case"), 2),
    )
    rows = tuple(
        Line(
            each.line_id,
            (
                verdict(each.verdict),
                channel_of(each.bank, each.channel),
                movement(each.kind),
                each.number,
                Yuan(each.our_fen),
                Yuan(each.their_fen),
                each.case_id,
            ),
            Tone.PLAIN if each.verdict == "MATCHED" else Tone.WARNING,
        )
        for each in lines
    )
    return WorkSheet(
        title=_TITLE,
        chip=Day(day),
        table=Table(columns, rows, nothing=said("Nothing was compared on this day")),
        actions=(Action("show", said("Show the line"), takes=Takes.ROW),),
    )


def line_sheet(
    at: AtWork, line: ReconciliationLine, *, with_second: bool = False, trouble: str = ""
) -> WorkSheet:
    """Both sides; where they differ, why our books are corrected."""
    second = (
        Field("second_operator", said("Second person, number"), FieldKind.DIGITS),
        Field("second_password", said("Second person, password"), FieldKind.HIDDEN, most=200),
    )
    off = _why_not(at, line)
    apart_fen = line.their_fen - line.our_fen
    why = Field("reason", said("Why our books are corrected"), most=200)
    return WorkSheet(
        title=_TITLE,
        chip=verdict(line.verdict),
        chip_tone=Tone.SUCCESS if line.verdict == "MATCHED" else Tone.WARNING,
        trouble=trouble,
        strip=_corrected(line),
        big_label=said("Apart"),
        big_value=Yuan(apart_fen),
        sections=(Section(said("Evidence"), _evidence(line)),),
        fields=() if off else (why, *(second if with_second else ())),
        actions=(
            Action(
                "correct",
                said("Correct our books"),
                twice=True,
                amount_fen=abs(apart_fen),
                off=off,
            ),
            Action("done", said("Done"), key="Ctrl+N", fills=False),
        ),
    )


def _why_not(at: AtWork, line: ReconciliationLine) -> Phrase:
    if _WRITERS.isdisjoint(at.operator.roles):
        return said("Not among your roles")
    if line.correction or line.verdict in ("MATCHED", "NOT_READY"):
        return said("Nothing is to be corrected on this line")
    return ""


def _corrected(line: ReconciliationLine) -> Strip | None:
    if not line.correction:
        return None
    words = said("Our books were corrected by the entry {number}", number=line.correction)
    return Strip(Tone.SUCCESS, "circle-check", words)


def _evidence(line: ReconciliationLine) -> tuple[Row, ...]:
    told = (
        ("building-bank", said("Bank and channel"), channel_of(line.bank, line.channel)),
        ("arrows-exchange", said("What"), movement(line.kind)),
        ("ticket", said("Number"), line.number),
        ("file-text", said("Reference of the other side"), line.reference),
        ("receipt", said("Our books"), Yuan(line.our_fen)),
        ("calendar", said("Day in our books"), Day(line.our_day) if line.our_day else ""),
        ("file-invoice", said("Their file"), Yuan(line.their_fen)),
        ("calendar", said("Day in their file"), Day(line.their_day) if line.their_day else ""),
        ("search", said("Number of the operation"), line.about),
        ("building-hospital", said("Campus"), line.campus),
        ("alert-triangle", said("Case"), _case(line)),
    )
    return tuple(Row(icon, label, value) for icon, label, value in told if value)


def _case(line: ReconciliationLine) -> Phrase:
    if not line.case_id:
        return ""
    return said("{number}, {state}", number=line.case_id, state=case_state(line.case_state))


async def work_off(at: AtWork, day: str) -> None:
    """One line after another, looked at anew after each."""
    while True:
        found = await fetched(FetchLines(day), at, _TITLE)
        if not isinstance(found, ReconciliationLines):
            return
        match await lines_sheet(day, found.lines):
            case Pressed() as pressed:
                chosen = next(one for one in found.lines if one.line_id == pressed.row)
                await _one_line(at, chosen)
            case _:
                return


async def _one_line(at: AtWork, line: ReconciliationLine) -> None:
    trouble, with_second = "", False
    while True:
        match await line_sheet(at, line, with_second=with_second, trouble=trouble):
            case Pressed("correct") as pressed:
                said_there = dict(pressed.values)
            case _:
                return
        match await CorrectLine(
            line.line_id,
            said_there["reason"],
            said_there.get("second_operator", ""),
            said_there.get("second_password", ""),
        ):
            case ReconciliationLine() as line:
                trouble, with_second = "", False
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason
                with_second = with_second or reason == "second_person_needed"
