"""Which media people are identified by (H37): one row a time, without a person.

Talks to the database only, inside the caller's transaction; `people` calls it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.statistics.tables import MediumUse


def shown(session: Session, now: datetime, kind: str, channel: str) -> None:
    """A medium was shown and its holder found. `channel`: the kind of terminal."""
    session.add(MediumUse(at=stamp(now), kind=kind, channel=channel))
