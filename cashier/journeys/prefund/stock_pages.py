"""Pages of the stock of old balances and of the ledger of those not returned in time."""

from __future__ import annotations

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, Field, Line, Table, Takes, WorkSheet
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Moment, Phrase, Said, Yuan, said
from core.window_prepay import Age, Holder, Ledger, Stock

_STATES: dict[str, Said] = {
    "OPEN": said("open"),
    "FROZEN_FOR_CLEANOUT": said("asked back"),
    "LEDGERED": said("not returned in time"),
}
_CHANNELS: dict[str, Said] = {
    "WECHAT": said("WeChat"),
    "ALIPAY": said("Alipay"),
    "UNIONPAY": said("UnionPay"),
    "BANKCARD_TRANSFER": said("Bank card"),
    "CASH": said("Cash"),
    "OLD": said("Earlier balance"),
}
_LEDGERERS = frozenset({"finance", "supervisor"})


def stock_sheet(told: Stock, accounts: tuple[Holder, ...], *, only_idle: bool = False) -> WorkSheet:
    """Every balance with its age (W19); or those that did not move for long (S51)."""
    columns = (
        Column(said("Patient"), 2),
        Column(said("Balance"), 2, right=True),
        Column(said("Oldest money of"), 2),
        Column(said("Days since it moved"), 2, right=True),
        Column(said("State"), 2),
    )
    left = said("{count} days left", count=told.days_left)
    over = told.days_left == 0
    words = said("All balances") if only_idle else said("Only idle ones")
    return WorkSheet(
        title=said("Stock of old balances"),
        chip=said("No day is left") if over else left,
        chip_tone=Tone.WARNING if over else Tone.PLAIN,
        big_label=said("Still to be given back"),
        big_value=Yuan(told.open_fen),
        sections=(
            Section(said("How far it is"), _sums(told)),
            Section(said("Age of the oldest money"), tuple(map(_age, told.ages))),
        ),
        table=Table(columns, tuple(map(_line, accounts)), nothing=said("No balance is left")),
        actions=(
            Action("serve", said("Serve this patient"), takes=Takes.ROW),
            Action("idle", words, key="Ctrl+G"),
            Action("ledger", said("Balances not returned in time"), key="Ctrl+B"),
        ),
    )


def _line(one: Holder) -> Line:
    state: Phrase = _STATES.get(one.state, one.state)
    cells = (
        one.display_name,
        Yuan(one.balance_fen),
        Day(one.oldest_day),
        str(one.idle_days),
        state,
    )
    return Line(one.patient_id, cells)


def _sums(told: Stock) -> tuple[Row, ...]:
    return (
        Row("calendar", said("To be done by"), Day(told.deadline)),
        Row("hourglass", said("Asked back, under way"), Yuan(told.under_way_fen)),
        Row("circle-check", said("Given back"), Yuan(told.returned_fen)),
        Row("list", said("Not returned in time"), Yuan(told.ledgered_fen)),
    )


def _age(age: Age) -> Row:
    words = said("Up to {count} years", count=age.until_years)
    label = words if age.until_years else said("Older")
    return Row("coins", label, Yuan(age.amount_fen), said("{count} accounts", count=age.accounts))


def ledger_sheet(at: AtWork, told: Ledger, strip: Strip | None = None) -> WorkSheet:
    """Numbers masked; what was claimed since stays on the list (W21)."""
    columns = (
        Column(said("Patient"), 2),
        Column(said("ID number"), 3),
        Column(said("Paid in by"), 2),
        Column(said("Amount"), 2, right=True),
        Column(said("Entered at"), 2),
        Column(said("Why"), 3),
        Column(said("Claimed at"), 2),
    )
    lines = tuple(
        Line(
            f"{place}",
            (
                one.display_name,
                one.display_id,
                _CHANNELS.get(one.channel, one.channel),
                Yuan(one.amount_fen),
                Moment(one.entered_at),
                one.reason,
                Moment(one.claimed_at),
            ),
        )
        for place, one in enumerate(told.entries)
    )
    may = not _LEDGERERS.isdisjoint(at.operator.roles)
    return WorkSheet(
        title=said("Balances not returned in time"),
        strip=strip,
        big_label=said("Claimed by nobody"),
        big_value=Yuan(told.open_fen),
        table=Table(columns, lines, nothing=said("Nothing was entered")),
        fields=(Field("reason", said("Why they could not be returned"), most=200),) if may else (),
        actions=(
            Action("csv", said("Save it as CSV"), fills=False),
            Action(
                "enter",
                said("Enter all open balances"),
                key="Ctrl+E",
                twice=True,
                off="" if may else said("Not among your roles"),
            ),
        ),
    )
