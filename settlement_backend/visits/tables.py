"""Departments, doctors' sessions, the price list, registrations, queues."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class Department(Base):
    """Where patients are seen."""

    __tablename__ = "department"
    code: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    place_zh: Mapped[str]
    place_en: Mapped[str]


class Schedule(Base):
    """One doctor's session of one day. `taken` never passes `capacity`.

    `half`: DAY, MORNING or AFTERNOON; `ends_at`: "HH:MM", after which nobody is registered.
    """

    __tablename__ = "schedule"
    id: Mapped[str] = mapped_column(primary_key=True)
    department_code: Mapped[str] = mapped_column(ForeignKey("department.code"), index=True)
    day: Mapped[str]
    doctor_zh: Mapped[str]
    doctor_en: Mapped[str]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    session_zh: Mapped[str]
    session_en: Mapped[str]
    room_zh: Mapped[str]
    room_en: Mapped[str]
    fee_fen: Mapped[int]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    numbers_given: Mapped[int] = mapped_column(default=0)
    half: Mapped[str] = mapped_column(default="DAY", server_default="DAY")
    ends_at: Mapped[str] = mapped_column(default="24:00", server_default="24:00")
    __table_args__ = (CheckConstraint("taken <= capacity"),)


class Item(Base):
    """The price list a doctor's room orders from.

    `kind` says who carries it out: SERVICE nobody, EXAM and LAB an exam desk, DRUG the pharmacy,
    GOODS a machine. The exact price is `price_fen` and `price_rest_micro`, millionths of a yuan
    less than a fen. `exam_kind`: the sessions it is booked into, "" for none;
    `preparation_…`: what the patient must know before.
    """

    __tablename__ = "item"
    code: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    insurance_class: Mapped[str]
    unit_zh: Mapped[str]
    unit_en: Mapped[str]
    price_fen: Mapped[int]
    price_rest_micro: Mapped[int] = mapped_column(default=0, server_default="0")
    kind: Mapped[str] = mapped_column(default="SERVICE", server_default="SERVICE")
    exam_kind: Mapped[str] = mapped_column(default="", server_default="")
    place_zh: Mapped[str] = mapped_column(default="", server_default="")
    place_en: Mapped[str] = mapped_column(default="", server_default="")
    preparation_zh: Mapped[str] = mapped_column(default="", server_default="")
    preparation_en: Mapped[str] = mapped_column(default="", server_default="")


class Registration(Base):
    """A place with a doctor, and the outpatient visit it becomes.

    `state`: BOOKED (a place of another day, its fee not asked for yet), HELD (to be paid now),
    CONFIRMED, CANCELLED, EXPIRED or MISSED (booked and never collected). `booked_by`: the relation
    that booked it, "" for the patient (N26). `scene`: where the patient is treated (W23);
    `liability`: why its bills may not be paid later, "" when they may (N08, C15); `ended_at`: when
    the doctor ended the visit.
    """

    __tablename__ = "registration"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    schedule_id: Mapped[str] = mapped_column(ForeignKey("schedule.id"), index=True)
    state: Mapped[str] = mapped_column(index=True)
    queue_number: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[str]
    scene: Mapped[str] = mapped_column(default="OUTPATIENT", server_default="OUTPATIENT")
    liability: Mapped[str] = mapped_column(default="", server_default="")
    ended_at: Mapped[str] = mapped_column(default="", server_default="")
    booked_at: Mapped[str] = mapped_column(default="", server_default="")
    booked_by: Mapped[str] = mapped_column(default="", server_default="")
    confirmed_at: Mapped[str] = mapped_column(default="", server_default="")
    slip_id: Mapped[str] = mapped_column(default="", server_default="")


class VisitWord(Base):
    """The newest word about one fact of a visit, and who said it (N08, C15).

    `about`: SCENE or LIABILITY, the doctor's room's own, or a fact that a cashier states
    (`liability.FACTS`), whose word is YES or NO. A word of one never touches another's.
    """

    __tablename__ = "visit_word"
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    about: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str]
    reason: Mapped[str]
    terminal_id: Mapped[str]
    operator: Mapped[str]
    at: Mapped[str]


_IN_QUEUE = text("state IN ('WAITING', 'CALLED')")


class Ticket(Base):
    """Somebody who checked in and waits: WAITING, CALLED, SEEN or PASSED (called, not there).

    `queue`: the doctor's session or the exam session; `about`: the registration or the exam
    appointment, which waits once at a time. Called by `rank`, then by the time of checking in:
    who is preferred by the profile has rank 0, everybody else 1, who comes back late 2. `shown`:
    the number on the slip and on the calling screen.
    """

    __tablename__ = "ticket"
    id: Mapped[str] = mapped_column(primary_key=True)
    queue: Mapped[str] = mapped_column(index=True)
    shown: Mapped[str]
    rank: Mapped[int]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    about: Mapped[str]
    state: Mapped[str]
    checked_in_at: Mapped[str]
    called_at: Mapped[str] = mapped_column(default="")
    place_zh: Mapped[str] = mapped_column(default="")
    place_en: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        Index(
            "one_ticket_at_a_time",
            "about",
            unique=True,
            sqlite_where=_IN_QUEUE,
            postgresql_where=_IN_QUEUE,
        ),
    )
