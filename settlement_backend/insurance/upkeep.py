"""What is left over at the insurance: lines of quotes nobody settled, visits that never were.

A job of the runner; talks to the platform through the adapter, never inside a transaction. What a
reader would get wrong: lines stay as long as a settlement of them may still be under way, also one
whose word was lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, or_, select

from settlement_backend.base.clock import Clock, stamp
from settlement_backend.base.database import Database
from settlement_backend.inpatient.tables import Admission
from settlement_backend.insurance.envelope import BACKGROUND
from settlement_backend.insurance.insurance import Insurance
from settlement_backend.insurance.tables import (
    InsuranceBatch,
    InsuranceMessage,
    InsuranceVisit,
    InsuredPerson,
)
from settlement_backend.policy.profile import InsuranceRules
from settlement_backend.settling.tables import Settlement
from settlement_backend.visits.tables import Registration

_MOST = 50
_OVER = ("CANCELLED", "REVERSED")
_NEVER_WAS = ("CANCELLED", "EXPIRED")


@dataclass(frozen=True, slots=True)
class Left:
    """One batch to take back."""

    batch: InsuranceBatch
    visit: InsuranceVisit
    region: str


class Upkeep:
    """The job."""

    def __init__(
        self, db: Database, clock: Clock, rules: InsuranceRules, insurance: Insurance
    ) -> None:
        self._db, self._clock, self._rules = db, clock, rules
        self._insurance = insurance

    def run(self) -> None:
        """Some of everything that is left over; the rest at the next step."""
        for left in self._left_lines():
            self._insurance.batches.drop(left.visit, left.batch, left.region)
        for visit, region in self._left_visits():
            self._insurance.visits.withdraw(visit, region, BACKGROUND)
        self._insurance.gateway.sign_off()

    def _left_lines(self) -> list[Left]:
        limit = self._clock.now() - timedelta(minutes=self._rules.quote_kept_minutes)
        under_way = exists().where(
            InsuranceMessage.batch_id == InsuranceBatch.id,
            InsuranceMessage.state.in_(("PENDING", "UNKNOWN")),
        )
        over = select(Settlement.id).where(Settlement.state.in_(_OVER))
        wanted = (
            select(InsuranceBatch, InsuranceVisit, InsuredPerson.region)
            .join(InsuranceVisit, InsuranceVisit.id == InsuranceBatch.visit_id)
            .join(InsuredPerson, InsuredPerson.psn_no == InsuranceVisit.psn_no)
            .where(
                InsuranceBatch.state == "UPLOADED",
                ~under_way,
                or_(InsuranceBatch.at < stamp(limit), InsuranceBatch.of.in_(over)),
            )
            .order_by(InsuranceBatch.at)
            .limit(_MOST)
        )
        with self._db.read() as session:
            return [Left(row[0], row[1], row[2]) for row in session.execute(wanted)]

    def _left_visits(self) -> list[tuple[InsuranceVisit, str]]:
        registrations = select(Registration.id).where(Registration.state.in_(_NEVER_WAS))
        admissions = select(Admission.id).where(Admission.state == "CANCELLED")
        wanted = (
            select(InsuranceVisit, InsuredPerson.region)
            .join(InsuredPerson, InsuredPerson.psn_no == InsuranceVisit.psn_no)
            .where(
                InsuranceVisit.state == "OPEN",
                or_(InsuranceVisit.id.in_(registrations), InsuranceVisit.id.in_(admissions)),
            )
            .limit(_MOST)
        )
        with self._db.read() as session:
            return [(row[0], row[1]) for row in session.execute(wanted)]
