"""Staff as the JSON shapes of docs/backend_api/staff.md. A password is in none of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from settlement_backend.base.shapes import Shape
from settlement_backend.staff import cash_boxes, operators, shifts
from settlement_backend.staff.tables import CashBox, Operator, Shift
from settlement_backend.staff.takings import Taking, cash_fen


class DaySums(Shape):
    """Since when somebody works here, and what this window did today."""

    since: str
    taken_fen: int
    count: int
    refunds: int


class SignedIn(Shape):
    """Who is signed in. `token` is told once only; `shift_id`: the open drawer here, or ""."""

    operator: str
    name: str
    roles: tuple[str, ...]
    token: str
    shift: DaySums
    shift_id: str


class SignedOut(Shape):
    """Nobody is signed in any more."""

    signed_out: bool


class OperatorShape(Shape):
    """An account."""

    operator: str
    name: str
    roles: tuple[str, ...]
    disabled: bool
    must_change: bool
    locked_until: str
    password_at: str


class Operators(Shape):
    """All of them."""

    operators: tuple[OperatorShape, ...]


class Doubt(Shape):
    """A case that is handed over with the drawer."""

    case_id: str
    amount_fen: int
    owner: str
    due_at: str


class ShiftShape(Shape):
    """A shift with its takings as they stand. `over_fen` and `short_fen`: one of them is 0."""

    shift_id: str
    operator: str
    terminal_id: str
    campus: str
    state: str
    opened_at: str
    closed_at: str
    float_fen: int
    counted_fen: int
    expected_fen: int
    over_fen: int
    short_fen: int
    explanation: str
    seen_by: str
    must_close: bool
    takings: tuple[Taking, ...]
    open_doubts: tuple[Doubt, ...]


class Shifts(Shape):
    """Those of one day."""

    day: str
    shifts: tuple[ShiftShape, ...]


class MyShifts(Shape):
    """Of one cashier, newest first."""

    shifts: tuple[ShiftShape, ...]


class HandedOver(Shape):
    """The shift that ended and the one that began with its cash."""

    closed: ShiftShape
    opened: ShiftShape


class NotesShape(Shape):
    """Notes of one denomination."""

    denomination_fen: int
    counted: int
    in_journal: int


class BoxShape(Shape):
    """A cash box that was emptied."""

    box_id: str
    terminal_id: str
    box_number: str
    technician: str
    at: str
    counted_fen: int
    journal_fen: int
    booked_fen: int
    explanation: str
    notes: tuple[NotesShape, ...]


class Boxes(Shape):
    """Newest first."""

    boxes: tuple[BoxShape, ...]


def operator_shape(operator: Operator) -> OperatorShape:
    """An account as a supervisor sees it."""
    return OperatorShape(
        operator=operator.number,
        name=operator.name,
        roles=operators.roles_of(operator),
        disabled=operator.disabled,
        must_change=operator.must_change,
        locked_until=operator.locked_until,
        password_at=operator.password_at,
    )


def shift_shape(session: Session, shift: Shift, now: datetime) -> ShiftShape:
    """An open one shows what is expected in the drawer now."""
    told = shifts.takings_of(session, shift, now)
    is_open = shift.state == "OPEN"
    expected_fen = shift.float_fen + cash_fen(told) if is_open else shift.expected_fen
    difference_fen = 0 if is_open else shift.counted_fen - expected_fen
    return ShiftShape(
        shift_id=shift.id,
        operator=shift.operator,
        terminal_id=shift.terminal_id,
        campus=shift.campus,
        state=shift.state,
        opened_at=shift.opened_at,
        closed_at=shift.closed_at,
        float_fen=shift.float_fen,
        counted_fen=shift.counted_fen,
        expected_fen=expected_fen,
        over_fen=max(difference_fen, 0),
        short_fen=max(-difference_fen, 0),
        explanation=shift.explanation,
        seen_by=shift.seen_by,
        must_close=is_open and not shifts.may_go_on(shift.opened_at, now).allow,
        takings=told,
        open_doubts=tuple(
            Doubt(case_id=c.id, amount_fen=c.amount_fen, owner=c.owner, due_at=c.due_at)
            for c in shifts.open_doubts(session)
        ),
    )


def box_shape(session: Session, box: CashBox) -> BoxShape:
    """With its notes."""
    return BoxShape(
        box_id=box.id,
        terminal_id=box.terminal_id,
        box_number=box.box_number,
        technician=box.technician,
        at=box.at,
        counted_fen=box.counted_fen,
        journal_fen=box.journal_fen,
        booked_fen=box.booked_fen,
        explanation=box.explanation,
        notes=tuple(
            NotesShape(
                denomination_fen=each.denomination_fen,
                counted=each.counted,
                in_journal=each.in_journal,
            )
            for each in cash_boxes.notes_of(session, box)
        ),
    )
