"""Statistics of some days, and the report that a finance officer reads (W36, W37, H37).

What a reader would get wrong: the report and its table are made by the backend from one set of
numbers; nothing is summed here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from cashier.journeys.day.saving import printed_strip, save
from cashier.journeys.day.words import days, figure_name, place_kind
from cashier.journeys.work import AtWork, refused
from cashier.steps.sheet import (
    Action,
    Column,
    Field,
    FieldKind,
    FieldOption,
    Line,
    Pressed,
    Table,
    WorkSheet,
)
from core.figures import Figure, Statistics, percent
from core.flow import Act
from core.journeys.print_pages import print_pages
from core.page_parts import Row, Section, Strip
from core.papers import Pdf
from core.phrase import Moment, Phrase, Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.steps.files import Csv
from core.steps.window_books import FetchFinanceReport, FetchFinanceTable, FetchStatistics

_TITLE = said("Statistics and reports")
Told = TypeVar("Told")


def days_sheet(title: Phrase, trouble: str = "") -> WorkSheet:
    """Both included."""
    return WorkSheet(
        title=title,
        trouble=trouble,
        fields=(
            Field("since", said("From, such as 2026-11-01"), FieldKind.DAY),
            Field("until", said("To, such as 2026-11-30"), FieldKind.DAY),
        ),
        actions=(Action("show", said("Show the figures")),),
    )


async def over_days(
    title: Phrase,
    ask: Callable[[str, str], Act[Told | Refused | NotSent | Unknown]],
    show: Callable[[Told], Awaitable[None]],
) -> str:
    """Some days after others, each time what the backend tells of them, until the page is left."""
    trouble = ""
    while True:
        match await days_sheet(title, trouble):
            case Pressed() as pressed:
                told = await ask(pressed.value("since"), pressed.value("until"))
            case _:
                return ""
        if isinstance(told, Refused | NotSent | Unknown):
            trouble = told.reason
        else:
            trouble = ""
            await show(told)


def figures_sheet(told: Statistics, strip: Strip | None = None) -> WorkSheet:
    """Everything that was used, by whom; shares first."""
    columns = (
        Column(said("Group"), 2),
        Column(said("What"), 4),
        Column(said("Kind of place"), 3),
        Column(said("Count"), 2, right=True),
        Column(said("Amount"), 3, right=True),
    )
    groups: tuple[tuple[Phrase, tuple[Figure, ...]], ...] = (
        (said("Tender"), told.tenders),
        (said("Function"), told.functions),
        (said("Medium"), told.media),
        (said("Department"), told.departments),
        (said("Hour"), told.hours),
        (said("Signing"), told.signings),
        (said("Message sent"), told.notices),
    )
    lines = tuple(
        Line(f"{at}.{place}", _cells(group, figure))
        for at, (group, figures) in enumerate(groups)
        for place, figure in enumerate(figures)
    )
    shares = told.shares
    facts = (
        Row("device-mobile", said("Paid by phone, of all payments"), percent(shares.mobile)),
        Row("wallet", said("Bound accounts, of those by phone"), percent(shares.bound)),
        Row("qrcode", said("Scanned codes, of those by phone"), percent(shares.scan)),
        Row("clock", said("Busiest hour"), told.busiest_hour or "—"),
        Row("refresh", said("Gathered"), Moment(told.gathered_at)),
        *(
            Row("hourglass", place_kind(each.channel), said("{count} s", count=each.average_s))
            for each in told.service_times
        ),
    )
    return WorkSheet(
        title=_TITLE,
        text=days(told.since, told.until),
        strip=strip,
        table=Table(columns, lines, nothing=said("Nothing was gathered for these days")),
        sections=(Section(said("Shares"), facts),),
        fields=(
            Field(
                "language",
                said("Language of the report"),
                FieldKind.CHOICE,
                value="zh",
                options=(FieldOption("zh", "中文"), FieldOption("en", "English")),
            ),
        ),
        actions=(
            Action("pdf", said("Save the report as PDF")),
            Action("print", said("Print the report on A4"), key="Ctrl+G"),
            Action("csv", said("Save its numbers as CSV"), key="Ctrl+T"),
        ),
    )


def _cells(group: Phrase, figure: Figure) -> tuple[Phrase, ...]:
    return (
        group,
        figure_name(figure.name),
        place_kind(figure.channel) if figure.channel else "",
        str(figure.count),
        Yuan(figure.amount_fen) if figure.amount_fen else "",
    )


async def statistics(at: AtWork) -> str:
    """Some days after others."""
    return await over_days(_TITLE, FetchStatistics, partial(_figures, at))


async def _figures(at: AtWork, told: Statistics) -> None:
    strip: Strip | None = None
    while True:
        match await figures_sheet(told, strip):
            case Pressed("csv"):
                strip = await _table(at, told)
            case Pressed(word) as pressed:
                language = pressed.value("language")
                strip = await _report(at, told, language, printed=word == "print")
            case _:
                return


async def _table(at: AtWork, told: Statistics) -> Strip | None:
    match await FetchFinanceTable(told.since, told.until):
        case Csv() as rows:
            return await save(f"report-{told.since}-{told.until}", rows)
        case no:
            await refused(at, _TITLE, no)
            return None


async def _report(at: AtWork, told: Statistics, language: str, *, printed: bool) -> Strip | None:
    match await FetchFinanceReport(told.since, told.until, language):
        case Pdf() as pages:
            name = f"report-{told.since}-{told.until}"
            if not printed:
                return await save(name, pages)
            return printed_strip(await print_pages(name, pages))
        case no:
            await refused(at, _TITLE, no)
            return None
