"""What people asked or complained of: taken down, followed up, answered (H33, H38).

Talks to the database only, inside the caller's transaction. What a reader would get wrong: an
answer ends it for ever; whoever is not content comes with a new one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.steps import Actor, record
from settlement_backend.cases.tables import Enquiry
from settlement_backend.people.people import person_of
from settlement_backend.policy.profile import CaseRules

_ID_DIGITS = 12
_MOST = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks what, and how to reach them. `person_id` "" for no patient of ours."""

    kind: str
    name: str
    contact: str
    content: str
    person_id: str

    def __repr__(self) -> str:
        return f"Asked({self.kind})"


def take_down(
    session: Session, rules: CaseRules, key: str, asked: Asked, actor: Actor, now: datetime
) -> Enquiry:
    """A new one, with a deadline. Raises NoSuch for a patient nobody knows."""
    if asked.person_id:
        person_of(session, asked.person_id)
    row = Enquiry(
        id="Q" + hashlib.sha256(key.encode()).hexdigest()[:_ID_DIGITS].upper(),
        kind=asked.kind,
        person_id=asked.person_id,
        name=asked.name,
        contact=asked.contact,
        content=asked.content,
        state="OPEN",
        at=stamp(now),
        due_at=later(now, rules.enquiry_due_hours * 3600),
        taken_by=actor.operator,
    )
    session.add(row)
    session.flush()
    record(session, row.id, "TAKEN_DOWN", actor, now)
    return row


def enquiries(session: Session, state: str, kind: str) -> Sequence[Enquiry]:
    """Those that are due first come first; "" for every state or kind."""
    wanted = select(Enquiry).order_by(Enquiry.due_at, Enquiry.id).limit(_MOST)
    if state:
        wanted = wanted.where(Enquiry.state == state)
    if kind:
        wanted = wanted.where(Enquiry.kind == kind)
    return session.scalars(wanted).all()


def handle(session: Session, enquiry_id: str, text: str, actor: Actor, now: datetime) -> Enquiry:
    """One more handling step. Raises NoSuch, and Refused `enquiry_answered`."""
    row = _open(session, enquiry_id)
    record(session, row.id, "HANDLED", actor, now, text)
    return row


def reply(session: Session, enquiry_id: str, answer: str, actor: Actor, now: datetime) -> Enquiry:
    """The answer that was given. Raises NoSuch, and Refused `enquiry_answered`."""
    row = _open(session, enquiry_id)
    values = {"answer": answer, "answered_by": actor.operator, "answered_at": stamp(now)}
    session.execute(
        update(Enquiry)
        .where(Enquiry.id == row.id, Enquiry.state == "OPEN")
        .values(state="ANSWERED", **values)
    )
    session.refresh(row)
    record(session, row.id, "ANSWERED", actor, now, answer)
    return row


def _open(session: Session, enquiry_id: str) -> Enquiry:
    row = session.get(Enquiry, enquiry_id, with_for_update=True)
    if row is None:
        raise NoSuch("unknown_enquiry")
    if row.state != "OPEN":
        raise Refused("enquiry_answered", row.answered_at[:16])
    return row
