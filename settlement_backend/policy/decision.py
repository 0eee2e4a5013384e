"""A decision of the policy profile: whether, by which rule, in which words, and what it needs."""

from __future__ import annotations

from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.clock import Clock
from settlement_backend.base.errors import Refused
from settlement_backend.base.shapes import Shape


class Decision(Shape):
    """The answer of every rule (domain.md A.8). `needs`: what must be there for it to hold.

    `message_key` names the words a terminal shows; "" where nothing has to be said.
    """

    allow: bool
    rule_id: str
    message_key: str = ""
    needs: tuple[str, ...] = ()


def noted(
    session: Session,
    clock: Clock,
    terminal_id: str,
    actor: str,
    asked: str,
    of: str,
    decision: Decision,
) -> Decision:
    """The decision, written to the audit log. `asked`: the question's name, `of`: an id of ours."""
    audit.note(
        session,
        clock,
        terminal_id,
        actor,
        f"decided_{asked}",
        of=of,
        allow=decision.allow,
        rule=decision.rule_id,
    )
    return decision


def required(decision: Decision) -> Decision:
    """The same decision when it allows. Raises Refused with its message key."""
    if not decision.allow:
        raise Refused(decision.message_key or decision.rule_id, decision.rule_id)
    return decision
