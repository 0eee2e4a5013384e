"""What a finance officer reads of some days: one set of rows, drawn as charts or written as CSV.

Looks at the gathered figures and at the lines of reconciliation. What a reader would get wrong: the
PDF and the CSV are made of the very same rows, so their numbers cannot differ; columns and their
order are a contract, so new facts become new rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settlement_backend.documents.charts import Bar, Bars
from settlement_backend.documents.pages import Grid, Heading, Line, Part, Title, pdf_of
from settlement_backend.reconciliation.compare import VERDICTS
from settlement_backend.reconciliation.report import yuan
from settlement_backend.reconciliation.tables import ReconciliationLine
from settlement_backend.statistics.figures import Figure, Measure, of, share, shares
from settlement_backend.statistics.gathering import figures_between, gathered_at
from settlement_backend.statistics.report_words import NAMES, WORDS, Language

HEADER = ("section", "name", "count", "amount", "share")
_MARK = "\ufeff"  # spreadsheets read UTF-8 by it
_HOURS = tuple(f"{hour:02d}" for hour in range(24))
_NEVER_FIRST = ("=", "+", "@", "\t")  # what a spreadsheet would take for a formula
_WIDTHS_MM, _NUMBERS = (70, 30, 44, 30), frozenset({1, 2, 3})
_AGREES = "MATCHED"


class Section(StrEnum):
    """What a row is about, in the order of the pages."""

    TENDER = "TENDER"
    HOUR = "HOUR"
    PLACE = "PLACE"
    SHARE = "SHARE"
    DIFFERENCE = "DIFFERENCE"


_TOLD_BY_BARS = (Section.HOUR, Section.SHARE)


@dataclass(frozen=True, slots=True)
class Row:
    """`share`: hundredths of a percent of its section's amount, of payments for a SHARE."""

    section: Section
    name: str
    count: int
    amount_fen: int
    share: int


@dataclass(frozen=True, slots=True)
class FinanceReport:
    """Of some days, both included."""

    since: str
    until: str
    gathered_at: str
    rows: tuple[Row, ...]

    def of(self, section: Section) -> tuple[Row, ...]:
        """Those of one section."""
        return tuple(row for row in self.rows if row.section is section)


def finance_report(session: Session, since: str, until: str) -> FinanceReport:
    """As it was gathered."""
    found = figures_between(session, since, until)
    rows = (*_of_figures(found), *_differences(session, since, until))
    return FinanceReport(since, until, gathered_at(session, since, until), rows)


def _of_figures(found: tuple[Figure, ...]) -> Iterator[Row]:
    tenders = of(found, Measure.TENDER)
    yield from _added(Section.TENDER, ((each.name.partition(":")[0], each) for each in tenders))
    loads = {each.name: each.count for each in of(found, Measure.HOUR)}
    whole = sum(loads.values())
    for hour in _HOURS:
        count = loads.get(hour, 0)
        yield Row(Section.HOUR, hour, count, 0, share(count, whole))
    yield from _added(Section.PLACE, ((each.channel, each) for each in tenders))
    told = shares(found)
    for name, part in (("MOBILE", told.mobile), ("BOUND", told.bound), ("SCAN", told.scan)):
        yield Row(Section.SHARE, name, 0, 0, part)


def _added(section: Section, named: Iterable[tuple[str, Figure]]) -> Iterator[Row]:
    """Largest amount first."""
    sums: dict[str, tuple[int, int]] = {}
    for name, figure in named:
        count, amount_fen = sums.get(name, (0, 0))
        sums[name] = (count + figure.count, amount_fen + figure.amount_fen)
    whole_fen = sum(amount_fen for _, amount_fen in sums.values())
    ordered = sorted(sums.items(), key=lambda each: (-each[1][1], each[0]))
    for name, (count, amount_fen) in ordered:
        yield Row(section, name, count, amount_fen, share(amount_fen, whole_fen))


def _differences(session: Session, since: str, until: str) -> Iterator[Row]:
    """Every class, unknown first; the amount is how far both sides are apart."""
    line = ReconciliationLine
    apart = func.coalesce(func.sum(func.abs(line.our_fen - line.their_fen)), 0)
    wanted = select(line.verdict, func.count(), apart)
    rows = session.execute(
        wanted.where(line.day >= since, line.day <= until).group_by(line.verdict)
    )
    found = {verdict: (count, int(apart_fen)) for verdict, count, apart_fen in rows}
    whole = sum(count for count, _ in found.values())
    for verdict in VERDICTS:
        count, apart_fen = found.get(verdict, (0, 0))
        yield Row(Section.DIFFERENCE, verdict, count, apart_fen, share(count, whole))


# --- as a table


def report_csv(report: FinanceReport) -> bytes:
    """Yuan with two decimals, shares in percent; the days stand in the first row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerow(("DAYS", f"{report.since}/{report.until}", "", "", ""))
    for row in report.rows:
        name = f"'{row.name}" if row.name.startswith(_NEVER_FIRST) else row.name
        writer.writerow((row.section.value, name, row.count, yuan(row.amount_fen), _part(row)))
    return (_MARK + text.getvalue()).encode()


def _part(row: Row) -> str:
    return f"{row.share // 100}.{row.share % 100:02d}"


# --- as pages


def report_pdf(report: FinanceReport, language: Language) -> bytes:
    """Each section: a chart, and under it the numbers of the table."""
    words = WORDS[language]
    title = words["title"].format(since=report.since, until=report.until)
    return pdf_of(title, tuple(parts_of(report, language)), title)


def parts_of(report: FinanceReport, language: Language) -> Iterator[Part]:
    """What the pages are made of."""
    words = WORDS[language]
    yield Title(words["title"].format(since=report.since, until=report.until))
    gathered = report.gathered_at[:16].replace("T", " ") or "—"
    yield Line(words["gathered"].format(time=gathered))
    for section in Section:
        rows = report.of(section)
        if not rows:
            yield Heading(words[section.value])
            yield Line(words["nothing"])
            continue
        yield _chart(section, rows, language)
        if section not in _TOLD_BY_BARS:
            yield _grid(rows, language)


def _chart(section: Section, rows: tuple[Row, ...], language: Language) -> Bars:
    heading = WORDS[language][section.value]
    match section:
        case Section.HOUR:
            bars = tuple(Bar(row.name, row.count, str(row.count)) for row in rows)
            return Bars(heading, bars, standing=True)
        case Section.SHARE:
            bars = tuple(_bar(row, row.share, f"{_part(row)} %", language) for row in rows)
        case Section.DIFFERENCE:
            apart = (row for row in rows if row.name != _AGREES)
            bars = tuple(_bar(row, row.count, str(row.count), language) for row in apart)
        case Section.TENDER | Section.PLACE:
            bars = tuple(_bar(row, row.amount_fen, _amount(row), language) for row in rows)
        case _:
            assert_never(section)
    return Bars(heading, bars)


def _amount(row: Row) -> str:
    return f"{yuan(row.amount_fen)}  ({_part(row)} %)"


def _bar(row: Row, value: int, told: str, language: Language) -> Bar:
    return Bar(_named(row, language), value, told)


def _named(row: Row, language: Language) -> str:
    return NAMES[language].get(row.name, row.name)


def _grid(rows: tuple[Row, ...], language: Language) -> Grid:
    words = WORDS[language]
    head = (words["name"], words["count"], words["amount"], words["share"])
    cells = tuple(
        (_named(row, language), str(row.count), yuan(row.amount_fen), f"{_part(row)} %")
        for row in rows
    )
    return Grid(head, cells, _WIDTHS_MM, _NUMBERS)
