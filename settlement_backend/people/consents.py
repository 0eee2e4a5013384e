"""What people agreed to, in which version, where and when (PIPL art. 29; H06, W33, H34).

Talks to the database only. What a reader would get wrong: each kind is agreed to separately and
withdrawn separately; withdrawing changes nothing that was done before.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.people import media
from settlement_backend.people.people import Accepted
from settlement_backend.people.privacy_notice import TEXTS
from settlement_backend.people.tables import Consent


def give(
    session: Session,
    person_id: str,
    kind: str,
    accepted: Accepted,
    terminal_id: str,
) -> Consent:
    """Keep a consent to today's version of a text; the same again stands as it was.

    Raises Refused `consent_missing` for another version, and for one without its moment.
    """
    text = next((text for text in TEXTS if text.kind == kind), None)
    if text is None or accepted.notice_version != text.version or not accepted.accepted_at:
        raise Refused("consent_missing")
    known = standing(session, person_id, kind)
    if known is not None and known.version == text.version:
        return known
    given = Consent(
        id=uuid.uuid4().hex,
        person_id=person_id,
        kind=kind,
        version=text.version,
        accepted_at=accepted.accepted_at,
        terminal_id=terminal_id,
    )
    session.add(given)
    session.flush()
    return given


def standing(session: Session, person_id: str, kind: str) -> Consent | None:
    """The newest that was not withdrawn."""
    return session.scalars(
        select(Consent)
        .where(Consent.person_id == person_id, Consent.kind == kind, Consent.withdrawn_at == "")
        .order_by(Consent.accepted_at.desc())
    ).first()


def of_person(session: Session, person_id: str) -> list[Consent]:
    """The newest first, withdrawn ones too."""
    found = session.scalars(
        select(Consent).where(Consent.person_id == person_id).order_by(Consent.accepted_at.desc())
    )
    return list(found)


def withdraw(session: Session, person_id: str, kind: str, now: datetime) -> None:
    """From now on this is not agreed to any more; harmless when it never was. With
    FACE_MEDIUM goes the face that somebody is found by."""
    if kind == "FACE_MEDIUM":
        media.forget_faces(session, person_id)
    session.execute(
        update(Consent)
        .where(Consent.person_id == person_id, Consent.kind == kind, Consent.withdrawn_at == "")
        .values(withdrawn_at=stamp(now))
    )
