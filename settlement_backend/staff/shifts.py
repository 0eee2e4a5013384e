"""Shifts: a counted float, what the ledger says was taken, counted cash, and the difference.

Talks to the database only, inside the caller's transaction. What a reader would get wrong: a
difference is never corrected; it is kept with its explanation, and above the profile's limit a
second person saw it. A shift may last over days but not over a month's end (domain.md B.7).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from settlement_backend.base.clock import Clock, stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.steps import Actor
from settlement_backend.cases.tables import Case
from settlement_backend.policy.decision import Decision, noted, required
from settlement_backend.policy.profile import StaffRules
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.staff.tables import Shift, ShiftTaking
from settlement_backend.staff.takings import Taking, cash_fen, takings
from settlement_backend.terminals.tables import Terminal

_MONTH = len("2026-03")
_DRAWERS = "window"


@dataclass(frozen=True, slots=True)
class Count:
    """What was found in a drawer. `seen_by`: the second person who saw it too, or ""."""

    counted_fen: int
    explanation: str
    seen_by: str = ""


def may_go_on(opened_at: str, now: datetime) -> Decision:
    """A shift of last month has to be closed before any more cash is taken."""
    if opened_at[:_MONTH] == stamp(now)[:_MONTH]:
        return Decision(allow=True, rule_id="SHIFT-MONTH")
    return Decision(allow=False, rule_id="SHIFT-MONTH", message_key="shift_over_month_end")


def may_close(rules: StaffRules, difference_fen: int, count: Count) -> Decision:
    """A difference is explained; above the limit a second person has seen it."""
    if difference_fen and not count.explanation.strip():
        return Decision(allow=False, rule_id="SHIFT-EXPLAIN", message_key="difference_unexplained")
    if abs(difference_fen) > rules.cash_difference_fen and not count.seen_by:
        return Decision(
            allow=False,
            rule_id="SHIFT-SECOND",
            message_key="second_person_needed",
            needs=("SECOND_PERSON",),
        )
    return Decision(allow=True, rule_id="SHIFT-CLOSE")


def may_take_cash(rules: StaffRules, terminal_kind: str, opened_at: str, now: datetime) -> Decision:
    """Whether a drawer may still grow. `opened_at`: "" where none is open.

    Only windows have drawers: a machine's notes fall into its box.
    """
    if terminal_kind == _DRAWERS and opened_at:
        return may_go_on(opened_at, now)
    if terminal_kind == _DRAWERS and rules.cash_needs_shift:
        return Decision(allow=False, rule_id="SHIFT-OPEN", message_key="no_shift")
    return Decision(allow=True, rule_id="SHIFT-OPEN")


def drawer_now(session: Session, rules: StaffRules, terminal: Terminal, now: datetime) -> Decision:
    """For a page that offers cash, before any is counted: what `may_take_cash` says here; looks."""
    shift = open_at(session, terminal.id)
    return may_take_cash(rules, terminal.kind, shift.opened_at if shift is not None else "", now)


def drawer_for(session: Session, rules: StaffRules, clock: Clock, actor: Actor) -> Decision:
    """Asked wherever cash is taken: what `may_take_cash` says of this place, noted."""
    shift = open_at(session, actor.terminal_id)
    opened_at = shift.opened_at if shift is not None else ""
    decision = may_take_cash(rules, actor.terminal_kind, opened_at, clock.now())
    asked = (actor.terminal_id, actor.operator, "take_cash", shift.id if shift is not None else "")
    return noted(session, clock, *asked, decision)


def may_hand_out(expected_fen: int, amount_fen: int) -> Decision:
    """A drawer never holds less than nothing: more than is in it cannot be handed out."""
    if amount_fen <= expected_fen:
        return Decision(allow=True, rule_id="SHIFT-CASH")
    return Decision(allow=False, rule_id="SHIFT-CASH", message_key="drawer_short")


def hand_out(session: Session, clock: Clock, actor: Actor, amount_fen: int) -> None:
    """Asked before cash leaves an open drawer. Raises Refused `drawer_short`."""
    shift = open_at(session, actor.terminal_id) if amount_fen else None
    if shift is None:
        return
    decision = may_hand_out(expected_now(session, shift, clock.now()), amount_fen)
    asked = (actor.terminal_id, actor.operator, "hand_out_cash", shift.id)
    required(noted(session, clock, *asked, decision))


def expected_now(session: Session, shift: Shift, now: datetime) -> int:
    """The float and what the ledger says of cash since."""
    return shift.float_fen + cash_fen(takings_of(session, shift, now))


def open_at(session: Session, terminal_id: str) -> Shift | None:
    """The open shift of a terminal."""
    return session.scalar(select(Shift).where(Shift.open_at == terminal_id))


def shift_of(session: Session, shift_id: str) -> Shift:
    """Raises NoSuch."""
    shift = session.get(Shift, shift_id)
    if shift is None:
        raise NoSuch("unknown_shift")
    return shift


def start(
    session: Session, key: str, terminal: Terminal, operator: str, float_fen: int, now: datetime
) -> Shift:
    """With so much cash in the drawer. Raises Refused `shift_open` when somebody has it."""
    shift = Shift(
        id="H" + hashlib.sha256(key.encode()).hexdigest()[:20],
        operator=operator,
        terminal_id=terminal.id,
        campus=terminal.campus,
        state="OPEN",
        open_at=terminal.id,
        opened_at=stamp(now),
        float_fen=float_fen,
    )
    try:
        with session.begin_nested():
            session.add(shift)
    except IntegrityError:
        raise Refused("shift_open") from None
    return shift


def close(
    session: Session,
    rules: StaffRules,
    shift_id: str,
    operator: str,
    count: Count,
    now: datetime,
    state: str = "CLOSED",
) -> Shift:
    """Counted and over. Raises Refused `not_open`, `not_your_shift`, `cash_on_its_way`, and what
    `may_close` says."""
    shift = shift_of(session, shift_id)
    if shift.operator != operator and not count.seen_by:
        raise Refused("not_your_shift")
    if _cash_on_its_way(session, shift.terminal_id):
        raise Refused("cash_on_its_way")
    told = takings(session, shift.terminal_id, shift.opened_at, stamp(now))
    expected_fen = shift.float_fen + cash_fen(told)
    required(may_close(rules, count.counted_fen - expected_fen, count))
    closed = session.execute(
        update(Shift)
        .where(Shift.id == shift_id, Shift.state == "OPEN")
        .values(
            state=state,
            open_at=None,
            closed_at=stamp(now),
            counted_fen=count.counted_fen,
            expected_fen=expected_fen,
            explanation=count.explanation,
            seen_by=count.seen_by,
        )
    )
    if closed.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        raise Refused("not_open")
    for each in told:
        session.add(ShiftTaking(shift_id=shift_id, **each.model_dump()))
    session.flush()
    session.refresh(shift)
    return shift


def _cash_on_its_way(session: Session, terminal_id: str) -> bool:
    """Cash beside a tender whose word is awaited: booked in a moment, or given back (F14)."""
    waiting = (
        select(Tender.id)
        .join(Settlement, Settlement.id == Tender.settlement_id)
        .where(Tender.terminal_id == terminal_id, Tender.kind == "CASH", Tender.state == "PLANNED")
        .where(Settlement.state.in_(("INSURED", "PAYING")))
    )
    return session.scalar(waiting.limit(1)) is not None


def takings_of(session: Session, shift: Shift, now: datetime) -> tuple[Taking, ...]:
    """As they stand, or as they were when it was closed."""
    if shift.state == "OPEN":
        return takings(session, shift.terminal_id, shift.opened_at, stamp(now))
    kept = select(ShiftTaking).where(ShiftTaking.shift_id == shift.id).order_by(ShiftTaking.kind)
    return tuple(
        Taking(kind=row.kind, taken_fen=row.taken_fen, given_fen=row.given_fen, count=row.count)
        for row in session.scalars(kept)
    )


def of_day(session: Session, day: str) -> list[Shift]:
    """Those that ended that day, and those open since then or before (S23)."""
    ended = Shift.closed_at.startswith(day, autoescape=True)
    still = (Shift.state == "OPEN") & (Shift.opened_at < day + "T99")
    return list(session.scalars(select(Shift).where(ended | still).order_by(Shift.opened_at)))


def of_operator(session: Session, operator: str, most: int = 20) -> list[Shift]:
    """Newest first, the open one too."""
    wanted = select(Shift).where(Shift.operator == operator)
    return list(session.scalars(wanted.order_by(Shift.opened_at.desc()).limit(most)))


def open_doubts(session: Session) -> list[Case]:
    """What nobody resolved yet: handed over with the drawer."""
    return list(session.scalars(select(Case).where(Case.state == "OPEN").order_by(Case.due_at)))
