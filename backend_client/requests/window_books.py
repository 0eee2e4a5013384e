"""Finance at a window: the daily close, its lines, statistics, the self-evaluation, reports."""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import Garbled, pdf, reader
from core.figures import Evaluation, PrepaidTotals, Statistics, SurveyScores
from core.papers import Pdf
from core.reconciliation import BankCredit, DailyClose, ReconciliationLine, ReconciliationLines
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

_CSV_BEGINS = "\ufeff".encode()


def daily_close(backend: Exchange, step: FetchDailyClose) -> Told[DailyClose]:
    """As it stands."""
    return backend.get(reader(DailyClose, day=step.day), "/v1/reconciliation/days/{}", step.day)


def run_day(backend: Exchange, step: RunDay) -> Told[DailyClose]:
    """The same day again gives the same lines."""
    read = reader(DailyClose, day=step.day)
    path = "/v1/reconciliation/days/{}/run"
    return backend.post(read, path, step.day, body={}, key=fresh_key())


def close_day(backend: Exchange, step: CloseDay) -> Told[DailyClose]:
    """`day_closed` when somebody signed it before."""
    read = reader(DailyClose, day=step.day)
    path = "/v1/reconciliation/days/{}/close"
    return backend.post(read, path, step.day, body={}, key=fresh_key())


def lines(backend: Exchange, step: FetchLines) -> Told[ReconciliationLines]:
    """All verdicts, unknown first."""
    path = "/v1/reconciliation/lines?day={}"
    return backend.get(reader(ReconciliationLines), path, step.day)


def correct_line(backend: Exchange, step: CorrectLine) -> Told[ReconciliationLine]:
    """`corrected` when it was done before."""
    return backend.post(
        reader(ReconciliationLine, line_id=step.line_id),
        "/v1/reconciliation/lines/{}/correct",
        step.line_id,
        body={
            "reason": step.reason,
            "second_operator": step.second_operator,
            "second_password": step.second_password,
        },
        key=fresh_key(),
    )


def enter_credit(backend: Exchange, step: EnterCredit) -> Told[BankCredit]:
    """The same reference with the same facts is the same credit."""
    facts: dict[str, str | int] = {
        "day": step.day,
        "bank": step.bank,
        "channel": step.channel,
        "amount_fen": step.amount_fen,
        "reference": step.reference,
    }
    path = "/v1/reconciliation/credits"
    return backend.post(reader(BankCredit, **facts), path, body=facts, key=fresh_key())


def day_report(backend: Exchange, step: FetchDayReport) -> Told[Csv]:
    """In its fixed form."""
    return backend.get(csv_rows, "/v1/reconciliation/days/{}/report.csv", step.day)


def statistics(backend: Exchange, step: FetchStatistics) -> Told[Statistics]:
    """Gathered figures."""
    read = reader(Statistics, since=step.since, until=step.until)
    return backend.get(read, "/v1/statistics?since={}&until={}", step.since, step.until)


def prepaid_totals(backend: Exchange, step: FetchPrepaidTotals) -> Told[PrepaidTotals]:
    """Of all balances of the hospital."""
    read = reader(PrepaidTotals, since=step.since, until=step.until)
    return backend.get(read, "/v1/prepay/totals?since={}&until={}", step.since, step.until)


def survey_scores(backend: Exchange, step: FetchSurveyScores) -> Told[SurveyScores]:
    """By question and kind of terminal."""
    read = reader(SurveyScores, since=step.since, until=step.until)
    return backend.get(read, "/v1/survey/results?since={}&until={}", step.since, step.until)


def finance_report(backend: Exchange, step: FetchFinanceReport) -> Told[Pdf]:
    """With charts."""
    path = "/v1/statistics/report.pdf?since={}&until={}&language={}"
    return backend.get(pdf, path, step.since, step.until, step.language)


def finance_table(backend: Exchange, step: FetchFinanceTable) -> Told[Csv]:
    """The same numbers."""
    path = "/v1/statistics/report.csv?since={}&until={}"
    return backend.get(csv_rows, path, step.since, step.until)


def evaluation(backend: Exchange, step: FetchEvaluation) -> Told[Evaluation]:
    """Of a month."""
    return backend.get(reader(Evaluation, month=step.month), "/v1/evaluations/{}", step.month)


def answer(backend: Exchange, step: AnswerEvaluation) -> Told[Evaluation]:
    """The last answer counts."""
    return backend.post(
        reader(Evaluation, month=step.month),
        "/v1/evaluations/{}/answers",
        step.month,
        body={"fact": step.fact, "value": step.value, "note": step.note},
        key=fresh_key(),
    )


def evaluation_pages(backend: Exchange, step: FetchEvaluationPages) -> Told[Pdf]:
    """For the file of the hospital."""
    return backend.get(pdf, "/v1/evaluations/{}/pdf", step.month)


def csv_rows(body: bytes) -> Csv:
    if not body.startswith(_CSV_BEGINS):
        raise Garbled("rows: no CSV of ours")
    return Csv(body)


REQUESTS: Requests = {
    FetchDailyClose: daily_close,
    RunDay: run_day,
    CloseDay: close_day,
    FetchLines: lines,
    CorrectLine: correct_line,
    EnterCredit: enter_credit,
    FetchDayReport: day_report,
    FetchStatistics: statistics,
    FetchPrepaidTotals: prepaid_totals,
    FetchSurveyScores: survey_scores,
    FetchFinanceReport: finance_report,
    FetchFinanceTable: finance_table,
    FetchEvaluation: evaluation,
    AnswerEvaluation: answer,
    FetchEvaluationPages: evaluation_pages,
}
