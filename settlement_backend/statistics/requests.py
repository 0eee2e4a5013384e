"""What comes in for statistics: answers to the self-evaluation and to surveys."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt, StrictStr

from settlement_backend.base.shapes import Body, Ident


class EvaluationFact(Body):
    """What only a person knows of a month. `fact` "remark": the text in `note`, without a value."""

    fact: Ident
    value: Annotated[StrictInt, Field(ge=0, le=1000)] = 0
    note: Annotated[StrictStr, Field(max_length=1000)] = ""


class SurveyScore(Body):
    """1 is the worst, 5 the best."""

    question: Ident
    score: Annotated[StrictInt, Field(ge=1, le=5)]


class SurveyAnswers(Body):
    """Of one person, at most once a question; nobody is named."""

    version: Ident
    answers: Annotated[list[SurveyScore], Field(min_length=1, max_length=20)]
