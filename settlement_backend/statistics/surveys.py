"""Satisfaction surveys (H40): questions as data, answers of nobody in particular, averages.

Talks to the database only. What a reader would get wrong: neither person nor terminal nor time of
day is kept, and no free text, which could tell who somebody is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settlement_backend.base.errors import Refused
from settlement_backend.statistics.shapes import QuestionResult, Survey, SurveyResult
from settlement_backend.statistics.tables import SurveyAnswer

_QUESTIONS = Path(__file__).resolve().parents[2] / "resources/survey/questions.json"
_SCORES = (1, 2, 3, 4, 5)


@cache
def survey() -> Survey:
    """The questions of this release."""
    return Survey.model_validate_json(_QUESTIONS.read_text("utf-8"))


def take(session: Session, day: str, channel: str, version: str, scores: Mapping[str, int]) -> int:
    """Keep answers by question; how many. Raises Refused `other_survey`, `unknown_question`."""
    if version != survey().version:
        raise Refused("other_survey", survey().version)
    if not set(scores) <= {question.id for question in survey().questions}:
        raise Refused("unknown_question")
    for question, score in scores.items():
        session.add(
            SurveyAnswer(day=day, version=version, question=question, channel=channel, score=score)
        )
    session.flush()
    return len(scores)


def results(session: Session, since: str, until: str) -> SurveyResult:
    """By question and channel."""
    what = (SurveyAnswer.question, SurveyAnswer.channel, SurveyAnswer.score)
    wanted = select(*what, func.count()).where(SurveyAnswer.day >= since, SurveyAnswer.day <= until)
    counts: dict[tuple[str, str], dict[int, int]] = {}
    for question, channel, score, count in session.execute(wanted.group_by(*what).order_by(*what)):
        counts.setdefault((question, channel), {})[score] = count
    told = tuple(
        _result(question, channel, [by_score.get(score, 0) for score in _SCORES])
        for (question, channel), by_score in counts.items()
    )
    return SurveyResult(since=since, until=until, results=told)


def _result(question: str, channel: str, scores: Sequence[int]) -> QuestionResult:
    return QuestionResult(
        question=question,
        channel=channel,
        count=sum(scores),
        average=average_of(scores),
        scores=tuple(scores),
    )


def average_of(scores: Sequence[int]) -> int:
    """Of how often 1, 2, 3, 4 and 5 were given: in hundredths, half up; 0 without any."""
    count = sum(scores)
    sum_of = sum(score * often for score, often in zip(_SCORES, scores, strict=True))
    return (200 * sum_of + count) // (2 * count) if count else 0
