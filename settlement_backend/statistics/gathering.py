"""The job that gathers each day's figures: a finished day once, today again and again.

Talks to the database only. What a reader would get wrong: reports read `daily_figure` and nothing
else, so they stay as fast with a million bills as with ten; `gathered_at` says how fresh today is.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import CHINA, stamp
from settlement_backend.base.context import Context
from settlement_backend.settling.tables import Settlement
from settlement_backend.statistics.figures import Figure, Measure, summed
from settlement_backend.statistics.sources import Day, figures_of
from settlement_backend.statistics.tables import DailyFigure, StatisticsDay

_MOST_DAYS = 31  # in one go; older ones follow with the next
_SETTLED_MINUTES = 10  # how long after midnight a transaction of the day may still end


def day_of(day: date) -> Day:
    """A day as stamps begin."""
    return Day(day.isoformat(), (day + timedelta(days=1)).isoformat())


class Statistics:
    """Figures of all days."""

    def __init__(self, context: Context) -> None:
        self._db, self._clock = context.db, context.clock

    def gather(self) -> None:
        """What is missing of the past, and today as far as it is."""
        now = self._clock.now()
        with self._db.read() as session:
            first = _first_unfinished(session, now.date())
        for _ in range(_MOST_DAYS):
            if first > now.date():
                break
            self._gather_day(first, now)
            first += timedelta(days=1)

    def _gather_day(self, day: date, now: datetime) -> None:
        with self._db.read() as session:
            figures = summed(figures_of(session, day_of(day)))
        ended = datetime.combine(day + timedelta(days=1), time(), CHINA)
        finished = now >= ended + timedelta(minutes=_SETTLED_MINUTES)
        with self._db.write() as session:
            text = day.isoformat()
            known = session.get(StatisticsDay, text, with_for_update=True)
            if known is not None and known.finished:
                return
            session.execute(delete(DailyFigure).where(DailyFigure.day == text))
            session.add_all(_row(text, figure) for figure in figures)
            session.merge(StatisticsDay(day=text, finished=finished, gathered_at=stamp(now)))


def _row(day: str, figure: Figure) -> DailyFigure:
    return DailyFigure(
        day=day,
        measure=figure.measure.value,
        name=figure.name,
        channel=figure.channel,
        count=figure.count,
        amount_fen=figure.amount_fen,
        seconds=figure.seconds,
    )


def _first_unfinished(session: Session, today: date) -> date:
    """The day after the last finished one; on empty books the day of the first settlement."""
    last = session.scalar(select(func.max(StatisticsDay.day)).where(StatisticsDay.finished))
    if last is not None:
        return date.fromisoformat(last) + timedelta(days=1)
    begun = session.scalar(
        select(func.min(Settlement.settled_at)).where(Settlement.settled_at > "")
    )
    return date.fromisoformat(begun[:10]) if begun else today


def figures_between(session: Session, since: str, until: str) -> tuple[Figure, ...]:
    """Of these days, both included, added up."""
    wanted = select(DailyFigure).where(DailyFigure.day >= since, DailyFigure.day <= until)
    return summed(
        Figure(Measure(row.measure), row.name, row.channel, row.count, row.amount_fen, row.seconds)
        for row in session.scalars(wanted)
    )


def gathered_at(session: Session, since: str, until: str) -> str:
    """When the newest of these days was gathered, "" when none was."""
    wanted = select(func.max(StatisticsDay.gathered_at)).where(
        StatisticsDay.day >= since, StatisticsDay.day <= until
    )
    return session.scalar(wanted) or ""
