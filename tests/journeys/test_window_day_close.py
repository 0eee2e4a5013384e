"""The daily close at a window: who may sign it, and lines that are corrected once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cashier.journeys.day.daily_close import day_sheet
from cashier.journeys.day.drawer import drawer
from cashier.journeys.day.lines import line_sheet, work_off
from cashier.journeys.day.words import channel_of, figure_name
from cashier.journeys.work import AtWork
from cashier.steps.sheet import Pressed, WorkSheet
from core.catalogue import Catalogue
from core.phrase import spoken
from core.ports import Refused
from core.reconciliation import (
    ChannelClose,
    DailyClose,
    InsuranceClose,
    ReconciliationLine,
    ReconciliationLines,
)
from core.steps import Leave
from core.steps.window_books import CorrectLine
from tests.helpers.driver import play
from tests.helpers.window_day_script import (
    AT,
    DESK,
    ME,
    answers,
    pressed,
    titles,
)

MESSAGES = Path(__file__).resolve().parents[2] / "build/messages"
CHINESE, ENGLISH = (Catalogue(language, MESSAGES) for language in ("zh", "en"))

# --- the day of the hospital


def _a_day(closed_by: str = "") -> DailyClose:
    insurance = InsuranceClose("AGREES", "", 0, 0, 0, 0)
    return DailyClose(
        day="2026-11-21",
        state="DONE",
        ran_at=AT,
        closed_by=closed_by,
        closed_at=AT if closed_by else "",
        receivable_fen=0,
        deposited_fen=0,
        verdicts=(),
        channels=(),
        insurance=insurance,
        campuses=(),
        terminals=(),
        cash=(),
        balances=(),
    )


@pytest.mark.parametrize(
    ("roles", "closed_by", "free"),
    [
        (("finance",), "", ["lines", "run", "credit", "report", "close"]),
        (("finance",), "2401", ["lines", "run", "credit", "report"]),
        (("auditor",), "", ["lines", "report"]),
    ],
)
def test_s23_day_is_signed_once_and_by_finance(
    roles: tuple[str, ...], closed_by: str, free: list[str]
) -> None:
    page = day_sheet(AtWork(replace(ME, roles=roles)), _a_day(closed_by))

    assert [action.word for action in page.actions if not action.off] == free
    assert [action.word for action in page.actions if action.twice] == ["close"]


def test_work_of_the_drawer_without_one_offers_the_float() -> None:
    played = play(drawer(DESK), answers(Leave(), FetchShift=Refused("no_shift")))

    assert titles(played) == ["Open the shift"]


# --- its lines


LINE = ReconciliationLine(
    line_id="L1",
    day="2026-11-21",
    bank="lead",
    channel="WECHAT",
    kind="PAY",
    number="t-1",
    verdict="ONLY_THERE",
    our_fen=0,
    their_fen=6_500,
    our_day="",
    their_day="2026-11-21",
    reference="4200",
    about="",
    campus="",
    case_id="C1",
    case_state="OPEN",
    correction="",
)
FINANCE = AtWork(replace(ME, roles=("finance",)))


def test_s44_line_is_corrected_once_with_a_second_person_above_the_limit() -> None:
    corrected = replace(LINE, correction="correct/L1")
    played = play(
        work_off(FINANCE, "2026-11-21"),
        answers(
            Pressed("show", ("L1",)),
            pressed("correct", reason="the bank is right"),
            pressed(
                "correct", reason="the bank is right", second_operator="2102", second_password="p"
            ),
            pressed("done"),
            Leave(),
            FetchLines=[ReconciliationLines((LINE,)), ReconciliationLines((corrected,))],
            CorrectLine=[Refused("second_person_needed"), corrected],
        ),
    )

    assert played.names == [
        *("FetchLines", "WorkSheet", "WorkSheet", "CorrectLine", "WorkSheet", "CorrectLine"),
        *("WorkSheet", "FetchLines", "WorkSheet"),
    ]
    assert "p'" not in repr([s for s in played.steps if isinstance(s, CorrectLine)])
    last = played.asks[3]
    assert isinstance(last, WorkSheet)
    assert [action.word for action in last.actions if not action.off] == ["done"]


def test_line_speaks_of_banks_channels_days_and_cases_in_words() -> None:
    page = line_sheet(FINANCE, replace(LINE, case_state="OPEN", about="9a8b7c"))
    rows = {spoken(row.label, CHINESE): spoken(row.value, CHINESE) for row in page.sections[0].rows}

    assert rows["银行与渠道"] == "牵头行，微信"
    assert rows["对方记账日"] == "2026年11月21日"
    assert rows["案件"] == "C1，未办结"
    assert rows["业务编号"] == "9a8b7c"


@pytest.mark.parametrize(
    ("bank", "channel", "words"),
    [
        ("lead", "CARD", "Lead bank, Bank card"),
        ("partner", "UNIONPAY", "Partner bank, UnionPay"),
        ("INSURANCE", "INSURANCE", "Insurance"),
        ("east", "NEWPAY", "east, NEWPAY"),
    ],
)
def test_bank_and_channel_are_words_and_an_unlisted_code_stands_for_itself(
    bank: str, channel: str, words: str
) -> None:
    assert spoken(channel_of(bank, channel), ENGLISH) == words


def test_day_shows_channels_in_words_and_why_a_file_is_not_there() -> None:
    told = ChannelClose(
        "lead", "WECHAT", "DAMAGED", "line 3: no amount", 0, 0, 0, 0, 0, "NOT_READY"
    )
    page = day_sheet(FINANCE, replace(_a_day(""), channels=(told,)))
    assert page.table is not None
    cells = [spoken(cell, CHINESE) for cell in page.table.lines[0].cells]

    assert cells[:2] == ["牵头行，微信", "账单文件损坏：第 3 行：没有金额"]
    assert spoken(page.chip, CHINESE) == "2026年11月21日"


def test_wallet_behind_a_tender_is_a_word() -> None:
    assert spoken(figure_name("SCAN:WECHAT"), CHINESE) == "扫码支付，微信"
    assert spoken(figure_name("09"), CHINESE) == "09"


@pytest.mark.parametrize("verdict", ["MATCHED", "NOT_READY"])
def test_line_that_agrees_or_is_unknown_is_not_corrected(verdict: str) -> None:
    page = line_sheet(FINANCE, replace(LINE, verdict=verdict))

    assert page.fields == ()
    assert [action.word for action in page.actions if not action.off] == ["done"]


def test_auditor_reads_lines_and_corrects_none() -> None:
    page = line_sheet(AtWork(replace(ME, roles=("auditor",))), LINE)

    assert [action.word for action in page.actions if not action.off] == ["done"]
