"""Prepaid money of the hospital: what came in, was spent and went back, and what is owed (S46).

What a reader would get wrong: whose balance it is stands nowhere here; finance watches sums.
"""

from __future__ import annotations

from cashier.journeys.day.figures import over_days
from cashier.journeys.day.saving import save
from cashier.journeys.day.words import days
from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, Line, Pressed, Table, WorkSheet
from core.figures import PrepaidTotals
from core.page_parts import Row, Section, Strip
from core.phrase import Phrase, Yuan, said
from core.steps.files import WrittenRows
from core.steps.window_books import FetchPrepaidTotals

_TITLE = said("Prepaid money")
_FLOWS: dict[str, Phrase] = {
    "TOP_UP": said("Topped up"),
    "OLD": said("Taken over from before"),
    "SPENT": said("Spent on bills"),
    "RETURNED": said("Given back by undone bills"),
    "REFUNDED": said("Refunded to patients"),
    "CLEARING": said("Being cleared"),
    "NOT_CLEARED": said("Clearing failed"),
    "RECLAIMED": said("Claimed from the ledger"),
    "LEDGERED": said("Entered in the ledger"),
}


def totals_sheet(told: PrepaidTotals, strip: Strip | None = None) -> WorkSheet:
    """Each flow, and what is owed now."""
    columns = (
        Column(said("What"), 3),
        Column(said("Count"), right=True),
        Column(said("Amount"), 2, right=True),
    )
    lines = tuple(
        Line(each.kind, (_flow(each.kind), str(each.count), Yuan(each.amount_fen)))
        for each in told.flows
    )
    owed = Row("wallet", said("Balances that are not 0"), str(told.accounts))
    return WorkSheet(
        title=_TITLE,
        text=days(told.since, told.until),
        strip=strip,
        big_label=said("Owed to patients now"),
        big_value=Yuan(told.owed_fen),
        table=Table(columns, lines, nothing=said("Nothing moved on these days")),
        sections=(Section("", (owed,)),),
        actions=(
            Action("done", said("Done")),
            Action("csv", said("Save as CSV"), key="Ctrl+T"),
        ),
    )


def _flow(kind: str) -> Phrase:
    return _FLOWS.get(kind, kind)


def rows_of(told: PrepaidTotals) -> WrittenRows:
    """One flow a row; what is owed is the last."""
    head: tuple[Phrase, ...] = (said("What"), said("Count"), said("Amount"))
    flows = ((_flow(one.kind), str(one.count), Yuan(one.amount_fen)) for one in told.flows)
    owed = (said("Owed to patients now"), str(told.accounts), Yuan(told.owed_fen))
    return WrittenRows((head, *flows, owed))


async def prepaid_money(at: AtWork) -> str:
    """Some days after others."""
    return await over_days(_TITLE, FetchPrepaidTotals, _totals)


async def _totals(told: PrepaidTotals) -> None:
    strip: Strip | None = None
    while True:
        match await totals_sheet(told, strip):
            case Pressed("csv"):
                strip = await save(f"prepaid-{told.since}-{told.until}", rows_of(told))
            case _:
                return
