"""What patients answered to the survey: each question by kind of terminal (H40).

What a reader would get wrong: nobody's answer stands alone anywhere; the backend keeps neither
person nor terminal nor time of day.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from cashier.journeys.day.figures import over_days
from cashier.journeys.day.saving import save
from cashier.journeys.day.words import days, place_kind
from cashier.journeys.work import AtWork, fetched
from cashier.steps.sheet import Action, Column, Line, Pressed, Table, WorkSheet
from core.figures import SurveyScore, SurveyScores
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Phrase, said
from core.steps.files import WrittenRows
from core.steps.visits import FetchSurvey
from core.steps.window_books import FetchSurveyScores
from core.visits import Survey

_TITLE = said("Answers to the survey")
_CONTENT = 400  # on average, in hundredths: "satisfied"


async def survey(at: AtWork) -> str:
    """Some days after others."""
    asked = await fetched(FetchSurvey(), at, _TITLE)
    if asked is None:
        return ""
    return await over_days(_TITLE, FetchSurveyScores, partial(_show, asked))


async def _show(asked: Survey, told: SurveyScores) -> None:
    strip: Strip | None = None
    while True:
        match await scores_sheet(asked, told, strip):
            case Pressed("csv"):
                strip = await save(f"survey-{told.since}-{told.until}", rows_of(asked, told))
            case _:
                return


def scores_sheet(asked: Survey, told: SurveyScores, strip: Strip | None = None) -> WorkSheet:
    """What is below "satisfied" on average stands out."""
    questions = _questions(asked)
    columns = (
        Column(said("Question"), 5),
        Column(said("Where"), 2),
        Column(said("Answers"), right=True),
        Column(said("Average"), right=True),
        *(Column(str(score), right=True) for score in range(1, len(asked.scale) + 1)),
    )
    lines = tuple(
        Line(
            f"{one.question} {one.channel}",
            _cells(questions, one),
            Tone.WARNING if one.average < _CONTENT else Tone.PLAIN,
        )
        for one in told.results
    )
    scale = tuple(Row("list", str(score), words) for score, words in enumerate(asked.scale, 1))
    return WorkSheet(
        title=_TITLE,
        text=days(told.since, told.until),
        strip=strip,
        sections=(Section(said("What the numbers mean"), scale),),
        table=Table(columns, lines, nothing=said("Nobody answered on these days")),
        actions=(
            Action("done", said("Done")),
            Action("csv", said("Save as CSV"), key="Ctrl+T"),
        ),
    )


def _questions(asked: Survey) -> Mapping[str, Phrase]:
    return {question.id: question.text for question in asked.questions}


def _cells(questions: Mapping[str, Phrase], one: SurveyScore) -> tuple[Phrase, ...]:
    """A question of an older survey reads as its code."""
    average = f"{one.average // 100}.{one.average % 100:02d}"
    name = questions.get(one.question, one.question)
    return (name, place_kind(one.channel), str(one.count), average, *map(str, one.scores))


def rows_of(asked: Survey, told: SurveyScores) -> WrittenRows:
    """A line of the table a row."""
    questions = _questions(asked)
    head = (said("Question"), said("Where"), said("Answers"), said("Average"))
    scores = tuple(str(score) for score in range(1, len(asked.scale) + 1))
    return WrittenRows(((*head, *scores), *(_cells(questions, one) for one in told.results)))
