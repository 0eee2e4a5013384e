"""Admissions and what belongs to one: signed sheets; its bills are bills with its id."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base

_OPEN = text("state IN ('REQUESTED', 'ADMITTED', 'NOTICED')")


class Admission(Base):
    """One stay: REQUESTED by a doctor, ADMITTED, NOTICED for discharge, SETTLED, or CANCELLED.

    `bed` is "" until the ward gives one. `admitted_by`, `settled_by`: the terminal. The deposit is
    the ledger's `deposit:<id>` and nowhere else.
    """

    __tablename__ = "admission"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    registration_id: Mapped[str] = mapped_column(default="")
    department_code: Mapped[str] = mapped_column(ForeignKey("department.code"), index=True)
    doctor_zh: Mapped[str]
    doctor_en: Mapped[str]
    ward_zh: Mapped[str]
    ward_en: Mapped[str]
    bed: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    requested_at: Mapped[str]
    admitted_at: Mapped[str] = mapped_column(default="")
    admitted_by: Mapped[str] = mapped_column(default="")
    noticed_at: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[str] = mapped_column(default="")
    slip_id: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        Index(
            "one_open_admission_per_person",
            "person_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )


class SignedSheet(Base):
    """A settlement sheet that the patient or an agent signed (L06). `way`: PAD or PAPER.

    `image_sha256`: of the picture in `signature_picture`, "" on paper.
    """

    __tablename__ = "signed_sheet"
    settlement_id: Mapped[str] = mapped_column(ForeignKey("settlement.id"), primary_key=True)
    way: Mapped[str]
    image_sha256: Mapped[str] = mapped_column(default="")
    terminal_id: Mapped[str]
    at: Mapped[str]
