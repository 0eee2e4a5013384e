"""Signing statistics (N25): counted from the agreements themselves.

Looks at the database only. What a reader would get wrong: somebody who signs, cancels and signs
again is counted twice; `standing` counts people.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from settlement_backend.deferral import agreements
from settlement_backend.deferral.shapes import SigningDay, SigningStatistics
from settlement_backend.deferral.tables import DeferralAgreement

_DAY = len("2026-03-02")


def statistics(session: Session, since: date, until: date) -> SigningStatistics:
    """Of the days from `since` to `until`, both included."""
    signed = _counted(session, DeferralAgreement.signed_at, since, until)
    cancelled = _counted(session, DeferralAgreement.cancelled_at, since, until)
    days = tuple(
        SigningDay(
            day=day,
            channel=channel,
            signed=signed.get((day, channel), 0),
            cancelled=cancelled.get((day, channel), 0),
        )
        for day, channel in sorted(signed.keys() | cancelled.keys())
    )
    return SigningStatistics(
        days=days,
        signed=sum(signed.values()),
        cancelled=sum(cancelled.values()),
        standing=_number(session, agreements.COUNTS),
        suspended=_number(session, ("SUSPENDED",)),
    )


def _counted(
    session: Session, moment: InstrumentedAttribute[str], since: date, until: date
) -> dict[tuple[str, str], int]:
    """By day and channel."""
    day = func.substr(moment, 1, _DAY)
    rows = session.execute(
        select(day, DeferralAgreement.channel, func.count())
        .where(day >= since.isoformat(), day <= until.isoformat())
        .group_by(day, DeferralAgreement.channel)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def _number(session: Session, states: tuple[str, ...]) -> int:
    wanted = select(func.count()).where(DeferralAgreement.state.in_(states))
    return session.scalar(wanted) or 0
