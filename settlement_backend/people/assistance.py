"""Staff operates a terminal for a patient who agreed (H34, C17).

Talks to the database only. What a reader would get wrong: it gives no right to staff: the patient
confirms every amount, and both are named in the audit log.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.people.relatives import Place
from settlement_backend.people.tables import Assistance, Consent
from settlement_backend.staff.tables import Operator


def begin(session: Session, consent: Consent, staff: str, place: Place) -> Assistance:
    """`staff`: the number on the badge. Raises Refused `unknown_staff`."""
    if session.get(Operator, staff) is None:
        raise Refused("unknown_staff")
    assistance = Assistance(
        id=place.own_id,
        person_id=consent.person_id,
        staff=staff,
        terminal_id=place.terminal_id,
        consent_version=consent.version,
        since=stamp(place.now),
    )
    session.add(assistance)
    session.flush()
    return assistance


def end(session: Session, assistance_id: str, now: datetime) -> Assistance:
    """The patient goes on alone; harmless when it ended. Raises NoSuch."""
    assistance = session.get(Assistance, assistance_id)
    if assistance is None:
        raise NoSuch("unknown_assistance")
    session.execute(
        update(Assistance)
        .where(Assistance.id == assistance_id, Assistance.ended_at == "")
        .values(ended_at=stamp(now))
    )
    session.refresh(assistance)
    return assistance
