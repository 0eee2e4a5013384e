"""Faces: the port of a face service, and the record that somebody was recognised (W33, N21).

What a reader would get wrong: no picture and no feature ever comes here. A terminal's camera talks
to the face service; here one look is a token, and the service tells whose look it was.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.outside import NotFound, Silent
from settlement_backend.people.tables import FaceCheck


@dataclass(frozen=True, slots=True)
class FaceFound:
    """The service's own number of the person it recognised: a medium of kind FACE."""

    reference: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What the service says of a look beside the authorities' picture of somebody."""

    same: bool


class FaceService(Protocol):
    """Who is behind a token of one look."""

    def who(self, token: str) -> FaceFound | NotFound | Silent:
        """The person that the service knows by this face. Never raises."""

    def verify(self, check_no: str, id_number: str, token: str) -> Compared | NotFound | Silent:
        """Whether it is the look of the person of this ID number, once for each `check_no`.

        NotFound: there is nothing to compare with. Never raises.
        """


def keep(
    session: Session, person_id: str, passed: bool, version: str, terminal_id: str, now: datetime
) -> FaceCheck:
    """The result, with the version of the text the person agreed to."""
    check = FaceCheck(
        id=uuid.uuid4().hex,
        person_id=person_id,
        passed=passed,
        consent_version=version,
        terminal_id=terminal_id,
        at=stamp(now),
    )
    session.add(check)
    session.flush()
    return check


def passed(session: Session, check_id: str, person_id: str, now: datetime, minutes: int) -> bool:
    """Whether this check found this person to be there, not longer ago than that."""
    check = session.get(FaceCheck, check_id)
    return (
        check is not None
        and check.passed
        and check.person_id == person_id
        and check.at >= stamp(now - timedelta(minutes=minutes))
    )
