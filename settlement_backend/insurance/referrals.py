"""Referral slips of people from out of town: bound to the patient before their stay is settled
through the platform (L02, L03).

Talks to the database only. What a reader would get wrong: which kinds of treatment need a slip is
the profile's word; for the others an out-of-town insurance settles like any (L18).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.insurance.tables import InsuredPerson, RemoteReferral
from settlement_backend.people.tables import Person
from settlement_backend.policy.profile import InsuranceRules

_ID_DIGITS = 30


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What stands on the slip. `from_region`: six digits; days are inclusive."""

    slip_no: str
    from_region: str
    valid_from: str
    valid_to: str


def bind(
    session: Session, person_id: str, slip: SlipFacts, terminal_id: str, now: datetime
) -> RemoteReferral:
    """The slip is this patient's; the same again changes nothing. Raises Refused."""
    if not slip.valid_from <= slip.valid_to or slip.valid_to < now.date().isoformat():
        raise Refused("referral_expired")
    name = hashlib.sha256(f"{slip.from_region}/{slip.slip_no}".encode()).hexdigest()[:_ID_DIGITS]
    known = session.get(RemoteReferral, name)
    if known is not None:
        if known.person_id != person_id:
            raise Refused("referral_of_another")
        return known
    row = RemoteReferral(
        id=name,
        person_id=person_id,
        slip_no=slip.slip_no,
        from_region=slip.from_region,
        valid_from=slip.valid_from,
        valid_to=slip.valid_to,
        terminal_id=terminal_id,
        bound_at=stamp(now),
    )
    session.add(row)
    session.flush()
    return row


def of_person(session: Session, person_id: str) -> list[RemoteReferral]:
    """Newest first."""
    return list(
        session.scalars(
            select(RemoteReferral)
            .where(RemoteReferral.person_id == person_id)
            .order_by(RemoteReferral.bound_at.desc(), RemoteReferral.id)
        )
    )


def needed(rules: InsuranceRules, region: str, pooling_area: str, med_type: str) -> bool:
    """Whether this treatment of somebody insured there needs a slip; pure."""
    return med_type in rules.referral_med_types and not region.startswith(pooling_area)


def missing(
    session: Session,
    rules: InsuranceRules,
    person: InsuredPerson,
    pooling_area: str,
    med_type: str,
    today: date,
) -> bool:
    """A slip is needed, and none that is valid today is bound."""
    if not needed(rules, person.region, pooling_area, med_type):
        return False
    day = today.isoformat()
    bound = (
        select(RemoteReferral.id)
        .join(Person, Person.id == RemoteReferral.person_id)
        .where(
            Person.id_number == person.id_number,
            RemoteReferral.valid_from <= day,
            RemoteReferral.valid_to >= day,
        )
    )
    return session.scalar(bound.limit(1)) is None
