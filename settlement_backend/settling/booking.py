"""How the saga's steps write down what became of them: each in one transaction.

Talks to the database only. What a reader would get wrong: a step's word is booked only if nobody
moved the settlement meanwhile; the answer says whether the saga may look for the next step.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from settlement_backend.acquirers.means import MeansTable
from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.settling import books, settling
from settlement_backend.settling.settling import settlement_of, tenders_of
from settlement_backend.settling.tables import Settlement, Tender

log = logging.getLogger(__name__)

Change = Callable[[Session, Settlement], object]


class Booking:
    """One per process; the steps share it."""

    def __init__(self, context: Context, means: MeansTable) -> None:
        self._context, self._means = context, means
        self._db, self._clock, self._policy = context.db, context.clock, context.policy

    def now(self) -> datetime:
        """The backend's time."""
        return self._clock.now()

    def book(self, row: Settlement, change: Change) -> bool:
        """Apply a change if nobody moved the row meanwhile, and what follows without asking
        anybody. True: look for the next step."""
        with self._db.write() as session:
            fresh = settlement_of(session, row.id)
            if fresh.state == row.state:
                change(session, fresh)
                self.go_on(session, fresh)
        return True

    def begin(self, session: Session, row: Settlement) -> None:
        """A settlement that was just accepted and needs no insurance goes on at once."""
        session.refresh(row)
        if (row.state, row.insurance_state) == ("INSURED", "NONE"):
            self.paying(session, row)
            self.go_on(session, row)

    def go_on(self, session: Session, row: Settlement) -> None:
        """Tenders that are booked here only are taken, and a settlement that has all is complete:
        in the transaction of the step before."""
        while row.state == "PAYING":
            tenders = tenders_of(session, row.id)
            tender = next((each for each in tenders if each.state != "TAKEN"), None)
            if tender is None:
                books.complete(session, row, self._context.slip_key, self.now())
                return
            if self._means.of(tender) is not None:
                return
            self._take(session, row, tender)

    def _take(self, session: Session, row: Settlement, tender: Tender) -> None:
        if not books.take(session, row, tender, self._context.slip_key, self.now()):
            self.reverse_because(session, row, "amount_changed")

    def paying(self, _session: Session, row: Settlement) -> None:
        """The insurance is through: money next."""
        row.state, row.next_at = "PAYING", stamp(self.now())

    def taken(self, row: Settlement, tender: Tender) -> bool:
        """A tender's money is ours."""

        def change(session: Session, fresh: Settlement) -> None:
            mine = session.get_one(Tender, tender.id)
            mine.payer = mine.payer or tender.payer
            self._take(session, fresh, mine)

        return self.book(row, change)

    def asked(self, tender: Tender) -> None:
        """Written as asked before anybody outside is called."""
        with self._db.write() as session:
            mine = session.get_one(Tender, tender.id)
            if mine.state == "PLANNED":
                mine.state, mine.called_at = "PAYING", stamp(self.now())

    def called_at(self, tender: Tender) -> datetime:
        """When it was first asked for."""
        with self._db.read() as session:
            return datetime.fromisoformat(session.get_one(Tender, tender.id).called_at)

    def reverse(self, row: Settlement, reason: str, untaken: Tender | None = None) -> bool:
        """Undo everything. `untaken`: the tender whose platform said that nothing moved."""

        def change(session: Session, fresh: Settlement) -> None:
            if untaken is not None:
                mine = session.get_one(Tender, untaken.id)
                books.free(session, fresh, mine)
                mine.state = "RETURNED"
            self.reverse_because(session, fresh, reason)

        return self.book(row, change)

    def reverse_because(self, session: Session, row: Settlement, reason: str) -> None:
        """From now on it is undone, for this reason."""
        now = self.now()
        row.state, row.trouble, row.next_at = "REVERSING", reason, stamp(now)
        row.decide_at = stamp(now + timedelta(seconds=self._policy.doubt.give_up_after))
        session.flush()

    def again(self, row: Settlement, at: datetime) -> bool:
        """Look again at that time."""
        self.book(row, lambda _s, fresh: setattr(fresh, "next_at", stamp(at)))
        return False

    def wait(self, row: Settlement, reason: str) -> bool:
        """Nobody answered: ask again later; at the limit a person owns it."""
        now = self.now()

        def change(session: Session, fresh: Settlement) -> None:
            if stamp(now) >= fresh.decide_at:
                log.warning("settlement %s is handed to a person", fresh.id)
                fresh.trouble = reason or "being_checked"
                evidence = f"{fresh.state}, insurance {fresh.insurance_state}"
                settling.suspend(session, fresh, evidence, self._policy, now)
            else:
                fresh.next_at = stamp(now + timedelta(seconds=self._policy.doubt.ask_every))

        self.book(row, change)
        return False
