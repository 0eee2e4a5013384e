"""What patients authorised, and the claims made of it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base

_LIVE_FAST = text("mode = 'FAST' AND state IN ('AUTHORISED', 'APPLIED', 'SUCCEEDED')")


class ClaimAuthorisation(Base):
    """A patient's word that data of a visit may leave the hospital (L11), given with a proof of
    identity (L12). `policy_no`: whose insurer pays directly, "" until one is chosen."""

    __tablename__ = "claim_authorisation"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    mode: Mapped[str]
    proof: Mapped[str]
    version: Mapped[str]
    terminal_id: Mapped[str]
    given_at: Mapped[str]
    expires_at: Mapped[str]
    policy_no: Mapped[str] = mapped_column(default="")
    insurer: Mapped[str] = mapped_column(default="")


class CommercialClaim(Base):
    """One claim; its id is the number at the insurer, for ever.

    `mode`: DIRECT or FAST. `state`: AUTHORISED (not known to be there), APPLIED, SUCCEEDED,
    REFUSED or CANCELLED. `next_at`: when it is asked about again, "" for never.
    """

    __tablename__ = "commercial_claim"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    settlement_id: Mapped[str] = mapped_column(index=True)
    authorisation_id: Mapped[str] = mapped_column(ForeignKey("claim_authorisation.id"), index=True)
    policy_no: Mapped[str]
    insurer: Mapped[str]
    mode: Mapped[str]
    state: Mapped[str]
    total_fen: Mapped[int]
    own_fen: Mapped[int]
    paid_fen: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[str]
    applied_at: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[str] = mapped_column(default="")
    next_at: Mapped[str] = mapped_column(default="", index=True)
    __table_args__ = (
        CheckConstraint("paid_fen >= 0 and paid_fen <= total_fen"),
        Index(
            "one_fast_claim_per_settlement",
            "settlement_id",
            unique=True,
            sqlite_where=_LIVE_FAST,
            postgresql_where=_LIVE_FAST,
        ),
    )
