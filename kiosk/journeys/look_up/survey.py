"""The satisfaction survey (H40): from the menu, or by the button that every good ending has while
somebody attends the visit (`journeys/attended.py`); always skippable.

What a reader would get wrong: nobody is identified for it and nothing of a person is sent, so it
is the same for everybody; leaving in the middle sends nothing.
"""

from __future__ import annotations

from typing import assert_never

from core.page_parts import Strip, Tone
from core.phrase import Said, said
from core.ports import Done, NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.visits import FetchSurvey, SendSurvey
from core.visits import Survey, SurveyAnswer, SurveyQuestion
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Choose, Chosen, Finished, Option

_SKIP = "skip"
_FACES = ("mood-sad", "mood-empty", "mood-neutral", "mood-smile", "mood-happy")


async def survey(_start: Start) -> Retry | None:
    """From the menu."""
    return await ask_survey()


async def ask_survey() -> Retry | None:
    """The questions, as far as somebody answers them."""
    match await FetchSurvey():
        case Survey() as questions:
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
    answers = await _answers(questions)
    if answers is None:
        return None
    if not answers:
        await thanks_page(said("Nothing was sent"))
        return None
    match await SendSurvey(questions.version, answers):
        case Done():
            await thanks_page(said("Your answers were kept without your name"))
        case Refused() | NotSent() | Unknown():
            await not_kept_page()
    return None


async def _answers(questions: Survey) -> tuple[SurveyAnswer, ...] | None:
    """One page a question; back goes to the one before. None when the person left."""
    given: dict[str, int] = {}
    number = 0
    while number < len(questions.questions):
        question = questions.questions[number]
        match await question_page(questions, question, number):
            case Chosen(key):
                given.pop(question.id, None)
                if key != _SKIP:
                    given[question.id] = int(key)
                number += 1
            case Back() if number:
                number -= 1
            case Back() | Leave():
                return None
            case other:
                assert_never(other)
    return tuple(SurveyAnswer(question, score) for question, score in given.items())


def question_page(questions: Survey, question: SurveyQuestion, number: int) -> Choose:
    """Best first; `number` counts from 0."""
    scale = tuple(
        Option(str(score), words, _FACES[score - 1])
        for score, words in enumerate(questions.scale[: len(_FACES)], 1)
    )
    return Choose(
        title=question.text,
        hint=said(
            "Question {number} of {count}. Your name is not kept.",
            number=number + 1,
            count=len(questions.questions),
        ),
        icon="mood-smile",
        options=(*reversed(scale), Option(_SKIP, said("Skip this question"), "x")),
    )


def thanks_page(hint: Said) -> Finished:
    """The end of the questions."""
    return Finished(title=said("Thank you"), hint=hint, icon="mood-happy")


def not_kept_page() -> Finished:
    """The answers are lost, which harms nobody."""
    return Finished(
        title=said("Thank you"),
        hint=said("Your answers could not be sent just now"),
        tone=Tone.INFO,
        icon="mood-smile",
        strip=Strip(Tone.INFO, "info-circle", said("You need not do anything.")),
    )
