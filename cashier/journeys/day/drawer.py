"""The cash drawer in somebody's hands: opened with a counted float, looked at, ended.

What a reader would get wrong: cash that was taken is not shown before it was counted; otherwise a
count would only repeat what the page says.
"""

from __future__ import annotations

from collections.abc import Iterator

from cashier.journeys.day.closing import close_drawer, hand_over
from cashier.journeys.day.counting import Counted, count
from cashier.journeys.day.drawer_sheet import show_drawer
from cashier.journeys.day.words import kind_of_money, shift_state
from cashier.journeys.work import AtWork, No, fetched, refused
from cashier.steps.sheet import (
    Action,
    Column,
    Line,
    Pressed,
    Table,
    Takes,
    WorkSheet,
)
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Moment, Phrase, Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.shifts import Shift, Shifts
from core.steps.window_day import FetchMyShifts, FetchShift, OpenShift
from core.window_steps import Operator

HANDED_OVER = "drawer_handed_over"
_TITLE = said("Shift and drawer")


def _is_cashier(operator: Operator) -> bool:
    return "cashier" in operator.roles


async def begin_day(operator: Operator) -> str:
    """After signing in: a cashier without a drawer may open one now. A code for the desk."""
    if not _is_cashier(operator):
        return ""
    match await FetchShift():
        case Shift() as shift if shift.operator != operator.operator:
            return "drawer_of_other"
        case Shift(must_close=True):
            return "shift_over_month_end"
        case Refused("no_shift"):
            await offer_drawer(AtWork(operator))
    return ""


def no_drawer_sheet(at: AtWork, trouble: str = "") -> WorkSheet:
    """Everything but cash works without one; the answer of an earlier count may be looked at."""
    return WorkSheet(
        title=said("Open the shift"),
        chip=at.operator.name,
        trouble=trouble,
        text=said(
            "No drawer is open at this window. Count the float, and cash can be taken. Without a "
            "drawer everything else works."
        ),
        actions=(
            Action("count", said("Count the float")),
            Action("later", said("Without cash for now"), key="Ctrl+N"),
            Action("earlier", said("Earlier drawers"), key="Ctrl+B"),
        ),
    )


async def offer_drawer(at: AtWork) -> None:
    """Open one, or go on without."""
    trouble = ""
    while True:
        match await no_drawer_sheet(at, trouble):
            case Pressed("count"):
                pass
            case Pressed("earlier"):
                await earlier(at)
                continue
            case _:
                return
        counted = await count(said("Count the float"), said("Notes and coins in the drawer now."))
        if counted is None:
            trouble = ""
            continue
        match await _open(at, counted):
            case Shift() as shift:
                await _opened(shift, counted)
                return
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


async def _open(at: AtWork, counted: Counted) -> Shift | No:
    """After an answer that was lost: is it open now, and ours?"""
    told = await OpenShift(counted.total_fen)
    if isinstance(told, Shift):
        return told
    match await FetchShift():
        case Shift() as shift if shift.operator == at.operator.operator:
            return shift
        case Shift():
            return Refused("drawer_of_other")
    return told


async def _opened(shift: Shift, counted: Counted) -> None:
    """The float as it stands in the books."""
    strip = Strip(Tone.SUCCESS, "circle-check", said("The drawer is open: cash can be taken"))
    facts = (
        Row("cash-banknote", said("Float"), Yuan(shift.float_fen)),
        Row("user", said("Operator"), shift.operator),
        Row("clock", said("Opened"), Moment(shift.opened_at)),
    )
    await WorkSheet(
        title=said("The shift is open"),
        strip=strip,
        sections=(Section("", facts), Section(said("Pieces"), counted.rows)),
        actions=(Action("done", said("Done")),),
    )


# --- the work


async def drawer(at: AtWork) -> str:
    """The drawer of this window as it stands; how it ends."""
    while True:
        match await FetchShift():
            case Shift() as shift:
                pass
            case Refused("no_shift"):
                await offer_drawer(at)
                return ""
            case no:
                await refused(at, _TITLE, no)
                return ""
        match await shift_sheet(at, shift):
            case Pressed("close"):
                closed = await close_drawer(at, shift)
                if closed is not None:
                    return ""
            case Pressed("hand_over"):
                if await hand_over(at, shift):
                    return HANDED_OVER
            case Pressed("earlier"):
                await earlier(at)
            case _:
                return ""


def shift_sheet(at: AtWork, shift: Shift) -> WorkSheet:
    """What may be known before the count."""
    mine = shift.operator == at.operator.operator
    off = "" if mine else said("This drawer is in the hands of No. {number}", number=shift.operator)
    strip = None
    if shift.must_close:
        words = said("A new month began: count and close this drawer before more cash is taken")
        strip = Strip(Tone.WARNING, "alert-triangle", words)
    facts = (
        Row("user", said("Operator"), shift.operator),
        Row("clock", said("Opened"), Moment(shift.opened_at)),
        Row("cash-banknote", said("Float"), Yuan(shift.float_fen)),
    )
    sections = [
        Section(said("Drawer"), facts),
        Section(said("Takings"), tuple(_takings(shift))),
        Section(said("Open cases"), tuple(_doubts(shift))),
    ]
    return WorkSheet(
        title=_TITLE,
        chip=shift_state(shift.state),
        chip_tone=Tone.WARNING if shift.must_close else Tone.SUCCESS,
        strip=strip,
        sections=tuple(one for one in sections if one.rows),
        actions=(
            Action("close", said("Count and close"), off=off),
            Action("hand_over", said("Hand over to the next person"), key="Ctrl+N", off=off),
            Action("earlier", said("Earlier drawers"), key="Ctrl+B"),
        ),
    )


def _takings(shift: Shift) -> Iterator[Row]:
    for each in shift.takings:
        times: Phrase = said("{count} times", count=each.count)
        if each.kind == "CASH":
            yield Row("cash", kind_of_money(each.kind), said("shown after the count"), times)
        else:
            amount = Yuan(each.taken_fen - each.given_fen)
            yield Row("coins", kind_of_money(each.kind), amount, times)


def _doubts(shift: Shift) -> Iterator[Row]:
    for each in shift.open_doubts:
        until = said("{owner}, until {time}", owner=each.owner, time=Moment(each.due_at))
        yield Row("alert-triangle", each.case_id, Yuan(each.amount_fen), until, Tone.WARNING)


# --- one's earlier drawers


def earlier_sheet(shifts: tuple[Shift, ...]) -> WorkSheet:
    """The newest first; an open one is looked at in its own work."""
    columns = (
        Column(said("Opened"), 2),
        Column(said("Closed"), 2),
        Column(said("Window")),
        Column(said("State")),
        Column(said("Counted"), 2, right=True),
        Column(said("Difference"), 2, right=True),
    )
    lines = tuple(
        Line(
            shift.shift_id,
            (
                Moment(shift.opened_at),
                Moment(shift.closed_at),
                shift.terminal_id,
                shift_state(shift.state),
                Yuan(shift.counted_fen),
                Yuan(shift.over_fen - shift.short_fen),
            ),
            Tone.WARNING if shift.over_fen or shift.short_fen else Tone.PLAIN,
            said("Still open") if shift.is_open else "",
        )
        for shift in shifts
    )
    return WorkSheet(
        title=said("Earlier drawers"),
        table=Table(columns, lines, nothing=said("No drawer yet")),
        actions=(Action("show", said("Show the sheet"), takes=Takes.ROW),),
    )


async def earlier(at: AtWork) -> None:
    """A sheet again, as after a power cut between the count and its paper."""
    found = await fetched(FetchMyShifts(), at, said("Earlier drawers"))
    while isinstance(found, Shifts):
        match await earlier_sheet(found.shifts):
            case Pressed() as pressed:
                chosen = next(one for one in found.shifts if one.shift_id == pressed.row)
                await show_drawer(at, chosen)
            case _:
                return
