"""A day of the hospital beside banks, insurance and terminals: compared, worked off, signed (S23).

What a reader would get wrong: a day may be signed while differences stand, because each has an
owner; what is unknown may not.
"""

from __future__ import annotations

from cashier.journeys.day.lines import work_off
from cashier.journeys.day.saving import save
from cashier.journeys.day.words import (
    channel_of,
    file_state,
    insurance_state,
    kind_of_money,
    verdict,
)
from cashier.journeys.doubts.evidence import evidence_words
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
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Moment, Phrase, Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.reconciliation import BankCredit, ChannelClose, DailyClose
from core.steps.files import Csv
from core.steps.window_books import (
    CloseDay,
    EnterCredit,
    FetchDailyClose,
    FetchDayReport,
    RunDay,
)

TITLE = said("Daily close")
WRITERS = frozenset({"finance", "supervisor"})
_TONES = {"MATCHED": Tone.SUCCESS, "AGREES": Tone.SUCCESS}


def which_day_sheet(trouble: str = "") -> WorkSheet:
    """2026-11-22."""
    return WorkSheet(
        title=TITLE,
        trouble=trouble,
        fields=(Field("day", said("Day, such as 2026-11-22"), FieldKind.DAY),),
        actions=(Action("show", said("Show the day")),),
    )


async def daily_close(at: AtWork) -> str:
    """One day after another."""
    trouble = ""
    while True:
        match await which_day_sheet(trouble):
            case Pressed() as pressed:
                day = pressed.value("day")
            case _:
                return ""
        match await FetchDailyClose(day):
            case DailyClose() as close:
                trouble = ""
                await _one_day(at, close)
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


async def _one_day(at: AtWork, close: DailyClose) -> None:
    strip: Strip | None = None
    trouble = ""
    while True:
        pressed = await day_sheet(at, close, strip, trouble)
        strip, trouble = None, ""
        match pressed:
            case Pressed("lines"):
                await work_off(at, close.day)
                told: object = await FetchDailyClose(close.day)
            case Pressed("run"):
                told = await RunDay(close.day)
            case Pressed("close"):
                told = await CloseDay(close.day)
            case Pressed("credit"):
                await _credit(close)
                told = await FetchDailyClose(close.day)
            case Pressed("report"):
                strip = await _report(at, close.day)
                continue
            case _:
                return
        match told:
            case DailyClose():
                close = told
            case Refused("not_ready"):
                trouble = "day_not_ready"
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


async def _report(at: AtWork, day: str) -> Strip | None:
    match await FetchDayReport(day):
        case Csv() as rows:
            return await save(f"day-{day}", rows)
        case no:
            await refused(at, TITLE, no)
            return None


# --- the page of a day


def day_sheet(
    at: AtWork, close: DailyClose, strip: Strip | None = None, trouble: str = ""
) -> WorkSheet:
    """Unknown first; then what the banks, the insurance, terminals and drawers say."""
    may = not WRITERS.isdisjoint(at.operator.roles)
    off = "" if may else said("Not among your roles")
    signed = said("Signed by {operator}", operator=close.closed_by) if close.closed_by else off
    sections = [
        Section(said("What comparing found"), tuple(_verdicts(close))),
        Section(said("Day"), _sums(close)),
        Section(said("Insurance"), (_insurance(close),)),
        Section(said("Counted cash"), _cash(close)),
        Section(said("Journals of terminals"), _terminals(close)),
        Section(said("Takings of the hospital"), _takings(close)),
    ]
    return WorkSheet(
        title=TITLE,
        chip=Day(close.day),
        chip_tone=Tone.SUCCESS if close.closed_by else Tone.WARNING,
        trouble=trouble,
        strip=strip or _state(close),
        table=_channels(close),
        sections=tuple(one for one in sections if one.rows),
        actions=(
            Action("lines", said("Lines with their evidence")),
            Action("run", said("Compare now"), key="Ctrl+O", off=off),
            Action("credit", said("Enter a bank's credit"), key="Ctrl+B", off=off),
            Action("report", said("Save the report as CSV"), key="Ctrl+T"),
            Action("close", said("Close the day"), key="Ctrl+N", twice=True, off=signed),
        ),
    )


def _state(close: DailyClose) -> Strip:
    if close.closed_by:
        who = said(
            "Signed by {operator}, {time}",
            operator=close.closed_by,
            time=Moment(close.closed_at),
        )
        return Strip(Tone.SUCCESS, "lock", who)
    if not close.ran_at:
        return Strip(Tone.WARNING, "hourglass", said("This day was not compared yet"))
    return Strip(Tone.INFO, "clock", said("Compared {time}", time=Moment(close.ran_at)))


def _verdicts(close: DailyClose) -> list[Row]:
    return [
        Row(
            "circle-check" if each.verdict == "MATCHED" else "alert-triangle",
            verdict(each.verdict),
            said("{count} lines", count=each.count),
            said("{amount} apart", amount=Yuan(each.apart_fen)) if each.apart_fen else "",
            Tone.PLAIN if each.verdict == "MATCHED" else Tone.WARNING,
        )
        for each in close.verdicts
    ]


def _sums(close: DailyClose) -> tuple[Row, ...]:
    rest_fen = close.receivable_fen - close.deposited_fen
    return (
        Row("receipt", said("Receivable"), Yuan(close.receivable_fen)),
        Row("building-bank", said("Deposited"), Yuan(close.deposited_fen)),
        Row("zoom-money", said("Not deposited yet"), Yuan(rest_fen)),
    )


def _insurance(close: DailyClose) -> Row:
    told = close.insurance
    counts = said("{ours} ours, {theirs} theirs", ours=told.our_count, theirs=told.their_count)
    apart = said(
        "Books {ours}, they {theirs}", ours=Yuan(told.our_fen), theirs=Yuan(told.their_fen)
    )
    note = said("{state}, {counts}", state=insurance_state(told.state), counts=counts)
    tone = _TONES.get(told.state, Tone.WARNING)
    return Row("shield-check", said("Insurance"), apart, note, tone)


def _cash(close: DailyClose) -> tuple[Row, ...]:
    boxes = {"CASH_BOX": said("Box of a machine"), "DRAWER": said("Drawer")}
    return tuple(
        Row(
            "cash-banknote",
            said("{what} of {place}", what=boxes.get(each.kind, each.kind), place=each.terminal_id),
            said(
                "{counted} of {expected}",
                counted=Yuan(each.counted_fen),
                expected=Yuan(each.expected_fen),
            ),
            each.explanation,
            _TONES.get(each.verdict, Tone.WARNING),
        )
        for each in close.cash
    )


def _terminals(close: DailyClose) -> tuple[Row, ...]:
    return tuple(
        Row(
            "versions",
            said("{place}, {kind}", place=each.terminal_id, kind=kind_of_money(each.kind)),
            said(
                "Books {ours}, they {theirs}",
                ours=Yuan(each.ledger_taken_fen - each.ledger_given_fen),
                theirs=Yuan(each.journal_taken_fen - each.journal_given_fen),
            ),
            verdict(each.verdict),
            _TONES.get(each.verdict, Tone.WARNING),
        )
        for each in close.terminals
    )


def _takings(close: DailyClose) -> tuple[Row, ...]:
    whole = next((one for one in close.campuses if not one.campus), None)
    return tuple(
        Row(
            "coins",
            kind_of_money(each.kind),
            Yuan(each.taken_fen - each.given_fen),
            said("{count} times", count=each.count),
        )
        for each in (whole.takings if whole else ())
    )


def _channels(close: DailyClose) -> Table:
    columns = (
        Column(said("Bank and channel"), 2),
        Column(said("File"), 2),
        Column(said("Our books"), 2, right=True),
        Column(said("Their file"), 2, right=True),
        Column(said("Credited"), 2, right=True),
        Column(said("Credit")),
    )
    lines = tuple(
        Line(
            f"{each.bank}:{each.channel}",
            (
                channel_of(each.bank, each.channel),
                _file(each),
                Yuan(each.booked_in_fen - each.booked_out_fen),
                Yuan(each.file_in_fen - each.file_out_fen),
                Yuan(each.credited_fen),
                verdict(each.credit),
            ),
            Tone.PLAIN if each.credit == "MATCHED" else Tone.WARNING,
        )
        for each in close.channels
    )
    return Table(columns, lines, nothing=said("No bank's file was asked for on this day yet"))


def _file(each: ChannelClose) -> Phrase:
    state = file_state(each.file_state)
    if not each.trouble:
        return state
    return said("{state}: {why}", state=state, why=evidence_words(each.trouble))


# --- a line of a bank's statement


def credit_sheet(close: DailyClose, trouble: str = "") -> WorkSheet:
    """What the statement says; `out`: the bank took it."""
    channels = tuple(
        FieldOption(f"{each.bank}:{each.channel}", channel_of(each.bank, each.channel))
        for each in close.channels
    )
    ways = (
        FieldOption("in", said("The bank credited it")),
        FieldOption("out", said("The bank took it")),
    )
    return WorkSheet(
        title=said("Enter a bank's credit"),
        chip=Day(close.day),
        trouble=trouble,
        fields=(
            Field("channel", said("Bank and channel"), FieldKind.CHOICE, options=channels),
            Field("way", said("Which way"), FieldKind.CHOICE, value="in", options=ways),
            Field("amount", said("Amount"), FieldKind.AMOUNT),
            Field("reference", said("Reference on the statement"), most=40),
        ),
        actions=(Action("enter", said("Enter it")),),
    )


async def _credit(close: DailyClose) -> None:
    trouble = ""
    while True:
        match await credit_sheet(close, trouble):
            case Pressed() as pressed:
                bank, _, channel = pressed.value("channel").partition(":")
                sign = -1 if pressed.value("way") == "out" else 1
                amount_fen = sign * pressed.amount_fen("amount")
            case _:
                return
        match await EnterCredit(close.day, bank, channel, amount_fen, pressed.value("reference")):
            case BankCredit():
                return
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason
