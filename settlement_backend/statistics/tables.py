"""Figures of each day, codes that were shown, answers to surveys and to the self-evaluation."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class MediumUse(Base):
    """Somebody was identified by a medium; nobody can tell from this row who (H37)."""

    __tablename__ = "medium_use"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    channel: Mapped[str]


class StatisticsDay(Base):
    """A day whose figures stand here; `finished`: they never change again."""

    __tablename__ = "statistics_day"
    day: Mapped[str] = mapped_column(primary_key=True)
    finished: Mapped[bool] = mapped_column(default=False)
    gathered_at: Mapped[str]


class DailyFigure(Base):
    """How often something happened on a day, for how much money, in how many seconds altogether.

    `measure`: what `name` is a name of (`figures.Measure`); `channel`: the kind of terminal, "".
    """

    __tablename__ = "daily_figure"
    day: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[int] = mapped_column(BigInteger)


class EvaluationAnswer(Base):
    """What the books cannot know of a month, told by a person (H39)."""

    __tablename__ = "evaluation_answer"
    month: Mapped[str] = mapped_column(primary_key=True)
    fact: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
    note: Mapped[str]
    operator: Mapped[str]
    terminal_id: Mapped[str]
    at: Mapped[str]


class SurveyAnswer(Base):
    """One answer to one question by nobody in particular: a day and a kind of terminal (H40)."""

    __tablename__ = "survey_answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[str]
    version: Mapped[str]
    question: Mapped[str]
    channel: Mapped[str]
    score: Mapped[int]
    __table_args__ = (
        CheckConstraint("score between 1 and 5"),
        Index("survey_by_day", "day", "question"),
    )
