"""Who takes a step: the one way from a terminal and its operator to an `Actor` of the history."""

from __future__ import annotations

from settlement_backend.base.steps import Actor
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal


def actor_at(terminal: Terminal, operator: Operator | None = None) -> Actor:
    """The operator there; without one a patient, or the terminal itself."""
    return Actor(operator.number if operator else "", terminal.id, terminal.kind)
