"""Cash boxes of machines: what was counted beside what the journal and the ledger say.

What a reader would get wrong: a difference is explained by the technician who counted, and is kept
as it is; nothing is corrected here.
"""

from __future__ import annotations

from cashier.journeys.day.counting import denomination
from cashier.journeys.day.saving import save
from cashier.journeys.work import AtWork, fetched
from cashier.steps.sheet import (
    Action,
    Column,
    Field,
    Line,
    Pressed,
    Table,
    Takes,
    WorkSheet,
)
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Moment, Yuan, said
from core.shifts import CashBox, CashBoxes
from core.steps.files import WrittenRows
from core.steps.window_day import FetchCashBoxes

_TITLE = said("Cash boxes of machines")


def machine_sheet() -> WorkSheet:
    """Which machine."""
    return WorkSheet(
        title=_TITLE,
        fields=(Field("terminal", said("Number of the machine, such as K01"), most=20),),
        actions=(Action("show", said("Show its boxes")),),
    )


def boxes_sheet(terminal_id: str, boxes: tuple[CashBox, ...], strip: Strip | None) -> WorkSheet:
    """Newest first; those that differ stand out."""
    columns = (
        Column(said("Emptied"), 2),
        Column(said("Box")),
        Column(said("Technician")),
        Column(said("Counted"), 2, right=True),
        Column(said("Journal"), 2, right=True),
        Column(said("Ledger"), 2, right=True),
        Column(said("Explanation"), 3),
    )
    lines = tuple(
        Line(
            box.box_id,
            (
                Moment(box.at),
                box.box_number,
                box.technician,
                Yuan(box.counted_fen),
                Yuan(box.journal_fen),
                Yuan(box.booked_fen),
                box.explanation,
            ),
            Tone.PLAIN if box.agrees else Tone.WARNING,
        )
        for box in boxes
    )
    return WorkSheet(
        title=_TITLE,
        chip=terminal_id,
        strip=strip,
        table=Table(columns, lines, nothing=said("No box of this machine was emptied yet")),
        actions=(
            Action("show", said("Show note by note"), takes=Takes.ROW),
            Action("csv", said("Save as CSV"), key="Ctrl+T", off="" if lines else said("Nothing")),
        ),
    )


def box_sheet(box: CashBox) -> WorkSheet:
    """Each denomination: counted, in the journal, apart."""
    columns = (
        Column(said("Banknote"), 2),
        Column(said("Counted"), right=True),
        Column(said("Journal"), right=True),
        Column(said("Apart"), right=True),
    )
    lines = tuple(
        Line(
            str(each.denomination_fen),
            (
                denomination(each.denomination_fen),
                str(each.counted),
                str(each.in_journal),
                f"{each.counted - each.in_journal:+d}" if each.counted != each.in_journal else "",
            ),
            Tone.PLAIN if each.counted == each.in_journal else Tone.WARNING,
        )
        for each in box.notes
    )
    facts = (
        Row("cash-banknote", said("Counted"), Yuan(box.counted_fen)),
        Row("file-text", said("Journal"), Yuan(box.journal_fen)),
        Row("building-bank", said("Ledger"), Yuan(box.booked_fen)),
        Row("message-2", said("Explanation"), box.explanation),
    )
    return WorkSheet(
        title=_TITLE,
        chip=box.box_number,
        table=Table(columns, lines, nothing=said("The box was empty")),
        sections=(Section("", facts),),
        actions=(Action("done", said("Done")),),
    )


def rows_of(boxes: tuple[CashBox, ...]) -> WrittenRows:
    """One denomination of one box a row."""
    head = (
        *(said("Machine"), said("Box"), said("Emptied"), said("Technician"), said("Banknote")),
        *(said("Counted"), said("Journal"), said("Explanation")),
    )
    rows = (
        (
            *(box.terminal_id, box.box_number, Moment(box.at), box.technician),
            *(Yuan(each.denomination_fen), str(each.counted), str(each.in_journal)),
            box.explanation,
        )
        for box in boxes
        for each in box.notes
    )
    return WrittenRows((head, *rows))


async def cash_boxes(at: AtWork) -> str:
    """One machine after another."""
    while True:
        match await machine_sheet():
            case Pressed() as pressed:
                terminal_id = pressed.value("terminal").upper()
            case _:
                return ""
        found = await fetched(FetchCashBoxes(terminal_id), at, _TITLE)
        if isinstance(found, CashBoxes):
            await _boxes(terminal_id, found.boxes)


async def _boxes(terminal_id: str, boxes: tuple[CashBox, ...]) -> None:
    strip: Strip | None = None
    while True:
        match await boxes_sheet(terminal_id, boxes, strip):
            case Pressed("csv"):
                strip = await save(f"boxes-{terminal_id}", rows_of(boxes))
            case Pressed() as pressed:
                await box_sheet(next(box for box in boxes if box.box_id == pressed.row))
            case _:
                return
