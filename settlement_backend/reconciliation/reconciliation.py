"""Reconciliation of a day: files fetched, movements compared, differences handed to people.

Talks to the banks and the insurance, never inside a transaction. What a reader would get wrong: a
day is run again until every file around it is read and nothing in it is unknown any more; the
same day again gives the same lines.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.runner import each
from settlement_backend.insurance.reconciling import Reconciling
from settlement_backend.reconciliation import books, insurance_leg, our_lots, ours
from settlement_backend.reconciliation.compare import Ours, compare
from settlement_backend.reconciliation.fetching import READERS, DailyFiles
from settlement_backend.reconciliation.tables import (
    ChannelFile,
    InsuranceDay,
    ReconciliationDay,
    ReconciliationLine,
)
from settlement_backend.settling.tables import Tender

_TRANSFER_BANK = "lead"


class Reconciliation:
    """All days of this hospital."""

    def __init__(self, context: Context, files: DailyFiles, insurance: Reconciling) -> None:
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self._files, self._insurance = files, insurance

    @property
    def every_s(self) -> float:
        """The pause between two looks."""
        return self._policy.reconciliation.every_minutes * 60.0

    def run_due(self) -> None:
        """Every day that is over and not done."""
        each(lambda day: self.run(date.fromisoformat(day)), self.due())

    def due(self) -> list[str]:
        """Days that are over and not done, oldest first; none before the hour of the files."""
        now, rules = self._clock.now(), self._policy.reconciliation
        last = now.date() - timedelta(days=1 if f"{now:%H:%M}" >= rules.fetch_from else 2)
        oldest = now.date() - timedelta(days=rules.look_back_days)
        with self._db.read() as session:
            first = _first_day(session)
            known = select(ReconciliationDay.day).where(ReconciliationDay.state == "DONE")
            done = set(session.scalars(known))
        begin = max(first, oldest) if first is not None else last + timedelta(days=1)
        days = [begin + timedelta(days=n) for n in range((last - begin).days + 1)]
        return [day.isoformat() for day in days if day.isoformat() not in done]

    def run(self, day: date) -> None:
        """Fetch what is missing, compare, keep. One run of a day at a time."""
        with self._db.locks.alone(f"reconciliation/{day.isoformat()}"):
            self._fetch(day)
            self._ask_insurance(day)
            with self._db.write() as session:
                self._compare(session, day)

    def _fetch(self, day: date) -> None:
        wanted = [
            (of, bank, channel)
            for of in (day - timedelta(days=1), day, day + timedelta(days=1))
            for bank in self._files.banks
            for channel in READERS
            if channel != "TRANSFER" or bank == _TRANSFER_BANK
        ]
        with self._db.read() as session:
            known = select(ChannelFile).where(ChannelFile.state.in_(books.THERE))
            there = {
                (row.day, row.bank, row.channel)
                for row in session.scalars(known.where(ChannelFile.day.in_(books.around(day))))
            }
        today = self._clock.now().date()
        for of, bank, channel in wanted:
            if of < today and (of.isoformat(), bank, channel) not in there:
                word = self._files.fetch(bank, channel, of)
                rules, now = self._policy.doubt, self._clock.now()
                with self._db.write() as session:
                    books.keep_file(session, of, bank, channel, word, rules, now)

    def _ask_insurance(self, day: date) -> None:
        with self._db.read() as session:
            known = session.get(InsuranceDay, day.isoformat())
        if known is None or known.state != "AGREES":
            word = insurance_leg.ask(self._insurance, day)
            with self._db.write() as session:
                insurance_leg.keep(session, day, word, self._policy.doubt, self._clock.now())

    def _compare(self, session: Session, day: date) -> None:
        rules, now = self._policy.reconciliation, self._clock.now()
        rows = books.theirs(session, day)
        within = ours.window(session, day, {row.key.number for row in rows}, self._files.banks)
        booked: list[Ours] = [
            *ours.tenders(session, within),
            *ours.refunds(session, within),
            *ours.transfers(session, within),
            *our_lots.top_ups(session, within),
            *our_lots.clean_outs(session, within),
        ]
        files = books.files(session, day, rules.tolerance_minutes)
        lines = compare(day, booked, rows, files)
        books.keep_lines(session, day, lines, self._policy.doubt, now)
        self._finish(session, day, now)

    def _finish(self, session: Session, day: date, now: datetime) -> None:
        """DONE when every file of these days is there and nothing is unknown."""
        waiting = select(func.count()).where(
            ReconciliationLine.day == day.isoformat(), ReconciliationLine.verdict == "NOT_READY"
        )
        known = session.get(ReconciliationDay, day.isoformat(), with_for_update=True)
        row = known or ReconciliationDay(day=day.isoformat(), state="OPEN", ran_at="")
        done = self._all_there(session, day) and not session.scalar(waiting)
        row.state, row.ran_at = "DONE" if done else "OPEN", stamp(now)
        session.add(row)
        session.flush()

    def _all_there(self, session: Session, day: date) -> bool:
        following = (day.isoformat(), (day + timedelta(days=1)).isoformat())
        there = select(func.count()).where(
            ChannelFile.day.in_(following), ChannelFile.state.in_(books.THERE)
        )
        channels = (len(READERS) - 1) * len(self._files.banks) + 1
        insured = session.get(InsuranceDay, day.isoformat())
        answered = insured is not None and insured.state != "NOT_READY"
        return answered and session.scalar(there) == channels * len(following)


def _first_day(session: Session) -> date | None:
    """The day of the first payment that a bank was asked for."""
    asked = select(func.min(Tender.called_at)).where(Tender.called_at != "")
    first = session.scalar(asked)
    return date.fromisoformat(first[:10]) if first else None
