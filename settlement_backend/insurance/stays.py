"""Stays as our books have them, told to the insurance: admitted (2401), moved (2403).

A job of the runner; talks to the platform through the adapter, never inside a transaction. What a
reader would get wrong: a stay that the platform refuses is not offered again here; its first quote
asks once more and tells the patient.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import Clock
from settlement_backend.base.database import Database
from settlement_backend.inpatient.tables import Admission
from settlement_backend.insurance import insutypes, referrals
from settlement_backend.insurance.care import Care, stay_of
from settlement_backend.insurance.envelope import BACKGROUND
from settlement_backend.insurance.insurance import Insurance
from settlement_backend.insurance.tables import InsuranceVisit, InsuredPerson
from settlement_backend.people.tables import Person
from settlement_backend.policy.profile import InsuranceRules

_MOST = 50
_IN_HOUSE = ("ADMITTED", "NOTICED")


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody insured in a bed. `visit`: what the platform was told, None for nothing."""

    care: Care
    person: InsuredPerson
    visit: InsuranceVisit | None


class Stays:
    """The job."""

    def __init__(
        self, db: Database, clock: Clock, rules: InsuranceRules, insurance: Insurance
    ) -> None:
        self._db, self._clock, self._rules = db, clock, rules
        self._insurance = insurance

    def run(self) -> None:
        """Some of those that the platform does not know as they are."""
        for stay in self._untold():
            visits, region = self._insurance.visits, stay.person.region
            if stay.visit is None:
                visits.opened(stay.care, stay.person, BACKGROUND)
            else:
                visits.move_bed(stay.visit, stay.care, region, BACKGROUND)

    def _untold(self) -> list[Stay]:
        moved = or_(
            InsuranceVisit.bed != Admission.bed,
            InsuranceVisit.department != Admission.ward_zh,
            InsuranceVisit.doctor != Admission.doctor_zh,
        )
        wanted = (
            select(Admission, InsuredPerson, InsuranceVisit)
            .join(Person, Person.id == Admission.person_id)
            .join(InsuredPerson, InsuredPerson.id_number == Person.id_number)
            .outerjoin(InsuranceVisit, InsuranceVisit.id == Admission.id)
            .where(
                Admission.state.in_(_IN_HOUSE),
                or_(InsuranceVisit.id.is_(None), (InsuranceVisit.state == "OPEN") & moved),
            )
            .order_by(Admission.requested_at, Admission.id)
            .limit(_MOST)
        )
        with self._db.read() as session:
            found = [Stay(stay_of(row[0]), row[1], row[2]) for row in session.execute(wanted)]
            return [stay for stay in found if stay.visit or self._may_open(session, stay)]

    def _may_open(self, session: Session, stay: Stay) -> bool:
        """Strangers are told of when their referral slip is bound (L03)."""
        area = self._insurance.gateway.institution.pooling_area
        today = self._clock.now().date()
        return not referrals.missing(
            session, self._rules, stay.person, area, insutypes.INPATIENT, today
        )
