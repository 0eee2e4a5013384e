"""Requests of finance at a window."""

from __future__ import annotations

from contract_answers import Json, text
from request_cases import FRESH, Case

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
from core.papers import Pdf
from core.reconciliation import (
    Balance,
    BankCredit,
    CampusClose,
    ChannelClose,
    CountedCash,
    DailyClose,
    InsuranceClose,
    ReconciliationLine,
    ReconciliationLines,
    TerminalClose,
    VerdictCount,
)
from core.shifts import Taking
from core.steps.files import Csv
from core.steps.window_books import (
    AnswerEvaluation,
    CloseDay,
    CorrectLine,
    EnterCredit,
    FetchDailyClose,
    FetchDayReport,
    FetchEvaluation,
    FetchEvaluationPages,
    FetchFinanceReport,
    FetchFinanceTable,
    FetchLines,
    FetchPrepaidTotals,
    FetchStatistics,
    FetchSurveyScores,
    RunDay,
)

_AT, _DAY = "2026-03-03T02:00:00.000+08:00", "2026-03-02"
_ROWS, _PAGES = "\ufeffsection,name\r\nDAY,2026-03-02\r\n".encode(), b"%PDF-1.4 pages"
_TAKING_JSON: Json = {"kind": "SCAN", "taken_fen": 6500, "given_fen": 500, "count": 3}
_TAKING = Taking("SCAN", 6500, 500, 3)
_DAY_JSON: Json = {
    "day": _DAY,
    "state": "DONE",
    "ran_at": _AT,
    "closed_by": "2401",
    "closed_at": _AT,
    "receivable_fen": -200,
    "deposited_fen": -300,
    "verdicts": [{"verdict": "NOT_READY", "count": 1, "apart_fen": 6500}],
    "channels": [
        {
            "bank": "CITIC",
            "channel": "WECHAT",
            "file_state": "READY",
            "trouble": "",
            "booked_in_fen": 6500,
            "booked_out_fen": 500,
            "file_in_fen": 6500,
            "file_out_fen": 500,
            "credited_fen": -6000,
            "credit": "AMOUNT_DIFF",
        }
    ],
    "insurance": {
        "state": "DIFFERS",
        "trouble": "",
        "our_count": 2,
        "our_fen": -1,
        "their_count": 3,
        "their_fen": -2,
    },
    "campuses": [{"campus": "", "takings": [_TAKING_JSON], "receivable_fen": -200}],
    "terminals": [
        {
            "terminal_id": "W07",
            "kind": "CASH",
            "journal_taken_fen": 1,
            "journal_given_fen": 2,
            "ledger_taken_fen": 3,
            "ledger_given_fen": 4,
            "verdict": "AMOUNT_DIFF",
        }
    ],
    "cash": [
        {
            "kind": "DRAWER",
            "terminal_id": "W07",
            "at": _AT,
            "counted_fen": 100,
            "expected_fen": -100,
            "verdict": "AMOUNT_DIFF",
            "explanation": "found",
        }
    ],
    "balances": [{"account": "revenue", "amount_fen": -6000}],
}
_CLOSE = DailyClose(
    day=_DAY,
    state="DONE",
    ran_at=_AT,
    closed_by="2401",
    closed_at=_AT,
    receivable_fen=-200,
    deposited_fen=-300,
    verdicts=(VerdictCount("NOT_READY", 1, 6500),),
    channels=(
        ChannelClose("CITIC", "WECHAT", "READY", "", 6500, 500, 6500, 500, -6000, "AMOUNT_DIFF"),
    ),
    insurance=InsuranceClose("DIFFERS", "", 2, -1, 3, -2),
    campuses=(CampusClose("", (_TAKING,), -200),),
    terminals=(TerminalClose("W07", "CASH", 1, 2, 3, 4, "AMOUNT_DIFF"),),
    cash=(CountedCash("DRAWER", "W07", _AT, 100, -100, "AMOUNT_DIFF", "found"),),
    balances=(Balance("revenue", -6000),),
)
_LINE_JSON: Json = {
    "line_id": "L1",
    "day": _DAY,
    "bank": "CITIC",
    "channel": "WECHAT",
    "kind": "PAY",
    "number": "t-1",
    "verdict": "ONLY_THERE",
    "our_fen": 0,
    "their_fen": 6500,
    "our_day": "",
    "their_day": _DAY,
    "reference": "4200",
    "about": "s-1",
    "campus": "MAIN",
    "case_id": "C1",
    "case_state": "OPEN",
    "correction": "",
}
_LINE = ReconciliationLine(
    "L1",
    _DAY,
    "CITIC",
    "WECHAT",
    "PAY",
    "t-1",
    "ONLY_THERE",
    0,
    6500,
    "",
    _DAY,
    "4200",
    "s-1",
    "MAIN",
    "C1",
    "OPEN",
    "",
)
_CREDIT_JSON: Json = {
    "credit_id": "K1",
    "day": _DAY,
    "bank": "CITIC",
    "channel": "WECHAT",
    "amount_fen": -6000,
    "reference": "stmt-1",
    "operator": "2401",
    "at": _AT,
}
_FIGURE_JSON: Json = {"name": "CASH", "channel": "kiosk", "count": 2, "amount_fen": 700}
_FIGURE = Figure("CASH", "kiosk", 2, 700)
_STATISTICS_JSON: Json = {
    "since": _DAY,
    "until": _DAY,
    "gathered_at": _AT,
    "functions": [],
    "tenders": [_FIGURE_JSON],
    "media": [],
    "departments": [],
    "hours": [],
    "signings": [],
    "notices": [],
    "service_times": [{"channel": "kiosk", "count": 2, "average_s": 90}],
    "busiest_hour": "10",
    "shares": {"mobile": 9743, "bound": 6880, "scan": 1900},
}
_STATISTICS = Statistics(
    since=_DAY,
    until=_DAY,
    gathered_at=_AT,
    functions=(),
    tenders=(_FIGURE,),
    media=(),
    departments=(),
    hours=(),
    signings=(),
    notices=(),
    service_times=(ServiceTime("kiosk", 2, 90),),
    busiest_hour="10",
    shares=Shares(9743, 6880, 1900),
)
_EVALUATION_JSON: Json = {
    "month": "2026-03",
    "standard": "DB31/T 1419-2023",
    "groups": [
        {
            "id": "C.1",
            "name": text("环境", "Surroundings"),
            "points": 5,
            "most": 10,
            "items": [
                {
                    "id": "C.1.1",
                    "name": text("扫码", "Scanning"),
                    "rule": "each",
                    "points": 5,
                    "most": 10,
                    "evidence": [
                        {
                            "fact": "scanners",
                            "name": text("识读机具", "Scanners"),
                            "value": 3,
                            "source": "PERSON",
                            "operator": "2301",
                        }
                    ],
                }
            ],
        }
    ],
    "points": 5,
    "most": 10,
    "grade": text("合格", "passed"),
    "to_answer": [{"fact": "guides", "question": text("几名导医？", "How many?"), "most": 9}],
    "remark": "",
    "gathered_at": _AT,
}
_EVALUATION = Evaluation(
    month="2026-03",
    standard="DB31/T 1419-2023",
    groups=(
        EvaluationGroup(
            "C.1",
            Text("环境", "Surroundings"),
            5,
            10,
            (
                EvaluationItem(
                    "C.1.1",
                    Text("扫码", "Scanning"),
                    "each",
                    5,
                    10,
                    (Evidence("scanners", Text("识读机具", "Scanners"), 3, "PERSON", "2301"),),
                ),
            ),
        ),
    ),
    points=5,
    most=10,
    grade=Text("合格", "passed"),
    to_answer=(Question("guides", Text("几名导医？", "How many?"), 9),),
    remark="",
    gathered_at=_AT,
)
_DAY_PATH = f"/v1/reconciliation/days/{_DAY}"
_DAYS = f"since={_DAY}&until={_DAY}"

CASES: dict[str, Case] = {
    "a day": Case(FetchDailyClose(_DAY), f"GET {_DAY_PATH}", None, "", _DAY_JSON, _CLOSE),
    "run a day": Case(RunDay(_DAY), f"POST {_DAY_PATH}/run", {}, FRESH, _DAY_JSON, _CLOSE),
    "close a day": Case(CloseDay(_DAY), f"POST {_DAY_PATH}/close", {}, FRESH, _DAY_JSON, _CLOSE),
    "lines of a day": Case(
        FetchLines(_DAY),
        f"GET /v1/reconciliation/lines?day={_DAY}",
        None,
        "",
        {"lines": [_LINE_JSON]},
        ReconciliationLines((_LINE,)),
    ),
    "correct a line": Case(
        CorrectLine("L1", "the bank is right", "2102", "secret-2"),
        "POST /v1/reconciliation/lines/L1/correct",
        {
            "reason": "the bank is right",
            "second_operator": "2102",
            "second_password": "secret-2",
        },
        FRESH,
        _LINE_JSON,
        _LINE,
    ),
    "a bank's credit": Case(
        EnterCredit(_DAY, "CITIC", "WECHAT", -6000, "stmt-1"),
        "POST /v1/reconciliation/credits",
        {
            "day": _DAY,
            "bank": "CITIC",
            "channel": "WECHAT",
            "amount_fen": -6000,
            "reference": "stmt-1",
        },
        FRESH,
        _CREDIT_JSON,
        BankCredit("K1", _DAY, "CITIC", "WECHAT", -6000, "stmt-1", "2401", _AT),
        201,
    ),
    "report of a day": Case(
        FetchDayReport(_DAY), f"GET {_DAY_PATH}/report.csv", None, "", _ROWS, Csv(_ROWS)
    ),
    "statistics": Case(
        FetchStatistics(_DAY, _DAY),
        f"GET /v1/statistics?{_DAYS}",
        None,
        "",
        _STATISTICS_JSON,
        _STATISTICS,
    ),
    "prepaid totals": Case(
        FetchPrepaidTotals(_DAY, _DAY),
        f"GET /v1/prepay/totals?{_DAYS}",
        None,
        "",
        {
            "since": _DAY,
            "until": _DAY,
            "flows": [{"kind": "SPENT", "amount_fen": 6500, "count": 2}],
            "owed_fen": 8000,
            "accounts": 3,
        },
        PrepaidTotals(_DAY, _DAY, (PrepaidFlow("SPENT", 6500, 2),), 8000, 3),
    ),
    "survey scores": Case(
        FetchSurveyScores(_DAY, _DAY),
        f"GET /v1/survey/results?{_DAYS}",
        None,
        "",
        {
            "since": _DAY,
            "until": _DAY,
            "results": [
                {
                    "question": "easy",
                    "channel": "kiosk",
                    "count": 4,
                    "average": 425,
                    "scores": [0, 0, 1, 1, 2],
                }
            ],
        },
        SurveyScores(_DAY, _DAY, (SurveyScore("easy", "kiosk", 4, 425, (0, 0, 1, 1, 2)),)),
    ),
    "finance report": Case(
        FetchFinanceReport(_DAY, _DAY, "zh"),
        f"GET /v1/statistics/report.pdf?{_DAYS}&language=zh",
        None,
        "",
        _PAGES,
        Pdf(_PAGES),
    ),
    "finance table": Case(
        FetchFinanceTable(_DAY, _DAY),
        f"GET /v1/statistics/report.csv?{_DAYS}",
        None,
        "",
        _ROWS,
        Csv(_ROWS),
    ),
    "evaluation": Case(
        FetchEvaluation("2026-03"),
        "GET /v1/evaluations/2026-03",
        None,
        "",
        _EVALUATION_JSON,
        _EVALUATION,
    ),
    "answer of an evaluation": Case(
        AnswerEvaluation("2026-03", "guides", 4),
        "POST /v1/evaluations/2026-03/answers",
        {"fact": "guides", "value": 4, "note": ""},
        FRESH,
        _EVALUATION_JSON,
        _EVALUATION,
    ),
    "evaluation as pages": Case(
        FetchEvaluationPages("2026-03"),
        "GET /v1/evaluations/2026-03/pdf",
        None,
        "",
        _PAGES,
        Pdf(_PAGES),
    ),
}
