"""Pages of a window's day with long values: drawer, count, boxes, daily close, figures."""

from __future__ import annotations

from typing import Any

from cashier.journeys.day import (
    boxes,
    closing,
    counting,
    daily_close,
    drawer,
    drawer_sheet,
    evaluation,
    figures,
    lines,
    no_sale,
    opening,
    prepaid,
    sign_on,
    survey,
)
from cashier.journeys.work import AtWork
from core.billing import Text
from core.figures import (
    Evaluation,
    EvaluationGroup,
    EvaluationItem,
    Evidence,
    Figure,
    PrepaidFlow,
    PrepaidTotals,
    Question,
    ServiceTime,
    Shares,
    Statistics,
    SurveyScore,
    SurveyScores,
)
from core.flow import Ask
from core.journeys.drawer import WhyOpened
from core.page_parts import Strip, Tone
from core.phrase import said
from core.ports import DrawerSeen
from core.reconciliation import (
    Balance,
    CampusClose,
    ChannelClose,
    CountedCash,
    DailyClose,
    InsuranceClose,
    ReconciliationLine,
    TerminalClose,
    VerdictCount,
)
from core.shifts import BoxNotes, CashBox, OpenDoubt, Shift, Taking
from core.visits import Survey, SurveyQuestion
from core.window_steps import Operator

_AT, _END = "2026-11-22T07:52:00.000+08:00", "2026-11-22T17:31:00.000+08:00"
CASHIER = AtWork(Operator("2107", "林晓雯", ("cashier",), _AT, 1_234_567, 87, 3))
FINANCE = AtWork(Operator("2401", "孙丽", ("finance",), _AT, 0, 0, 0))
OPEN = Shift(
    shift_id="H8f14e45fceea167a5a36",
    operator="2107",
    terminal_id="W07",
    campus="南白象院区",
    state="OPEN",
    opened_at="2026-10-31T07:52:00.000+08:00",
    closed_at="",
    float_fen=50_000,
    counted_fen=0,
    expected_fen=1_284_500,
    over_fen=0,
    short_fen=0,
    explanation="",
    seen_by="",
    must_close=True,
    takings=(
        Taking("CASH", 1_240_000, 5_500, 64),
        Taking("INSURANCE", 9_876_543, 12_000, 120),
        Taking("SCAN", 4_567_890, 32_000, 88),
    ),
    open_doubts=(OpenDoubt("C2026112200031", 32_000, "2102", _END),),
)
CLOSED = Shift(
    shift_id="H8f14e45fceea167a5a36",
    operator="2107",
    terminal_id="W07",
    campus="南白象院区",
    state="CLOSED",
    opened_at=_AT,
    closed_at=_END,
    float_fen=50_000,
    counted_fen=1_281_300,
    expected_fen=1_284_500,
    over_fen=0,
    short_fen=3_200,
    explanation="找零时多给了病人三十二元，已联系病人，明日上午退回",
    seen_by="2102",
    must_close=False,
    takings=OPEN.takings,
    open_doubts=OPEN.open_doubts,
)
COUNTED = counting.Counted((120, 14, 3, 8, 1, 23, 0, 0))
BOX = CashBox(
    "B1",
    "K01",
    "B-2026-0017",
    "2301",
    _END,
    1_234_500,
    1_244_500,
    1_244_500,
    "一张一百元在通道里卡住，已取出另行登记",
    (BoxNotes(10_000, 120, 121), BoxNotes(5_000, 6, 6), BoxNotes(500, 9, 9)),
)
LINE = ReconciliationLine(
    "L1",
    "2026-11-21",
    "lead",
    "WECHAT",
    "PAY",
    "3f0c1d9a8b7e6f5a4b3c2d1e0f9a8b7c",
    "ONLY_THERE",
    0,
    123_456,
    "",
    "2026-11-21",
    "4200002026112112345678901234",
    "9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d",
    "南白象院区",
    "C2026112200031",
    "OPEN",
    "",
)
CLOSE = DailyClose(
    day="2026-11-21",
    state="OPEN",
    ran_at=_AT,
    closed_by="",
    closed_at="",
    receivable_fen=98_765_432,
    deposited_fen=97_000_000,
    verdicts=(
        VerdictCount("NOT_READY", 2, 6_500),
        VerdictCount("ONLY_THERE", 1, 123_456),
        VerdictCount("MATCHED", 1_387, 0),
    ),
    channels=(
        ChannelClose("lead", "WECHAT", "READY", "", 9_000_000, 12_000, 9_123_456, 12_000, 0, ""),
        ChannelClose("lead", "ALIPAY", "NOT_READY", "", 1, 0, 0, 0, 0, "NOT_READY"),
        ChannelClose("partner", "UNIONPAY", "EMPTY", "", 0, 0, 0, 0, 0, "MATCHED"),
    ),
    insurance=InsuranceClose("DIFFERS", "", 812, 45_678_900, 811, 45_600_000),
    campuses=(CampusClose("", OPEN.takings, 98_765_432),),
    terminals=(TerminalClose("K01", "CASH", 10_000, 0, 20_000, 0, "AMOUNT_DIFF"),),
    cash=(
        CountedCash("DRAWER", "W07", _END, 1_281_300, 1_284_500, "AMOUNT_DIFF", "找零时多给"),
        CountedCash("CASH_BOX", "K01", _END, 1_234_500, 1_234_500, "MATCHED", ""),
    ),
    balances=(Balance("revenue", -98_765_432),),
)
FIGURES = Statistics(
    since="2026-11-01",
    until="2026-11-21",
    gathered_at=_AT,
    functions=(Figure("SETTLE_OUTPATIENT", "kiosk", 1_234, 0),),
    tenders=(
        Figure("SCAN:WECHAT", "kiosk", 812, 9_123_450),
        Figure("CASH", "window", 120, 812_300),
    ),
    media=(Figure("EC_CODE", "kiosk", 900, 0),),
    departments=(Figure("心血管内科", "", 120, 3_000_000),),
    hours=(Figure("09", "", 320, 0),),
    signings=(Figure("DEFERRAL", "mobile", 12, 0),),
    notices=(),
    service_times=(ServiceTime("kiosk", 900, 74), ServiceTime("window", 320, 143)),
    busiest_hour="09",
    shares=Shares(9_743, 6_880, 1_900),
)
_ITEM = EvaluationItem(
    "C.1.3",
    Text("医保电子凭证、随申码等识读机具配备", "Scanners for e-certificates and city codes"),
    "5 points from six systems",
    5,
    5,
    (
        Evidence(
            "decoding_systems",
            Text("本系统扫码渠道数", "Channels here"),
            7,
            "RECORDS",
            "",
        ),
        Evidence("guides", Text("本月导医人数", "Guides this month"), 0, "NOBODY", ""),
    ),
)
MONTH = Evaluation(
    month="2026-11",
    standard="DB31/T 1419-2023",
    groups=(EvaluationGroup("C.1", Text("基础", "Foundations"), 5, 5, (_ITEM,)),),
    points=83,
    most=100,
    grade=Text("良好", "good"),
    to_answer=(Question("guides", Text("本月导医人数？", "How many guides this month?"), 50),),
    remark="两台自助机停用一天",
    gathered_at=_AT,
)
SAVED = Strip(
    Tone.SUCCESS,
    "device-floppy",
    said("Saved: {path}", path="/var/lib/zhenfu/W07/reports/shift-H8f14e45-20261122-173112.pdf"),
)

_SURVEY = Survey(
    "2026-01",
    tuple(
        Text(zh, en) for zh, en in (("很不满意", "very dissatisfied"), ("很满意", "very satisfied"))
    ),
    (SurveyQuestion("clear", Text("费用和报销是否看得明白？", "Were the fees clear?")),),
)
_SCORES = SurveyScores(
    "2026-11-01",
    "2026-11-21",
    (
        SurveyScore("clear", "kiosk", 12_345, 425, (12, 34)),
        SurveyScore("clear", "window", 87, 199, (80, 7)),
    ),
)

EXAMPLES: dict[str, Ask[Any]] = {
    "day_own_password": sign_on.own_password_sheet("2107", "passwords_differ"),
    "day_no_drawer": drawer.no_drawer_sheet(CASHIER),
    "day_count": counting.count_sheet(said("Count the drawer"), closing.BLIND, COUNTED),
    "day_total": counting.total_sheet(said("Count the drawer"), COUNTED),
    "day_drawer": drawer.shift_sheet(CASHIER, OPEN),
    "day_drawer_shut": opening.shut_sheet(CASHIER, WhyOpened.CASH_TAKEN, 1_234_567, "drawer_stuck"),
    "day_result": closing.result_sheet(
        OPEN, COUNTED, to_next=True, with_second=True, trouble="second_person_needed"
    ),
    "day_sheet": drawer_sheet.drawer_sheet(CLOSED, SAVED),
    "day_earlier": drawer.earlier_sheet((OPEN, CLOSED)),
    "day_no_sale": no_sale.why_sheet("paper_out"),
    "day_stands_open": no_sale.open_sheet(DrawerSeen(True)),
    "day_boxes": boxes.boxes_sheet("K01", (BOX,), None),
    "day_box": boxes.box_sheet(BOX),
    "day_close": daily_close.day_sheet(FINANCE, CLOSE),
    "day_credit": daily_close.credit_sheet(CLOSE),
    "day_lines": lines.lines_sheet("2026-11-21", (LINE,)),
    "day_line": lines.line_sheet(FINANCE, LINE, with_second=True),
    "day_figures": figures.figures_sheet(FIGURES),
    "day_survey": survey.scores_sheet(_SURVEY, _SCORES),
    "day_prepaid": prepaid.totals_sheet(
        PrepaidTotals("2026-11-01", "2026-11-21", (PrepaidFlow("SPENT", 6_500, 2),), 8_000, 3)
    ),
    "day_evaluation": evaluation.evaluation_sheet(MONTH),
    "day_questions": evaluation.questions_sheet(MONTH),
    "day_answer": evaluation.answer_sheet(MONTH.to_answer[0]),
    "day_remark": evaluation.remark_sheet(MONTH),
}
