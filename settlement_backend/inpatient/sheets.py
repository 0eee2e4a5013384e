"""Settlement sheets that somebody signed (L06), on a pad or on paper.

What a reader would get wrong: the picture stands apart (`signatures/pictures.py`), because fewer
may see it than may know that the sheet was signed.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.inpatient.tables import SignedSheet
from settlement_backend.settling.tables import Settlement
from settlement_backend.signatures import pictures
from settlement_backend.signatures.pictures import Drawn


def sign(
    session: Session, settlement_id: str, picture: Drawn | None, terminal_id: str, now: datetime
) -> SignedSheet:
    """Once for each completed settlement. `picture`: None for a signature on paper.

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
        way="PAD" if picture else "PAPER",
        image_sha256=picture.sha256 if picture else "",
        terminal_id=terminal_id,
        at=stamp(now),
    )
    session.add(sheet)
    session.flush()
    if picture is not None:
        pictures.keep(session, "SHEET", settlement_id, picture, terminal_id, now)
    return sheet


def sheet_of(session: Session, settlement_id: str) -> SignedSheet:
    """Raises NoSuch for a sheet that nobody signed."""
    sheet = session.get(SignedSheet, settlement_id)
    if sheet is None:
        raise NoSuch("not_signed")
    return sheet
