"""Statistics, evaluations and surveys as they go out: docs/backend_api/statistics.md."""

from __future__ import annotations

from settlement_backend.base.shapes import Shape, Words


class FigureShape(Shape):
    """How often and for how much; `channel`: the kind of terminal, "" where there is none."""

    name: str
    channel: str
    count: int
    amount_fen: int


class ServiceTimeShape(Shape):
    """From opening a settlement to its end, by channel, in whole seconds."""

    channel: str
    count: int
    average_s: int


class SharesShape(Shape):
    """Hundredths of a percent: mobile of all payments (W36), bound and scan of those (W37)."""

    mobile: int
    bound: int
    scan: int


class StatisticsShape(Shape):
    """The figures of some days, both included. `gathered_at`: how fresh the newest day is."""

    since: str
    until: str
    gathered_at: str
    functions: tuple[FigureShape, ...]
    tenders: tuple[FigureShape, ...]
    media: tuple[FigureShape, ...]
    departments: tuple[FigureShape, ...]
    hours: tuple[FigureShape, ...]
    signings: tuple[FigureShape, ...]
    notices: tuple[FigureShape, ...]
    service_times: tuple[ServiceTimeShape, ...]
    busiest_hour: str
    shares: SharesShape


class EvidenceShape(Shape):
    """A fact. `source`: RECORDS, PERSON (told by `operator`) or NOBODY (not answered yet)."""

    fact: str
    name: Words
    value: int
    source: str
    operator: str


class EvaluationItem(Shape):
    """One line of the table with its evidence."""

    id: str
    name: Words
    rule: str
    points: int
    most: int
    evidence: tuple[EvidenceShape, ...]


class EvaluationGroup(Shape):
    """Lines that belong together."""

    id: str
    name: Words
    points: int
    most: int
    items: tuple[EvaluationItem, ...]


class QuestionShape(Shape):
    """What only a person knows."""

    fact: str
    question: Words
    most: int


class Evaluation(Shape):
    """A month's self-evaluation. `to_answer`: what nobody has answered yet counts 0."""

    month: str
    standard: str
    groups: tuple[EvaluationGroup, ...]
    points: int
    most: int
    grade: Words
    to_answer: tuple[QuestionShape, ...]
    remark: str
    gathered_at: str


class SurveyQuestion(Shape):
    """One question."""

    id: str
    text: Words


class Survey(Shape):
    """The questions of today; a score is a place on the scale, from 1."""

    version: str
    scale: tuple[Words, ...]
    questions: tuple[SurveyQuestion, ...]


class Thanks(Shape):
    """So many answers were taken."""

    answers: int


class QuestionResult(Shape):
    """How a question was answered. `average`: in hundredths (425 is 4.25); `scores`: how often
    1, 2, 3, 4 and 5."""

    question: str
    channel: str
    count: int
    average: int
    scores: tuple[int, ...]


class SurveyResult(Shape):
    """Of some days, both included."""

    since: str
    until: str
    results: tuple[QuestionResult, ...]
