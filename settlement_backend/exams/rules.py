"""When something ordered may be booked, carried out, given up. Pure."""

from __future__ import annotations

from datetime import datetime

from settlement_backend.policy.decision import Decision

DESK_KINDS = {"exam": ("EXAM", "LAB"), "pharmacy": ("DRUG",)}


def may_execute(
    bill_state: str, on_account: bool, waits: Decision, executed: bool, refunded: bool
) -> Decision:
    """At the exam desk or the pharmacy (H18, H19): paid for, charged on account (S28), or allowed
    to wait for one payment at the end. `waits`: what pay-later says of the bill."""
    if executed:
        return _no("H18", "already_executed")
    if refunded:
        return _no("H18", "item_refunded")
    if bill_state == "PAID":
        return Decision(allow=True, rule_id="H18")
    if bill_state == "OPEN" and on_account:
        return Decision(allow=True, rule_id="S28")
    if bill_state == "OPEN" and waits.allow:
        return waits
    return _no("H18", "not_paid")


def may_book(exam_kind: str, executed: bool, refunded: bool, same_kind: bool) -> Decision:
    """An appointment for an ordered item (H17); it need not be paid yet."""
    if not exam_kind:
        return _no("H17", "needs_no_appointment")
    if executed or refunded:
        return _no("H17", "already_executed" if executed else "item_refunded")
    if not same_kind:
        return _no("H17", "other_exam")
    return Decision(allow=True, rule_id="H17")


def is_to_come(day: str, ends_at: str, now: datetime) -> bool:
    """A session that is not over: its last minute is in it."""
    return f"{day}T{ends_at}" >= f"{now:%Y-%m-%dT%H:%M}"


def _no(rule_id: str, message_key: str) -> Decision:
    return Decision(allow=False, rule_id=rule_id, message_key=message_key)
