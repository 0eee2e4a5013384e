"""Statistics, the monthly self-evaluation, surveys (W36, W37, H37, H39, H40, N25)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy.orm import Session

from settlement_backend.base.errors import Refused
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.gate import Key, ServiceDep, TerminalDep, role
from settlement_backend.staff.tables import Operator
from settlement_backend.statistics import evaluation, figures, requests, surveys
from settlement_backend.statistics.evaluation_page import evaluation_pdf
from settlement_backend.statistics.figures import Figure, Measure
from settlement_backend.statistics.finance_report import finance_report, report_csv, report_pdf
from settlement_backend.statistics.gathering import figures_between, gathered_at
from settlement_backend.statistics.report_words import Language
from settlement_backend.statistics.shapes import (
    Evaluation,
    FigureShape,
    ServiceTimeShape,
    SharesShape,
    StatisticsShape,
    Survey,
    SurveyResult,
    Thanks,
)

router = APIRouter(prefix="/v1", responses=ANSWERS)

ReaderDep = Annotated[Operator, role("auditor", "finance", "technician", "supervisor")]
DayText = Annotated[str, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Month = Annotated[str, Path(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
_MOST_DAYS = 366
_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {}}, "description": "the rows"}
}
_PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {}}, "description": "the file"}
}


@router.get("/statistics", response_model=StatisticsShape)
def statistics(
    service: ServiceDep, operator: ReaderDep, since: DayText, until: DayText
) -> StatisticsShape:
    """What was used on these days, by whom (kind of terminal), for how much, how fast."""
    _check(since, until)
    with service.db.read() as session:
        found = figures_between(session, since, until)
        fresh = gathered_at(session, since, until)
    shares = figures.shares(found)
    return StatisticsShape(
        since=since,
        until=until,
        gathered_at=fresh,
        functions=_told(found, Measure.FUNCTION),
        tenders=_told(found, Measure.TENDER),
        media=_told(found, Measure.MEDIUM),
        departments=_told(found, Measure.DEPARTMENT),
        hours=_told(found, Measure.HOUR),
        signings=_told(found, Measure.SIGNING),
        notices=_told(found, Measure.NOTICE),
        service_times=tuple(
            ServiceTimeShape(
                channel=each.channel, count=each.count, average_s=each.seconds // each.count
            )
            for each in figures.of(found, Measure.SERVICE_TIME)
        ),
        busiest_hour=figures.busiest_hour(found),
        shares=SharesShape(mobile=shares.mobile, bound=shares.bound, scan=shares.scan),
    )


def _told(found: tuple[Figure, ...], measure: Measure) -> tuple[FigureShape, ...]:
    return tuple(
        FigureShape(
            name=each.name, channel=each.channel, count=each.count, amount_fen=each.amount_fen
        )
        for each in figures.of(found, measure)
    )


@router.get("/statistics/report.pdf", response_class=Response, responses=_PDF)
def report_on_paper(
    service: ServiceDep,
    operator: ReaderDep,
    since: DayText,
    until: DayText,
    language: Annotated[Language, Query()] = "zh",
) -> Response:
    """What a finance officer reads of these days, with charts."""
    _check(since, until)
    with service.db.read() as session:
        told = finance_report(session, since, until)
    return Response(report_pdf(told, language), media_type="application/pdf")


@router.get("/statistics/report.csv", response_class=Response, responses=_CSV)
def report_as_table(
    service: ServiceDep, operator: ReaderDep, since: DayText, until: DayText
) -> Response:
    """The numbers of the same charts."""
    _check(since, until)
    with service.db.read() as session:
        told = finance_report(session, since, until)
    return Response(report_csv(told), media_type="text/csv")


@router.get("/evaluations/{month}", response_model=Evaluation)
def evaluate(service: ServiceDep, operator: ReaderDep, month: Month) -> Evaluation:
    """The self-evaluation of a month by the standard's table (H39)."""
    with service.db.read() as session:
        return evaluation.evaluation(session, service.policy, month)


@router.get("/evaluations/{month}/pdf", response_class=Response, responses=_PDF)
def evaluate_on_paper(service: ServiceDep, operator: ReaderDep, month: Month) -> Response:
    """The same as a file to print."""
    with service.db.read() as session:
        told = evaluation.evaluation(session, service.policy, month)
    return Response(evaluation_pdf(told), media_type="application/pdf")


@router.post("/evaluations/{month}/answers", response_model=Evaluation)
def tell(
    body: requests.EvaluationFact,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
    operator: ReaderDep,
    month: Month,
) -> Response:
    """What the books cannot know; the last answer counts."""

    def handler(session: Session) -> Evaluation:
        now, by = service.clock.now(), (operator.number, terminal.id)
        evaluation.answer(session, month, body.fact, body.value, body.note, by, now)
        return evaluation.evaluation(session, service.policy, month)

    request = text_of(f"evaluations/{month}/answers", body)
    return respond(service.keys.once(key, request, handler))


@router.get("/survey", response_model=Survey)
def survey(terminal: TerminalDep) -> Survey:
    """The questions to ask after a service."""
    return surveys.survey()


@router.post("/survey/answers", status_code=201, response_model=Thanks)
def answer_survey(
    body: requests.SurveyAnswers, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """Answers of nobody in particular."""
    scores = {each.question: each.score for each in body.answers}

    def handler(session: Session) -> Thanks:
        today = service.clock.now().date().isoformat()
        taken = surveys.take(session, today, terminal.kind, body.version, scores)
        return Thanks(answers=taken)

    return respond(service.keys.once(key, text_of("survey/answers", body), handler, 201))


@router.get("/survey/results", response_model=SurveyResult)
def survey_results(
    service: ServiceDep, operator: ReaderDep, since: DayText, until: DayText
) -> SurveyResult:
    """Averages by question and channel."""
    _check(since, until)
    with service.db.read() as session:
        return surveys.results(session, since, until)


def _check(since: str, until: str) -> None:
    """Real days, in order, at most a year. Raises Refused."""
    try:
        days = (date.fromisoformat(until) - date.fromisoformat(since)).days
    except ValueError:
        raise Refused("bad_days") from None
    if not 0 <= days < _MOST_DAYS:
        raise Refused("bad_days")
