"""Pictures of signatures; what was signed stands in the tables of its own subject."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class SignaturePicture(Base):
    """What was drawn under a COMMITMENT (`document_id`: of the agreement) or a SHEET (of the
    settlement). `png` is empty from `purged_at` on; the digest stays."""

    __tablename__ = "signature_picture"
    document_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    sha256: Mapped[str]
    png: Mapped[bytes] = mapped_column(LargeBinary)
    terminal_id: Mapped[str]
    at: Mapped[str] = mapped_column(index=True)
    purged_at: Mapped[str] = mapped_column(default="")
