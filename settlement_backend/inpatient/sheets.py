"""Settlement sheets that somebody signed (L06), on a pad or on paper.

What a reader would get wrong: of a signature only the picture's digest is kept, so the picture can
be proved to be the one that was signed and never be taken from here.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.inpatient.tables import SignedSheet
from settlement_backend.settling.tables import Settlement


def sign(
    session: Session, settlement_id: str, image_sha256: str, terminal_id: str, now: datetime
) -> SignedSheet:
    """Once for each completed settlement. `image_sha256`: "" for a signature on paper.

    Raises NoSuch and Refused `not_settled`, `already_signed`.
    """
    settlement = session.get(Settlement, settlement_id, with_for_update=True)
    if settlement is None:
        raise NoSuch("unknown_settlement")
    if settlement.state != "COMPLETED":
        raise Refused("not_settled")
    if session.get(SignedSheet, settlement_id) is not None:
        raise Refused("already_signed")
    sheet = SignedSheet(
        settlement_id=settlement_id,
        way="PAD" if image_sha256 else "PAPER",
        image_sha256=image_sha256,
        terminal_id=terminal_id,
        at=stamp(now),
    )
    session.add(sheet)
    session.flush()
    return sheet


def sheet_of(session: Session, settlement_id: str) -> SignedSheet:
    """Raises NoSuch for a sheet that nobody signed."""
    sheet = session.get(SignedSheet, settlement_id)
    if sheet is None:
        raise NoSuch("not_signed")
    return sheet
