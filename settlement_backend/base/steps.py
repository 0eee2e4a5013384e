"""The history of anything that people carry through: who did what, when and where (W20).

One table for all: `of` is the id of the refund, invoice, case or other thing. Talks to the database
only, inside the transaction that takes the step, while the thing's own row is locked. What a reader
would get wrong: steps are a record and never change; the state of the thing decides what may come.
A step's text is for staff and never goes to a log or to a channel of patients.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.shapes import Shape
from settlement_backend.base.tables import Step


@dataclass(frozen=True, slots=True)
class Actor:
    """Who takes a step, and at which terminal; "" for a patient or the clock."""

    operator: str = ""
    terminal_id: str = ""
    terminal_kind: str = ""

    @property
    def named(self) -> str:
        """As others are told: a person of ours, else the terminal, else this backend."""
        return self.operator or self.terminal_id or "BACKEND"


CLOCK = Actor()


class StepShape(Shape):
    """One step: what, when, by whom ("" for a patient or the clock), at which terminal."""

    step: str
    text: str
    at: str
    operator: str
    terminal_id: str


def record(
    session: Session, of: str, step: str, actor: Actor, now: datetime, text: str = ""
) -> None:
    """One more step."""
    before = session.scalar(select(func.count()).where(Step.of == of)) or 0
    session.add(
        Step(
            of=of,
            place=before,
            step=step,
            text=text,
            at=stamp(now),
            operator=actor.operator,
            terminal_id=actor.terminal_id,
        )
    )
    session.flush()


def steps_of(session: Session, of: str) -> tuple[StepShape, ...]:
    """In their order."""
    rows = session.scalars(select(Step).where(Step.of == of).order_by(Step.place))
    return tuple(
        StepShape(
            step=row.step,
            text=row.text,
            at=row.at,
            operator=row.operator,
            terminal_id=row.terminal_id,
        )
        for row in rows
    )
