"""Surveys: questions, anonymous answers, averages (H40)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from service_bench import CLINIC, House
from staff_bench import AUDITOR, sign_in

from settlement_backend.statistics.surveys import average_of, survey
from settlement_backend.statistics.tables import SurveyAnswer


@pytest.mark.parametrize(
    ("scores", "average"),
    [((0, 0, 0, 0, 0), 0), ((1, 0, 0, 0, 0), 100), ((0, 0, 0, 1, 3), 475), ((1, 0, 0, 0, 2), 367)],
)
def test_h40_average_in_hundredths(scores: Sequence[int], average: int) -> None:
    assert average_of(scores) == average


def test_h40_questions_are_asked_in_both_languages() -> None:
    assert len(survey().questions) == 5
    assert len(survey().scale) == 5
    assert all(question.text.zh and question.text.en for question in survey().questions)


@pytest.mark.slow
def test_h40_answers_are_nobodys_and_averaged(house: House) -> None:
    version = house.get("/v1/survey")["version"]
    for token, score in (("demo-kiosk-01", 5), ("demo-kiosk-01", 4), (CLINIC, 1)):
        scores = [{"question": "easy", "score": score}]
        told = house.done(
            "/v1/survey/answers", {"version": version, "answers": scores}, token=token
        )
        assert told == {"answers": 1}

    day = house.clock.now().date().isoformat()
    told = sign_in(house, AUDITOR).get(f"/v1/survey/results?since={day}&until={day}")

    assert [(each["channel"], each["count"], each["average"]) for each in told["results"]] == [
        ("clinic", 1, 100),
        ("kiosk", 2, 450),
    ]
    columns = {column.name for column in SurveyAnswer.__table__.columns}
    assert columns == {"id", "day", "version", "question", "channel", "score"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("version", "question", "reason"),
    [("old", "easy", "other_survey"), ("", "hardest", "unknown_question")],
)
def test_answers_to_other_questions_are_refused(
    house: House, version: str, question: str, reason: str
) -> None:
    body = {
        "version": version or survey().version,
        "answers": [{"question": question, "score": 3}],
    }

    assert house.refused("/v1/survey/answers", body) == reason
