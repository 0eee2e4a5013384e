"""The daily list of a stay as it stands this moment, on the page and on paper (S40, L04)."""

from __future__ import annotations

from cashier.journeys.day.saving import printed_strip
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Action, Column, Line, Pressed, Table, Takes, WorkSheet
from core.inpatient import Admission, DailyList, StayList
from core.journeys.print_daily_list import print_daily_list
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Moment, Yuan, said
from core.stay_papers import CLASSES
from core.steps.inpatient import FetchDailyList, FetchStayList

_TITLE = said("Daily lists")


async def daily_lists(at: AtWork, stay: Admission) -> None:
    """One day after the other, until it is left."""
    charged = await fetched(FetchStayList(stay.admission_id), at, _TITLE)
    if charged is None:
        return
    if not charged.days:
        await told(at, said("Nothing was charged yet"), tone=Tone.INFO)
        return
    while True:
        answer = await days_sheet(at, charged)
        if not isinstance(answer, Pressed):
            return
        listed = await fetched(FetchDailyList(stay.admission_id, answer.row), at, _TITLE)
        if listed is not None:
            await _show(at, listed)


async def _show(at: AtWork, listed: DailyList) -> None:
    strip: Strip | None = None
    while isinstance(await list_sheet(at, listed, strip), Pressed):
        strip = printed_strip(await print_daily_list(listed))


def days_sheet(at: AtWork, charged: StayList) -> WorkSheet:
    """Newest first."""
    columns = (
        Column(said("Day"), 2),
        Column(said("Items"), right=True),
        Column(said("Amount"), 2, right=True),
    )
    lines = tuple(
        Line(day.day, (Day(day.day), str(day.items), Yuan(day.day_fen))) for day in charged.days
    )
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        chip=said("As it stands now: {time}", time=Moment(charged.time)),
        big_label=said("Charged in all"),
        big_value=Yuan(sum(day.day_fen for day in charged.days)),
        table=Table(columns, lines),
        actions=(Action("open", said("Open it"), takes=Takes.ROW),),
    )


def list_sheet(at: AtWork, listed: DailyList, strip: Strip | None = None) -> WorkSheet:
    """Each item with its insurance class, then the sums."""
    columns = (
        Column(said("Item"), 4),
        Column(said("Insurance class"), 2),
        Column(said("Quantity"), right=True),
        Column(said("Unit")),
        Column(said("Amount"), 2, right=True),
    )
    lines = tuple(
        Line(
            one.line_id,
            (
                one.name,
                CLASSES[one.insurance_class],
                one.quantity,
                one.unit,
                Yuan(one.amount_fen),
            ),
        )
        for one in listed.lines
    )
    sums = (
        Row("receipt-yen", said("Charged in all"), Yuan(listed.charged_fen)),
        Row("wallet", said("Deposit left"), Yuan(listed.deposit_fen)),
    )
    return WorkSheet(
        title=said("Charges of {day}", day=Day(listed.day)),
        patient=at.patient,
        chip=said("As it stands now: {time}", time=Moment(listed.time)),
        strip=strip,
        big_label=said("This day"),
        big_value=Yuan(listed.day_fen),
        sections=(Section(said("The whole stay so far"), sums),),
        table=Table(columns, lines),
        actions=(Action("print", said("Print this list")),),
    )
