"""Messages on their way to people."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class Notice(Base):
    """One message to one person. `state`: QUEUED, SENT, REFUSED; its id is the message number."""

    __tablename__ = "notice"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    facts: Mapped[str]
    state: Mapped[str]
    at: Mapped[str]
    next_at: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[str] = mapped_column(default="")
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index("notices_on_their_way", "state", "next_at"),)
