"""When a place may be had, booked, collected, checked in; who is called first. Pure.

Who may be registered at all is `people.rules.may_register_visit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import VisitRules
from settlement_backend.visits.tables import Schedule

PREFERRED, ORDINARY, LATE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Times:
    """When a session is. `ends_at`: "HH:MM", "24:00" for the whole day."""

    day: date
    ends_at: str


def times(schedule: Schedule) -> Times:
    """Of a doctor's session."""
    return Times(date.fromisoformat(schedule.day), schedule.ends_at)


def may_register(session: Times, now: datetime) -> Decision:
    """A place of today, until its session is over (S29)."""
    return _today("S29", session, now)


def may_book(
    session: Times, now: datetime, rules: VisitRules, missed: int, in_use: bool
) -> Decision:
    """A place of a day to come (S30). `missed`: booked places this person let pass lately;
    `in_use`: the department takes bookings already (N28)."""
    if not in_use:
        return _no("N28", "not_in_use_here")
    last = now.date() + timedelta(days=rules.booking_days)
    if not now.date() < session.day <= last:
        return _no("S30", "not_bookable")
    if missed >= rules.missed_limit:
        return _no("S30", "too_many_missed")
    return Decision(allow=True, rule_id="S30")


def may_collect_slip(session: Times, now: datetime) -> Decision:
    """The slip of a booked place is collected on its day, until the session is over (S31)."""
    return _today("S31", session, now)


def may_check_in(confirmed: bool, session: Times, now: datetime) -> Decision:
    """Somebody with a number enters the queue on the day, until the session is over (H13, A.a6)."""
    if not confirmed:
        return _no("H13", "not_registered")
    if session.day > now.date():
        return _no("H13", "not_today")
    if session.day < now.date() or f"{now:%H:%M}" > session.ends_at:
        return _no("H13", "too_late")
    return Decision(allow=True, rule_id="H13")


def may_give_back(confirmed: bool, fee_state: str, begun: bool) -> Decision:
    """A place goes back before it was used: booked, not paid, or on account with its fee still open
    (S28). `fee_state`: of the bill of its fee, "" without one; `begun`: called or treated."""
    if not confirmed:
        return Decision(allow=True, rule_id="S29")
    if fee_state != "OPEN":
        return _no("S29", "bill_locked" if fee_state == "LOCKED" else "bill_paid")
    return _no("S28", "visit_begun") if begun else Decision(allow=True, rule_id="S28")


def rank(age: int, rules: VisitRules) -> int:
    """0 is called before 1: the old, where the profile prefers them."""
    old = rules.priority_min_age and age >= rules.priority_min_age
    return PREFERRED if old else ORDINARY


def _today(rule_id: str, session: Times, now: datetime) -> Decision:
    if session.day != now.date():
        return _no(rule_id, "not_today")
    if f"{now:%H:%M}" > session.ends_at:
        return _no(rule_id, "session_over")
    return Decision(allow=True, rule_id=rule_id)


def _no(rule_id: str, message_key: str) -> Decision:
    return Decision(allow=False, rule_id=rule_id, message_key=message_key)
